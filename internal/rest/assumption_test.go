package rest

// tourAssumptions registers what the team relies on, tests it, and looks at what rests on it.
func (s *site) tourAssumptions() {
	s.Helper()
	s.about(s.ask("POST", "/assumptions", m{"team": s.team, "text": " "}, "Cookie", s.devices[0]), "text")
	made := s.by(0, "POST", "/assumptions", m{"team": s.team, "text": "The tank is our only water.", "constraint": 1, "uses": m{"procedure": "locking-up"}})
	other := s.by(1, "POST", "/assumptions", m{"team": s.team, "text": "The courier comes at ten.", "how": "Seen all week."})
	if made.body["state"] != "held" || len(made.body["uses"].([]any)) != 1 || len(other.body["tests"].([]any)) != 1 {
		s.Errorf("registered: %s and %s", made.Body, other.Body)
	}
	s.by(1, "POST", "/assumptions/1/uses", m{"plan": 1})
	s.about(s.ask("POST", "/assumptions/1/uses", m{}, "Cookie", s.devices[0]), "procedure")
	test := m{"state": "replaced", "how": "There is a well.", "next": 2}
	s.refused(s.ask("POST", "/assumptions/1/tests", test, "Cookie", s.devices[0]), 428, "api.version")
	tested := s.with(0, "POST", "/assumptions/1/tests", test, "If-Match", `"0"`)
	slower := s.ask("POST", "/assumptions/1/tests", test, "Cookie", s.devices[1], "If-Match", `"0"`)
	s.refused(slower, 412, "changed.meanwhile")
	if tested.Header().Get("ETag") != `"1"` || tested.body["tests"].([]any)[0].(m)["instead"] != 2.0 || slower.body["current"].(m)["state"] != "replaced" {
		s.Errorf("tested: %s, then %s", tested.Body, slower.Body)
	}
	waits := s.by(1, "GET", "/now", nil).body["assumptions_to_look_at"].([]any)
	if len(waits) != 2 {
		s.Fatalf("to look at: %v", waits)
	}
	for i, act := range []m{{"act": "fine", "why": "It is full."}, {"act": "next"}} {
		s.with(0, "POST", "/assumptions/1/uses/"+waits[i].(m)["id"].(string), act, "If-Match", `"1"`)
	}
	for _, list := range []string{"?state=replaced", "?procedure=locking-up", "?constraint=1", "/1"} {
		if one := s.by(0, "GET", "/assumptions"+list, nil); one.body["state"] != "replaced" && len(one.items()) != 1 {
			s.Errorf("%s: %s", list, one.Body)
		}
	}
}
