package app_test

import (
	"errors"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// What one failure says for a step is told to those alone who read the failure.
func TestTrials_toldToThoseWhoReadTheFailure(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		p := brought(t, a, steward)
		ctx := t.Context()
		m, err := a.Procedure(ctx, steward, p.Slug)
		is(t, "read", err, "")
		step := m.Steps[0].ID
		is(t, "two failures", s.Update(ctx, func(tx *store.Tx) error {
			_, err1 := storetest.Tried(tx, step, tx.Now().AddDate(0, 0, -9), "Count the till twice", "Money is stolen.")
			_, err2 := storetest.Spoken(tx, step, "", tx.Now().AddDate(0, 0, -8), "Count the till by two")
			return errors.Join(err1, err2)
		}), "")
		outsider := practice.Actor{Member: steward.Member}
		for _, of := range []struct {
			who   practice.Actor
			reads bool
		}{{steward, true}, {outsider, false}} {
			m, err := a.Procedure(ctx, of.who, p.Slug)
			is(t, "read", err, "")
			if st := m.Steps[0]; (st.Trial.Harm != "") != of.reads || (st.Waits[0].Change.Text != "") != of.reads {
				t.Errorf("the step tells %+v, %+v", st.Trial, st.Waits)
			}
		}
	})
}

// What rests on one failure comes back to whoever looks after the procedure: it is kept, or
// put back, with one line why.
func TestTrials(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		mate := add(t, a, steward, "Mate")
		p := brought(t, a, steward)
		ctx := t.Context()
		line := func() practice.ProcedureStep {
			t.Helper()
			m, err := a.Procedure(ctx, steward, p.Slug)
			is(t, "read", err, "")
			return m.Steps[0]
		}
		try := func(days int, text, harm string) (gap practice.GapID) {
			t.Helper()
			is(t, text, s.Update(ctx, func(tx *store.Tx) (err error) {
				gap, err = storetest.Tried(tx, line().ID, tx.Now().AddDate(0, 0, -days), text, harm)
				return err
			}), "")
			return gap
		}
		asks := func(of practice.Actor) (all []app.Tried) {
			t.Helper()
			h, err := a.Home(ctx, of)
			is(t, "home", err, "")
			return h.Trials
		}
		was := line().Text
		gap := try(5, "Count the till twice", "")
		if got := asks(mate); len(got) != 1 || got[0].Ask != practice.TrialLooks || got[0].At.Text != "Count the till twice" {
			t.Fatalf("after two working days: %+v", got)
		}
		is(t, "looked at", a.KeepTrial(ctx, mate, gap, 0, ""), "")
		is(t, "nobody asks", a.KeepTrial(ctx, mate, gap, 0, "It held."), "trial.early")
		if len(asks(mate)) != 0 {
			t.Error("it is looked at and still asks")
		}
		is(t, "no reason", a.PutBack(ctx, mate, gap, " "), "trial.why")
		is(t, "owned", a.OwnProcedure(ctx, steward, practice.Procedure{ID: p.ID, Owner: steward.Member}), "")
		is(t, "not theirs", a.PutBack(ctx, mate, gap, "It takes an hour."), "trial.owner")
		stranger := practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}
		is(t, "another team", a.PutBack(ctx, stranger, gap, "It takes an hour."), "procedure.others")
		is(t, "put back", a.PutBack(ctx, steward, gap, "It takes an hour."), "")
		if got := line(); got.Text != was || len(got.Scars) != 0 || got.Trial.Runs() {
			t.Errorf("put back: %+v", got)
		}
		is(t, "twice", a.PutBack(ctx, steward, gap, "It takes an hour."), "trial.ended")
		is(t, "its gap", s.Update(ctx, func(tx *store.Tx) error {
			g, err := tx.Gap(gap)
			if g.Route.Kind != practice.RoutePutBack || g.Route.Why != "It takes an hour." {
				t.Errorf("its gap led to %+v", g.Route)
			}
			return err
		}), "")

		gap = try(40, "Count the till at noon", "Money is stolen.")
		if got := asks(steward); len(got) != 1 || got[0].Ask != practice.TrialOver || len(asks(mate)) != 0 {
			t.Fatalf("its term is over: %+v", got)
		}
		is(t, "for how long?", a.KeepTrial(ctx, steward, gap, 0, "It held."), "trial.days")
		is(t, "keep", a.KeepTrial(ctx, steward, gap, 30, "It held."), "")
		if got := line().Trial; !got.Runs() || got.Why != "It held." || len(asks(steward)) != 0 {
			t.Errorf("kept for 30 days: %+v", got)
		}
		_, err := a.ChangeWithoutFailure(ctx, steward, practice.OtherChange{Reason: practice.ReasonWording, From: p.SignOff.At.AddDate(2020, 0, 0),
			StepChange: practice.StepChange{Procedure: p.ID, Base: 4, Act: practice.ActEdit, Step: line().ID, Text: "Count it all at noon"}})
		is(t, "reworded", err, "")
		is(t, "too late", a.PutBack(ctx, steward, gap, "It takes an hour."), "trial.later")
	})
}
