package store_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// guided is a review with somebody who leads it from outside, their note, and two who
// ask to talk.
func guided(t *testing.T, s *store.Store, outside bool) called {
	t.Helper()
	c := withReview(t, s, 2)
	update(t, s, func(tx *store.Tx) error {
		var errs []error
		for _, id := range []practice.MemberID{"mem_noor", "mem_a", "mem_b"} {
			errs = append(errs, tx.AddMember(practice.Member{ID: id, Name: string(id), Active: true}))
		}
		return errors.Join(append(errs, tx.SaveGuide(practice.Guide{Review: c.review.ID, Member: "mem_noor", Outside: outside}),
			tx.SaveGuideNote(c.review.ID, "ask Amal how she is"), tx.SaveTalk(c.review.ID, "mem_b", true), tx.SaveTalk(c.review.ID, "mem_a", true))...)
	})
	return c
}

// Of a room that closes, who led it is left, and nothing that was for their eyes; of
// one that is led by the script again not even that. Somebody who never answered did
// not lead it.
func TestGuide_leavesWhoLed(t *testing.T) {
	for what, c := range map[string]struct {
		outside bool
		end     func(*store.Tx, practice.ReviewID) error
		stays   bool
	}{
		"closed":                     {true, (*store.Tx).KeepGuide, true},
		"closed, and never answered": {false, (*store.Tx).KeepGuide, false},
		"taken back":                 {true, (*store.Tx).EndGuide, false},
		"erased": {true, func(tx *store.Tx, _ practice.ReviewID) error {
			return tx.EraseMember(practice.Erasure{Member: "mem_noor", Called: "somebody"})
		}, false},
		"erased after the close": {true, func(tx *store.Tx, r practice.ReviewID) error {
			_, err := tx.Exec(`UPDATE review SET phase = 'closed'`)
			return errors.Join(err, tx.KeepGuide(r), tx.EraseMember(practice.Erasure{Member: "mem_noor", Called: "somebody"}))
		}, true},
	} {
		t.Run(what, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, s *store.Store) {
				r := guided(t, s, c.outside).review.ID
				if n := traces(t, s, "ask Amal"); n != 1 {
					t.Fatalf("found %d traces of the note: this test would prove nothing", n)
				}
				update(t, s, func(tx *store.Tx) error { return c.end(tx, r) })
				if n := traces(t, s, "ask Amal"); n != 0 {
					t.Errorf("%d traces of the note are left", n)
				}
				update(t, s, func(tx *store.Tx) error {
					talks, err := tx.Talks(r)
					_, err2 := tx.Guide(r)
					if errors.Is(err2, practice.ErrNotFound) == c.stays || len(talks) != 0 {
						t.Errorf("guide: %v, talks: %v", err2, talks)
					}
					return err
				})
			})
		})
	}
}

// Whoever leads from outside has no way to a seat, until they lead no more.
func TestGuide_isNotInvited(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		r := guided(t, s, false).review.ID
		invite := func() error {
			return s.Update(t.Context(), func(tx *store.Tx) error {
				return tx.AddInvitation(practice.Invitation{Review: r, Member: "mem_noor"})
			})
		}
		var refusal *practice.Error
		if err := invite(); !errors.As(err, &refusal) || refusal.Code != "guide.invited" {
			t.Errorf("invited: %v", err)
		}
		update(t, s, func(tx *store.Tx) error { return tx.EndGuide(r) })
		if err := invite(); err != nil {
			t.Errorf("after it was taken back: %v", err)
		}
	})
}

// Who asks to talk stands in one order and in one transaction, whoever came last; what
// they asked for goes with them.
func TestTalks_tellNoOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		r := guided(t, s, true).review.ID
		var rows, txs []string
		for _, row := range storetest.Dump(t, address) {
			if row.Table == "talk" {
				rows, txs = append(rows, row.Values["member"]), append(txs, row.Tx)
			}
		}
		if !slices.Equal(rows, []string{"mem_a", "mem_b"}) || len(slices.Compact(txs)) != 1 {
			t.Errorf("%v in %v", rows, txs)
		}
		update(t, s, func(tx *store.Tx) error {
			err := errors.Join(tx.SaveTalk(r, "mem_b", false), tx.EraseMember(practice.Erasure{Member: "mem_a", Called: "somebody"}))
			left, err2 := tx.Talks(r)
			if len(left) != 0 {
				t.Errorf("left: %v", left)
			}
			return errors.Join(err, err2)
		})
	})
}

// Scrub leaves no talk in the transaction it was asked for in, which would stand
// just before the one in which the same person then said go.
func TestScrub_talk(t *testing.T) {
	address := storetest.Postgres(t)
	s := storetest.Open(t, address)
	guided(t, s, true)
	within := func() (tx string) {
		for _, row := range storetest.Dump(t, address) {
			if row.Table == "talk" {
				tx = row.Tx
			}
		}
		return tx
	}
	asked := within()
	if asked == "" || within() != asked {
		t.Fatal("the control does not find the transaction, so this test proves nothing")
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if within() == asked {
		t.Errorf("still in %s", asked)
	}
}

// What is for the eyes of a guide alone is in no backup, and what they lead is.
func TestGuide_noteIsInNoBackup(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		guided(t, s, true)
		path := filepath.Join(t.TempDir(), "copy.gz")
		if _, err := s.BackupFile(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		text := unzipped(t, path)
		if bytes.Contains(text, []byte("ask Amal")) {
			t.Error("the note is in the backup")
		}
		for _, table := range []string{"guide", "guide_note", "talk"} {
			if !bytes.Contains(text, []byte(`"table":"`+table+`"`)) {
				t.Errorf("the backup does not know %s", table)
			}
		}
		into := storetest.SQLite(t)
		if _, err := store.Restore(t.Context(), options(into), path); err != nil {
			t.Fatal(err)
		}
		for _, row := range storetest.Dump(t, into) {
			if row.Table == "talk" || row.Table == "guide" && row.Values["member"] != "mem_noor" {
				t.Errorf("restored: %+v", row)
			}
		}
	})
}
