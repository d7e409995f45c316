package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// means is a change to an intent, whatever was there.
func means(i practice.Intent) func(practice.Plan) (practice.Intent, error) {
	return func(practice.Plan) (practice.Intent, error) { return i, nil }
}

var payout = practice.Intent{Title: "Payout days", Aim: "By 31 July half of them keep the day.", Signals: []practice.Signal{{What: "Shortfalls", From: "2%", Who: "Wen"}}}

// planned is a draft that can be frozen.
func planned(t *testing.T, a *app.App, who practice.Actor) practice.Plan {
	t.Helper()
	p, err := a.BeginPlan(t.Context(), who, app.NewPlan{Title: "Payout days"})
	is(t, "begin", err, "")
	p, err = a.WritePlan(t.Context(), who, p.Number, means(payout))
	is(t, "write", err, "")
	return p
}

// A plan is written by its team, frozen once with the time, and added to.
func TestPlan_fromDraftToFrozen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, steward := l.App, l.noor
		ben := add(t, a, steward, "Ben")
		ctx := t.Context()
		_, err := a.BeginPlan(ctx, ben, app.NewPlan{Title: " "})
		is(t, "without a title", err, "plan.untitled")
		once := ben
		once.Once = "key"
		p, err := a.BeginPlan(ctx, once, app.NewPlan{Title: "Payout days"})
		is(t, "begin", err, "")
		again, err := a.BeginPlan(ctx, once, app.NewPlan{Title: "Payout days"})
		is(t, "sent twice", err, "")
		if again.ID != p.ID || p.Number != 1 || p.Frozen() {
			t.Errorf("begun %+v, then %+v", p, again)
		}
		_, err = a.FreezePlan(ctx, steward, p.Number)
		is(t, "too early", err, "plan.aimless")
		_, err = a.WritePlan(ctx, steward, p.Number, func(practice.Plan) (practice.Intent, error) { return payout, practice.ErrChanged })
		is(t, "somebody was faster", err, "changed.meanwhile")
		_, err = a.AddToPlan(ctx, ben, p.Number, "It rained.")
		is(t, "an addition to a draft", err, "plan.draft")
		_, err = a.WritePlan(ctx, steward, p.Number, means(payout))
		is(t, "write", err, "")
		frozen, err := a.FreezePlan(ctx, ben, p.Number)
		is(t, "freeze", err, "")
		_, err = a.WritePlan(ctx, ben, p.Number, means(payout))
		is(t, "rewritten", err, "plan.frozen")
		is(t, "dropped", a.DropPlan(ctx, ben, p.Number), "plan.frozen")
		_, err = a.AddToPlan(ctx, ben, p.Number, "It rained.")
		is(t, "an addition", err, "")
		p, err = a.Plan(ctx, steward, p.Number)
		is(t, "read", err, "")
		if !p.Intact() || p.Print != frozen.Print || len(p.Added) != 1 || p.Added[0].At.IsZero() {
			t.Errorf("frozen: %+v", p)
		}
		is(t, "a draft is dropped", a.DropPlan(ctx, ben, planned(t, a, ben).Number), "")
		all, err := a.Plans(ctx, steward)
		if is(t, "list", err, ""); len(all) != 1 {
			t.Errorf("%d plans", len(all))
		}
	})
}

// Of another team's plans nobody knows anything, and a token that reads writes
// none.
func TestPlan_rights(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	l := emptyLibrary(t, s)
	a, steward := l.App, l.noor
	p := planned(t, a, steward)
	stranger := practice.Actor{Member: "mem_elsewhere", Teams: []practice.TeamID{"tea_elsewhere"}}
	reads := steward
	reads.Scopes = []practice.Scope{practice.ScopeRead}
	for who, c := range map[*practice.Actor]string{&stranger: "not.found", &reads: "token.scope"} {
		for what, do := range map[string]func(context.Context, practice.Actor) error{
			"write": func(ctx context.Context, who practice.Actor) error {
				_, err := a.WritePlan(ctx, who, p.Number, means(payout))
				return err
			},
			"freeze": func(ctx context.Context, who practice.Actor) error {
				_, err := a.FreezePlan(ctx, who, p.Number)
				return err
			},
			"add": func(ctx context.Context, who practice.Actor) error {
				_, err := a.AddToPlan(ctx, who, p.Number, "x")
				return err
			},
			"suppose": func(ctx context.Context, who practice.Actor) error { return a.SupposeFailed(ctx, who, p.Number, "x") },
			"open": func(ctx context.Context, who practice.Actor) error {
				_, err := a.OpenReasons(ctx, who, p.Number)
				return err
			},
			"drop": func(ctx context.Context, who practice.Actor) error { return a.DropPlan(ctx, who, p.Number) },
		} {
			is(t, what, do(t.Context(), *who), c)
		}
	}
	_, err := a.Plan(t.Context(), stranger, p.Number)
	is(t, "read by another team", err, "not.found")
	if all, err := a.Plans(t.Context(), stranger); err != nil || len(all) != 0 {
		t.Errorf("another team lists %v, %v", all, err)
	}
	_, err = a.Plan(t.Context(), reads, p.Number)
	is(t, "read by a token", err, "")
	_, err = a.BeginPlan(t.Context(), reads, app.NewPlan{Title: "x"})
	is(t, "begun by a token that reads", err, "token.scope")
}

// What each supposes alone is read by nobody before it is open, and leaves neither
// an event nor a request to remember.
func TestSupposeFailed_isReadOnceOpen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := emptyLibrary(t, s)
		a, steward := l.App, l.noor
		ben := add(t, a, steward, "Ben")
		ctx := t.Context()
		p := planned(t, a, ben)
		_, err := a.OpenReasons(ctx, ben, p.Number)
		is(t, "nothing to open", err, "plan.unsupposed")
		was := storetest.Events(t, s, store.Position{}).Next
		ben.Once = "key"
		for _, reason := range []string{"Nobody looked.", "Nobody looked.", "The bank was closed."} {
			is(t, reason, a.SupposeFailed(ctx, ben, p.Number, reason), "")
		}
		if told := storetest.Events(t, s, was).Events; len(told) != 0 {
			t.Errorf("told: %+v", told)
		}
		err = s.View(ctx, func(tx *store.Tx) error { _, err := tx.Repeated(string(ben.Member)+" key", "plan.suppose"); return err })
		if !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("a request is remembered: %v", err)
		}
		for _, who := range []practice.Actor{ben, steward} {
			if read, err := a.Plan(ctx, who, p.Number); err != nil || len(read.Reasons) != 0 || read.Opened() {
				t.Errorf("%s reads %q, %v", who.Name, read.Reasons, err)
			}
		}
		open, err := a.OpenReasons(ctx, steward, p.Number)
		is(t, "open", err, "")
		is(t, "late", a.SupposeFailed(ctx, ben, p.Number, "x"), "plan.opened")
		read, err := a.Plan(ctx, ben, p.Number)
		is(t, "read", err, "")
		if len(open.Reasons) != 2 || !slices.Equal(open.Reasons, read.Reasons) || read.OpenedAt.After(time.Now()) {
			t.Errorf("open: %q and %q", open.Reasons, read.Reasons)
		}
		frozen, err := a.FreezePlan(ctx, ben, p.Number)
		if is(t, "freeze", err, ""); !slices.Equal(frozen.Reasons, read.Reasons) {
			t.Errorf("frozen with %q", frozen.Reasons)
		}
		is(t, "a draft whose reasons are open is dropped", dropOpened(t, a, ben), "")
	})
}

func dropOpened(t *testing.T, a *app.App, who practice.Actor) error {
	t.Helper()
	p := planned(t, a, who)
	is(t, "suppose", a.SupposeFailed(t.Context(), who, p.Number, "x"), "")
	_, err := a.OpenReasons(t.Context(), who, p.Number)
	is(t, "open", err, "")
	return a.DropPlan(t.Context(), who, p.Number)
}

// What was frozen leaves with an export; drafts, and what each wrote alone, do not.
func TestExport_plans(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	l := emptyLibrary(t, s)
	a, steward := l.App, l.noor
	is(t, "suppose", a.SupposeFailed(t.Context(), steward, planned(t, a, steward).Number, "Nobody looked."), "")
	planned(t, a, steward)
	open, shut := reported(t, a, steward, "The van was late"), reported(t, a, steward, "The key was gone")
	for _, f := range []practice.Failure{open, shut} {
		is(t, "known", a.Inherit(t.Context(), steward, 1, practice.Inherited{About: string(f.ID), Says: practice.SaysFits, Text: "A second van"}), "")
	}
	_, err := a.RestrictFailure(t.Context(), steward, shut.ID, []practice.MemberID{steward.Member})
	is(t, "restrict", err, "")
	_, err = a.FreezePlan(t.Context(), steward, 1)
	is(t, "freeze", err, "")
	_, err = a.AddToPlan(t.Context(), steward, 1, "It rained.")
	is(t, "add", err, "")
	var lines []string
	is(t, "export", a.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		if e.File == "plans.jsonl" {
			text, err := json.Marshal(e.Line)
			lines = append(lines, string(text))
			return err
		}
		return nil
	}), "")
	if len(lines) != 1 || strings.Contains(lines[0], "Nobody looked") || !strings.Contains(lines[0], "It rained.") || !strings.Contains(lines[0], "2%") ||
		!strings.Contains(lines[0], string(open.ID)) || strings.Contains(lines[0], string(shut.ID)) {
		t.Errorf("exported: %s", lines)
	}
}
