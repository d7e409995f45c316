package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// withNotes makes a table for the tests of the machinery itself.
func withNotes(t *testing.T, s *store.Store) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec(`CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, text TEXT NOT NULL, at BIGINT NOT NULL)`)
		return err
	})
}

func update(t *testing.T, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func addNote(id, text string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO note (id, text, at) VALUES ($1, $2, $3)`, id, text, tx.Now())
		return err
	}
}

func notes(t *testing.T, s *store.Store) (ids []string) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.Tx) (err error) {
		ids, err = tx.Strings(`SELECT id FROM note ORDER BY id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestOpen_keepsItsIncarnation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		a, b := storetest.Open(t, address), storetest.Open(t, address)
		if a.Incarnation() == "" || a.Incarnation() != b.Incarnation() {
			t.Errorf("incarnations %q and %q of one database", a.Incarnation(), b.Incarnation())
		}
	})
}

func TestOpen_withoutClock(t *testing.T) {
	_, err := store.Open(t.Context(), store.Options{Database: filepath.Join(t.TempDir(), "a.db"), Random: rand.Reader})
	if err == nil {
		t.Error("opened without a clock")
	}
}

func TestOpen_isForOurEyesOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "debrief #1?.db")
	withNotes(t, storetest.Open(t, path))
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
	info, err := os.Stat(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v", info.Mode())
	}
}

func TestUpdate(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		boom := errors.New("boom")
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(addNote("lost", "")(tx), boom)
		}); !errors.Is(err, boom) {
			t.Errorf("got %v, want the function's own error", err)
		}
		update(t, s, addNote("kept", ""))
		if diff := cmp.Diff([]string{"kept"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUpdate_panics(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = s.Update(t.Context(), func(tx *store.Tx) error {
				_ = addNote("lost", "")(tx)
				panic("boom")
			})
		}()
		update(t, s, addNote("kept", ""))
		if diff := cmp.Diff([]string{"kept"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

// A failed statement spoils the transaction on both databases, also when the
// function goes on as if nothing had been.
func TestUpdate_swallowsAnError(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		update(t, s, addNote("a", ""))
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			_ = addNote("b", "")(tx)
			_ = addNote("a", "again")(tx)
			_ = addNote("c", "")(tx)
			return nil
		})
		if !store.IsUnique(err) {
			t.Errorf("got %v, want the error of the second statement", err)
		}
		if diff := cmp.Diff([]string{"a"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUpdate_cancelled(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Update(ctx, func(tx *store.Tx) error {
			if err := addNote("lost", "")(tx); err != nil {
				return err
			}
			cancel()
			return addNote("never", "")(tx)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if err := s.Update(ctx, addNote("late", "")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if got := notes(t, s); got != nil {
			t.Errorf("found %q", got)
		}
		update(t, s, addNote("kept", ""))
	})
}

// Whoever ends a context with a refusal has it said, and nothing is half done.
func TestUpdate_endedWithARefusal(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		ctx, end := context.WithCancelCause(t.Context())
		err := s.Update(ctx, func(tx *store.Tx) error {
			if err := addNote("lost", "")(tx); err != nil {
				return err
			}
			end(practice.ErrSlow)
			return addNote("never", "")(tx)
		})
		if !errors.Is(err, practice.ErrSlow) || errors.Is(err, context.Canceled) {
			t.Errorf("a write: %v", err)
		}
		err = s.View(ctx, func(tx *store.Tx) error { _, err := tx.Strings(`SELECT value FROM meta`); return err })
		if !errors.Is(err, practice.ErrSlow) {
			t.Errorf("a look: %v", err)
		}
		if got := notes(t, s); got != nil {
			t.Errorf("found %q", got)
		}
	})
}

func TestTx_afterItsEnd(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		var leaked *store.Tx
		update(t, s, func(tx *store.Tx) error { leaked = tx; return nil })
		if err := addNote("late", "")(leaked); err == nil {
			t.Error("a transaction could be used after its end")
		}
	})
}

func TestTx_rowsStillOpen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		update(t, s, addNote("a", ""))
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.Each(`SELECT id FROM note`, func() error { return addNote("b", "")(tx) })
		})
		if err == nil {
			t.Error("a statement ran while rows were open, which PostgreSQL cannot do")
		}
		update(t, s, addNote("c", "")) // and the connection is none the worse
	})
}

func TestView_cannotWrite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		if err := s.View(t.Context(), addNote("a", "")); practice.KindOf(err) != practice.Busy {
			t.Errorf("got %v", err)
		}
	})
}

func TestView_seesOneMoment(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		err := s.View(t.Context(), func(tx *store.Tx) error {
			before, err := tx.Strings(`SELECT id FROM note`)
			if err != nil {
				return err
			}
			update(t, s, addNote("meanwhile", ""))
			after, err := tx.Strings(`SELECT id FROM note`)
			if diff := cmp.Diff(before, after); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// endless is a query that nobody wants to wait for.
const endless = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)
	SELECT CAST(count(*) AS TEXT) FROM n`

func TestView_cancelled(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var all sync.WaitGroup
		for range 12 { // more than there are connections
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
				defer cancel()
				err := s.View(ctx, func(tx *store.Tx) error {
					_, err := tx.Strings(endless)
					return err
				})
				if err == nil {
					t.Error("counted to two thousand million")
				}
			})
		}
		all.Wait()
		if err := s.View(t.Context(), func(tx *store.Tx) error { // nothing is stuck
			_, err := tx.Strings(`SELECT value FROM meta`)
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestTx_time(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		now := time.Date(2026, 3, 29, 2, 30, 0, 123456789, time.FixedZone("here", 3600))
		s := storetest.Open(t, address, func(o *store.Options) { o.Now = func() time.Time { return now } })
		withNotes(t, s)
		update(t, s, func(tx *store.Tx) error {
			if want := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC); tx.Now() != want {
				t.Errorf("the transaction's time is %v", tx.Now())
			}
			return addNote("a", "")(tx)
		})
		update(t, s, func(tx *store.Tx) error {
			var got, aggregate, never time.Time
			err := tx.Row(`SELECT at, (SELECT max(at) FROM note), 0 FROM note`).Scan(
				store.At{Time: &got}, store.At{Time: &aggregate}, store.At{Time: &never})
			if want := tx.Now(); got != want || aggregate != want || !never.IsZero() {
				t.Errorf("got %v, %v and %v back, want %v", got, aggregate, never, want)
			}
			return err
		})
	})
}

func TestTx_notFound(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		update(t, s, func(tx *store.Tx) error {
			var id string
			if err := tx.Row(`SELECT id FROM note WHERE id = $1`, "x").Scan(&id); !errors.Is(err, practice.ErrNotFound) {
				t.Errorf("got %v", err)
			}
			return addNote("a", "")(tx) // it is no failure of the statement
		})
	})
}

// PostgreSQL cannot keep such text, so neither database does.
func TestTx_textThatIsNone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		for _, text := range []string{"a\x00b", "\xff\xfe", "half a rune \xe2\x82"} {
			if err := s.Update(t.Context(), addNote("a", text)); practice.KindOf(err) != practice.Invalid {
				t.Errorf("%q: %v", text, err)
			}
		}
		update(t, s, addNote("a", "whole \u20ac, \U0001f331, \u0001"))
	})
}

func TestTx_among(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		for _, id := range []string{"a", "b", "c"} {
			update(t, s, addNote(id, ""))
		}
		err := s.View(t.Context(), func(tx *store.Tx) error {
			got, err := tx.Strings(`SELECT id FROM note WHERE text = $1 AND id IN `+tx.Among(2)+` ORDER BY id`,
				"", store.JSONOf([]practice.FailureID{"c", "a", "z"}))
			if diff := cmp.Diff([]string{"a", "c"}, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Two who read before they write must come out as if one had come after the
// other, on PostgreSQL too.
func TestUpdate_readThenWrite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		withNotes(t, s)
		update(t, s, addNote("count", "0"))
		const writers, rounds = 8, 10
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range rounds {
					err := s.Update(t.Context(), func(tx *store.Tx) error {
						var n int
						var text string
						if err := tx.Row(`SELECT text FROM note WHERE id = 'count'`).Scan(&text); err != nil {
							return err
						}
						if _, err := fmt.Sscan(text, &n); err != nil {
							return err
						}
						_, err := tx.Exec(`UPDATE note SET text = $1 WHERE id = 'count'`, fmt.Sprint(n+1))
						return err
					})
					if errors.Is(err, practice.ErrBusy) {
						t.Errorf("gave up: %v", err)
					} else if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		var got string
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			return tx.Row(`SELECT text FROM note WHERE id = 'count'`).Scan(&got)
		}); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprint(writers * rounds); got != want {
			t.Errorf("counted %s of %s", got, want)
		}
	})
}

func TestPing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// What PostgreSQL could not keep is refused on both, whatever its type is called.
func TestTx_refusesWhatIsNoText(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		for _, bad := range []string{"a\x00b", "a\xff"} {
			for what, ask := range map[string]func(*store.Tx) error{
				"a string": func(tx *store.Tx) error { _, err := tx.ContactBySecret(bad); return err },
				"an id":    func(tx *store.Tx) error { _, err := tx.Monitor(practice.MonitorID(bad)); return err },
			} {
				var refusal *practice.Error
				if err := s.View(t.Context(), ask); !errors.As(err, &refusal) || refusal.Code != "text.bytes" {
					t.Errorf("%s %q: %v", what, bad, err)
				}
			}
		}
		if err := s.View(t.Context(), func(tx *store.Tx) error { _, err := tx.Monitor("mon_ß"); return err }); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("text: %v", err)
		}
	})
}
