package app_test

import (
	"fmt"
	"slices"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// While a plan is written it finds what is assumed and fits its words, in every state, and
// nothing else that is assumed. What it says to one is what rests on it, and nowhere twice.
func TestFitting_assumptions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		ctx := t.Context()
		assume := func(who practice.Actor, text string) app.Assumed {
			t.Helper()
			a, err := l.RegisterAssumption(ctx, who, app.NewAssumption{Text: text})
			is(t, "register", err, "")
			return a
		}
		lorry := assume(l.tove, "The second lorry of the growers comes before seven")
		phone := assume(l.noor, "The caretaker answers the phone on Mondays")
		_, err := l.TestAssumption(ctx, l.noor, phone.Number, app.AssumptionTested{State: practice.AssumptionHeld, How: "She did."})
		is(t, "holds", err, "")
		l.learn()
		p, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: "The growers bring the fruit in one load before seven, by their second lorry"})
		is(t, "begin", err, "")
		fits := func() (all []app.Assumed) {
			t.Helper()
			l.learn()
			found, err := l.Fitting(ctx, l.noor, p.Number, p.Intent)
			is(t, "fitting", err, "")
			for _, f := range found {
				if f.Assumption.ID != "" {
					all = append(all, f.Assumption)
				}
			}
			return all
		}
		stands := func(state practice.AssumptionState, now string) {
			t.Helper()
			all := fits()
			if len(all) != 1 || all[0].ID != lorry.ID || all[0].State() != state || now != "" && all[0].History[0].Text != now {
				t.Fatalf("want it %s: %+v", state, all)
			}
		}
		stands(practice.AssumptionHeld, "")
		_, err = l.TestAssumption(ctx, l.tove, lorry.Number, app.AssumptionTested{State: practice.AssumptionBroken, How: "It came at nine."})
		is(t, "broke", err, "")
		stands(practice.AssumptionBroken, "")
		_, err = l.TestAssumption(ctx, l.tove, lorry.Number, app.AssumptionTested{State: practice.AssumptionReplaced, How: "They sold it.", Instead: "Everything waits", Version: 1})
		is(t, "replaced", err, "")
		stands(practice.AssumptionReplaced, "Everything waits")

		l.holds(t, "Everything waits 0", "The caretaker answers the phone on Mondays 1")
		rests := func(n int) []app.Assumed {
			t.Helper()
			all, err := l.Assumptions(ctx, l.noor, app.AssumptionFilter{Plan: p.Number})
			if is(t, "under", err, ""); len(all) != n {
				t.Fatalf("it rests on %d, want %d", len(all), n)
			}
			return all
		}
		say := func(says practice.Says, text string) {
			t.Helper()
			is(t, string(says), l.Inherit(ctx, l.noor, p.Number, practice.Inherited{About: string(lorry.ID), Says: says, Text: text}), "")
		}
		known := func(n int) {
			t.Helper()
			all, err := l.KnownTo(ctx, l.noor, p.Number)
			if is(t, "known", err, ""); len(all) != n || n > 0 && (all[0].Assumption.ID != lorry.ID || all[0].Counts()) {
				t.Fatalf("known: %+v", all)
			}
		}
		say(practice.SaysFits, "We load by hand.")
		if under := rests(1); !under[0].Resting[0].Open {
			t.Error("nobody is asked to look at what rests on what no longer holds")
		}
		if all := fits(); len(all) != 0 {
			t.Errorf("what is said already is asked again: %+v", all)
		}
		known(1)
		say(practice.SaysApart, "We have a van.")
		rests(0)
		known(1)
		say(practice.SaysTest, "We ask them.")
		say(practice.SaysTest, "We ask them twice.")
		rests(1)
		is(t, "taken back", l.Disinherit(ctx, l.noor, p.Number, string(lorry.ID)), "")
		rests(0)
		known(0)
		say(practice.SaysFits, "")
		_, err = l.LookAtUse(ctx, l.noor, lorry.Number, app.AssumptionLook{Use: rests(1)[0].Resting[0].ID, Act: practice.UseRemove, Version: 2})
		is(t, "it does not rest on it", err, "")
		known(0)
		_, err = l.RestOn(ctx, l.noor, lorry.Number, app.RestsOn{Plan: p.Number})
		is(t, "said on its own page", err, "")
		if all := fits(); slices.ContainsFunc(all, func(a app.Assumed) bool { return a.ID == lorry.ID }) {
			t.Error("what it rests on is asked again")
		}
		is(t, "none of them", l.Inherit(ctx, l.noor, p.Number, practice.Inherited{About: "asm_nothing", Says: practice.SaysFits}), "not.found")
	})
}

// holds says what there is to choose from that holds, each with its version.
func (l *library) holds(t *testing.T, want ...string) {
	t.Helper()
	held, err := l.HeldAssumptions(t.Context(), l.noor)
	is(t, "those that hold", err, "")
	var got []string
	for _, a := range held {
		got = append(got, fmt.Sprint(a.Text, " ", a.Version))
	}
	if !slices.Equal(got, want) {
		t.Errorf("those that hold: %q, want %q", got, want)
	}
}

// What fits a draft fits it still once the draft is kept, where hardly anything else was
// written yet: its own words do not make those of others common.
func TestFitting_ofAKeptDraft(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, err := l.RegisterAssumption(t.Context(), l.noor, app.NewAssumption{Text: "The second lorry of the growers comes before seven"})
		is(t, "register", err, "")
		p, err := l.BeginPlan(t.Context(), l.noor, app.NewPlan{Title: "Bring the fruit in with the second lorry"})
		is(t, "begin", err, "")
		l.learn()
		found, err := l.Fitting(t.Context(), l.noor, p.Number, p.Intent)
		is(t, "fitting", err, "")
		if len(found) != 1 || found[0].Assumption.ID != a.ID {
			t.Errorf("%d fit", len(found))
		}
	})
}

// Planned again, a draft is asked about what the plans before it rested on, whatever its words:
// what broke meanwhile first, with what broke it, each once, until something is said to it.
func TestRested(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		ctx := t.Context()
		begin := func(title string, like int) practice.Plan {
			t.Helper()
			p, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: title, Like: like})
			is(t, "begin", err, "")
			return p
		}
		rests := func(text string, on practice.Plan) app.Assumed {
			t.Helper()
			a, err := l.RegisterAssumption(ctx, l.noor, app.NewAssumption{Text: text, Rests: app.RestsOn{Plan: on.Number}})
			is(t, "register", err, "")
			return a
		}
		first := begin("Market day", 0)
		holds, breaks := rests("The ferry runs", first), rests("The square is ours", first)
		second := begin("Market day again", first.Number)
		rested := func(p practice.Plan) (all []app.Likeness) {
			t.Helper()
			all, err := l.Rested(ctx, l.noor, p.Number)
			is(t, "rested", err, "")
			return all
		}
		if got := rested(first); len(got) != 0 {
			t.Errorf("the first rests on what came after: %+v", got)
		}
		is(t, "say", l.Inherit(ctx, l.noor, second.Number, practice.Inherited{About: string(breaks.ID), Says: practice.SaysFits}), "")
		third := begin("Now with boats", second.Number)
		_, err := l.TestAssumption(ctx, l.noor, breaks.Number, app.AssumptionTested{State: practice.AssumptionBroken, How: "A fair had it."})
		is(t, "break", err, "")
		l.learn()
		got := rested(third)
		if len(got) != 2 || got[0].Assumption.ID != breaks.ID || got[0].Under.ID != second.ID || got[0].Assumption.History[0].How != "A fair had it." ||
			got[1].Assumption.ID != holds.ID || got[1].Under.ID != first.ID {
			t.Fatalf("planned again, it is asked about %+v", got)
		}
		twice, err := l.Fitting(ctx, l.noor, third.Number, practice.Intent{Title: "The ferry runs and the square is ours"})
		is(t, "fitting", err, "")
		if len(twice) != 0 {
			t.Errorf("asked twice: %+v", twice)
		}
		is(t, "apart", l.Inherit(ctx, l.noor, third.Number, practice.Inherited{About: string(breaks.ID), Says: practice.SaysApart, Text: "We have the quay."}), "")
		is(t, "test", l.Inherit(ctx, l.noor, third.Number, practice.Inherited{About: string(holds.ID), Says: practice.SaysTest}), "")
		if got := rested(third); len(got) != 0 {
			t.Errorf("what is said is asked again: %+v", got)
		}
		fourth := begin("Once more", third.Number)
		if got := rested(fourth); len(got) != 2 || got[1].Under.ID != third.ID {
			t.Errorf("the next one is asked about %+v", got)
		}
		_, err = l.LikePlan(ctx, l.noor, fourth.Number, 0)
		is(t, "like none", err, "")
		if got := rested(fourth); len(got) != 0 {
			t.Errorf("like none, it is asked about %+v", got)
		}
		_, err = l.Rested(ctx, practice.Actor{Member: l.noor.Member}, third.Number)
		is(t, "a stranger", err, "not.found")
	})
}
