package rest

import (
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// tourPause has a team told that its reviews change nothing, say what is in the way,
// pause and go on.
func (s *site) tourPause() {
	s.Helper()
	now := s.clock.Now()
	err := s.db.Update(s.Context(), func(tx *store.Tx) error {
		_, err := tx.AddAlarm(practice.RaiseAlarm(practice.Alarm{ID: "alm_1", Team: practice.TeamID(s.team)}, now, time.UTC))
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	if all := s.by(0, "GET", "/teams/"+s.team+"/alarms", nil); len(all.items()) != 1 {
		s.Errorf("alarms: %s", all.Body)
	}
	ticket := s.by(0, "POST", "/alarms/alm_1/cause", nil).at("ticket")
	s.refused(s.ask("POST", "/alarms/alm_1/cause", nil, "Authorization", "Bearer "+s.tokens[0]), 409, "cause.taken")
	s.done(s.ask("POST", "/seats/alm_1/cause", m{"ticket": ticket, "cause": "time"}))
	s.done(s.ask("POST", "/seats/alm_1/cause", m{"ticket": ticket, "cause": "undone"}))
	s.about(s.ask("POST", "/alarms/alm_1/aside", m{}, "Authorization", "Bearer "+s.tokens[0]), "why")
	s.by(0, "POST", "/alarms/alm_1/aside", m{"why": "The rota is being mended."})

	s.by(0, "GET", "/teams/"+s.team+"/start", nil)
	s.by(0, "POST", "/teams/"+s.team+"/start/flr_none/decline", nil)
	at := "/teams/" + s.team + "/pauses"
	s.about(s.ask("POST", at, m{"days": 7}, "Authorization", "Bearer "+s.tokens[0]), "why")
	first := s.by(0, "POST", at, m{"why": "Nothing is done.", "days": 7}).at("id")
	s.by(1, "POST", "/pauses/"+first+"/decline", m{"said": "After the move."})
	pause := s.by(0, "POST", at, m{"why": "Nothing is done.", "days": 7}).at("id")
	s.refused(s.ask("POST", "/pauses/"+pause+"/agree", nil, "Authorization", "Bearer "+s.tokens[0]), 409, "pause.own")
	if got := s.by(1, "POST", "/pauses/"+pause+"/agree", nil); got.body["runs"] != true {
		s.Errorf("agreed: %s", got.Body)
	}
	s.by(0, "POST", "/pauses/"+pause+"/longer", m{"days": 30})
	s.about(s.ask("POST", "/pauses/"+pause+"/resume", m{}, "Authorization", "Bearer "+s.tokens[0]), "said")
	s.by(0, "POST", "/pauses/"+pause+"/resume", m{"said": "A second pair of hands."})
	if all := s.by(0, "GET", at, nil); len(all.items()) != 3 { // with the one that the guardian proposed
		s.Errorf("pauses: %s", all.Body)
	}
}
