package rest

import "time"

// tourUnused lets two rounds pass in which one line of a list is ticked alone: of the others
// one is kept and one goes.
func (s *site) tourUnused() {
	s.Helper()
	made := s.by(0, "POST", "/procedures", m{"team": s.team, "title": "Night round", "markdown": "- [ ] Look\n- [ ] Salt\n- [ ] Wave\n"})
	at, steps := "/procedures/"+made.at("slug"), []string{}
	for _, step := range made.body["steps"].([]any) {
		steps = append(steps, step.(m)["id"].(string))
	}
	for _, days := range []int{15, 7, 7} {
		s.clock.Pass(time.Duration(days) * 24 * time.Hour)
		if err := s.app.TurnCycles(s.Context()); err != nil {
			s.Fatal(err)
		}
		s.by(1, "POST", at+"/uses", m{"ticked": steps[:1], "not_needed": steps[1:2]})
	}
	uses := s.by(0, "GET", at+"/uses", nil)
	if all := uses.body["steps"].([]any); uses.body["lines"] != 3.0 || all[0].(m)["unused"] != false || all[1].(m)["unused"] != true || all[1].(m)["not_needed_on"] == nil {
		s.Fatalf("after two rounds: %s", uses.Body)
	}
	s.about(s.ask("POST", at+"/steps/"+steps[1]+"/keep", m{}, "Authorization", "Bearer "+s.tokens[0]), "why")
	s.by(0, "POST", at+"/steps/"+steps[1]+"/keep", m{"why": "It seldom freezes."})
	s.by(0, "POST", at+"/steps/"+steps[2]+"/retire", nil, "If-Match", `"1"`)
	if left := s.by(0, "GET", at+"/uses", nil); len(left.body["steps"].([]any)) != 2 || left.body["steps"].([]any)[1].(m)["kept_because"] != "It seldom freezes." {
		s.Errorf("afterwards: %s", left.Body)
	}
}
