package room_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// The five minutes are there to begin writing with, and are nobody's answer.
func TestQuestion_withFiveMinutes(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	hot := practice.Hot{Failure: s.look(0).Failure.ID, Meant: "Sign 50.", Parted: "A day to read.", Day: time.Date(2026, 6, 13, 0, 0, 0, 0, time.UTC)}
	s.update(func(tx *store.Tx) error { return tx.AddHot(hot) })
	_, err := s.rooms.Move(s.ctx(), s.seats[0], s.look(0).Review.Version, "")
	s.must(err)
	q, err := s.rooms.Question(s.ctx(), s.seats[0], practice.PhaseIntended)
	s.must(err)
	if q.Hot.Meant != hot.Meant || q.Count != 0 || q.Mine.ID != "" || q.Progress.Written != 0 {
		t.Errorf("to begin with there is %+v", q)
	}
	for seat := range s.seats {
		s.must(s.write(seat, practice.PhaseIntended, "Fifty names."))
	}
	s.must(s.rooms.Reveal(s.ctx(), s.seats[0], practice.PhaseIntended))
	q, err = s.rooms.Question(s.ctx(), s.seats[0], practice.PhaseIntended)
	s.must(err)
	if q.Hot.Failure != "" || len(q.Answers) != 2 {
		t.Errorf("open to all it is %+v", q)
	}
}
