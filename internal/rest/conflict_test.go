package rest

import "time"

// tourParking parks two conflicts, and takes one back.
func (r *meeting) tourParking() {
	r.Helper()
	r.act("POST", "/conflicts", m{"line": "Who decides when the pump is off."})
	r.act("POST", "/conflicts", m{"line": "Two crews, one pump.", "name": "Amal", "yes": true, "due_on": r.clock.Now().AddDate(0, 0, 3).Format(time.RFC3339)})
	for _, c := range r.act("GET", "", nil).body["conflicts"].([]any) {
		if c := c.(m); c["name"] == "Amal" && c["yes"] == true {
			r.act("DELETE", "/conflicts/"+c["id"].(string), nil)
		}
	}
}

// tourConflicts looks after what the room parked, and says how it was settled.
func (s *site) tourConflicts() {
	s.Helper()
	all := s.by(0, "GET", "/conflicts", nil).items()
	if len(all) != 1 {
		s.Fatalf("parked: %v", all)
	}
	at := "/conflicts/" + all[0].(m)["id"].(string)
	s.with(0, "POST", at, m{"do": "take", "due_on": s.clock.Now().AddDate(0, 0, 14).Format(time.RFC3339)})
	s.with(0, "POST", at, m{"do": "end", "how": "The crew on call decides."})
	if is := s.by(0, "GET", "/conflicts", nil).items()[0].(m); is["how"] != "The crew on call decides." || is["mine"] != true {
		s.Errorf("settled: %v", is)
	}
}
