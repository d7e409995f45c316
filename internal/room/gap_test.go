package room_test

import (
	"context"
	"sync"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
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
