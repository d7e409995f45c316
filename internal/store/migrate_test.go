package store_test

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func options(address string) store.Options {
	return store.Options{Database: address, Now: time.Now, Random: rand.Reader}
}

// blank gives the test databases in which there is not even a schema.
func blank(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "new", "debrief.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, storetest.BlankPostgres(t)) })
}

func TestOpen_sameNewDatabaseAtOnce(t *testing.T) {
	blank(t, func(t *testing.T, address string) {
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := store.Open(t.Context(), options(address))
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestOpen_newerSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
			return err
		})
		_, err := store.Open(t.Context(), options(address))
		if err == nil || !strings.Contains(err.Error(), "newer debrief") || !strings.Contains(err.Error(), "9999") {
			t.Errorf("got %v", err)
		}
	})
}

func TestOpen_olderSchema(t *testing.T) {
	blank(t, func(t *testing.T, address string) {
		if err := store.MigrateTo(t.Context(), options(address), 1, func(tx *store.Tx) error {
			return tx.Emit(practice.Event{Kind: "failure.reported", About: "flr_1"})
		}); err != nil {
			t.Fatal(err)
		}
		s := storetest.Open(t, address)
		if diff := cmp.Diff([]string{"flr_1"}, follow(t, s)); diff != "" {
			t.Error(diff)
		}
		copied, err := filepath.Glob(address + ".schema-*")
		if err != nil || strings.Contains(address, "://") {
			return
		}
		if diff := cmp.Diff([]string{address + ".schema-1"}, copied); diff != "" {
			t.Fatal(diff)
		}
		if info, err := os.Stat(copied[0]); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		if diff := cmp.Diff([]string{"flr_1"}, follow(t, storetest.Open(t, copied[0]))); diff != "" {
			t.Error("in the copy", diff)
		}
	})
}

// A migration that was written beside one with a higher number is made up for.
func TestOpen_lowerNumberComesLater(t *testing.T) {
	blank(t, func(t *testing.T, address string) {
		s := storetest.Open(t, address)
		update(t, s, func(tx *store.Tx) error {
			_, err1 := tx.Exec(`DROP TABLE tablet`)
			_, err2 := tx.Exec(`DELETE FROM goose_db_version WHERE version_id = 22`)
			return errors.Join(err1, err2)
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		update(t, storetest.Open(t, address), func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM tablet`)
			return err
		})
	})
}

func TestNetworkName(t *testing.T) {
	if store.NetworkName(0x6969) != "NFS" || store.NetworkName(0xef53) != "" {
		t.Error("NFS is refused and ext4 is not")
	}
}

// follow reads what all events are about, in order.
func follow(t *testing.T, s *store.Store) (about []string) {
	t.Helper()
	b, err := s.EventsAfter(t.Context(), store.Position{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range b.Events {
		about = append(about, e.About)
	}
	return about
}
