package room_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Nothing leaves the house while people write and judge, so that no time of a
// mail is the time of an answer. With the close everybody is told at once.
func TestDispatches_notBeforeTheClose(t *testing.T) {
	s := onSQLite(t, 4)
	s.update(func(tx *store.Tx) error {
		for _, m := range s.people {
			if err := tx.SaveContact(practice.Contact{Member: m, Mail: string(m) + "@x.example"}); err != nil {
				return err
			}
		}
		return nil
	})
	leaving := func() (moments map[string]int) {
		moments = map[string]int{}
		for _, r := range copyOf(t, s.database) {
			if r.Table == "dispatch" {
				moments[r.Values["due_at"]]++
			}
		}
		return moments
	}
	s.midRoom()
	s.must(s.write(len(s.seats)-1, practice.PhaseHappened, "what was seen from the van"))
	s.agree(practice.PhaseHappened, "Twelve signed.")
	s.all(practice.PhaseGap)
	s.judgeAllButOne()
	if got := leaving(); len(got) != 0 {
		t.Errorf("before the close: %v", got)
	}
	s.toClose()
	got := leaving()
	if len(got) != 1 {
		t.Errorf("after the close: %v, want one moment for all", got)
	}
	for _, n := range got {
		if n < len(s.people) {
			t.Errorf("%d were told, want %d at least", n, len(s.people))
		}
	}
}
