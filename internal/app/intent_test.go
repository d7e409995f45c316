package app_test

import (
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// frozenPlan is a plan whose work has begun.
func frozenPlan(t *testing.T, a *app.App, who practice.Actor) practice.Plan {
	t.Helper()
	p, err := a.FreezePlan(t.Context(), who, planned(t, a, who).Number)
	is(t, "freeze", err, "")
	return p
}

// What goes differently belongs to the plan whose page it was reported from, or is
// said to later, by whoever decides about it and until its review begins.
func TestPlan_whatWentDifferently(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		draft := planned(t, a, ben)
		report := func(text string, plan practice.PlanID) (practice.Failure, error) {
			return a.ReportFailure(ctx, ben, practice.NewFailure{Text: text, Stage: practice.StageAfter, Plan: plan})
		}
		_, err := report("Half of them moved back.", draft.ID)
		is(t, "of a draft", err, "plan.unfrozen")
		_, err = report("Half of them moved back.", "pln_nowhere")
		is(t, "of no plan", err, "plan.unknown")
		early, err := report("A shop was short.", "")
		is(t, "before it was frozen", err, "")
		p := frozenPlan(t, a, ben)
		_, err = a.SetPlan(ctx, ben, early.ID, p.ID)
		is(t, "noticed before", err, "plan.after")
		f, err := report("Half of them moved back.", p.ID)
		is(t, "report", err, "")
		if of, err := a.PlanOf(ctx, l.noor, f); err != nil || of.ID != p.ID {
			t.Errorf("of %+v, %v", of, err)
		}
		_, err = a.SetPlan(ctx, ben, f.ID, "")
		is(t, "taken off", err, "")
		_, err = a.SetPlan(ctx, ben, f.ID, p.ID)
		is(t, "put back", err, "")
		_, err = a.RestrictFailure(ctx, ben, f.ID, []practice.MemberID{ben.Member})
		is(t, "restrict", err, "")
		for who, n := range map[*practice.Actor]int{&ben: 1, &l.noor: 0} {
			if all, err := a.FailuresOf(ctx, *who, p.Number); err != nil || len(all) != n {
				t.Errorf("%s reads %d, %v", who.Member, len(all), err)
			}
		}
		_, err = a.EditReport(ctx, ben, f.ID, func(was practice.Failure) (practice.NewFailure, error) {
			return practice.NewFailure{Text: was.Text, Stage: was.Stage, At: p.FrozenAt.Add(-time.Hour)}, nil
		})
		is(t, "edit", err, "")
		f, err = a.Failure(ctx, ben, f.Number)
		is(t, "read", err, "")
		if of, err := a.PlanOf(ctx, ben, f); err != nil || of.ID != "" {
			t.Errorf("noticed before it was frozen it is of %+v, %v", of, err)
		}
	})
}
