package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func emit(about string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		return tx.Emit(practice.Event{Kind: "failure.reported", About: about, In: "tea_1"})
	}
}

func TestEmit(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		hour := time.Date(2026, 5, 4, 3, 0, 0, 0, time.UTC)
		var now time.Time
		update(t, s, func(tx *store.Tx) error {
			now = tx.Now()
			return errors.Join(
				tx.Emit(practice.Event{Kind: "failure.reported", About: "flr_1", In: "tea_1", Data: practice.Args{"n": 3.0}}),
				tx.Emit(practice.Event{Kind: "failure.reported", About: "flr_2", At: hour}))
		})
		lost := errors.New("lost")
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(emit("flr_3")(tx), lost)
		}); !errors.Is(err, lost) {
			t.Fatal(err)
		}
		update(t, s, emit("flr_4"))
		b, err := s.EventsAfter(t.Context(), store.Position{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		want := []practice.Event{
			{Kind: "failure.reported", About: "flr_1", In: "tea_1", At: now, Data: practice.Args{"n": 3.0}},
			{Kind: "failure.reported", About: "flr_2", At: hour, Data: practice.Args{}},
			{Kind: "failure.reported", About: "flr_4", In: "tea_1", Data: practice.Args{}},
		}
		var got []practice.Event
		for _, e := range b.Events {
			got = append(got, e.Event)
		}
		want[2].At = got[2].At
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if b.Waiting {
			t.Error("nothing is waiting")
		}
	})
}

func TestEventsAfter_inSmallSteps(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var want []string
		for i := range 5 {
			update(t, s, func(tx *store.Tx) error {
				for j := range 3 {
					about := fmt.Sprintf("flr_%d_%d", i, j)
					want = append(want, about)
					if err := emit(about)(tx); err != nil {
						return err
					}
				}
				return nil
			})
		}
		var got []string
		var at store.Position
		for {
			b, err := s.EventsAfter(t.Context(), at, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Events) == 0 {
				break
			}
			for _, e := range b.Events {
				got = append(got, e.About)
			}
			at = b.Next
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		head := func() (p store.Position) {
			err := s.View(t.Context(), func(tx *store.Tx) (err error) { p, err = tx.Head(); return err })
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		if head() != (store.Position{}) {
			t.Error("an empty log has a head")
		}
		update(t, s, emit("flr_1"))
		at := head()
		update(t, s, emit("flr_2"))
		b, err := s.EventsAfter(t.Context(), at, 10)
		if err != nil || len(b.Events) != 1 || b.Events[0].About != "flr_2" || b.Next != head() {
			t.Errorf("after the head came %v, %v", b, err)
		}
	})
}

func TestEventsAfter_manyWriters(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const writers, each = 8, 25
		var writing sync.WaitGroup
		var want []string
		for w := range writers {
			for i := range each {
				want = append(want, fmt.Sprintf("flr_%d_%d", w, i))
			}
			writing.Go(func() {
				for i := range each {
					if err := s.Update(t.Context(), emit(fmt.Sprintf("flr_%d_%d", w, i))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var got []string
		var at store.Position
		for len(got) < len(want) {
			changed := s.Changed()
			b, err := s.EventsAfter(t.Context(), at, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range b.Events {
				got = append(got, e.About)
			}
			at = b.Next
			if len(b.Events) == 0 && !b.Waiting {
				<-changed
			}
		}
		writing.Wait()
		if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
			t.Error(diff)
		}
	})
}

// Another node, or the command line beside the server, wakes us too.
func TestChanged_byAnotherProcess(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		a, b := storetest.Open(t, address), storetest.Open(t, address)
		changed := a.Changed()
		<-changed // the first look counts as a change: something may have been before
		for i := range 3 {
			changed = a.Changed()
			update(t, b, emit(fmt.Sprint("flr_", i)))
			select {
			case <-changed:
			case <-t.Context().Done():
				t.Fatal("nobody woke us")
			}
		}
	})
}

// A dump that is read in on another server brings events of transactions that
// are yet to come there. They would be waited for in vain, which is the control.
func TestOpen_eventsOfAnotherServer(t *testing.T) {
	address := storetest.Postgres(t)
	a := storetest.Open(t, address)
	for i := range 3 {
		update(t, a, emit(fmt.Sprint("flr_", i)))
	}
	update(t, a, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE event SET xid = xid + 1000000`)
		return err
	})
	if got := follow(t, a); got != nil {
		t.Fatalf("the control can read %q, so this test proves nothing", got)
	}
	b := storetest.Open(t, address)
	update(t, b, emit("flr_3"))
	if diff := cmp.Diff([]string{"flr_0", "flr_1", "flr_2", "flr_3"}, follow(t, b)); diff != "" {
		t.Error(diff)
	}
	if a.Incarnation() == b.Incarnation() {
		t.Error("positions of before are taken for positions of now")
	}
	if c := storetest.Open(t, address); c.Incarnation() != b.Incarnation() {
		t.Error("it was done once more")
	}
}
