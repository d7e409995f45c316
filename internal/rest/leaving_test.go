package rest

import "net/http"

// tourLeaving lets somebody go.
func (s *site) tourLeaving() {
	s.Helper()
	dele := s.named("Dele")
	s.with(0, "GET", "/members/"+dele+"/holdings", nil)
	for range 2 {
		if gone := s.with(0, "POST", "/members/"+dele+"/let-go", m{}); gone.body["active"] != false {
			s.Errorf("Dele: %s", gone.Body)
		}
		if stood := s.with(0, "GET", "/members/"+dele+"/parting", nil); len(stood.body["teams"].([]any)) != 2 {
			s.Errorf("how Dele stood: %s", stood.Body)
		}
		if back := s.with(0, "POST", "/members/"+dele+"/bring-back", nil); back.body["active"] != true {
			s.Errorf("Dele: %s", back.Body)
		}
	}
	s.with(1, "POST", "/failures", m{"team": s.team, "text": "The hose froze.", "stage": "after", "convene": true, "touched_other": "nobody"})
	held := s.with(0, "GET", "/members/"+s.people[1]+"/holdings", nil).items()
	var handover []m
	for _, h := range held {
		handover = append(handover, m{"kind": h.(m)["kind"], "id": h.(m)["id"], "to": s.people[0]})
	}
	s.refused(s.ask("POST", "/members/"+s.people[1]+"/let-go", m{}, "Cookie", s.devices[0]), http.StatusConflict, "guardian.leaves")
	s.with(1, "DELETE", "/guardians/"+s.people[1], nil)
	s.refused(s.ask("POST", "/members/"+s.people[1]+"/let-go", m{}, "Cookie", s.devices[0]), http.StatusConflict, "member.holds")
	if gone := s.with(0, "POST", "/members/"+s.people[1]+"/let-go", m{"handover": handover}); gone.body["active"] != false || len(held) == 0 {
		s.Errorf("Amal, who held %v: %s", held, gone.Body)
	}
}
