package rest

import (
	"fmt"
	"strings"
)

// tourPlans writes down what is meant before it is done.
func (s *site) tourPlans() {
	s.Helper()
	s.about(s.ask("POST", "/plans", m{"team": s.team}, "Authorization", "Bearer "+s.tokens[0]), "title")
	begun := s.by(0, "POST", "/plans", m{"team": s.team, "title": "A second tap"})
	at := fmt.Sprintf("/plans/%v", begun.body["number"])
	intent := m{"title": "A second tap", "aim": "Ten cans an hour by May.", "signals": []m{{"what": "Empty cans", "from": "3", "where": "the shelf", "who": "Juniper", "every_days": 7}}, "ask": "The neighbours"}
	seen := begun.Header().Get("ETag")
	written := s.by(1, "PUT", at, intent, "If-Match", seen)
	s.refused(s.ask("PUT", at, intent, "Authorization", "Bearer "+s.tokens[0], "If-Match", seen), 412, "changed.meanwhile")
	s.about(s.ask("PUT", at, m{"title": "x", "signals": []m{{"who": "Juniper"}}}, "Authorization", "Bearer "+s.tokens[0], "If-Match", written.Header().Get("ETag")), "signals")
	s.about(s.ask("POST", at+"/reasons", m{}, "Authorization", "Bearer "+s.tokens[0]), "text")
	s.by(0, "POST", at+"/reasons", m{"text": "The pump was too weak."})
	if hidden := s.by(0, "GET", at, nil); len(hidden.body["reasons"].([]any)) != 0 {
		s.Errorf("read before they are open: %s", hidden.Body)
	}
	if open := s.by(1, "POST", at+"/reasons/open", nil); len(open.body["reasons"].([]any)) != 1 {
		s.Errorf("open: %s", open.Body)
	}
	drip := s.by(0, "GET", "/failures?limit=1", nil).items()[0].(m)["id"].(string)
	s.by(0, "GET", at+"/earlier", nil)
	if known := s.by(0, "PUT", at+"/known/"+drip, m{"says": "fits", "text": "A tap that closes itself."}); known.body["known"].([]any)[0].(m)["cites"] != true {
		s.Errorf("known: %s", known.Body)
	}
	s.about(s.ask("PUT", at+"/known/"+drip, m{"says": "apart"}, "Authorization", "Bearer "+s.tokens[0]), "text")
	s.by(0, "DELETE", at+"/known/"+drip, nil)
	if known := s.by(0, "GET", at+"/known", nil); len(known.body["known"].([]any)) != 0 {
		s.Errorf("taken back: %s", known.Body)
	}
	if frozen := s.by(0, "POST", at+"/freeze", nil); frozen.at("frozen_at") == "" || len(frozen.at("fingerprint")) != 64 {
		s.Errorf("frozen: %s", frozen.Body)
	}
	s.refused(s.ask("DELETE", at, nil, "Authorization", "Bearer "+s.tokens[0]), 409, "plan.frozen")
	if added := s.by(1, "POST", at+"/additions", m{"text": "The well is low."}); len(added.body["added"].([]any)) != 1 {
		s.Errorf("added: %s", added.Body)
	}
	s.plan = begun.at("id")
	went := s.by(0, "POST", "/failures", m{"team": s.team, "text": "Six cans an hour.", "stage": "after", "plan": begun.body["id"]})
	on := fmt.Sprintf("/failures/%v/plan", went.body["number"])
	s.by(0, "PUT", on, m{})
	s.about(s.ask("PUT", on, m{"plan": "pln_none"}, "Authorization", "Bearer "+s.tokens[0]), "plan")
	if put := s.by(0, "PUT", on, m{"plan": begun.body["id"]}); put.body["plan"] != begun.body["id"] {
		s.Errorf("of the plan: %s", put.Body)
	}
	if list := s.by(1, "GET", at+"/failures", nil).items(); len(list) != 1 {
		s.Errorf("what went differently: %v", list)
	}
	again := s.by(1, "POST", "/plans", m{"title": "A third tap", "like": begun.body["number"]})
	if again.body["series"] != begun.body["series"] {
		s.Errorf("done again: %s", again.Body)
	}
	beside := fmt.Sprintf("/plans/%v/series", again.body["number"])
	both := s.by(0, "GET", beside, nil)
	if plans := both.body["plans"].([]any); len(plans) != 2 || len(plans[0].(m)["went"].([]any)) != 1 || len(both.body["repeats"].([]any)) != 0 {
		s.Errorf("side by side: %s", both.Body)
	}
	s.about(s.ask("PUT", beside, m{"like": again.body["number"]}, "Authorization", "Bearer "+s.tokens[0]), "like")
	s.about(s.ask("POST", "/plans", m{"title": "x", "like": 999}, "Authorization", "Bearer "+s.tokens[0]), "like")
	s.by(0, "PUT", beside, m{})
	if alone := s.by(0, "GET", beside, nil); len(alone.body["plans"].([]any)) != 1 {
		s.Errorf("by itself: %s", alone.Body)
	}
	s.by(0, "DELETE", fmt.Sprintf("/plans/%v", again.body["number"]), nil)
	s.about(s.ask("POST", at+"/firings", m{"signal": 2}, "Authorization", "Bearer "+s.tokens[0]), "signal")
	s.by(0, "POST", at+"/firings", m{"signal": 1, "text": "Three are empty."})
	if again := s.by(1, "POST", at+"/firings", m{"signal": 1}); again.body["count"] != 2.0 {
		s.Errorf("said again: %s", again.Body)
	}
	if list := s.by(1, "GET", at+"/firings", nil).body["firings"].([]any); len(list) != 1 {
		s.Errorf("firings: %v", list)
	}
	if list := s.by(0, "POST", at+"/looks", m{"signal": 1}); len(list.body["signals"].([]any)[0].(m)["looks"].([]any)) != 2 {
		s.Errorf("looked at: %s", list.Body)
	}
	s.by(1, "PUT", at+"/looks", m{"on": false})
	s.refused(s.ask("POST", at+"/looks", m{"signal": 1}, "Authorization", "Bearer "+s.tokens[0]), 409, "look.unasked")
	s.by(1, "PUT", at+"/looks", m{"on": true})
	if list := s.by(1, "GET", at+"/looks", nil); !strings.Contains(list.Body.String(), `"every_days":7`) {
		s.Errorf("looked at: %s", list.Body)
	}
	s.about(s.ask("POST", at+"/redactions", m{"words": "Zebedee"}, "Authorization", "Bearer "+s.tokens[0]), "words")
	s.by(0, "POST", at+"/redactions", m{"words": "Juniper", "sure": true})
	if gone := s.by(1, "GET", at, nil); strings.Contains(gone.Body.String(), "Juniper") || len(s.by(1, "GET", at+"/redactions", nil).items()) != 1 {
		s.Errorf("taken out: %s", gone.Body)
	}
	s.refused(s.ask("GET", at+"/monitor", nil, "Authorization", "Bearer "+s.tokens[0]), 404, "not.found")
	made := s.by(0, "POST", at+"/monitor", nil)
	if watched := s.by(1, "GET", at+"/monitor", nil); !strings.HasPrefix(made.at("secret"), "whsec_") || strings.Contains(watched.Body.String(), made.at("secret")) {
		s.Errorf("made %s, then %s", made.Body, watched.Body)
	}
	s.by(1, "DELETE", at+"/monitor", nil)
	other := s.by(0, "POST", "/plans", m{"team": s.team, "title": "A third tap"})
	s.by(0, "DELETE", fmt.Sprintf("/plans/%v", other.body["number"]), nil)
	if list := s.by(0, "GET", "/plans", nil).items(); len(list) != 1 {
		s.Errorf("plans: %v", list)
	}
}
