package app_test

import (
	"errors"
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

// A record says whether what was intended was frozen before; what the plan says is
// its team's.
func TestRecord_fromMemoryOrFrozen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		p := frozenPlan(t, a, ben)
		for plan, want := range map[practice.PlanID]bool{p.ID: false, "": true} {
			f, err := a.ReportFailure(ctx, ben, practice.NewFailure{Text: "Half of them moved back.", Stage: practice.StageAfter, Plan: plan})
			is(t, "report", err, "")
			err = s.Update(ctx, func(tx *store.Tx) error {
				r := practice.Review{ID: practice.ReviewID("rev_" + string(f.ID)), Failure: f.ID, Form: practice.FormLive, Lead: ben.Member, Phase: practice.PhaseClosed, ClosedAt: tx.Now(), Whole: true}
				return errors.Join(tx.AddReview(r, []practice.MemberID{ben.Member}), tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: ben.Member}),
					tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseIntended, Text: "Half of them keep it.", Version: 1}, 0))
			})
			is(t, "close", err, "")
			r, err := a.Record(ctx, ben, f.Number)
			if is(t, "record", err, ""); len(r.Texts) != 1 || r.Texts[0].Recalled != want || r.Plan.ID != plan {
				t.Errorf("of plan %q: %+v, %+v", plan, r.Texts, r.Plan)
			}
			marked := 0
			is(t, "export", a.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
				if is, _ := e.Line["intended_from_memory"].(bool); is && e.Line["failure"] == string(f.ID) {
					marked++
				}
				return nil
			}), "")
			if (marked == 1) != want {
				t.Errorf("of plan %q the export marks %d", plan, marked)
			}
		}
	})
}

// What is removed as personal data goes from the plan of a failure, too, and the
// fingerprint by which it could be guessed goes with it.
func TestRemovePersonalData_fromThePlan(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		draft := planned(t, a, ben)
		is(t, "suppose", a.SupposeFailed(ctx, ben, draft.Number, "Vexborough was ill."), "")
		p, err := a.FreezePlan(ctx, ben, draft.Number)
		is(t, "freeze", err, "")
		_, err = a.AddToPlan(ctx, ben, p.Number, "It rained.\nVexborough is on leave.")
		is(t, "add", err, "")
		f, err := a.ReportFailure(ctx, ben, practice.NewFailure{Text: "Half of them moved back.", Stage: practice.StageAfter, Plan: p.ID})
		is(t, "report", err, "")
		take := func(words string, places int) practice.Plan {
			t.Helper()
			done, err := a.RemovePersonalData(ctx, ben, f.ID, practice.NewRedaction{Words: words, Sure: true})
			if is(t, "remove", err, ""); done.Places != places {
				t.Errorf("%s from %d places", words, done.Places)
			}
			p, err := a.Plan(ctx, ben, p.Number)
			is(t, "read", err, "")
			return p
		}
		now := take("Vexborough", 2)
		if !now.Intact() || now.Redacted() || now.Reasons[0] != practice.Removed+" was ill." || now.Added[0].Text != "It rained.\n"+practice.Removed+" is on leave." || now.Added[0].At.IsZero() || now.Print != p.Print {
			t.Errorf("beside the intent: %+v", now)
		}
		if now = take("Wen", 1); !now.Intact() || now.Print == p.Print || !now.Redacted() || now.Intent.Signals[0].Who != practice.Removed || now.Intent.Aim != p.Intent.Aim {
			t.Errorf("of the intent: %+v", now)
		}
	})
}
