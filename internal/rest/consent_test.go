package rest

import (
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// tourConsent puts a change to two groups, of which one is spoken for by somebody without
// an account, and takes a harm up.
func (s *site) tourConsent() {
	s.Helper()
	const at = "/procedures/opening"
	group := func(name, voice string) string {
		s.Helper()
		id := s.by(0, "POST", "/groups", m{"name": name, "days": 3}).at("id")
		s.by(0, "PUT", "/groups/"+id+"/voice", m{"name": voice, "at": "2020-02-01T00:00:00Z", "how": "a show of hands"})
		return id
	}
	crew, panel := group("The crew", s.with(0, "GET", "/members/"+s.people[0], nil).at("name")), group("Neighbours", "Oriel")
	tag := s.by(0, "GET", "/groups/"+crew, nil).Header().Get("ETag")
	s.by(0, "PUT", "/groups/"+crew, m{"name": "The crew", "days": 5, "members": []string{s.people[0]}}, "If-Match", tag)
	s.by(0, "GET", "/groups", nil)
	now := s.by(0, "GET", at, nil)
	s.by(0, "PUT", at+"/authority", m{"asked": []string{crew, panel}})
	s.by(0, "GET", at+"/authority", nil)
	step := now.body["steps"].([]any)[0].(m)["id"].(string)
	var gap practice.GapID
	if err := s.db.Update(s.Context(), func(tx *store.Tx) (err error) {
		gap, err = storetest.Tried(tx, practice.StepID(step), tx.Now().AddDate(0, 0, -1), "Two look at the tank.", "")
		return err
	}); err != nil {
		s.Fatal(err)
	}
	round := "/consents/" + string(gap)
	s.by(0, "POST", round, m{"kind": "present", "text": "The tank ran dry."})
	s.with(0, "POST", round+"/passes", m{"group": panel})
	s.by(0, "POST", round, m{"kind": "harm", "group": crew, "text": "Two are not there before eight."})
	s.by(0, "POST", round, m{"kind": "integrate", "how": "measure", "text": "We count the mornings on which it was one."})
	is := s.by(0, "POST", round, m{"kind": "safe", "group": crew})
	if is.at("stage") != "consent" || len(is.body["texts"].([]any)) != 2 {
		s.Errorf("the round: %s", is.Body)
	}
	if all := s.by(0, "GET", "/consents", nil).items(); len(all) > 0 {
		s.Errorf("asked about before the review is closed: %v", all)
	}
	s.by(0, "GET", round, nil)
	s.tourProposals(at, step)
}

// tourProposals lets one person alone change the procedure, who takes one change that
// another proposed and declines one; a third is taken back. A law asks for each, because
// groups are asked about the step just now.
func (s *site) tourProposals(at, step string) {
	s.Helper()
	groups := s.by(0, "GET", at+"/authority", nil).body["asked"]
	s.by(0, "PUT", at+"/authority", m{"asked": groups, "may": []string{s.people[1]}})
	for text, act := range map[string]string{"Look twice.": "take", "Look away.": "decline", "Do not look.": "withdraw"} {
		tag := s.by(0, "GET", at, nil).Header().Get("ETag")
		made := s.by(0, "POST", at+"/proposals", m{"act": "edit", "step": step, "text": text, "reason": "law", "source": "The water act", "from": "2020-02-01T00:00:00Z"}, "If-Match", tag)
		who, body := 1, m{}
		switch act {
		case "decline":
			body = m{"why": "Somebody has to."}
		case "withdraw":
			who, body = 0, nil
		}
		var sent any = body
		if body == nil {
			sent = nil
		}
		s.by(who, "POST", at+"/proposals/"+made.at("id")+"/"+act, sent, "If-Match", tag)
	}
	if all := s.by(0, "GET", at+"/proposals", nil).items(); len(all) != 3 || all[0].(m)["state"] == "waiting" {
		s.Errorf("proposed: %v", all)
	}
	s.by(1, "PUT", at+"/authority", m{"asked": groups})
}
