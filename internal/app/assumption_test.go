package app_test

import (
	"errors"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// assumed keeps an assumption on which a procedure and a plan of the crew rest.
func (u *use) assumed() (app.Assumed, practice.Procedure, practice.Plan) {
	u.Helper()
	p, err := u.app.CreateProcedure(u.Context(), u.crew[0], app.NewProcedure{Title: "Loading", Markdown: "# Loading\n\n1. Wait for the courier\n2. Lock\n"})
	u.must("procedure", err)
	u.must("owner", u.app.OwnProcedure(u.Context(), u.crew[0], practice.Procedure{ID: p.ID, Title: p.Title, Owner: u.crew[2].Member}))
	plan := planned(u.T, u.app, u.crew[0])
	a, err := u.app.RegisterAssumption(u.Context(), u.crew[0], app.NewAssumption{Text: " The courier comes before noon. ",
		Rests: app.RestsOn{Procedure: p.Slug, Step: "1"}})
	u.must("register", err)
	a, err = u.app.RestOn(u.Context(), u.crew[1], a.Number, app.RestsOn{Plan: plan.Number})
	u.must("plan", err)
	return a, p, plan
}

// Registered once, an assumption that breaks names what rests on it: on its page, on the
// start pages of the team, and once to whoever looks after it, until somebody looked at each.
func TestAssumption_breaksWhatRestsOnIt(t *testing.T) {
	onUses(t, func(u *use) {
		ctx, amal, ben, cleo := u.Context(), u.crew[0], u.crew[1], u.crew[2]
		a, p, plan := u.assumed()
		again, err := u.app.RestOn(ctx, ben, a.Number, app.RestsOn{Procedure: p.Slug, Step: "1"})
		u.must("once more", err)
		if len(again.Resting) != 2 || again.Resting[0].Step.Number != "1" || again.Resting[1].Plan.Number != plan.Number || again.Text != "The courier comes before noon." {
			u.Fatalf("registered: %+v", again)
		}
		far := practice.Actor{Member: ben.Member, Teams: []practice.TeamID{"tea_far"}}
		if theirs, err := u.app.Assumption(ctx, far, a.Number); err != nil || len(theirs.Resting) != 1 || theirs.Mine || theirs.Resting[0].Mine {
			u.Errorf("another team reads %+v, %v", theirs.Resting, err)
		}
		waits := func(when string, who practice.Actor, open, told int) {
			u.Helper()
			home, err := u.app.Home(ctx, who)
			u.must("home", err)
			n := 0
			for _, one := range home.Notices {
				if one.Code == "notice.assumption" {
					n++
				}
			}
			if len(home.Resting) != open || n != told {
				u.Errorf("%s %d wait and %d were told, want %d and %d", when, len(home.Resting), n, open, told)
			}
		}
		waits("while it holds", cleo, 0, 0)
		r, err := u.app.Record(ctx, amal, 1)
		u.must("record", err)
		gap := r.Gaps[0].Gap.ID
		broken := app.AssumptionTested{State: practice.AssumptionBroken, How: "It came after one.", Gap: gap}
		_, err = u.app.TestAssumption(ctx, far, a.Number, broken)
		is(t, "by another team", err, "assumption.others")
		results := make(chan error)
		for range 2 {
			go func() {
				_, err := u.app.TestAssumption(ctx, amal, a.Number, broken)
				results <- err
			}()
		}
		if one, other := <-results, <-results; (one == nil) == (other == nil) || !errors.Is(errors.Join(one, other), practice.ErrChanged) {
			u.Errorf("two at once: %v, %v", one, other)
		}
		a, err = u.app.Assumption(ctx, amal, a.Number)
		u.must("read", err)
		if a.State() != practice.AssumptionBroken || a.History[0].Scar.Number != 1 || !a.Resting[0].Open || !a.Resting[1].Open {
			u.Errorf("broken: %+v", a)
		}
		if r, err = u.app.Record(ctx, amal, 1); err != nil || len(r.Gaps[0].Broke) != 1 {
			u.Errorf("the record says %+v, %v", r.Gaps[0].Broke, err)
		}
		waits("whoever looks after it", cleo, 2, 1)
		waits("somebody else of the team", ben, 2, 0)
		look := func(i int, n app.AssumptionLook) error {
			n.Use, n.Version = a.Resting[i].ID, a.Version()
			_, err := u.app.LookAtUse(ctx, ben, a.Number, n)
			return err
		}
		is(t, "no reason", look(0, app.AssumptionLook{Act: practice.UseFine}), "assumption.fine")
		is(t, "nothing instead", look(0, app.AssumptionLook{Act: practice.UseNext}), "assumption.nonext")
		is(t, "an older page", func() error {
			_, err := u.app.LookAtUse(ctx, ben, a.Number, app.AssumptionLook{Use: a.Resting[0].ID, Act: practice.UseRemove})
			return err
		}(), "changed.meanwhile")
		_, err = u.app.LookAtUse(ctx, far, a.Number, app.AssumptionLook{Use: a.Resting[0].ID, Act: practice.UseRemove, Version: 1})
		is(t, "another team's procedure", err, "procedure.others")
		u.must("fine", look(0, app.AssumptionLook{Act: practice.UseFine, Why: "Somebody waits for it."}))
		waits("after one was looked at", cleo, 1, 0)
		replaced, err := u.app.TestAssumption(ctx, ben, a.Number, app.AssumptionTested{State: practice.AssumptionReplaced, How: "They told us.",
			Instead: "The courier comes before three.", Version: 1})
		u.must("replace", err)
		waits("for another reason", cleo, 2, 1)
		for i := range a.Resting {
			_, err := u.app.LookAtUse(ctx, ben, a.Number, app.AssumptionLook{Use: a.Resting[i].ID, Act: practice.UseNext, Version: replaced.Version()})
			u.must("rests on the other", err)
		}
		waits("at the end", cleo, 0, 0)
		next, err := u.app.Assumption(ctx, cleo, replaced.History[0].Number)
		u.must("the other", err)
		if next.State() != practice.AssumptionHeld || len(next.Resting) != 2 || next.Text != "The courier comes before three." {
			u.Errorf("what is assumed instead: %+v", next)
		}
		wantExported(u, gap)
	})
}

func wantExported(u *use, gap practice.GapID) {
	u.Helper()
	var lines []map[string]any
	u.must("export", u.app.Export(u.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
		if e.File == "assumptions.jsonl" {
			lines = append(lines, e.Line)
		}
		return nil
	}))
	if len(lines) != 2 || lines[0]["state"] != practice.AssumptionReplaced || len(lines[1]["uses"].([]map[string]any)) != 1 {
		u.Fatalf("exported %v", lines)
	}
	if tests := lines[0]["tests"].([]map[string]any); len(tests) != 2 || tests[0]["gap"] != string(gap) {
		u.Errorf("exported %v", tests)
	}
}

// What is refused says where, and from one limit a team takes an assumption once.
func TestAssumption_refusals(t *testing.T) {
	onUses(t, func(u *use) {
		ctx, amal := u.Context(), u.crew[0]
		a, p, _ := u.assumed()
		u.must("limit", u.store.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.AddConstraint(practice.Constraint{ID: "con_a", Team: amal.Teams[0], Text: "No water.", Assume: "The tank is all.", Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: tx.Now()})
			return err
		}))
		one, err := u.app.RegisterAssumption(ctx, amal, app.NewAssumption{Text: "The tank is all.", Limit: 1})
		u.must("of a limit", err)
		two, err := u.app.RegisterAssumption(ctx, u.crew[1], app.NewAssumption{Text: "The tank is all.", Limit: 1})
		u.must("of it again", err)
		if one.ID != two.ID || one.From.Number != 1 {
			u.Errorf("taken twice: %+v, %+v", one, two)
		}
		u.sameAgain(one)
		for want, n := range map[string]app.NewAssumption{
			"assumption.text": {Text: " "}, "assumption.step": {Text: "x", Rests: app.RestsOn{Procedure: p.Slug, Step: "9"}},
			"assumption.how": {Text: "x", Broke: "gap_none"}, "team.others": {Text: "x", Team: "tea_far"},
		} {
			if want == "assumption.how" {
				r, err := u.app.Record(ctx, amal, 1)
				u.must("record", err)
				n.Broke = r.Gaps[0].Gap.ID
			}
			_, err := u.app.RegisterAssumption(ctx, amal, n)
			is(t, want, err, want)
		}
		_, err = u.app.RegisterAssumption(ctx, amal, app.NewAssumption{Text: "x", How: "y", Broke: "gap_none"})
		is(t, "of no gap", err, "not.found")
		_, err = u.app.RestOn(ctx, amal, a.Number, app.RestsOn{})
		is(t, "nothing", err, "assumption.rests")
		_, err = u.app.RestOn(ctx, practice.Actor{Member: amal.Member}, a.Number, app.RestsOn{Procedure: p.Slug})
		is(t, "of another team", err, "procedure.others")
		_, err = u.app.TestAssumption(ctx, amal, a.Number, app.AssumptionTested{State: practice.AssumptionReplaced, How: "x", Next: 99})
		is(t, "by nothing", err, "assumption.next")
		_, err = u.app.RegisterAssumption(ctx, practice.Actor{Member: amal.Member, Teams: amal.Teams, Scopes: []practice.Scope{practice.ScopeRead}}, app.NewAssumption{Text: "x"})
		is(t, "with a token that reads", err, "token.scope")
		found, err := u.app.Assumptions(ctx, amal, app.AssumptionFilter{State: practice.AssumptionHeld})
		u.must("list", err)
		under, err := u.app.Assumptions(ctx, amal, app.AssumptionFilter{Procedure: p.Slug})
		u.must("under", err)
		if len(found) != 2 || len(under) != 1 || under[0].ID != a.ID {
			u.Errorf("found %d, under %d", len(found), len(under))
		}
	})
}

// sameAgain registers the same words once more in many ways: they stay one assumption, and
// what is new about it is kept with it, or refused where somebody has to read first.
func (u *use) sameAgain(first app.Assumed) {
	u.Helper()
	ctx, amal, ben := u.Context(), u.crew[0], u.crew[1]
	plan := planned(u.T, u.app, amal)
	again, err := u.app.RegisterAssumption(ctx, ben, app.NewAssumption{Text: "the  tank is ALL", How: "We looked.", Rests: app.RestsOn{Plan: plan.Number}})
	u.must("again", err)
	if again.ID != first.ID || !again.Already || first.Already || again.Text != first.Text || again.Last().How != "We looked." || again.Last().By != ben.Member || len(again.Resting) != 1 {
		u.Errorf("the same words again: %+v", again)
	}
	tank := app.AssumptionTested{State: practice.AssumptionReplaced, How: "It leaks.", Instead: "THE TANK IS ALL.", Version: 1}
	_, err = u.app.TestAssumption(ctx, amal, first.Number, tank)
	is(u.T, "by itself", err, "assumption.itself")
	tank.State, tank.Instead = practice.AssumptionBroken, ""
	_, err = u.app.TestAssumption(ctx, amal, first.Number, tank)
	u.must("break", err)
	_, err = u.app.RegisterAssumption(ctx, ben, app.NewAssumption{Text: "The tank is all", How: "It held."})
	is(u.T, "it held, unread that it broke", err, "assumption.known")
	more, err := u.app.RegisterAssumption(ctx, ben, app.NewAssumption{Text: "There is a second tank"})
	u.must("another", err)
	_, err = u.app.TestAssumption(ctx, ben, more.Number, app.AssumptionTested{State: practice.AssumptionReplaced, How: "x", Instead: "the tank is all"})
	is(u.T, "replaced by what broke", err, "assumption.known")
	held, err := u.app.TestAssumption(ctx, ben, first.Number, app.AssumptionTested{State: practice.AssumptionReplaced, How: "Two now.", Instead: "There is a second tank.", Version: 2})
	u.must("replaced by what is registered", err)
	if more.Already || held.History[0].Number != more.Number {
		u.Errorf("replaced by %+v, want A-%d", held.History[0], more.Number)
	}
	_, err = u.app.TestAssumption(ctx, ben, first.Number, app.AssumptionTested{State: practice.AssumptionHeld, How: "All again.", Version: 3})
	u.must("it holds", err)
	_, err = u.app.TestAssumption(ctx, ben, more.Number, app.AssumptionTested{State: practice.AssumptionBroken, How: "Gone."})
	u.must("it does not", err)
}
