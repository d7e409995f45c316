package app_test

import (
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// What is removed as personal data from a plan to which nothing happened goes from its
// words, from what each supposed alone and from the search; it is done again to a copy
// from before. What nobody reads yet is taken out and not counted.
func TestRemoveFromPlan(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		draft := planned(t, a, ben)
		is(t, "suppose", a.SupposeFailed(ctx, ben, draft.Number, "Vexborough was ill."), "")
		take := func(words string, sure bool) (practice.Redaction, error) {
			return a.RemoveFromPlan(ctx, ben, draft.Number, practice.NewRedaction{Words: words, Sure: sure})
		}
		_, err := take("Vexborough", true)
		is(t, "what nobody reads yet", err, "redact.nowhere")
		was, err := a.Plan(ctx, ben, draft.Number)
		is(t, "read", err, "")
		counted, err := take("Wen", false)
		if is(t, "count", err, ""); counted.Places == 0 {
			t.Error("it stands nowhere")
		}
		if now, err := a.Plan(ctx, ben, draft.Number); err != nil || now.Intent.Said() != was.Intent.Said() || now.Version != was.Version {
			t.Errorf("only counted, and it says %+v, %v", now, err)
		}
		p, err := a.FreezePlan(ctx, ben, draft.Number)
		is(t, "freeze", err, "")
		done, err := take("Vexborough", true)
		is(t, "remove", err, "")
		now, err := a.Plan(ctx, ben, p.Number)
		is(t, "read", err, "")
		if done.Places != 1 || now.Reasons[0] != practice.Removed+" was ill." || now.Print != p.Print || !now.Intact() {
			t.Errorf("from %d places, %+v", done.Places, now)
		}
		_, err = take("Wen", true)
		is(t, "remove", err, "")
		now, err = a.Plan(ctx, ben, p.Number)
		is(t, "read", err, "")
		if now.Intent.Signals[0].Who != practice.Removed || now.Print == p.Print || !now.Intact() || !now.Redacted() {
			t.Errorf("of the intent: %+v", now)
		}
		l.learn()
		if found, err := a.Search(ctx, ben, app.SearchFor{Text: "Wen", Kind: "plan"}); err != nil || found.Total != 0 {
			t.Errorf("it is still found %d times, %v", found.Total, err)
		}
		who, err := a.PlanRedactions(ctx, l.noor, p.Number)
		is(t, "who", err, "")
		if len(who) != 2 || who[0].Name != "Ben" || who[0].Plan != p.ID || who[0].Failure != "" {
			t.Errorf("done by %+v", who)
		}
		_, err = a.RemoveFromPlan(ctx, practice.Actor{Member: ben.Member, Teams: []practice.TeamID{"tea_other"}}, p.Number, practice.NewRedaction{Words: "Half", Sure: true})
		is(t, "by somebody of another team", err, "not.found")
		ledger, err := a.Ledger(ctx)
		is(t, "ledger", err, "")
		if len(ledger.Redactions) != 2 || ledger.Redactions[0].Plan != p.ID {
			t.Errorf("the ledger has %+v", ledger.Redactions)
		}
		l.again(t, ledger, was)
	})
}

// again puts the words back, and has the database follow a ledger whose redactions it
// does not know.
func (l *library) again(t *testing.T, ledger practice.Ledger, was practice.Plan) {
	t.Helper()
	ctx := t.Context()
	is(t, "put back", l.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Plan(was.ID)
		if err != nil {
			return err
		}
		p.Intent = was.Intent
		return tx.SavePlan(p.Reprint(), p.Version)
	}), "")
	for i := range ledger.Redactions {
		ledger.Redactions[i].ID += "x"
	}
	is(t, "replay", l.Replay(ctx, ledger), "")
	p, err := l.Plan(ctx, l.noor, was.Number)
	is(t, "read", err, "")
	if strings.Contains(p.Intent.Said()+p.Intent.Signals[0].Who, "Wen") || !p.Intact() {
		t.Errorf("after a restore: %+v", p)
	}
}

// While a failure of the plan is on hold, nothing is taken out of it.
func TestRemoveFromPlan_held(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, ctx := l.App, t.Context()
		ben := add(t, a, l.noor, "Ben")
		draft := planned(t, a, ben)
		p, err := a.FreezePlan(ctx, ben, draft.Number)
		is(t, "freeze", err, "")
		f, err := a.ReportFailure(ctx, ben, practice.NewFailure{Text: "Half of them moved back.", Stage: practice.StageAfter, Plan: p.ID})
		is(t, "report", err, "")
		is(t, "keeper", a.SetRecords(ctx, practice.Actor{Operator: true}, l.noor.Member, true), "")
		keeper := l.noor
		keeper.Records = true
		is(t, "hold", a.HoldFailure(ctx, keeper, f.Number, practice.NewHold{Why: "The inspectors asked."}), "")
		_, err = a.RemoveFromPlan(ctx, ben, p.Number, practice.NewRedaction{Words: "Wen", Sure: true})
		is(t, "held", err, "hold.stays")
	})
}
