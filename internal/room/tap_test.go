package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// closings are the counts that were kept of the closing taps: yes, no.
func (s *stage) closings(r practice.ReviewID) map[string][2]int {
	s.t.Helper()
	all := map[string][2]int{}
	s.update(func(tx *store.Tx) error {
		counts, err := tx.Closings(r)
		for _, c := range counts {
			all[c.What] = [2]int{c.Yes, c.No}
		}
		return err
	})
	return all
}

// seats is how many seats and hands a copy of the database shows.
func seats(t *testing.T, address string) (seats, hands int) {
	t.Helper()
	for _, r := range copyOf(t, address) {
		switch r.Table {
		case "seat":
			seats++
		case "hand":
			hands++
		}
	}
	return seats, hands
}

// Whoever did not tap before the close may for a day: each tap counts once, and
// what is kept of a seat says nothing of what it said and goes with its last tap
// or with the day.
func TestTap_afterTheClose(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := newStage(t, address, 3).come(3).toHandover()
		for _, what := range room.Taps() {
			s.must(s.rooms.Tap(s.ctx(), s.seats[0], what, true))
		}
		s.must(s.rooms.Tap(s.ctx(), s.seats[1], room.TapLearned, true))
		view, err := s.rooms.Handover(s.ctx(), s.seats[2])
		s.must(err)
		if view.All != 1 || len(view.Tapped) != 0 {
			t.Errorf("%d have tapped, and of those this seat %v", view.All, view.Tapped)
		}
		r, err := s.rooms.Close(s.ctx(), s.seats[0], s.look(0).Review.Version)
		s.must(err)

		_, err = s.rooms.Late(s.ctx(), s.seats[0])
		s.refused(err, "review.closed")
		for seat, want := range map[int]int{1: 2, 2: 3} {
			late, err := s.rooms.Late(s.ctx(), s.seats[seat])
			s.must(err)
			if len(late.Open) != want {
				t.Errorf("seat %d has %v left", seat, late.Open)
			}
		}
		if seats, hands := seats(t, address); seats != 2 || hands != 1 {
			t.Errorf("%d seats and %d hands are kept for the day", seats, hands)
		}
		s.refused(s.rooms.Tap(s.ctx(), s.seats[0], room.TapBlame, false), "review.closed")
		s.must(s.rooms.Tap(s.ctx(), s.seats[1], room.TapLearned, false)) // it stands
		s.must(s.rooms.Tap(s.ctx(), s.seats[1], room.TapBlame, true))
		s.must(s.rooms.Tap(s.ctx(), s.seats[1], room.TapAgain, false))
		want := map[string][2]int{room.TapLearned: {2, 0}, room.TapBlame: {2, 0}, room.TapAgain: {1, 1}}
		if got := s.closings(r.ID); got[room.TapLearned] != want[room.TapLearned] || got[room.TapBlame] != want[room.TapBlame] || got[room.TapAgain] != want[room.TapAgain] {
			t.Errorf("counted: %v, want %v", got, want)
		}
		s.refused(s.rooms.Tap(s.ctx(), s.seats[1], room.TapAgain, true), "review.closed")

		s.clock.Pass(room.LateTaps)
		s.refused(s.rooms.Tap(s.ctx(), s.seats[2], room.TapAgain, true), "review.closed")
		s.must(s.rooms.ForgetLate(s.ctx(), r.ID))
		if seats, hands := seats(t, address); seats != 0 || hands != 0 {
			t.Errorf("%d seats and %d hands are kept beyond the day", seats, hands)
		}
	})
}
