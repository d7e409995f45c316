package app_test

import (
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func TestMarkStep(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		p := brought(t, a, steward)
		ctx := t.Context()
		step := func() practice.ProcedureStep {
			t.Helper()
			m, err := a.Procedure(ctx, steward, p.Slug)
			is(t, "read", err, "")
			return m.Steps[1]
		}
		mark := func(actor practice.Actor, core bool, why string) error {
			return a.MarkStep(ctx, actor, p.ID, practice.CoreMark{Step: step().ID, Core: core, Why: why})
		}
		stranger := practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}
		is(t, "no reason", mark(steward, true, " "), "core.why")
		is(t, "another team", mark(stranger, true, "Fire."), "procedure.others")
		is(t, "mark", mark(steward, true, "Fire."), "")
		is(t, "again", mark(steward, true, ""), "")
		if got := step(); !got.Core() || got.Mark().Why != "Fire." {
			t.Errorf("marked: %+v", got.Mark())
		}
		_, err := a.PasteProcedure(ctx, steward, p.ID, app.Pasted{Base: 1, Markdown: "- [ ] Count the till\n- [ ] Lock the back door\n"})
		is(t, "paste it away", err, "core.paste")
		_, err = a.PasteProcedure(ctx, steward, p.ID, app.Pasted{Base: 1, Markdown: "- [ ] Count the till twice\n- [ ] Turn the oven off\n- [ ] Lock the back door\n"})
		is(t, "paste around it", err, "")
		_, err = a.ChangeWithoutFailure(ctx, steward, practice.OtherChange{Reason: practice.ReasonLaw, Source: "Fire act", From: time.Now(),
			StepChange: practice.StepChange{Procedure: p.ID, Base: 2, Act: practice.ActEdit, Step: step().ID, Text: "Turn the oven and the gas off"}})
		is(t, "a law", err, "")
		mate := steward
		mate.Member = "mem_mate"
		is(t, "owned", a.OwnProcedure(ctx, steward, practice.Procedure{ID: p.ID, Owner: steward.Member}), "")
		is(t, "not theirs to take off", mark(mate, false, "No gas here."), "core.owner")
		is(t, "take off", mark(steward, false, "No gas here."), "")
		if got := step(); got.Core() || got.Mark().Why != "No gas here." {
			t.Errorf("taken off: %+v", got.Mark())
		}
	})
}

// What waits is put in from the page once three different events speak for it; a report
// that turns out to be of the same event closes it again.
func TestPlaceCoreChange(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		p := brought(t, a, steward)
		ctx := t.Context()
		m, err := a.Procedure(ctx, steward, p.Slug)
		is(t, "read", err, "")
		step := m.Steps[1].ID
		is(t, "mark", a.MarkStep(ctx, steward, p.ID, practice.CoreMark{Step: step, Core: true, Why: "Fire."}), "")
		var gaps []practice.GapID
		speak := func(days int, text string) {
			t.Helper()
			is(t, text, s.Update(ctx, func(tx *store.Tx) error {
				g, err := storetest.Spoken(tx, step, "", tx.Now().AddDate(0, 0, -days), text)
				gaps = append(gaps, g)
				return err
			}), "")
		}
		waits := func() []practice.CoreChange {
			t.Helper()
			m, err := a.Procedure(ctx, steward, p.Slug)
			is(t, "read", err, "")
			return m.Steps[1].Waits
		}
		place := func(actor practice.Actor, gap practice.GapID) (store.Revised, error) {
			return a.PlaceCoreChange(ctx, actor, p.ID, step, gap, 1)
		}
		speak(9, "Oven and gas off")
		speak(8, "Turn it off and look")
		_, err = place(steward, gaps[0])
		is(t, "two", err, "core.waits")
		speak(7, "Turn both off")
		first, last := waits()[0].Failure, waits()[2].Failure
		tie, err := a.TieFailures(ctx, steward, last, first, practice.TieJoined)
		is(t, "one event", err, "")
		_, err = place(steward, gaps[2])
		is(t, "three reports of two events", err, "core.waits")
		is(t, "not the same after all", a.UntieFailures(ctx, steward, tie.ID), "")
		_, err = place(practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}, gaps[2])
		is(t, "another team", err, "procedure.others")
		_, err = place(steward, "gap_x")
		is(t, "nothing of that kind", err, "not.found")
		done, err := place(steward, gaps[2])
		is(t, "place", err, "")
		m, err = a.Procedure(ctx, steward, p.Slug)
		is(t, "read", err, "")
		if got := m.Steps[1]; done.Revision.Number != 2 || got.Text != "Turn both off" || len(got.Scars) != 3 || len(got.Waits) != 0 {
			t.Errorf("placed: %+v", got)
		}
		f, err := a.Failure(ctx, steward, 1)
		if is(t, "failure", err, ""); f.Standing != practice.Changed {
			t.Errorf("it stands at %s", f.Standing)
		}
	})
}
