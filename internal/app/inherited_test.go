package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A plan finds what is known from before while it is written: failures of its team,
// limits and what experiments taught. What it says to each stays with it, and a limit
// that fits clearly wants a word before it is frozen.
func TestFitting(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		ctx := t.Context()
		p, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: "The growers bring the fruit in one load before seven, by their second lorry"})
		is(t, "begin", err, "")
		fits, err := l.Fitting(ctx, l.noor, p.Number, p.Intent)
		is(t, "fitting", err, "")
		var wall practice.Constraint
		for _, f := range fits {
			if f.Constraint.ID != "" {
				wall = f.Constraint
			}
		}
		if wall.Number != 1 {
			t.Fatalf("the limit is not found: %+v", fits)
		}
		fits, err = l.Fitting(ctx, l.noor, p.Number, practice.Intent{Title: "Keep the cheese fridge cold", Aim: "The thermometer of the cheese fridge stays below six degrees"})
		is(t, "other words", err, "")
		if len(fits) == 0 || fits[0].Failure.Number != 2 {
			t.Errorf("the failure is not found: %+v", fits)
		}
		fits, err = l.Fitting(ctx, l.noor, p.Number, practice.Intent{Title: "Pre-packed boxes for the school round", Aim: "Parents take 50 of 60"})
		is(t, "other words", err, "")
		if len(fits) == 0 || fits[len(fits)-1].Finding.Number != 1 {
			t.Errorf("the finding is not found: %+v", fits)
		}
		intent := p.Intent
		intent.Aim, intent.Signals = "Two loads by six.", []practice.Signal{{What: "Late loads"}}
		_, err = l.WritePlan(ctx, l.noor, p.Number, means(intent))
		is(t, "write", err, "")
		_, err = l.FreezePlan(ctx, l.noor, p.Number)
		is(t, "frozen without a word to the limit", err, "plan.unanswered")
		is(t, "without a reason", l.Inherit(ctx, l.noor, p.Number, practice.Inherited{About: string(wall.ID), Says: practice.SaysApart}), "inherited.because")
		says := practice.Inherited{About: string(wall.ID), Says: practice.SaysTest, Text: " We ask them in May. "}
		is(t, "said", l.Inherit(ctx, l.noor, p.Number, says), "")
		known, err := l.KnownTo(ctx, l.noor, p.Number)
		is(t, "known", err, "")
		if len(known) != 1 || known[0].Constraint.Number != 1 || known[0].Text != "We ask them in May." {
			t.Errorf("known: %+v", known)
		}
		fits, err = l.Fitting(ctx, l.noor, p.Number, intent)
		is(t, "fitting", err, "")
		for _, f := range fits {
			if f.Constraint.ID == wall.ID {
				t.Error("what is said already is asked again")
			}
		}
		_, err = l.FreezePlan(ctx, l.noor, p.Number)
		is(t, "freeze", err, "")
		is(t, "said later", l.Inherit(ctx, l.noor, p.Number, says), "plan.frozen")
		is(t, "taken back later", l.Disinherit(ctx, l.noor, p.Number, says.About), "plan.frozen")
	})
}

// Nobody learns from a plan what another team reported, or what is restricted since;
// what was taken back is gone from it.
func TestInherit_rights(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	l := newLibrary(t, s)
	ctx := t.Context()
	theirs := l.report(t, l.tove, "The socket of the cheese fridge was off")
	ours := l.report(t, l.noor, "The cheese fridge was open")
	p, err := l.BeginPlan(ctx, l.noor, app.NewPlan{Title: "The cheese fridge stays cold"})
	is(t, "begin", err, "")
	l.learn()
	fits, err := l.Fitting(ctx, l.noor, p.Number, p.Intent)
	is(t, "fitting", err, "")
	for _, f := range fits {
		if f.Failure.ID == theirs.ID {
			t.Error("a failure of another team fits")
		}
	}
	for what, about := range map[string]string{"another team's": string(theirs.ID), "nothing": "flr_nothing", "no limit": "con_nothing", "a person": string(l.noor.Member)} {
		is(t, what, l.Inherit(ctx, l.noor, p.Number, practice.Inherited{About: about, Says: practice.SaysFits}), "not.found")
	}
	is(t, "ours", l.Inherit(ctx, l.noor, p.Number, practice.Inherited{About: string(ours.ID), Says: practice.SaysFits, Text: "A second latch"}), "")
	ben := l.noor
	ben.Member = "mem_ben"
	_, err = l.RestrictFailure(ctx, l.noor, ours.ID, []practice.MemberID{l.noor.Member})
	is(t, "restricted", err, "")
	if known, err := l.KnownTo(ctx, ben, p.Number); err != nil || len(known) != 1 || known[0].Scar.Number != 0 || known[0].Scar.Title != "" {
		t.Errorf("restricted to others: %+v, %v", known, err)
	}
	_, err = l.TakeBackReport(ctx, l.noor, ours.ID)
	is(t, "taken back", err, "")
	if known, err := l.KnownTo(ctx, l.noor, p.Number); err != nil || len(known) != 0 {
		t.Errorf("taken back: %+v, %v", known, err)
	}
	is(t, "undo of nothing", l.Disinherit(ctx, l.noor, p.Number, string(ours.ID)), "not.found")
}
