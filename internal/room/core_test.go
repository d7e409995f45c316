package room_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// core marks the second step of the room's procedure.
func (s *stage) core() practice.StepID {
	s.t.Helper()
	step := s.embedding(0).Procedures[0].Steps[1].ID
	s.update(func(tx *store.Tx) error {
		return tx.AddCoreMark(practice.CoreMark{Step: step, Core: true, At: tx.Now(), Revision: 1, Why: "Money hangs on it."})
	})
	return step
}

func (s *stage) keepChange(gap int, text string) error {
	view := s.embedding(gap)
	page := view.Procedures[0]
	_, err := s.rooms.KeepChange(s.ctx(), s.seats[0], room.GapAt{ID: view.Gap.ID, Version: view.Gap.Version},
		practice.StepChange{Procedure: page.Procedure.ID, Base: page.Procedure.Revision, Act: practice.ActEdit, Step: page.Steps[1].ID, Text: text})
	return err
}

func TestKeepChange_waitsForAThird(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable, practice.Avoidable, practice.Inherent)
		s.refused(s.keepChange(0, "Take today's list"), "core.open")
		step := s.core()
		s.refused(s.changeStep(0, practice.ActEdit, "Take today's list"), "core.waits")
		s.refused(s.keepChange(2, "Take today's list"), "route.inherent")
		s.must(s.keepChange(0, "Take today's list"))
		s.must(s.changeStep(1, practice.ActAdd, "Count the lists")) // another step beside it
		e := s.embedding(0)
		if r := e.Gap.Route; r.Kind != practice.RouteWaiting || r.To != string(step) || len(e.Done.Step.Scars) != 0 {
			t.Errorf("%+v", e.Gap.Route)
		}
		if k := e.Case(e.Done.Step); k.Events != 1 {
			t.Errorf("its own failure counts %d times", k.Events)
		}
		if p := e.Procedures[0].Steps[1]; len(p.Confirmed()) != 0 || len(p.Waits) != 1 {
			t.Errorf("before the close: %+v", p.Waits)
		}
		s.must(s.undo(0))
		if p := s.embedding(0).Procedures[0].Steps[1]; len(p.Waits) != 0 {
			t.Errorf("taken back, and still waiting: %+v", p.Waits)
		}
	})
}

// One failure that could do harm changes a core step at once, on trial, in the place of what
// was on trial there.
func TestChangeAtOnce(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable, practice.Avoidable)
		at := func(gap int, harm string) error {
			view := s.embedding(gap)
			page := view.Procedures[0]
			_, err := s.rooms.ChangeAtOnce(s.ctx(), s.seats[0], room.GapAt{ID: view.Gap.ID, Version: view.Gap.Version}, practice.StepChange{
				Procedure: page.Procedure.ID, Base: page.Procedure.Revision, Act: practice.ActEdit, Step: page.Steps[1].ID, Text: "Take today's list"}, harm)
			return err
		}
		s.refused(at(0, "It burns."), "core.open")
		s.must(s.changeStep(0, practice.ActEdit, "Take a list"))
		first := s.embedding(0).Done.Trial
		if !first.Runs() || first.Harm != "" || first.Asks(s.clock.Now().AddDate(1, 0, 0)) != "" {
			t.Errorf("before the close: %+v", first)
		}
		s.core()
		s.refused(at(1, " "), "trial.harm")
		s.must(at(1, "It burns."))
		done := s.embedding(1).Done
		if tr := done.Trial; tr.Harm != "It burns." || done.Step.Trial.Gap != tr.Gap || !tr.Until.Equal(tr.At.AddDate(0, 0, practice.HarmDays)) {
			t.Errorf("at once: %+v", tr)
		}
		if s.embedding(0).Done.Trial.Runs() {
			t.Error("two changes of one step are on trial")
		}
	})
}

// The third failure puts it in, with all three behind it; undone, the two others wait
// again.
func TestChangeStep_theThird(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable)
		step := s.core()
		var first practice.GapID
		s.update(func(tx *store.Tx) error {
			var err error
			first, err = storetest.Spoken(tx, step, "", tx.Now().Add(-72*time.Hour), "Take a fresh list")
			return err
		})
		s.refused(s.changeStep(0, practice.ActEdit, "Take today's list"), "core.waits")
		s.update(func(tx *store.Tx) error {
			_, err := storetest.Spoken(tx, step, s.people[0], tx.Now().Add(-48*time.Hour), "Print the list")
			return err
		})
		for range 2 {
			s.must(s.changeStep(0, practice.ActEdit, "Take today's list"))
			done := s.embedding(0).Done.Step
			if len(done.Scars) != 3 || len(done.Waits) != 0 {
				t.Errorf("%d failures behind it, %d wait", len(done.Scars), len(done.Waits))
			}
			s.update(func(tx *store.Tx) error {
				g, err := tx.Gap(first)
				if err != nil || g.Route.Kind != practice.RouteStep {
					t.Errorf("the first led to %s, %v", g.Route.Kind, err)
				}
				r, err := tx.Review(g.Review)
				if err != nil {
					return err
				}
				f, err := tx.Failure(r.Failure)
				if f.Standing != practice.Changed {
					t.Errorf("it stands at %s", f.Standing)
				}
				return err
			})
			s.must(s.undo(0))
			now := s.embedding(0).Procedures[0].Steps[1]
			if len(now.Scars) != 0 || len(now.Waits) != 2 || !s.embedding(0).Case(now).Opens() {
				t.Errorf("undone: %d scars, %d wait", len(now.Scars), len(now.Waits))
			}
		}
	})
}

// The first line of a new list rests on one failure like any other change.
func TestFirstStep_isATrial(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable)
		first := func(c practice.StepChange) error {
			g := s.embedding(0).Gap
			_, err := s.rooms.FirstStep(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, "Handing out", c)
			return err
		}
		s.refused(first(practice.StepChange{Text: " "}), "step.empty")
		s.refused(first(practice.StepChange{Text: "Sign for it", Checks: true}), "check.whom")
		s.must(first(practice.StepChange{Text: "Sign for it"}))
		if d := s.embedding(0).Done; !d.Trial.Runs() || d.Trial.Until.IsZero() || len(d.Asked) > 0 || s.embedding(0).Gap.Route.Strength != practice.Reminds {
			t.Errorf("without a check: %+v", d)
		}
		s.must(s.undo(0))
		s.refused(first(practice.StepChange{Text: "Sign for it", Strength: "strong"}), "required")
		s.must(first(practice.StepChange{Text: "Sign for it", Checks: true, Checked: "Helpers", Strength: practice.Exhorts}))
		if r := s.embedding(0).Gap.Route; r.Strength != practice.Exhorts {
			t.Errorf("it does %q", r.Strength)
		}
		d := s.embedding(0).Done
		if !d.Trial.Runs() || !slices.Equal(d.Asked, []string{"Helpers"}) || d.Step.Trial.Gap != d.Trial.Gap {
			t.Errorf("with a check: %+v", d)
		}
		s.update(func(tx *store.Tx) error {
			if checks, err := tx.Checks(d.Page.Procedure.ID); err != nil || checks[1] != "Helpers" {
				t.Errorf("kept: %v, %v", checks, err)
			}
			done, err := tx.PutBack(d.Trial)
			if err == nil && (done.Procedure.RetireAt.IsZero() || len(done.Revision.Steps) > 0) {
				t.Errorf("put back: %+v", done)
			}
			return err
		})
		if e := s.embedding(0); len(e.Procedures) != 1 {
			t.Errorf("%d procedures in use", len(e.Procedures))
		}
	})
}

// Whoever a procedure names is told of what a room changed once it is closed, and not of
// what it took back before.
func TestClose_tellsWhomTheProcedureNames(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.toChange(practice.Avoidable)
		p := s.embedding(0).Procedures[0].Procedure
		s.update(func(tx *store.Tx) error {
			return tx.SaveAuthority(practice.Authority{Procedure: p.ID, Told: []string{string(s.people[1])}})
		})
		named := func() (links []string) {
			for _, r := range s.rows("notice") {
				if r.Values["code"] == "notice.told" {
					links = append(links, r.Values["link"])
				}
			}
			return links
		}
		s.must(s.changeStep(0, practice.ActEdit, "Take a list"))
		s.must(s.undo(0))
		s.must(s.changeStep(0, practice.ActEdit, "Take today's list"))
		if got := named(); len(got) > 0 {
			t.Errorf("told before the close: %v", got)
		}
		s.move(0)
		_, err := s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "before Saturday", Act: "bring the list", DueAt: s.clock.Now().AddDate(0, 0, 7)})
		s.must(err)
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if got := named(); !slices.Equal(got, []string{practice.VersionPath(p.Slug, 4)}) {
			t.Errorf("told of %v", got)
		}
	})
}
