package app_test

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Lines that nobody ticked for two rounds are proposed to whoever looks after the list, with
// the failures behind them, and go with their yes alone.
func TestUnused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		mate := add(t, a, steward, "Mate")
		ctx := t.Context()
		p, err := a.CreateProcedure(ctx, steward, app.NewProcedure{Team: steward.Teams[0], Title: "Tour", Markdown: "- [ ] Count\n- [ ] Lock\n- [ ] Sand the steps\n- [ ] Salt\n"})
		is(t, "create", err, "")
		is(t, "owned", a.OwnProcedure(ctx, steward, practice.Procedure{ID: p.ID, Title: "Tour", Team: p.Team, Owner: steward.Member}), "")
		use := func(who practice.Actor) app.Usage {
			t.Helper()
			u, err := a.Usage(ctx, who, p.Slug)
			is(t, "read", err, "")
			return u
		}
		steps := use(mate).Lines
		end := func(who practice.Actor, days int) {
			t.Helper()
			clock.Pass(time.Duration(days) * 24 * time.Hour)
			is(t, "rounds", a.TurnCycles(ctx), "")
			is(t, "used", a.EndUse(ctx, who, p.ID, app.Ticked{Done: []practice.StepID{steps[0].ID, "stp_elsewhere"}, Spared: []practice.StepID{steps[2].ID, steps[0].ID}}), "")
		}
		is(t, "nothing", a.EndUse(ctx, mate, p.ID, app.Ticked{Spared: []practice.StepID{"stp_elsewhere"}}), "")
		if u := use(mate); !u.LastOn.IsZero() || len(u.Steps) != 0 {
			t.Errorf("a use in which nothing was said: %+v", u)
		}
		for range 6 {
			end(mate, 7)
			end(steward, 0)
		}
		end(mate, 7)
		u := use(steward)
		if first := u.Steps[steps[0].ID]; !first.TickedOn.Equal(u.LastOn) || !first.SparedOn.IsZero() || first.TickedOn.Hour() != 23 && first.TickedOn.Hour() != 22 || first.TickedOn.Minute() != 0 {
			t.Errorf("the day of the last tick: %+v", first)
		}
		if len(u.Unused) != 3 || !u.May || use(mate).May {
			t.Fatalf("proposed: %v to the owner %v", u.Unused, u.May)
		}
		home := func(who practice.Actor) []app.Usage {
			t.Helper()
			h, err := a.Home(ctx, who)
			is(t, "home", err, "")
			return h.Unused
		}
		if mine := home(steward); len(mine) != 1 || len(mine[0].Unused) != 3 || len(home(mate)) != 0 {
			t.Errorf("on the start page of its owner: %+v", mine)
		}
		remove := func(who practice.Actor, i int) error {
			_, err := a.RetireUnused(ctx, who, p.ID, practice.StepChange{Step: steps[i].ID, Base: 1})
			return err
		}
		is(t, "not theirs", remove(mate, 1), "trial.owner")
		is(t, "nor to keep", a.KeepUnused(ctx, mate, p.ID, steps[1].ID, "Rare."), "trial.owner")
		is(t, "another team", remove(practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}, 1), "procedure.others")
		is(t, "in use", remove(steward, 0), "unused.used")
		is(t, "of another list", a.KeepUnused(ctx, steward, p.ID, "stp_elsewhere", "Rare."), "not.found")
		is(t, "core", a.MarkStep(ctx, steward, p.ID, practice.CoreMark{Step: steps[3].ID, Core: true, Why: "People slip."}), "")
		is(t, "core is not proposed", remove(steward, 3), "unused.used")
		is(t, "no reason", a.KeepUnused(ctx, steward, p.ID, steps[2].ID, " "), "unused.why")
		is(t, "kept", a.KeepUnused(ctx, steward, p.ID, steps[2].ID, "It seldom freezes."), "")
		is(t, "once", a.KeepUnused(ctx, steward, p.ID, steps[2].ID, "It seldom freezes."), "unused.used")
		is(t, "gone", remove(steward, 1), "")
		is(t, "twice", remove(steward, 1), "not.found")
		h, err := a.History(ctx, mate, p.Slug)
		is(t, "history", err, "")
		if h.Turns[0].Revision.Reason != practice.ReasonUnused || len(h.Steps) != 3 || h.Step(steps[1].ID).Retired != 2 {
			t.Errorf("taken out: %+v", h.Turns[0])
		}
		if u := use(steward); len(u.Unused) != 0 || u.Steps[steps[2].ID].Why != "It seldom freezes." || len(home(steward)) != 0 {
			t.Errorf("afterwards %v is proposed", u.Unused)
		}
		for range 6 {
			end(mate, 7)
		}
		if u := use(steward); len(u.Unused) != 1 || u.Unused[0] != steps[2].ID {
			t.Errorf("after two more rounds %v is proposed", u.Unused)
		}
		var rows int
		is(t, "counted", s.View(ctx, func(tx *store.Tx) error {
			days, err := tx.ListUses(p.ID)
			rows = len(days)
			return err
		}), "")
		var lines []string
		is(t, "export", a.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
			if e.File == "procedures.jsonl" {
				for _, l := range e.Line["steps"].([]map[string]any) {
					lines = append(lines, l["kept_because"].(string)+l["ticked_on"].(string))
				}
			}
			return nil
		}), "")
		if all := strings.Join(lines, " "); rows > 7 || !strings.Contains(all, "It seldom freezes.") || !strings.Contains(all, "T") {
			t.Errorf("%d days are kept of six rounds; the export has %q", rows, all)
		}
	})
}
