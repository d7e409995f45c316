package rest

import "net/http"

// tourGuests invites somebody without an account, who takes their place by a
// signed link, and takes another link back.
func (r *meeting) tourGuests() {
	r.Helper()
	at := "/failures/" + r.failure + "/passes"
	lena := r.with(0, "POST", at, m{"name": "Lena"})
	held := m{"pass": lena.at("pass"), "use": "seat"}
	if seen := r.done(r.ask("POST", "/passes/look", held)); seen.at("review") != r.id || seen.at("act") != "" {
		r.Errorf("what a guest sees: %s", seen.Body)
	}
	r.refused(r.ask("POST", "/passes/look", m{"pass": lena.at("pass"), "use": "carry"}), http.StatusConflict, "pass.old")
	r.done(r.ask("POST", "/passes/place", m{"pass": lena.at("pass"), "closeness": "saw"}))
	r.guest = lena.at("pass")
	r.refused(r.ask("POST", "/passes/record", m{"pass": r.guest}), http.StatusNotFound, "not.found")
	other := r.with(1, "POST", at, m{"name": "Omar"})
	if guests := r.with(0, "GET", at, nil).items(); len(guests) != 2 {
		r.Errorf("guests: %v", guests)
	}
	r.with(1, "DELETE", "/passes/"+other.at("id"), nil)
	r.refused(r.ask("POST", "/passes/place", m{"pass": other.at("pass"), "closeness": "saw"}), http.StatusConflict, "pass.old")
}

// tourGuestCarries names somebody without an account, who says yes by a signed
// link, and that it is done.
func (r *meeting) tourGuestCarries() {
	r.Helper()
	heard := r.act("POST", "/carry", m{"name": "Amal", "moment": "before we open", "act": "show the crew", "due_at": r.clock.Now().AddDate(0, 0, 7), "aloud": true})
	if asked := r.by(1, "POST", "/carries/"+heard.at("id")+"/unsay", nil); asked.at("state") != "offered" {
		r.Errorf("a yes that was not said: %s", asked.Body)
	}
	carry := r.act("POST", "/carry", m{"name": "Tariq", "guest": true, "moment": "before we open", "act": "service the pump",
		"due_at": r.clock.Now().AddDate(0, 0, 7)}).at("id")
	r.act("POST", "/carry", m{"name": "Tariq", "guest": true, "moment": "before we open", "act": "service the pump",
		"due_at": r.clock.Now().AddDate(0, 0, 7), "aloud": true})
	if asked := r.act("POST", "/carry/unsay", nil); asked.at("state") != "offered" {
		r.Errorf("a yes that nobody heard: %s", asked.Body)
	}
	link := r.with(0, "POST", "/carries/"+carry+"/passes", nil).at("pass")
	if seen := r.done(r.ask("POST", "/passes/look", m{"pass": link, "use": "carry"})); seen.at("name") != "Tariq" || seen.at("state") != "offered" {
		r.Errorf("what a carrier sees: %s", seen.Body)
	}
	r.done(r.ask("POST", "/passes/answer", m{"pass": link, "answer": "yes"}))
	r.refused(r.ask("POST", "/passes/answer", m{"pass": link, "answer": "done"}), http.StatusBadRequest, "carry.proof")
	r.done(r.ask("POST", "/passes/answer", m{"pass": link, "answer": "done", "words": "It was serviced."}))
}
