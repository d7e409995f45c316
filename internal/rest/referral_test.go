package rest

import (
	"debrief/internal/practice"
	"debrief/internal/store"
)

// tourReferral hands a gap to somebody here, who names somebody outside.
func (s *site) tourReferral() {
	s.Helper()
	gap := s.by(0, "GET", "/gaps", nil).items()[0].(m)["id"].(string)
	if err := s.db.Update(s.Context(), func(tx *store.Tx) error {
		return tx.AddReferral(practice.GapID(gap), practice.Receiver{To: practice.MemberID(s.people[0]), At: tx.Now(), Until: tx.Now().Add(practice.ReferralTerm)})
	}); err != nil {
		s.Fatal(err)
	}
	at := "/referrals/" + gap
	if is := s.by(0, "GET", at, nil); is.at("state") != "waits" || is.body["mine"] != true {
		s.Errorf("handed over: %s", is.Body)
	}
	if all := s.by(0, "GET", "/referrals", nil).items(); len(all) != 1 {
		s.Errorf("handed over: %v", all)
	}
	is := s.by(0, "POST", at, m{"says": "redirect", "why": "The landlord decides.", "name": "Nadia Outside", "mail": "nadia@x.example"})
	if asked := is.body["asked"].([]any); is.at("state") != "waits" || len(asked) != 2 || asked[1].(m)["mail"] != "nadia@x.example" {
		s.Errorf("named somebody else: %s", is.Body)
	}
	s.with(0, "POST", at+"/passes", nil)
}
