package rest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// meeting is one review, from inside.
type meeting struct {
	*site
	failure, id string
	base        string
	shown       string // the picture beside question two
	guest       string // the signed link of somebody without an account
	closeness   string // what whoever sits down says they were; empty is that they did it
	seats       []string
	words       []string
}

// gapAt is a gap at the version it has just now.
type gapAt struct{ id, version string }

// call reports a failure, decides about it and calls a review of both people.
func (s *site) call(text string) *meeting {
	s.Helper()
	f := s.by(0, "POST", "/failures", m{"team": s.team, "text": text, "stage": "after", "touched_other": "the neighbours"})
	number := fmt.Sprint(f.body["number"])
	s.with(0, "POST", "/failures/"+number+"/unasked", m{"for_good": true})
	s.by(0, "POST", "/failures/"+number+"/triage", m{"decision": "significant", "triggers": []string{"It only just went well, and by luck"}})
	proposal := s.by(0, "GET", "/failures/"+number+"/proposal", nil)
	if people, times := proposal.body["people"].([]any), proposal.body["times"].([]any); len(people) != 2 || len(times) == 0 {
		s.Errorf("the proposal: %s", proposal.Body)
	}
	invite := m{"failure": f.at("id"), "meet_at": s.clock.Now().Add(time.Hour), "box_minutes": 30, "people": s.people}
	off := s.by(0, "POST", "/reviews", invite)
	s.by(0, "DELETE", "/reviews/"+off.at("id"), nil)
	r := s.by(0, "POST", "/reviews", invite)
	return &meeting{site: s, failure: number, id: r.at("id"), base: "/seats/" + r.at("id")}
}

// sit lets somebody take their place and draw a seat, without a token.
func (r *meeting) sit(who int) {
	r.Helper()
	if len(r.seats) == 0 { // nobody said not now
		asked := r.by(who, "GET", "/reviews/"+r.id+"/readiness", nil)
		r.done(r.ask("POST", r.base+"/readiness", m{"ticket": asked.at("ticket"), "answer": "go"}))
		r.clock.Pass(2 * time.Hour)
		if err := r.app.CloseReady(r.Context(), practice.ReviewID(r.id)); err != nil {
			r.Fatal(err)
		}
	}
	place := r.by(who, "POST", "/reviews/"+r.id+"/place", m{"closeness": cmp.Or(r.closeness, "did")})
	drawn := r.done(r.ask("POST", r.base, m{"ticket": place.at("ticket")}))
	r.seats, r.words = append(r.seats, drawn.at("key")), append(r.words, drawn.at("words"))
}

// act does something from the first seat and wants it done.
func (r *meeting) act(method, path string, body any, version ...string) reply {
	r.Helper()
	return r.in(r.seats[0], method, r.base+path, body, version...)
}

// move takes the room on.
func (r *meeting) move() {
	r.Helper()
	r.act("POST", "/move", m{}, r.act("GET", "", nil).Header().Get("ETag"))
}

// write lets every seat answer a question; then all of them read.
func (r *meeting) write(question string, body m) {
	r.Helper()
	for _, seat := range r.seats {
		r.in(seat, "POST", r.base+"/questions/"+question+"/answers", body)
	}
	if q := r.act("GET", "/questions/"+question, nil); len(q.body["answers"].([]any)) != len(r.seats) {
		r.Errorf("the answers: %s", q.Body)
	}
}

// agree lets all write and stand behind one text.
func (r *meeting) agree(question string) {
	r.Helper()
	r.write(question, m{"text": "The tank is full by ten."})
	at := r.base + "/questions/" + question
	text := r.in(r.seats[0], "PUT", at+"/text", m{"text": "The tank is full by ten.", "stand": true}, `"0"`)
	for _, seat := range r.seats[1:] {
		r.in(seat, "POST", at+"/stand", m{"stand": true}, text.Header().Get("ETag"))
	}
	late := r.ask("PUT", at+"/text", m{"text": "Another."}, seatHeader, r.seats[1], "If-Match", `"0"`)
	r.refused(late, http.StatusPreconditionFailed, "changed.meanwhile")
	if now, _ := late.body["current"].(m); now["text"] != "The tank is full by ten." {
		r.Errorf("what is there now: %s", late.Body)
	}
	r.refused(r.ask("PUT", at+"/text", m{"text": "Another."}, seatHeader, r.seats[1]), http.StatusPreconditionRequired, "api.version")
}

// on does something to a gap over its version.
func (r *meeting) on(g *gapAt, method, path string, body any) reply {
	r.Helper()
	answer := r.act(method, "/gaps/"+g.id+path, body, g.version)
	g.version = answer.Header().Get("ETag")
	return answer
}

// name names a gap and takes it into question four.
func (r *meeting) name(where string) *gapAt {
	r.Helper()
	made := r.act("POST", "/gaps", m{"intended": "The tank is full.", "actual": "It was empty.", "where": where})
	g := &gapAt{made.at("id"), `"1"`}
	r.on(g, "POST", "/take", m{"take": true})
	return g
}

// sort lets every seat judge a gap alone.
func (r *meeting) sort(g *gapAt, body m) {
	r.Helper()
	for _, seat := range r.seats {
		r.in(seat, "POST", r.base+"/gaps/"+g.id+"/judgement", body)
	}
}

// again reads the version of a gap that others changed.
func (r *meeting) again(g *gapAt) {
	r.Helper()
	for _, one := range r.act("GET", "/sorting", nil).body["gaps"].([]any) {
		if gap := one.(m); gap["id"] == g.id {
			g.version = tag(int(gap["version"].(float64)))
		}
	}
}

// close names who carries it on and ends the review.
func (r *meeting) close(aloud bool) {
	r.Helper()
	r.act("POST", "/carry", m{"name": "Amal", "moment": "before we open", "act": "show the crew",
		"due_at": r.clock.Now().AddDate(0, 0, 7), "aloud": aloud})
	r.act("GET", "/handover", nil)
	r.act("PUT", "/whole", m{"whole": true})
	r.act("POST", "/taps", m{"what": "learned", "yes": true})
	for _, form := range []string{"days", "live"} { // home for the night, and back together
		r.act("POST", "/form", m{"form": form}, r.act("GET", "", nil).Header().Get("ETag"))
	}
	r.act("POST", "/close", m{}, r.act("GET", "", nil).Header().Get("ETag"))
}

// The whole loop runs by calls of the API and nothing else: set up, report,
// meet, change, carry, and the closed record.
func TestRest_theLoop(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := freshSite(t, database)
		s.watch = newWatcher(t, s)
		s.setUp()
		r := s.call("The pump ran dry.")
		r.sit(0)
		r.sit(1)
		r.move()
		r.agree("intended")
		r.move()
		r.agree("happened")
		r.move()
		r.write("gap", m{"text": "The tank is full.", "actual": "It was empty.", "where": "At the valve."})
		g := r.name("At the valve.")
		r.move()
		r.sort(g, m{"round": 1, "kind": "avoidable"})
		r.again(g)
		r.on(g, "POST", "/settle", m{"verdict": "avoidable"})
		r.move()
		r.on(g, "POST", "/first-step", m{"title": "Opening", "line": "Look at the tank."})
		r.move()
		r.close(true)

		record := s.by(1, "GET", "/failures/1/record", nil)
		if gaps := record.body["gaps"].([]any); len(gaps) != 1 || record.at("failure", "standing") != "changed" ||
			record.at("carry", "name") != "Amal" || record.at("review", "phase") != "closed" {
			t.Errorf("the record: %s", record.Body)
		}
		manual := s.by(0, "GET", "/procedures/opening", nil)
		step := manual.body["steps"].([]any)[0].(m)
		if scars := step["scars"].([]any); len(scars) != 1 || manual.Header().Get("ETag") != `"1"` {
			t.Errorf("the procedure: %s", manual.Body)
		}
		s.by(1, "POST", "/carries/"+record.at("carry", "id")+"/finish", m{"state": "done", "words": "The crew knows it."})
	})
}

// Everything the API describes works: each operation is answered well at least
// once, and every request and answer is as the description says.
func TestRest_everyOperation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := freshSite(t, database)
		s.watch = newWatcher(t, s)
		s.setUp()
		s.tourHouse()
		s.tourHearing()
		s.tourProcedures()
		s.tourFailures()
		s.tourPlans()
		s.tourReports()
		s.tourUnnamed()
		r := s.call("The pump ran dry.")
		r.tourArrival()
		r.tourGuests()
		r.tourQuestions()
		r.tourSorting()
		r.tourParking()
		r.tourChanges()
		s.tourLearned(r)
		s.tourConflicts()
		s.tourPulse()
		s.tourUse()
		s.tourGuardian()
		s.tourConsent()
		s.tourReferral()
		s.tourOffers()
		s.tourPause()
		s.tourLegacy()
		s.tourUnused()
		s.tourLeaving()
		var idle []string
		for _, item := range s.api.description().Paths {
			for _, o := range operationsOf(item) {
				if !s.watch.seen[o.OperationID] {
					idle = append(idle, o.OperationID)
				}
			}
		}
		slices.Sort(idle)
		if len(idle) > 0 || len(s.watch.seen) < 110 {
			t.Errorf("%d operations worked, these never did: %v", len(s.watch.seen), idle)
		}
	})
}

// tourUse asks whoever does the work, a month later, whether what a review changed is
// really done. There are more reviews than people to ask: one after the other.
func (s *site) tourUse() {
	s.Helper()
	s.clock.Pass(practice.UseAfter + time.Hour)
	if now := s.by(0, "GET", "/now", nil); len(now.body["changes_to_ask_about"].([]any)) != 1 {
		s.Errorf("what one person is asked: %s", now.Body)
	}
	s.by(0, "POST", s.effect, m{"moved": "unsure", "text": "Nobody counted."})
	check := func() {
		if err := s.app.CheckUse(s.Context()); err != nil {
			s.Fatal(err)
		}
	}
	check()
	of := ""
	for _, review := range s.by(0, "GET", "/reviews", nil).body["items"].([]any) {
		id := review.(m)["id"].(string)
		for who := range s.tokens {
			ticket := s.ask("GET", "/reviews/"+id+"/use", nil, "Authorization", "Bearer "+s.tokens[who])
			if ticket.Code != http.StatusOK {
				continue
			}
			of = review.(m)["failure"].(string)
			held := s.done(s.ask("POST", "/seats/"+id+"/use", m{"ticket": ticket.at("ticket"), "answer": "no"}))
			s.done(s.ask("POST", "/seats/"+id+"/use", m{"ticket": ticket.at("ticket"), "device": held.at("device"), "answer": "yes"}))
		}
	}
	use := func(want m, standing string) {
		s.Helper()
		record := s.by(0, "GET", "/failures/"+of+"/record", nil)
		got, _ := record.body["use"].(m)
		if got["asking"] != want["asking"] || got["in_use"] != want["in_use"] || record.at("failure", "standing") != standing {
			s.Errorf("%v, %s, want %v, %s", got, record.at("failure", "standing"), want, standing)
		}
	}
	use(m{"asking": true, "in_use": false}, "changed")
	s.clock.Pass(practice.UseOpen)
	check()
	use(m{"asking": false, "in_use": true}, "in_use")
}

// tourPulse asks two people whether it is safe to speak, and reads what it came to once
// the quarter is over. One sheet is too few.
func (s *site) tourPulse() {
	s.Helper()
	err := s.db.Update(s.Context(), func(tx *store.Tx) error {
		p := practice.Pulse{ID: "pls_one", Team: practice.TeamID(s.team), Until: tx.Now().Add(time.Hour)}
		for _, who := range s.people {
			p.Asked = append(p.Asked, practice.MemberID(who))
		}
		_, err := tx.OpenPulses([]practice.Pulse{p})
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	sheet := s.by(0, "POST", "/pulses/sheet", nil)
	at, marks := "/seats/"+sheet.at("pulse")+"/sheet", m{"ticket": sheet.at("ticket"), "marks": []int{1, 7, 1, 7, 1, 7, 7}}
	s.refused(s.ask("POST", at, m{"ticket": sheet.at("ticket"), "marks": []int{1, 7}}), http.StatusBadRequest, "pulse.missing")
	s.refused(s.ask("POST", at, m{"ticket": "made up", "marks": marks["marks"]}), http.StatusConflict, "pulse.none")
	s.done(s.ask("POST", at, marks))
	s.refused(s.ask("POST", at, marks), http.StatusConflict, "pulse.sent")
	if all := s.by(0, "GET", "/pulses", nil).body["items"].([]any); len(all) != 0 {
		s.Errorf("before the close: %v", all)
	}
	s.clock.Pass(2 * time.Hour)
	if err := s.app.KeepPulses(s.Context()); err != nil {
		s.Fatal(err)
	}
	all := s.by(0, "GET", "/pulses", nil).body["items"].([]any)
	if len(all) != 1 || all[0].(m)["said"] != false || all[0].(m)["size"] != nil {
		s.Errorf("of one sheet is said: %v", all)
	}
	s.refused(s.ask("POST", at, marks), http.StatusConflict, "pulse.over")
}
