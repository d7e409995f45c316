package rest

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

// plea is what somebody sends.
type plea struct {
	path string
	body m
}

// never is refused to every seat, the steward's and the member's, with a way on; and a
// reason does not help.
func (r *meeting) never(what plea, status int, code string, version ...string) {
	r.Helper()
	for _, seat := range r.seats {
		headers := []string{seatHeader, seat}
		if len(version) > 0 {
			headers = append(headers, "If-Match", version[0])
		}
		r.refused(r.ask("POST", r.base+what.path, what.body, headers...), status, code)
		begged := m{"reason": "We are in a hurry."}
		for name, value := range what.body {
			begged[name] = value
		}
		if got := r.ask("POST", r.base+what.path, begged, headers...); got.Code < 400 {
			r.Errorf("%s is not refused to whoever gives a reason: %s", what.path, got.Body)
		}
	}
}

// onward is never for the step to the next question.
func (r *meeting) onward(code string) {
	r.Helper()
	r.never(plea{"/move", m{}}, http.StatusConflict, code, r.act("GET", "", nil).Header().Get("ETag"))
}

// said asks for a reason, and with one it does what was asked for.
func (s *site) said(who int, what plea, why, code string) reply {
	s.Helper()
	headers := []string{"Authorization", "Bearer " + s.tokens[who]}
	if what.path == "/teams" {
		headers = []string{"Cookie", s.devices[who]}
	}
	s.refused(s.ask("POST", what.path, what.body, headers...), http.StatusConflict, code)
	what.body[why] = "The rest is away until then."
	return s.done(s.ask("POST", what.path, what.body, headers...))
}

// A limit belongs to one of three classes. What is hard is refused to everyone, a
// steward too, whatever they say. What takes a reason is done with one, and the reason is
// kept and shown. What is only a hint stops nobody.
func TestRest_eachLimitInItsClass(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))

	early := s.said(0, plea{"/teams", m{"name": "Night crew", "pack": "operations"}}, "why", "team.early")
	if list := s.with(0, "GET", "/teams", nil); !has(list, early.at("id"), "early_why") {
		s.Errorf("why there is a second team is not shown: %s", list.Body)
	}
	f := s.by(0, "POST", "/failures", m{"team": s.team, "text": "The gate stood open.", "stage": "after"})
	late := s.said(1, plea{"/reviews", m{"failure": f.at("id"), "meet_at": s.clock.Now().Add(100 * time.Hour), "box_minutes": 30, "people": s.people}}, "why", "review.late")
	if late.at("late_why") == "" {
		s.Errorf("why it is late is not shown: %s", late.Body)
	}
	s.refused(s.ask("GET", "/teams/"+s.team+"/vitality?member="+s.people[1], nil, "Cookie", s.devices[0]), http.StatusBadRequest, "api.unknown")

	// Words that name or blame somebody are remarked on, and sent.
	s.by(1, "POST", "/failures", m{"team": s.team, "text": "Amal should have looked, as always.", "stage": "after"})

	r := s.call("The pump ran dry.")
	r.sit(0)
	r.sit(1)
	r.move()
	text := m{"text": "The tank is full by ten."}
	r.never(plea{"/questions/happened/answers", text}, http.StatusConflict, "question.order")
	r.never(plea{"/questions/feelings/answers", text}, http.StatusBadRequest, "api.field")
	r.onward("question.order") // before anybody has written
	if q := r.act("GET", "/questions/intended", nil); len(q.body["answers"].([]any)) != 0 {
		r.Errorf("answers are read before they are written: %s", q.Body)
	}
	r.agree("intended")
	r.move()
	r.agree("happened")
	r.move()
	r.write("gap", m{"text": "The tank is full.", "actual": "It was empty.", "where": "At the valve."})
	r.onward("gap.none")
	for missing, code := range map[string]string{"intended": "gap.intended", "actual": "gap.actual", "where": "gap.where"} {
		parts := m{"intended": "The tank is full.", "actual": "It was empty.", "where": "At the valve."}
		parts[missing] = " "
		r.never(plea{"/gaps", parts}, http.StatusBadRequest, code)
	}
	gaps := []*gapAt{r.name("At the valve."), r.name("At the gate."), r.name("At the well.")}
	fourth := r.act("POST", "/gaps", m{"intended": "The gauge is read.", "actual": "It was not.", "where": "At the gauge."})
	beyond := "/gaps/" + fourth.at("id") + "/take"
	r.refused(r.ask("POST", r.base+beyond, m{"take": true}, seatHeader, r.seats[0], "If-Match", `"1"`), http.StatusConflict, "gap.fourth")
	if got := r.done(r.ask("POST", r.base+beyond, m{"take": true, "why": "A flood."}, seatHeader, r.seats[0], "If-Match", `"1"`)); got.at("beyond") != "A flood." {
		t.Errorf("why there is a fourth is not kept: %s", got.Body)
	}
	r.done(r.ask("POST", r.base+beyond, m{}, seatHeader, r.seats[0], "If-Match", `"2"`))
	r.move()
	r.onward("question.order") // before anybody has judged
	for i, kind := range []string{"avoidable", "inherent", "experiment"} {
		r.sort(gaps[i], m{"round": 1, "kind": kind, "could": "nobody", "needs": "Another law."})
	}
	r.onward("gap.unsettled")
	for i, kind := range []string{"avoidable", "inherent", "experiment"} {
		r.again(gaps[i])
		r.on(gaps[i], "POST", "/settle", m{"verdict": kind, "could": "nobody", "needs": "Another law."})
	}
	r.move()
	r.onward("gap.unrouted")
	r.routes(gaps)
	r.move()
	r.onward("carrier.none")
	for name, code := range map[string]string{"the team": "carrier.group", "Noor and Amal": "carrier.two", "TBD": "carrier.group", "Zeno": "carrier.unknown"} {
		r.never(plea{"/carry", m{"name": name, "moment": "before we open", "act": "show the crew", "due_at": s.clock.Now().AddDate(0, 0, 7)}}, http.StatusBadRequest, code)
	}
	r.lateCarry()
	r.close(true)
	r.never(plea{"/gaps", m{"intended": "a", "actual": "b", "where": "c"}}, http.StatusConflict, "review.closed")
	s.fewThere()
}

// fewThere begins a room in which nobody was there themselves, which takes a reason that
// stands in the record, and more rooms than a team can finish, which does, too. One of
// them is led by whoever reported it.
func (s *site) fewThere() {
	s.Helper()
	r := s.call("The well ran dry.")
	r.closeness = "heard"
	r.sit(0)
	r.sit(1)
	now := r.act("GET", "", nil).Header().Get("ETag")
	r.refused(r.ask("POST", r.base+"/move", m{}, seatHeader, r.seats[0], "If-Match", now), http.StatusConflict, "room.few")
	if begun := r.act("POST", "/move", m{"why": "Those who were there moved away."}, now); begun.at("few_why") == "" {
		r.Errorf("why it began with few is not kept: %s", begun.Body)
	}
	for open := 2; open <= practice.MaxOpen; open++ { // this one, and the late one
		f := s.by(0, "POST", "/failures", m{"team": s.team, "text": fmt.Sprint("The gate stood open, ", open), "stage": "after"})
		call := m{"failure": f.at("id"), "meet_at": s.clock.Now().Add(time.Hour), "box_minutes": 30, "people": s.people}
		if open < practice.MaxOpen {
			call["guide"], call["people"] = s.people[0], s.people[1:]
			s.leadsOwn("/reviews/" + s.by(0, "POST", "/reviews", call).at("id"))
		} else if last := s.said(0, plea{"/reviews", call}, "why", "review.many"); last.at("late_why") == "" {
			s.Errorf("why there is one more is not kept: %s", last.Body)
		}
	}
}

// leadsOwn leads what they reported themselves, which takes a reason that those in the
// room read.
func (s *site) leadsOwn(review string) {
	s.Helper()
	s.said(0, plea{review + "/guide/outside", m{}}, "why", "guide.reported")
	if g, ok := s.by(1, "GET", review, nil).body["guide"].(m); !ok || g["why"] == "" {
		s.Errorf("why they lead it is not shown: %v", g)
	}
}

// routes leads each gap where its kind calls for, and nowhere else.
func (r *meeting) routes(gaps []*gapAt) {
	r.Helper()
	avoidable, inherent, experiment := gaps[0], gaps[1], gaps[2]
	boundary := m{"text": "No water after ten.", "assume": "The tank is our only water.", "kind": "law", "places": []string{"plan"}}
	promise := m{"why": "The part is ordered.", "by": r.clock.Now().AddDate(0, 0, 1)}
	r.never(plea{"/gaps/" + avoidable.id + "/constraint", boundary}, http.StatusConflict, "route.avoidable", avoidable.version)
	r.never(plea{"/gaps/" + inherent.id + "/promise", promise}, http.StatusConflict, "route.boundary", inherent.version)
	r.never(plea{"/gaps/" + experiment.id + "/promise", promise}, http.StatusConflict, "route.experiment", experiment.version)
	homeless := m{"text": "No water after ten.", "assume": "The tank is our only water.", "kind": "law", "places": []string{}}
	r.never(plea{"/gaps/" + inherent.id + "/constraint", homeless}, http.StatusBadRequest, "constraint.place", inherent.version)
	manual := r.by(0, "GET", "/procedures/locking-up", nil)
	step := manual.body["steps"].([]any)[0].(m)
	r.never(plea{"/gaps/" + avoidable.id + "/change", m{"procedure": manual.at("id"), "base": 1, "act": "edit", "step": step["id"], "text": fmt.Sprint(step["text"], " ")}},
		http.StatusBadRequest, "step.same", avoidable.version)
	r.on(avoidable, "POST", "/change", m{"procedure": manual.at("id"), "base": 1, "act": "edit", "step": step["id"], "text": "Turn the tap off, and look."})
	r.on(inherent, "POST", "/constraint", boundary)
	r.on(experiment, "POST", "/finding", m{"tried": "A second gauge", "known": []string{"Both stick."}, "next": "Does a float stick?", "because": []string{"It has no needle."}})
}

// lateCarry names a day after the round of work, which takes a reason that stands in the
// record.
func (r *meeting) lateCarry() {
	r.Helper()
	body := m{"name": "Amal", "moment": "before we open", "act": "show the crew", "due_at": r.clock.Now().AddDate(0, 2, 0)}
	r.refused(r.ask("POST", r.base+"/carry", body, seatHeader, r.seats[0]), http.StatusBadRequest, "carry.late")
	body["late_why"] = "The pump comes in May."
	if got := r.act("POST", "/carry", body); got.Code >= 400 {
		r.Errorf("with a reason: %s", got.Body)
	}
}

// has reports whether the one with an id in a list says something under a name.
func has(list reply, id, name string) bool {
	for _, one := range list.items() {
		if item := one.(m); item["id"] == id && item[name] != nil && item[name] != "" {
			return true
		}
	}
	return false
}
