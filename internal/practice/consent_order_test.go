package practice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// walkRound is a round and its trial as they go through a random order of acts, with what
// an honest clerk wrote down beside them.
type walkRound struct {
	c    Consent
	t    Trial
	now  time.Time
	yes  map[PartyID]int // for which proposal a group said yes last, without taking it back
	harm map[PartyID]int
	n    int
}

var roundTerms = Terms{"pty_a": 1, "pty_b": 3, "pty_c": 40}

func newWalk(r *rand.Rand) *walkRound {
	now := time.Date(2026, 3, 27, 9, 0, 0, 0, time.UTC)
	groups := []PartyID{"pty_a", "pty_b", "pty_c"}[:1+r.IntN(3)]
	t := Trial{Gap: "gap_a", Procedure: "prc_a", Step: "stp_a", Revision: 2, At: now, Closed: now}
	if t.Proven = r.IntN(2) == 0; !t.Proven {
		t = NewTrial(Team{CycleDays: 14, CycleStartAt: now.AddDate(0, 0, -1)}, []string{"", "a fire"}[r.IntN(2)], now, time.UTC)
		t.Gap, t.Closed = "gap_a", now
	}
	c := NewConsent(t, groups, "one")
	c.Closed, c.Sole = now, !t.Proven
	w := &walkRound{c: c, now: now, yes: map[PartyID]int{}, harm: map[PartyID]int{}}
	w.t = t.Follow(c, now.AddDate(0, 0, 14))
	return w
}

// act does one thing at random. What the practice refuses changes nothing.
func (w *walkRound) act(r *rand.Rand) string {
	was, tried := w.c, w.t
	g := w.c.Groups[r.IntN(len(w.c.Groups))].Party
	s := Spoken{ID: fmt.Sprint("say_", len(w.c.Said)), Party: g, By: "mem_a", Text: "words"}
	number := w.c.Text().Number
	var err error
	name := ""
	switch r.IntN(12) {
	case 0:
		name = "present"
		w.c, err = w.c.Present(s, roundTerms, w.now)
	case 1:
		name = "ask"
		w.c, err = w.c.Ask(s, w.now)
	case 2, 3:
		name = "reply"
		if open := w.c.Asking(); len(open) > 0 {
			s.Re = open[0].ID
		}
		w.c, err = w.c.Reply(s, w.now)
	case 4, 5, 6:
		name = "yes"
		if w.c, err = w.c.Answer(s, SaysSafe, w.now); err == nil {
			w.yes[g] = number
		}
	case 7:
		name = "harm"
		if r.IntN(3) == 0 {
			s.Text = " "
		}
		if w.c, err = w.c.Answer(s, SaysHarm, w.now); err == nil {
			w.harm[g] = number
		}
	case 8:
		name = "unsay"
		if w.c, err = w.c.Unsay(s, w.now); err == nil {
			delete(w.yes, g)
			delete(w.harm, g)
		}
	case 9:
		name = "integrate"
		s.How = Integrations[r.IntN(len(Integrations))]
		w.n++
		w.c, err = w.c.Integrate(s, Proposal{Text: fmt.Sprint("words ", w.n), Revision: 2 + w.n, Term: w.now.AddDate(0, 0, 1+r.IntN(9))}, roundTerms, w.now)
	case 10:
		name = "decide"
		var t Trial
		if t, err = w.t.Keep(1+r.IntN(9), "because", Case{}, w.now); err == nil {
			w.t = t
			if w.t.Waits() && tried.Asks(w.now) == TrialOver {
				w.c, err = w.c.Keep(s, 3, w.now)
			}
		}
	case 11:
		name = "time"
		w.now = w.now.Add(time.Duration(r.IntN(20*24)) * time.Hour)
		return name
	}
	if err != nil {
		w.c, w.t = was, tried
		return name
	}
	w.t = w.t.Follow(w.c, w.now.AddDate(0, 0, 14))
	return name
}

// wrong says what a round may never come to.
func (w *walkRound) wrong(was Consent, tried Trial, name string) string {
	number := w.c.Text().Number
	all := !slices.ContainsFunc(w.c.Groups, func(g Asked) bool { return w.yes[g.Party] != number })
	switch {
	case w.c.End == ConsentPassed && !all:
		return "passed without a yes of every group to the same words"
	case w.t.Kept && !all:
		return "in force without a yes of every group"
	case name == "time" && (w.c.End != was.End || w.t.EndAt != tried.EndAt || len(w.c.Texts) != len(was.Texts)):
		return "something happened because time passed"
	case w.c.End == ConsentPassed && w.t.Runs() && w.t.Until.IsZero():
		return "agreed without a day on which it comes back"
	case w.c.End == ConsentPassed && was.End == "" && !w.t.Runs():
		return "kept for good as its groups agreed"
	case w.c.End == ConsentBack:
		return "went back although nobody put it back"
	case w.c.End == ConsentPassed && slices.ContainsFunc(w.c.Groups, func(g Asked) bool { return w.harm[g.Party] == number && w.yes[g.Party] != number }):
		return "passed over an objection"
	case len(w.c.Texts) > len(was.Texts) && slices.ContainsFunc(w.c.Groups, func(g Asked) bool { return g.Says != "" }):
		return "another proposal was not put to every group anew"
	case len(w.c.Said) < len(was.Said) || len(w.c.Texts) < len(was.Texts):
		return "something that was said is gone"
	}
	return ""
}

// Whatever people do, in whatever order and however late: nothing stays without every
// group's yes to the same words, and nothing happens because time passed.
func TestConsent_everyOrder(t *testing.T) {
	rounds, passed, amended, over := 60000, 0, 0, 0
	if testing.Short() {
		rounds = 5000
	}
	r := rand.New(rand.NewPCG(7, 11))
	for range rounds {
		w := newWalk(r)
		for range 30 {
			was, tried := w.c, w.t
			name := w.act(r)
			if wrong := w.wrong(was, tried, name); wrong != "" {
				t.Fatalf("%s: %s\n%+v", name, wrong, w.c)
			}
			if w.t.Asks(w.now) == TrialOver && w.c.Runs() {
				over++
			}
		}
		if amended += len(w.c.Texts) - 1; w.c.End == ConsentPassed {
			passed++
		}
	}
	if passed < rounds/20 || amended < rounds/20 || over < rounds/20 { // else the test looks at nothing
		t.Errorf("of %d rounds %d passed, with %d other proposals, and %d moments were overdue", rounds, passed, amended, over)
	}
}

// The clerk notices each of what may never be.
func TestConsent_everyOrderCatches(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	fresh := func() (*walkRound, Consent, Trial) { w := newWalk(r); return w, w.c, w.t }
	for name, spoil := range map[string]func(w *walkRound){
		"passed":   func(w *walkRound) { w.c.End = ConsentPassed },
		"kept":     func(w *walkRound) { w.t.Kept = true },
		"time":     func(w *walkRound) { w.t.EndAt = w.now },
		"back":     func(w *walkRound) { w.c.End = ConsentBack },
		"not anew": func(w *walkRound) { w.c.Texts, w.c.Groups[0].Says = append(w.c.Texts, Proposal{Number: 2}), SaysSafe },
		"gone":     func(w *walkRound) { w.c.Texts = nil },
		"no day": func(w *walkRound) {
			for i, g := range w.c.Groups {
				w.c.Groups[i].Says, w.yes[g.Party] = SaysSafe, w.c.Text().Number
			}
			w.c.End, w.t.Until = ConsentPassed, time.Time{}
		},
	} {
		w, was, tried := fresh()
		was.Groups = slices.Clone(was.Groups)
		if spoil(w); w.wrong(was, tried, "time") == "" && w.wrong(was, tried, "yes") == "" {
			t.Errorf("%s passes", name)
		}
	}
}

func TestConsent_refusals(t *testing.T) {
	now := time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)
	fresh := NewConsent(Trial{Gap: "gap_a", At: now, Revision: 2}, []PartyID{"pty_a", "pty_b"}, "one")
	closed := as(fresh, func(c *Consent) { c.Closed = now })
	said := Spoken{Party: "pty_a", By: "mem_a", Text: "words"}
	open, err := closed.Present(said, roundTerms, now)
	if err != nil {
		t.Fatal(err)
	}
	of := func(_ Consent, err error) error { return err }
	asked, _ := open.Ask(as(said, func(s *Spoken) { s.ID = "say_q" }), now)
	one, _ := open.Answer(said, SaysSafe, now)
	harmed, _ := open.Answer(said, SaysHarm, now)
	how := func(i Integration) Spoken { return as(said, func(s *Spoken) { s.How = i }) }
	check(t, []refused{
		{of(fresh.Present(said, nil, now)), "consent.room"},
		{of(closed.Present(Spoken{}, nil, now)), "consent.line"},
		{of(open.Present(said, nil, now)), "consent.begun"},
		{of(closed.Answer(said, SaysSafe, now)), "consent.begin"},
		{of(open.Answer(as(said, func(s *Spoken) { s.Text = " " }), SaysHarm, now)), "consent.harm"},
		{of(open.Answer(as(said, func(s *Spoken) { s.Party = "pty_z" }), SaysSafe, now)), "consent.group"},
		{of(open.Answer(said, "abstain", now)), "required"},
		{of(asked.Answer(said, SaysSafe, now)), "consent.question"},
		{of(asked.Answer(said, SaysHarm, now)), ""}, // a harm waits for no answer
		{of(one.Answer(said, SaysHarm, now)), "consent.answered"},
		{of(open.Integrate(how(IntegrateAmend), Proposal{Text: "two"}, roundTerms, now)), "consent.none"},
		{of(harmed.Integrate(how(IntegrateAmend), Proposal{Text: "one"}, roundTerms, now)), "step.same"},
		{of(harmed.Integrate(how(IntegrateShorten), Proposal{}, roundTerms, now)), "consent.term"},
		{of(harmed.Integrate(how("forget"), Proposal{}, roundTerms, now)), "required"},
		{of(harmed.Integrate(how(IntegrateMeasure), Proposal{}, roundTerms, now)), ""},
		{of(open.Longer(said, now, now)), "consent.until"},
		{of(open.Unsay(said, now)), "consent.unsaid"},
	})
	if !closed.Late(now.Add(73*time.Hour)) || closed.Late(now.Add(71*time.Hour)) {
		t.Error("late is after 72 hours")
	}
	if NeedsConsent([]PartyID{"pty_a"}, false) || !NeedsConsent([]PartyID{"pty_a"}, true) || !NeedsConsent([]PartyID{"pty_a", "pty_b"}, false) {
		t.Error("who is asked")
	}
}
