package room_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// takeUp takes the first answer up as a gap.
func (s *stage) takeUp(seat int) (practice.GapID, error) {
	from := s.question(seat, practice.PhaseGap).Answers[0].ID
	return s.rooms.AddGap(context.Background(), s.seats[seat], practice.Parts{}, from)
}

func TestAddGap_anAnswerIsTakenUpOnce(t *testing.T) {
	onBoth(t, 4, func(s *stage) {
		s.come(4).toGaps()
		var all sync.WaitGroup
		ids, errs := make([]practice.GapID, 4), make([]error, 4)
		for i := range ids {
			all.Go(func() { ids[i], errs[i] = s.takeUp(i) })
		}
		all.Wait()
		gaps := s.question(0, practice.PhaseGap).Gaps
		if len(gaps) != 1 {
			s.t.Fatalf("four taps on one answer made %d gaps", len(gaps))
		}
		for i, id := range ids {
			s.must(errs[i])
			if id != gaps[0].ID {
				s.t.Errorf("tap %d made %s, and the gap is %s", i, id, gaps[0].ID)
			}
		}
	})
}

func TestAddGap_takenBackAndOtherWords(t *testing.T) {
	s := onSQLite(t, 2).come(2).toGaps()
	first, err := s.takeUp(0)
	s.must(err)
	g := s.question(0, practice.PhaseGap).Gaps[0]
	g, err = s.rooms.RewriteGap(s.ctx(), s.seats[1], room.GapAt{ID: g.ID, Version: g.Version}, practice.Parts{Intended: "50", Actual: "12", Where: "the door"})
	s.must(err)
	if again, err := s.takeUp(1); again != first || err != nil {
		t.Errorf("a gap in other words is %s, and its answer became %s: %v", first, again, err)
	}
	s.must(s.rooms.RemoveGap(s.ctx(), s.seats[0], room.GapAt{ID: g.ID, Version: g.Version}))
	if again, err := s.takeUp(1); again == first || err != nil {
		t.Errorf("what was taken back can be taken up anew: %s, %v", again, err)
	}
	for range 2 { // in words of one's own, the same twice is two
		_, err := s.rooms.AddGap(s.ctx(), s.seats[0], practice.Parts{Intended: "50", Actual: "12", Where: "the door"}, "")
		s.must(err)
	}
	if n := len(s.question(0, practice.PhaseGap).Gaps); n != 3 {
		t.Errorf("%d gaps, not 3", n)
	}
}

// toNoGap lets a room say why nothing changes.
func (s *stage) toNoGap(why string) (practice.Review, error) {
	return s.rooms.NoGap(s.ctx(), s.seats[0], s.look(0).Review.Version, why)
}

func TestNoGap_closesWithAReasonAndACarrier(t *testing.T) {
	onBoth(t, 2, func(s *stage) {
		s.come(2)
		_, err := s.toNoGap("too early")
		s.refused(err, "question.order")
		s.toGaps()
		_, err = s.toNoGap(" ")
		s.refused(err, "nothing.why")
		id, err := s.takeUp(0)
		s.must(err)
		_, err = s.toNoGap("it was the weather")
		s.refused(err, "nothing.gaps")
		s.must(s.rooms.RemoveGap(s.ctx(), s.seats[0], room.GapAt{ID: id, Version: 1}))
		r, err := s.toNoGap("it was the weather")
		s.must(err)
		if r.Phase != practice.PhaseCarry {
			s.t.Fatalf("without a gap the room is at %s", r.Phase)
		}
		r, err = s.toNoGap("")
		s.must(err)
		if r.Phase != practice.PhaseGap || !r.Open || len(s.question(1, practice.PhaseGap).Answers) != 2 {
			s.t.Fatalf("back at question three, it is %+v", r)
		}
		_, err = s.rooms.NoGap(s.ctx(), s.seats[1], r.Version-1, "an old page")
		if !errors.Is(err, practice.ErrChanged) {
			s.t.Fatal(err)
		}
		_, err = s.toNoGap("it was the weather")
		s.must(err)
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.refused(err, "carrier.none")
		_, err = s.rooms.NameCarrier(s.ctx(), s.seats[0], practice.NewCarry{Carrier: s.people[0], Moment: "on Saturday",
			Act: "say what we looked at", DueAt: s.clock.Now().AddDate(0, 0, 7)})
		s.must(err)
		_, err = s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)
		s.closedForNothing("it was the weather")
	})
}

// closedForNothing checks what stands in the database of a review without a gap.
func (s *stage) closedForNothing(why string) {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		r, err := tx.Review(s.review)
		if r.Phase != practice.PhaseClosed || r.NothingWhy != why {
			s.t.Errorf("closed as %+v", r)
		}
		f, err1 := tx.Failure(r.Failure)
		if f.Standing != practice.Reviewed {
			s.t.Errorf("the failure is %s", f.Standing)
		}
		told, err2 := tx.Notices(s.people[1])
		if len(told) != 1 || told[0].Code != "notice.nothing" || told[0].Args["why"] != why {
			s.t.Errorf("whoever took part is told %+v", told)
		}
		return errors.Join(err, err1, err2)
	})
}
