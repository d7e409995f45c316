package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// together runs functions that come while the first one is running, so that
// they all share one transaction. kept counts those that were acknowledged.
func together(t *testing.T, s *store.Store, kept *atomic.Int32, first func(*store.Tx) error, others ...func(*store.Tx) error) []error {
	errs := make([]error, len(others)+1)
	update := func(i int, fn func(*store.Tx) error) {
		if errs[i] = s.Update(t.Context(), fn); errs[i] == nil {
			kept.Add(1)
		}
	}
	begun, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		once := sync.OnceFunc(func() { close(begun); <-release })
		update(0, func(tx *store.Tx) error { once(); return first(tx) })
	})
	<-begun
	for i, fn := range others {
		all.Go(func() { update(i+1, fn) })
		synctest.Wait() // it stands in the queue
	}
	close(release)
	all.Wait()
	return errs
}

func TestUpdate_sharesOneCommit(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		s := storetest.Open(t, path)
		withNotes(t, s)
		boom := errors.New("boom")
		var kept atomic.Int32
		errs := together(t, s, &kept, addNote("a", ""), func(tx *store.Tx) error {
			return errors.Join(addNote("b", "")(tx), boom)
		}, func(tx *store.Tx) error {
			inside, err := tx.Strings(`SELECT id FROM note`)
			if diff := cmp.Diff([]string{"a"}, inside); diff != "" {
				t.Error("inside of the group:", diff)
			}
			if outside := notes(t, s); outside != nil {
				t.Errorf("%q can be seen before the commit", outside)
			}
			synctest.Wait()
			if kept.Load() != 0 {
				t.Error("acknowledged before the commit")
			}
			return errors.Join(err, addNote("c", "")(tx))
		})
		if errs[0] != nil || !errors.Is(errs[1], boom) || errs[2] != nil {
			t.Errorf("answers %v", errs)
		}
		if diff := cmp.Diff([]string{"a", "c"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUpdate_leavesTheQueue(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		s := storetest.Open(t, path)
		withNotes(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		together(t, s, new(atomic.Int32), func(tx *store.Tx) error {
			var waiting sync.WaitGroup
			waiting.Go(func() {
				if err := s.Update(ctx, addNote("left", "")); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
			synctest.Wait()
			cancel()
			waiting.Wait() // answered at once, not only when its turn would come
			return addNote("a", "")(tx)
		}, addNote("b", ""))
		if diff := cmp.Diff([]string{"a", "b"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

// A file that is full makes SQLite undo the whole transaction. Those who shared
// it with the one who asked for too much must not suffer for it.
func TestUpdate_neighbourFillsTheFile(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		s := storetest.Open(t, path, limited(path, 40))
		withNotes(t, s)
		errs := together(t, s, new(atomic.Int32), addNote("small", ""), addNote("huge", strings.Repeat("x", 1<<20)), addNote("late", ""))
		if errs[0] != nil || !errors.Is(errs[1], practice.ErrFull) || errs[2] != nil {
			t.Errorf("answers %v", errs)
		}
		if diff := cmp.Diff([]string{"late", "small"}, notes(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

// limited leaves so many pages of room in the file.
func limited(path string, pages int64) func(*store.Options) {
	return func(o *store.Options) {
		if info, err := os.Stat(path); err == nil {
			o.MaxPages = info.Size()/4096 + pages
		}
	}
}

func TestUpdate_fullFile(t *testing.T) {
	path := storetest.SQLite(t)
	s := storetest.Open(t, path, limited(path, 60))
	withNotes(t, s)
	kept := 0
	var err error
	for ; err == nil && kept < 1000; kept++ {
		err = s.Update(t.Context(), addNote(fmt.Sprintf("n%03d", kept), strings.Repeat("x", 3000)))
	}
	kept-- // the last one was refused
	if !errors.Is(err, practice.ErrFull) || practice.KindOf(err) != practice.Busy {
		t.Fatalf("got %v", err)
	}
	if got := notes(t, s); len(got) != kept || kept < 10 {
		t.Errorf("%d notes are there, %d were acknowledged", len(got), kept)
	}
	update(t, s, func(tx *store.Tx) error { // room is made, and service comes back
		_, err := tx.Exec(`DELETE FROM note WHERE id < 'n010'`)
		return err
	})
	update(t, s, addNote("again", strings.Repeat("x", 3000)))
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

// code is an error as the driver makes them.
type code int

func (c code) Error() string { return "injected" }
func (c code) Code() int     { return int(c) }

func TestUpdate_diskFailsAtCommit(t *testing.T) {
	const ioerr, fsync, write = 10, 10 | 4<<8, 10 | 3<<8
	for _, c := range []struct {
		name    string
		err     code
		returns bool // service comes back by itself
	}{{"write", write, true}, {"other", ioerr, true}, {"fsync", fsync, false}} {
		t.Run(c.name, func(t *testing.T) {
			s := storetest.Open(t, storetest.SQLite(t))
			withNotes(t, s)
			update(t, s, addNote("before", ""))
			heal := store.FailCommits(s, c.err)
			if err := s.Update(t.Context(), addNote("lost", "")); !errors.Is(err, practice.ErrReadOnly) {
				t.Errorf("got %v", err)
			}
			heal()
			err := s.Update(t.Context(), addNote("after", ""))
			if c.returns != (err == nil) || c.returns != (s.Ping(t.Context()) == nil) {
				t.Errorf("after the fault: %v", err)
			}
			want := []string{"before"}
			if c.returns {
				want = []string{"after", "before"}
			}
			if diff := cmp.Diff(want, notes(t, s)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is deleted must be gone from the files. Without Scrub it still stands in
// the write-ahead log, which is the control.
func TestScrub(t *testing.T) {
	path := storetest.SQLite(t)
	s := storetest.Open(t, path)
	withNotes(t, s)
	const canary = "nobody must read this canary again"
	update(t, s, addNote("a", canary))
	update(t, s, func(tx *store.Tx) error {
		_, err := tx.Exec(`DELETE FROM note`)
		return err
	})
	found := func() (n int) {
		for _, name := range []string{path, path + "-wal"} {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			n += bytes.Count(b, []byte(canary))
		}
		return n
	}
	if found() == 0 {
		t.Fatal("the control found nothing, so this test proves nothing")
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := found(); n != 0 {
		t.Errorf("found %d times after scrubbing", n)
	}
}

// BenchmarkUpdate is one report: its row and its event, on disk. With many
// writers the group shares the wait for the disk.
func BenchmarkUpdate(b *testing.B) {
	for _, address := range []func(testing.TB) string{storetest.SQLite, storetest.Postgres} {
		for _, writers := range []int{1, 64} {
			at := address(b)
			kind := "sqlite"
			if strings.Contains(at, "://") {
				kind = "postgres-without-fsync"
			}
			b.Run(fmt.Sprintf("%s/writers=%d", kind, writers), func(b *testing.B) {
				s := storetest.Open(b, at)
				if err := s.Update(b.Context(), func(tx *store.Tx) error {
					_, err := tx.Exec(`CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, text TEXT NOT NULL, at BIGINT NOT NULL)`)
					return err
				}); err != nil {
					b.Fatal(err)
				}
				b.ResetTimer()
				write(b, s, writers)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
			})
		}
	}
}

func write(b *testing.B, s *store.Store, writers int) {
	text := strings.Repeat("it went otherwise than we meant ", 10)
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				err := s.Update(b.Context(), func(tx *store.Tx) error {
					id := tx.NewID("flr")
					return errors.Join(addNote(id, text)(tx), tx.Emit(practice.Event{Kind: "failure.reported", About: id}))
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}
