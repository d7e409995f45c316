package rest

import (
	"debrief/internal/practice"
	"debrief/internal/store"
)

// tourOffers offers a finding to another team, takes it back, and answers what that team
// offers.
func (s *site) tourOffers() {
	s.Helper()
	far := practice.Team{ID: "tea_far", Name: "Far", Pack: "default", CycleDays: 7}
	var given practice.Offer
	about := s.by(0, "GET", "/findings", nil).items()[0].(m)["id"].(string)
	if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
		if err := tx.AddTeam(far); err != nil {
			return err
		}
		given, err = tx.AddOffer(practice.Offer{About: about, From: far.ID, To: practice.TeamID(s.team), Words: "Two keys.", Why: "One was lost."})
		return err
	}); err != nil {
		s.Fatal(err)
	}
	made := s.by(0, "POST", "/offers", m{"about": about, "to": []string{string(far.ID)}, "why": "The pump ran dry."})
	all := made.body["offers"].([]any)
	own := ""
	for _, o := range all {
		if o.(m)["to"] == string(far.ID) {
			own = o.(m)["id"].(string)
		}
	}
	if is := s.by(0, "POST", "/offers/"+own, m{"says": "withdraw"}); is.at("state") != "withdrawn" || is.body["mine"] != false {
		s.Errorf("taken back: %s", is.Body)
	}
	at := "/offers/" + string(given.ID)
	if is := s.by(1, "GET", at, nil); is.at("state") != "waiting" || is.body["mine"] != true || is.at("why") != "One was lost." {
		s.Errorf("offered: %s", is.Body)
	}
	if is := s.by(1, "POST", at, m{"says": "adapt", "text": "Three keys."}); is.at("state") != "adapted" || is.at("said") != "Three keys." || is.at("words") != "Two keys." {
		s.Errorf("taken over: %s", is.Body)
	}
	if is := s.by(0, "GET", "/offers", nil).items(); len(is) != 2 {
		s.Errorf("offers: %v", is)
	}
}
