package room_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

func (s *stage) park(seat int, n room.NewConflict) error {
	_, err := s.rooms.PutAside(s.ctx(), s.seats[seat], n)
	return err
}

// A sentence leaves the text that the room agrees on, and a gap that is none leaves the
// gaps; both stand in the list, and of whoever parked them nothing is kept.
func TestPutAside(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		s.come(3)
		s.refused(s.park(0, room.NewConflict{Line: "early"}), "conflict.alone")
		s.move(0)
		s.refused(s.park(0, room.NewConflict{Line: "early"}), "conflict.alone")
		s.all(practice.PhaseIntended)
		s.refused(s.park(0, room.NewConflict{Line: " "}), "conflict.line")
		_, err := s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: practice.PhaseIntended, Text: "Fifty by noon. They never listen. Two rounds.", Stand: true})
		s.must(err)
		s.must(s.park(1, room.NewConflict{Phrase: "They never listen."}))
		if q := s.question(2, practice.PhaseIntended); q.Text.Text != "Fifty by noon. Two rounds." || q.Text.Stand != 0 || len(q.Aside) != 1 || q.Aside[0].Text != "They never listen." {
			s.t.Errorf("the text is %+v, parked is %+v", q.Text, q.Aside)
		}
		if err := s.park(0, room.NewConflict{Phrase: "They never listen."}); !errors.Is(err, practice.ErrChanged) {
			s.t.Errorf("a sentence that is gone: %v", err)
		}
		s.refused(s.park(0, room.NewConflict{Line: "They never listen."}), "conflict.there")
		s.refused(s.park(0, room.NewConflict{Line: "All of it", Phrase: "Fifty by noon. Two rounds."}), "conflict.all")
		s.agree(practice.PhaseIntended, "Fifty by noon.")
		s.all(practice.PhaseHappened)
		s.agree(practice.PhaseHappened, "Twelve.")
		s.all(practice.PhaseGap)
		for range 2 {
			_, err := s.takeUp(0)
			s.must(err)
			_, err = s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "50", Actual: "12", Where: "between the two crews"}, "")
			s.must(err)
		}
		gaps := s.question(0, practice.PhaseGap).Gaps
		was := len(gaps)
		last := room.GapAt{ID: gaps[was-1].ID, Version: gaps[was-1].Version + 1}
		if err := s.park(0, room.NewConflict{Line: "Who drives", Gap: last}); !errors.Is(err, practice.ErrChanged) {
			s.t.Errorf("a gap as it was: %v", err)
		}
		last.Version--
		s.must(s.park(0, room.NewConflict{Line: "Who drives", Gap: last}))
		if now := s.question(1, practice.PhaseGap).Gaps; len(now) != was-1 || slices.ContainsFunc(now, func(g practice.Gap) bool { return g.ID == last.ID }) {
			s.t.Errorf("the gap is still there: %+v", now)
		}
		s.noneKnows()
	})
}

// noneKnows looks whether a row of a parked conflict leads to anybody, or to a moment.
func (s *stage) noneKnows() {
	s.t.Helper()
	if len(s.rows("parked_conflict")) == 0 {
		s.t.Error("no rows prove nothing")
	}
	for _, row := range s.rows("parked_conflict") {
		for column, value := range row.Values {
			if column != "review" && column != "id" && column != "body" && column != "version" && value != "" && value != "0" && value != "false" {
				s.t.Errorf("the row says %s in %s", value, column)
			}
		}
	}
}

// The last gap cannot go at question four, and nobody parks while people judge alone.
func TestPutAside_whileSorting(t *testing.T) {
	s := onSQLite(t, 2).come(2).toSort(2)
	s.refused(s.park(0, room.NewConflict{Line: "now"}), "conflict.alone")
	for i := range s.seats {
		for _, g := range s.sorting(i).Gaps {
			s.must(s.judge(i, g.Gap, practice.Avoidable))
		}
	}
	gaps := s.sorting(0).Gaps
	at := func(i int) room.GapAt { return room.GapAt{ID: gaps[i].ID, Version: gaps[i].Version} }
	s.must(s.park(0, room.NewConflict{Line: "one", Gap: at(0)}))
	s.refused(s.park(0, room.NewConflict{Line: "two", Gap: at(1)}), "conflict.last")
	if left := s.sorting(1).Gaps; len(left) != 1 {
		t.Errorf("%d gaps are left", len(left))
	}
	all := s.look(0).Aside
	s.must(s.rooms.TakeConflictBack(s.ctx(), s.seats[1], all[0].ID))
	s.refused(s.rooms.TakeConflictBack(s.ctx(), s.seats[1], all[0].ID), "not.found")
	if len(s.look(0).Aside) != 0 {
		t.Error("what was taken back is there")
	}
}

// Two people park the same sentence at once: it is parked once. A room parks so many.
func TestPutAside_atOnce(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.come(2)
		s.move(0)
		s.all(practice.PhaseIntended)
		_, err := s.rooms.SaveText(s.ctx(), s.seats[0], room.NewText{Question: practice.PhaseIntended, Text: "Fifty. They never listen."})
		s.must(err)
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			all.Go(func() { errs[i] = s.park(i, room.NewConflict{Phrase: "They never listen."}) })
		}
		all.Wait()
		if n := len(s.look(0).Aside); n != 1 || (errs[0] == nil) == (errs[1] == nil) {
			s.t.Errorf("%d parked: %v", n, errs)
		}
		for i := range practice.MostConflicts - 1 {
			s.must(s.park(0, room.NewConflict{Line: strings.Repeat("a", i+1)}))
		}
		s.refused(s.park(0, room.NewConflict{Line: "more"}), "conflict.most")
	})
}

// Who looks after it can be named where it is parked, with a day or without, and with their
// yes where the room heard it. They hear of it when the room closes, and nobody before.
func TestPutAside_named(t *testing.T) {
	onBoth(t, 3, func(s *stage) {
		s.come(2).toHandover()
		day := s.clock.Now().AddDate(0, 0, 1)
		for _, c := range []struct {
			n    room.NewConflict
			code string
		}{
			{room.NewConflict{Line: "a", Name: "Nobody"}, "conflict.whom"},
			{room.NewConflict{Line: "a", Name: "Person"}, "conflict.whom"}, // which of them?
			{room.NewConflict{Line: "a", Due: day}, "conflict.whom"},
			{room.NewConflict{Line: "a", Heard: true}, "conflict.whom"},
			{room.NewConflict{Line: "a", Name: "person 2", Due: s.clock.Now()}, "conflict.day"},
			{room.NewConflict{Line: "a", Name: "person 2"}, ""},
			{room.NewConflict{Line: "b", Name: "Person 1", Heard: true, Due: day}, ""},
			{room.NewConflict{Line: "c"}, ""},
		} {
			if err := s.park(0, c.n); c.code == "" {
				s.must(err)
			} else {
				s.refused(err, c.code)
			}
		}
		stands := func() map[string]room.Aside {
			all := map[string]room.Aside{}
			for _, c := range s.look(1).Aside {
				all[c.Text] = c
			}
			return all
		}
		all := stands()
		if a := all["a"]; a.Name != "Person 2" || a.Yes || !a.DueOn.Equal(s.clock.Now().AddDate(0, 0, practice.ConflictDue)) {
			s.t.Errorf("asked: %+v", a)
		}
		if b, c := all["b"], all["c"]; b.Name != "Person 1" || !b.Yes || !b.DueOn.Equal(day) || c.Owner != "" || !c.DueOn.IsZero() {
			s.t.Errorf("heard: %+v, nobody: %+v", b, c)
		}
		if _, err := s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "on Saturday", Act: "ask", DueAt: s.clock.Now().AddDate(0, 0, 7)}); err != nil {
			s.t.Fatal(err)
		}
		s.clock.Pass(48 * time.Hour) // the second one's day is over before the room is
		told := func(who int) (codes []string) {
			s.update(func(tx *store.Tx) error {
				due, err := tx.ConflictsDue()
				if len(due) != 0 {
					s.t.Errorf("somebody would be reminded: %+v", due)
				}
				notices, missed := tx.Notices(s.people[who])
				for _, n := range notices {
					if strings.HasPrefix(n.Code, "notice.conflict") {
						codes = append(codes, n.Code)
					}
				}
				return errors.Join(err, missed)
			})
			return codes
		}
		if len(told(1))+len(told(2)) != 0 {
			s.t.Error("told while the room is open")
		}
		_, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		if !slices.Equal(told(1), []string{"notice.conflict-heard"}) || !slices.Equal(told(2), []string{"notice.conflict"}) || len(told(0)) != 0 {
			s.t.Errorf("after the close: %v, %v, %v", told(0), told(1), told(2))
		}
		s.update(func(tx *store.Tx) error {
			b, err := tx.Conflict(all["b"].ID)
			if !b.DueOn.After(tx.Now()) || !b.Yes {
				s.t.Errorf("a day that went by meanwhile: %+v", b)
			}
			return err
		})
	})
}
