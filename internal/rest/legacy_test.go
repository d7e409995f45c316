package rest

import (
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// tourLegacy has a team read what its next round of work begins with, and begin it.
func (s *site) tourLegacy() {
	s.Helper()
	now, id := s.clock.Now(), ""
	err := s.db.Update(s.Context(), func(tx *store.Tx) error {
		last, err := tx.CycleOf(practice.TeamID(s.team))
		if err != nil {
			return err
		}
		next, _, err := tx.AddCycle(practice.Cycle{Team: last.Team, Number: last.Number + 1, StartAt: now, EndAt: now.Add(14 * 24 * time.Hour)})
		id = string(next.ID)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	at := "/cycles/" + id
	list := s.by(0, "GET", at+"/inherited", nil).body["inherited"].([]any)
	if len(list) == 0 {
		s.Fatal("a round that inherits nothing shows nothing")
	}
	s.refused(s.ask("POST", at+"/begin", nil, "Authorization", "Bearer "+s.tokens[0]), 409, "cycle.unread")
	first := at + "/inherited/" + list[0].(m)["about"].(string)
	s.about(s.ask("PUT", first, m{"says": "apart"}, "Authorization", "Bearer "+s.tokens[0]), "text")
	s.by(0, "PUT", first, m{"says": "fits"})
	s.by(0, "DELETE", first, nil)
	for _, one := range list {
		s.by(1, "PUT", at+"/inherited/"+one.(m)["about"].(string), m{"says": "test", "text": "We ask."})
	}
	if begun := s.by(0, "POST", at+"/begin", nil); begun.at("cycle", "begun_at") == "" || begun.body["unread"] != 0.0 {
		s.Errorf("begun: %s", begun.Body)
	}
}
