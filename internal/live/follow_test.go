package live_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	_ "github.com/jackc/pgx/v5/stdlib"

	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func emit(about string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return tx.Emit(practice.Event{Kind: "failure.reported", About: about})
	}
}

func update(t *testing.T, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// follow starts a follower and returns what it hands over, one at a time.
func follow(t *testing.T, s *store.Store) <-chan store.StoredEvent {
	taken := make(chan store.StoredEvent, 10_000)
	ctx, cancel := context.WithCancel(t.Context())
	f := &live.Follower{Store: s, Log: slog.New(slog.DiscardHandler), Takers: []func([]store.StoredEvent){
		func(events []store.StoredEvent) {
			for _, e := range events {
				taken <- e
			}
		},
	}}
	done := make(chan struct{})
	go func() { defer close(done); f.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return taken
}

// next waits for n events.
func next(t *testing.T, taken <-chan store.StoredEvent, n int) (about []string) {
	t.Helper()
	for range n {
		about = append(about, (<-taken).About)
	}
	return about
}

func TestFollower(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		a, b := storetest.Open(t, address), storetest.Open(t, address)
		update(t, a, emit("before"))
		onA, onB := follow(t, a), follow(t, b)
		var writing sync.WaitGroup
		want := []string{"before"}
		for w, s := range []*store.Store{a, b, a, b} {
			for i := range 50 {
				want = append(want, fmt.Sprintf("%d_%d", w, i))
			}
			writing.Go(func() {
				for i := range 50 {
					if err := s.Update(t.Context(), emit(fmt.Sprintf("%d_%d", w, i))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		writing.Wait()
		gotA, gotB := next(t, onA, len(want)), next(t, onB, len(want))
		if diff := cmp.Diff(gotA, gotB); diff != "" {
			t.Errorf("two nodes heard in different order: %s", diff)
		}
		if diff := cmp.Diff(want, gotA, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("not every event once: %s", diff)
		}
	})
}

// naive follows as one would who knows of no other writers: by the largest
// number seen.
type naive struct {
	db   *sql.DB
	last int64
	got  []string
}

func (n *naive) look(t *testing.T) {
	t.Helper()
	rows, err := n.db.QueryContext(t.Context(), `SELECT seq, about FROM event WHERE seq > $1 ORDER BY seq`, n.last)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var about string
		if err := rows.Scan(&n.last, &about); err != nil {
			t.Fatal(err)
		}
		n.got = append(n.got, about)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// On PostgreSQL an event gets its number before its transaction is decided. A
// long transaction that takes a low number and commits last is lost to a
// follower by number, which is the control here, and not to ours.
func TestFollower_commitsOutOfOrder(t *testing.T) {
	address := storetest.Postgres(t)
	a, b := storetest.Open(t, address), storetest.Open(t, address)
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	control := &naive{db: db}

	ours := follow(t, b)
	written, release, decided := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		decided <- a.Update(t.Context(), func(tx *store.Tx) error {
			err := emit("long")(tx)
			close(written)
			<-release
			return err
		})
	}()
	<-written
	update(t, b, emit("short"))
	control.look(t)
	batch, err := b.EventsAfter(t.Context(), store.Position{}, 10)
	if err != nil || len(batch.Events) != 0 || !batch.Waiting {
		t.Errorf("before the long transaction is decided: %v, %v", batch, err)
	}
	close(release)
	if err := <-decided; err != nil {
		t.Fatal(err)
	}
	update(t, b, emit("later"))
	control.look(t)

	if diff := cmp.Diff([]string{"long", "short", "later"}, next(t, ours, 3)); diff != "" {
		t.Error(diff)
	}
	if slices.Contains(control.got, "long") {
		t.Errorf("the control lost nothing, it saw %q: this test proves nothing", control.got)
	}
}

// When the database goes away for a moment, the follower goes on where it was.
func TestFollower_connectionsLost(t *testing.T) {
	address := storetest.Postgres(t)
	a, b := storetest.Open(t, address), storetest.Open(t, address)
	taken := follow(t, b)
	update(t, a, emit("before"))
	next(t, taken, 1)
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		t.Fatal(err)
	}
	for a.Update(t.Context(), emit("after")) != nil { // the pool needs a moment too
	}
	if diff := cmp.Diff([]string{"after"}, next(t, taken, 1)); diff != "" {
		t.Error(diff)
	}
}
