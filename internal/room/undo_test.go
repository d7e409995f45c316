package room_test

import (
	"slices"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/room"
	"debrief/internal/store"
)

// toChange brings a room of one to the change of gaps of these kinds, with a
// procedure of two steps at hand.
func (s *stage) toChange(kinds ...practice.Verdict) *stage {
	s.t.Helper()
	s.come(1).toSort(len(kinds))
	for i, kind := range kinds {
		s.must(s.judge(0, s.sorting(0).Gaps[i].Gap, kind))
	}
	for i, kind := range kinds {
		s.must(s.settle(0, s.sorting(0).Gaps[i].Gap, kind, ""))
	}
	s.move(0)
	s.update(func(tx *store.Tx) error {
		page, err := prose.ParseProcedure([]byte("- [ ] Count the doors\n- [ ] Take the [list](https://list.example)\n"))
		if err != nil {
			return err
		}
		_, err = tx.CreateProcedure(practice.Procedure{Team: s.team, Title: "Doors"}, page, practice.Revision{Reason: practice.ReasonFirst})
		return err
	})
	return s
}

func (s *stage) embedding(gap int) room.Embedding {
	s.t.Helper()
	first, err := s.rooms.Embedding(s.ctx(), s.seats[0], "")
	s.must(err)
	view, err := s.rooms.Embedding(s.ctx(), s.seats[0], first.Gaps[gap].ID)
	s.must(err)
	return view
}

func (s *stage) changeStep(gap int, act practice.StepAct, text string) error {
	view := s.embedding(gap)
	page := view.Procedures[0]
	_, err := s.rooms.ChangeStep(s.ctx(), s.seats[0], room.GapAt{ID: view.Gap.ID, Version: view.Gap.Version},
		practice.StepChange{Procedure: page.Procedure.ID, Base: page.Procedure.Revision, Act: act, Step: page.Steps[1].ID, Text: text})
	return err
}

func (s *stage) undo(gap int) error {
	g := s.embedding(gap).Gap
	_, err := s.rooms.Unroute(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version})
	return err
}

func TestUnroute_aStepHasItsOldWordsAgain(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable)
		before := s.embedding(0).Procedures[0]
		for _, act := range []practice.StepAct{practice.ActEdit, practice.ActAdd} {
			s.must(s.changeStep(0, act, "Take today's list"))
			if done := s.embedding(0); !done.Gap.Routed() || len(done.Done.Step.Scars) != 1 {
				t.Fatalf("%s: %+v", act, done.Done)
			}
			s.clock.Pass(time.Minute)
			s.must(s.undo(0))
			after := s.embedding(0)
			if after.Gap.Routed() {
				t.Errorf("%s: the gap is in place still", act)
			}
			same := func(a, b practice.ProcedureStep) bool { return a.ID == b.ID && a.Text == b.Text && len(b.Scars) == 0 }
			if now := after.Procedures[0]; !slices.EqualFunc(before.Steps, now.Steps, same) {
				t.Errorf("%s: the steps are\n%+v\nnot\n%+v", act, now.Steps, before.Steps)
			}
		}
		s.update(func(tx *store.Tx) error {
			r, err := tx.Revision(before.Procedure.ID, 5)
			if r.Reason != practice.ReasonUndone || r.Markdown != "- [ ] Count the doors\n- [ ] Take the [list](https://list.example)\n" {
				t.Errorf("version 5 came by %s and reads %q", r.Reason, r.Markdown)
			}
			return err
		})
	})
}

// What a change is to move is named where it is made, by nobody in particular, and goes with
// the change where that is taken back.
func TestWatch(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable)
		watch := func(what string, days int) error {
			g := s.embedding(0).Gap
			_, err := s.rooms.Watch(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, what, s.clock.Now().AddDate(0, 0, days))
			return err
		}
		s.refused(watch("Doors left open", 30), "effect.change")
		s.must(s.changeStep(0, practice.ActEdit, "Take today's list"))
		seen := s.embedding(0).Gap
		s.refused(watch(" ", 30), "effect.what")
		s.refused(watch("Doors left open", 0), "effect.day")
		s.must(watch("Doors left open", 30))
		_, err := s.rooms.Watch(s.ctx(), s.seats[0], room.GapAt{ID: seen.ID, Version: seen.Version}, "Lists", s.clock.Now().AddDate(0, 0, 1))
		s.refused(err, "changed.meanwhile")
		s.must(watch("Doors left open at night", 30))
		if e := s.embedding(0).Done.Effect; e.What != "Doors left open at night" || e.Said != "" {
			t.Errorf("watched: %+v", e)
		}
		s.update(func(tx *store.Tx) error {
			all, err := tx.EffectsOf(s.embedding(0).Done.Page.Procedure.ID)
			if len(all) != 0 {
				t.Errorf("told outside before the room has closed: %+v", all)
			}
			return err
		})
		s.must(s.changeStep(0, practice.ActEdit, "Take the list of today"))
		if e := s.embedding(0).Done.Effect; e.What != "Doors left open at night" {
			t.Errorf("in other words it is to move the same: %+v", e)
		}
		s.must(s.undo(0))
		if e := s.embedding(0).Done.Effect; e.What != "" {
			t.Errorf("taken back: %+v", e)
		}
	})
}

func TestUnroute_notUnderWhatCameLater(t *testing.T) {
	s := onSQLite(t, 1).toChange(practice.Avoidable, practice.Avoidable)
	s.must(s.changeStep(0, practice.ActEdit, "Take today's list"))
	s.must(s.changeStep(1, practice.ActAdd, "Count it"))
	s.refused(s.undo(0), "route.later")
	s.must(s.undo(1))
	covered := s.embedding(0).Gap.Route.To
	g := s.embedding(1).Gap
	_, err := s.rooms.Cover(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, covered, "the same list")
	s.must(err)
	s.refused(s.undo(0), "route.later")
	s.must(s.undo(1))
	s.must(s.undo(0))
}

func TestUnroute_whatWasMadeIsGone(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable, practice.Inherent, practice.Experiment)
		at := func(i int) room.GapAt {
			g := s.embedding(i).Gap
			return room.GapAt{ID: g.ID, Version: g.Version}
		}
		limit := practice.Constraint{Text: "Nobody opens at noon", Assume: "mornings", Kind: practice.ByPeople, Places: []string{"plan"}}
		for range 2 {
			_, err := s.rooms.Guard(s.ctx(), s.seats[0], at(0), practice.Safeguard{Link: "https://x.example", Text: "sorted"})
			s.must(err)
			_, err = s.rooms.NameConstraint(s.ctx(), s.seats[0], at(1), limit, "")
			s.must(err)
			_, err = s.rooms.KeepFinding(s.ctx(), s.seats[0], at(2), practice.Finding{Tried: "noon", Known: []string{"nobody"}})
			s.must(err)
			for i := range 3 {
				s.must(s.undo(i))
			}
			if e := s.embedding(0); len(e.Safeguards) != 0 || len(e.Constraints) != 0 {
				t.Errorf("left: %v, %v", e.Safeguards, e.Constraints)
			}
		}
		_, err := s.rooms.FirstStep(s.ctx(), s.seats[0], at(0), "Lists", practice.StepChange{Text: "Print it"})
		s.must(err)
		s.must(s.undo(0))
		if e := s.embedding(0); len(e.Procedures) != 1 {
			t.Errorf("%d procedures", len(e.Procedures))
		}
	})
}

// A boundary that was named before stays when a gap no longer speaks for it.
func TestUnroute_aKnownBoundaryStays(t *testing.T) {
	s := onSQLite(t, 1).toChange(practice.Inherent, practice.Inherent)
	at := func(i int) room.GapAt { g := s.embedding(i).Gap; return room.GapAt{ID: g.ID, Version: g.Version} }
	_, err := s.rooms.NameConstraint(s.ctx(), s.seats[0], at(0),
		practice.Constraint{Text: "Nobody opens at noon", Assume: "mornings", Kind: practice.ByPeople, Places: []string{"plan"}}, "")
	s.must(err)
	known := s.embedding(0).Constraints[0].ID
	_, err = s.rooms.NameConstraint(s.ctx(), s.seats[0], at(1), practice.Constraint{}, known)
	s.must(err)
	s.must(s.undo(1))
	if c := s.embedding(0).Constraints; len(c) != 1 || len(c[0].Evidence) != 1 {
		t.Errorf("%+v", c)
	}
}
