package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// What is on hold cannot be taken back or put in other words by the words of a
// receipt, not even what was asked for before: the thread says why, and the hour
// goes on. A room about it says so too.
func TestHold_onWhatCameWithoutAName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := outside(t, database)
		words := s.report("The fee was wrong.").Words
		s.hour()
		held, err := s.rooms.Receipt(s.ctx(), stranger(1), words)
		s.must(err)
		if held.Hold != "" {
			t.Errorf("it is on hold because %q", held.Hold)
		}
		s.must(s.rooms.Correct(s.ctx(), stranger(2), words, "It was not."))
		hold := practice.Hold{ID: "hld_1", Failure: held.Failure.ID, Why: "a court asked", At: s.clock.Now()}
		s.update(func(tx *store.Tx) error { return tx.SaveHold(hold) })
		s.hour()
		_, err = s.rooms.Withdraw(s.ctx(), stranger(3), words)
		s.refused(err, "hold.stays")
		s.refused(s.rooms.Correct(s.ctx(), stranger(4), words, "Nothing happened."), "hold.stays")
		held, err = s.rooms.Receipt(s.ctx(), stranger(5), words)
		s.must(err)
		if held.Hold != "a court asked" || held.Begun || held.Text != "The fee was wrong." || len(held.Thread) != 1 {
			t.Errorf("the receipt opens %+v", held)
		}
		hold.EndedAt, hold.EndedWhy = s.clock.Now(), "it is over"
		s.update(func(tx *store.Tx) error { return tx.SaveHold(hold) })
		_, err = s.rooms.Withdraw(s.ctx(), stranger(6), words)
		s.must(err)
		s.hour()
		if n := len(s.rows("receipt")); n != 0 {
			t.Errorf("%d are left after it was taken back", n)
		}
	})
}

// Whoever writes in a room about what is on hold reads there that it stays.
func TestHold_isSaidInTheRoom(t *testing.T) {
	s := onSQLite(t, 2).come(2)
	if why := s.look(0).Hold; why != "" {
		t.Errorf("on hold because %q", why)
	}
	of := s.look(0).Failure.ID
	s.update(func(tx *store.Tx) error {
		return tx.SaveHold(practice.Hold{ID: "hld_1", Failure: of, Why: "a court asked", At: tx.Now()})
	})
	if why := s.look(0).Hold; why != "a court asked" {
		t.Errorf("on hold because %q", why)
	}
}
