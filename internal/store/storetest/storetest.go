// Package storetest gives tests new databases of both kinds: a SQLite file and
// a database on a private PostgreSQL that lives as long as the test process.
// Where PostgreSQL is missing the test fails; it never skips.
package storetest

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"debrief/internal/store"
)

// Run runs the test twice, with a new store on SQLite and with one on
// PostgreSQL.
func Run(t *testing.T, test func(*testing.T, *store.Store)) {
	t.Helper()
	Each(t, func(t *testing.T, address string) { test(t, Open(t, address)) })
}

// Each runs the test twice, with the address of a new database. It is for tests
// that open several nodes on it.
func Each(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens a store that is closed at the end of the test. The options can be
// changed first; without that it has the real clock and real randomness.
func Open(t testing.TB, address string, change ...func(*store.Options)) *store.Store {
	t.Helper()
	opt := store.Options{Database: address, Now: time.Now, Random: rand.Reader}
	for _, c := range change {
		c(&opt)
	}
	s, err := store.Open(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return s
}

// Events returns what happened after a position, all of it. On PostgreSQL what
// another database of the same server is still busy with holds events back for a
// moment.
func Events(t testing.TB, s *store.Store, after store.Position) store.Batch {
	t.Helper()
	for late := time.After(time.Minute); ; {
		b, err := s.EventsAfter(t.Context(), after, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		if !b.Waiting {
			return b
		}
		select {
		case <-late:
			t.Fatal("events are held back for a minute")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// SQLite returns the path of a new database, migrated but never opened.
func SQLite(t testing.TB) string {
	t.Helper()
	blank, err := blankFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "debrief.db")
	if err := os.WriteFile(path, blank, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// blankFile is a migrated file, made once.
var blankFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "debrief-blank.")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "debrief.db")
	if err := store.Migrate(context.Background(), store.Options{Database: path, Now: time.Now, Random: rand.Reader}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
