package store_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// withTeam makes a team that reports can be of.
func withTeam(t *testing.T, s *store.Store) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		return tx.AddTeam(practice.Team{ID: "tea_a", Name: "Permits", CycleDays: 14})
	})
}

func waiting(tx *store.Tx, n int, text string) practice.Waiting {
	return practice.Waiting{ID: tx.NewBlindID("wtg"), Kind: practice.WaitingReport, Lookup: fmt.Sprint("lookup", n), Public: []byte{1, 2},
		Team: "tea_a", Report: practice.Unnamed{Text: text, Stage: practice.StageAfter, Touched: []practice.GroupID{"grp_a"}}}
}

// What waits can be found by its receipt alone, and leaves the pool at once and
// in no order.
func TestPool(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		first := 0
		for round := range 40 {
			var ids []string
			for n := range 3 {
				update(t, s, func(tx *store.Tx) error {
					w := waiting(tx, n, fmt.Sprint("report ", n))
					ids = append(ids[:n], w.ID)
					return tx.AddWaiting(w)
				})
			}
			update(t, s, func(tx *store.Tx) error {
				mine, err := tx.WaitingFor("lookup1")
				if err != nil || len(mine) != 1 || mine[0].ID != ids[1] || mine[0].Report.Text != "report 1" {
					t.Errorf("of lookup1 waits %+v, %v", mine, err)
				}
				all, err := tx.DrawPool()
				if err != nil || len(all) != 3 {
					return fmt.Errorf("round %d: drew %d: %w", round, len(all), err)
				}
				if all[0].ID == ids[0] {
					first++
				}
				left, err := tx.Waiting()
				if len(left) > 0 {
					t.Errorf("%d are left", len(left))
				}
				return err
			})
		}
		if first < 3 || first > 27 { // 40/3 on average; one in a million is outside
			t.Errorf("of 40 draws the first was first %d times", first)
		}
	})
}

// What waits is in no backup, whose rows tell on which day it was made; the
// table is, so that it can be restored.
func TestPool_isInNoBackup(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const canary = "the deputy signed it herself"
		update(t, s, func(tx *store.Tx) error { return tx.AddWaiting(waiting(tx, 1, canary)) })
		path := filepath.Join(t.TempDir(), "copy.gz")
		if _, err := s.BackupFile(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		text := unzipped(t, path)
		if bytes.Contains(text, []byte(canary)) || bytes.Contains(text, []byte("lookup1")) {
			t.Error("what waits is in the backup")
		}
		if !bytes.Contains(text, []byte(`"table":"pool"`)) {
			t.Error("the backup does not know the pool")
		}
		into := storetest.SQLite(t)
		if _, err := store.Restore(t.Context(), options(into), path); err != nil {
			t.Error(err)
		}
	})
}

func unzipped(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What went through the pool, or was taken away with its report, stands in no
// file after a scrub. Before it does, which is the control.
func TestScrub_pool(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		withTeam(t, s)
		const waits, reported, said = "canary that waited", "canary that appeared", "canary that was said"
		update(t, s, func(tx *store.Tx) error { return tx.AddWaiting(waiting(tx, 1, waits)) })
		update(t, s, func(tx *store.Tx) error { _, err := tx.DrawPool(); return err })
		f := addUnnamed(t, s, reported)
		update(t, s, func(tx *store.Tx) error {
			return tx.AddMessage(practice.Message{ID: "msg_1", Failure: f.ID, Day: tx.Now(), Text: said})
		})
		update(t, s, func(tx *store.Tx) error { return tx.RemoveFailure(f.ID) })
		canaries := []string{waits, reported, said}
		if n := count(storetest.AtRest(t, address), canaries); n < len(canaries) {
			t.Fatalf("the control found %d, so this test proves nothing", n)
		}
		if err := s.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(storetest.AtRest(t, address), canaries); n != 0 {
			t.Errorf("found %d times after scrubbing", n)
		}
	})
}

func count(files map[string][]byte, words []string) (n int) {
	for _, text := range files {
		for _, w := range words {
			n += bytes.Count(text, []byte(w))
		}
	}
	return n
}

func addUnnamed(t *testing.T, s *store.Store, text string) (f practice.Failure) {
	t.Helper()
	update(t, s, func(tx *store.Tx) (err error) {
		f, err = tx.AddFailure(practice.Unnamed{Text: text, Stage: practice.StageAfter, Alias: "Farah"}.
			Appear(practice.FailureID(tx.NewBlindID("flr")), "tea_a", tx.Now().Truncate(time.Hour)))
		return err
	})
	return f
}

func TestReceipt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		now := storetest.NewClock(time.Now())
		s := storetest.Open(t, address, now.Option)
		withTeam(t, s)
		f := addUnnamed(t, s, "The fee was wrong.")
		day := f.RecognisedAt.Truncate(24 * time.Hour)
		want := practice.Receipt{Lookup: "abc", Public: []byte{0, 1, 254}, Failure: f.ID, Day: day}
		asked := practice.Message{ID: "msg_1", Failure: f.ID, Day: day, Asked: true, Sealed: []byte{9, 8}}
		told := practice.Message{ID: "msg_2", Failure: f.ID, Day: day, Text: "The blue one.", Answers: "msg_1"}
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.AddReceipt(want), tx.AddMessage(asked), tx.AddMessage(told), tx.OpenMessage("msg_1", "Which?"))
		})
		asked.Sealed, asked.Text = []byte{}, "Which?"
		told.Sealed = []byte{}
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.ReceiptOf(f.ID)
			if err != nil {
				return err
			}
			thread, err := tx.Messages(f.ID)
			if err != nil {
				return err
			}
			read, err := tx.Failure(f.ID)
			if diff := cmp.Diff(want, got) + cmp.Diff([]practice.Message{asked, told}, thread); diff != "" || read.Alias != "Farah" || !read.Unnamed() {
				t.Errorf("%s\n%+v", diff, read)
			}
			return err
		})
		now.Pass((practice.ReceiptDays + 1) * 24 * time.Hour)
		update(t, s, func(tx *store.Tx) error { return tx.Dispose() })
		err := s.View(t.Context(), func(tx *store.Tx) error { _, err := tx.Receipt("abc"); return err })
		if !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("a forgotten receipt: %v", err)
		}
	})
}

// An address leads to one team, and a new one ends the old.
func TestAddress(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withTeam(t, s)
		for _, word := range []string{"first", "second"} {
			update(t, s, func(tx *store.Tx) error { return tx.SaveAddress("tea_a", word) })
		}
		err := s.View(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.TeamAt("first"); !errors.Is(err, practice.ErrNotFound) {
				t.Errorf("the old address: %v", err)
			}
			team, err := tx.TeamAt("second")
			if err != nil || team.Name != "Permits" {
				t.Errorf("the new address leads to %+v", team)
			}
			word, err := tx.Address("tea_a")
			if word != "second" {
				t.Errorf("the address is %q", word)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
