package rest

// tourReports edits a report in two places at once, and takes it back.
func (s *site) tourReports() {
	s.Helper()
	own := s.by(1, "POST", "/failures", m{"text": "The gutter leaked.", "stage": "after"})
	at, seen := "/failures/"+own.at("id"), own.Header().Get("ETag")
	over := func(version, text string) reply {
		return s.ask("PUT", at, m{"text": text, "stage": "after"}, "Authorization", "Bearer "+s.tokens[1], "If-Match", version)
	}
	s.refused(s.ask("PUT", at, m{"text": "It did not.", "stage": "after"}, "Authorization", "Bearer "+s.tokens[0], "If-Match", seen), 403, "report.others")
	if now := s.done(over(seen, "The gutter leaked at the back.")); now.body["version"] != 2.0 || now.Header().Get("ETag") == seen {
		s.Errorf("edited: %s", now.Body)
	}
	late := over(seen, "The gutter leaked in front.")
	s.refused(late, 412, "changed.meanwhile")
	if now, _ := late.body["current"].(m); now["text"] != "The gutter leaked at the back." {
		s.Errorf("what is there now: %s", late.Body)
	}
	if was := s.by(0, "GET", at+"/former", nil).items(); len(was) != 1 || was[0].(m)["text"] != "The gutter leaked." {
		s.Errorf("before: %v", was)
	}
	counted := s.by(1, "POST", at+"/redactions", m{"words": "at the back"})
	if before := s.by(0, "GET", at+"/redactions", nil).items(); counted.body["places"] != 1.0 || len(before) != 0 {
		s.Errorf("counted: %s, %v", counted.Body, before)
	}
	s.about(s.ask("POST", at+"/redactions", m{"words": "in the cellar"}, "Authorization", "Bearer "+s.tokens[1]), "words")
	s.by(1, "POST", at+"/redactions", m{"words": "at the back", "sure": true})
	if now := s.by(0, "GET", at, nil); now.at("text") != "The gutter leaked ▇▇▇." || len(s.by(0, "GET", at+"/redactions", nil).items()) != 1 {
		s.Errorf("taken out: %s", now.Body)
	}
	if only := s.by(1, "PUT", at+"/readers", m{"only": []string{s.people[1]}}).body["only"].([]any); len(only) != 1 {
		s.Errorf("restricted to %v", only)
	}
	s.refused(s.ask("GET", at, nil, "Authorization", "Bearer "+s.tokens[0]), 404, "not.found")
	s.by(1, "PUT", at+"/readers", m{})
	s.by(0, "GET", at, nil)
	s.by(0, "PUT", at+"/drill", m{"drill": true})
	if f := s.by(1, "PUT", at+"/severe", m{"severe": true}); f.body["severe"] != true || s.by(0, "PUT", at+"/severe", m{}).body["severe"] != nil {
		s.Errorf("somebody was hurt, and it was taken back: %s", f.Body)
	}
	if f := s.by(1, "POST", at+"/stop", m{"why": "formal"}); f.body["stopped"] != "formal" || s.by(0, "POST", at+"/stop/end", nil).body["stopped"] != nil {
		s.Errorf("another procedure: %s", f.Body)
	}
	drill := s.by(1, "POST", "/failures", m{"text": "The door of the shed.", "stage": "after", "drill": true})
	s.by(1, "DELETE", "/failures/"+drill.at("id")+"/drill", nil)
	s.by(1, "PUT", at+"/drill", m{})
	if gone := s.by(1, "DELETE", at, nil); gone.at("text") != "The gutter leaked ▇▇▇." {
		s.Errorf("taken back: %s", gone.Body)
	}
	s.refused(s.ask("GET", at, nil, "Authorization", "Bearer "+s.tokens[1]), 404, "not.found")
}
