package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

func (s *stage) ideas(seat int) (texts []string) {
	s.t.Helper()
	for _, i := range s.look(seat).Ideas {
		texts = append(texts, i.Text)
	}
	return texts
}

func TestPark_waitsUntilAllIsSorted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 2).come(2)
		s.must(s.rooms.Park(s.ctx(), s.seats[0], " a shorter leaflet "))
		s.toSort(1)
		s.must(s.rooms.Park(s.ctx(), s.seats[0], "a second bag"))
		s.must(s.rooms.Park(s.ctx(), s.seats[1], "start at ten"))
		s.refused(s.rooms.Park(s.ctx(), s.seats[1], " "), "idea.empty")
		if a, b := s.ideas(0), s.ideas(1); len(a) != 2 || len(b) != 1 || b[0] != "start at ten" {
			t.Errorf("before all is sorted one reads %q, the other %q", a, b)
		}
		mine := s.look(0).Ideas[0]
		s.refused(s.rooms.Unpark(s.ctx(), s.seats[1], mine.ID), "not.found")
		s.must(s.rooms.Unpark(s.ctx(), s.seats[0], mine.ID))
		for i := range s.seats {
			s.must(s.judge(i, s.sorting(i).Gaps[0].Gap, practice.Avoidable))
		}
		s.must(s.settle(0, s.sorting(0).Gaps[0].Gap, practice.Avoidable, ""))
		s.move(0)
		for i := range s.seats {
			if got := s.ideas(i); len(got) != 2 {
				t.Errorf("seat %d reads %q once all is sorted", i, got)
			}
		}
		s.refused(s.rooms.Park(s.ctx(), s.seats[0], "another"), "idea.late")
		for _, r := range copyOf(t, address) {
			if r.Table == "answer" && r.Values["phase"] == "parked" && (r.Values["mark"] == s.seats[0].Key || r.Values["mark"] == s.seats[1].Key) {
				t.Errorf("an idea leads to its seat: %v", r.Values)
			}
		}
	})
}
