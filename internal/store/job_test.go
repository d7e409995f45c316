package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func newClock() *storetest.Clock {
	return storetest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
}

func enqueue(kind string, in time.Duration, payload any) func(*store.Tx) error {
	return func(tx *store.Tx) error { return tx.Enqueue(kind, tx.Now().Add(in), payload) }
}

func claim(t *testing.T, s *store.Store, kinds ...string) (store.Job, bool) {
	t.Helper()
	j, err := s.ClaimJob(t.Context(), kinds, time.Minute)
	if errors.Is(err, practice.ErrNotFound) {
		return store.Job{}, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return j, true
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestClaimJob(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		s := storetest.Open(t, address, c.Option)
		update(t, s, enqueue("late", time.Hour, nil))
		update(t, s, enqueue("mail", time.Minute, map[string]int{"n": 1}))
		update(t, s, enqueue("unknown", 0, nil))
		lost := errors.New("lost")
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(enqueue("mail", 0, nil)(tx), lost)
		}); !errors.Is(err, lost) {
			t.Fatal(err)
		}
		if j, ok := claim(t, s, "mail", "late"); ok {
			t.Errorf("claimed %v before it was due", j)
		}
		wait, err := s.NextJob(t.Context(), []string{"mail", "late"})
		if err != nil || wait != time.Minute {
			t.Errorf("next is due in %v, %v", wait, err)
		}
		c.Pass(time.Minute)
		j, ok := claim(t, s, "mail", "late")
		if !ok || j.Kind != "mail" || string(j.Payload) != `{"n":1}` || j.Attempts != 1 {
			t.Errorf("claimed %v", j)
		}
		if again, ok := claim(t, s, "mail", "late"); ok {
			t.Errorf("claimed %v twice", again)
		}
		must(t, s.FinishJob(t.Context(), j))
		if _, err := s.NextJob(t.Context(), []string{"mail"}); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("a finished job is due: %v", err)
		}
	})
}

func TestClaimJob_afterTheLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		dead, alive := storetest.Open(t, address, c.Option), storetest.Open(t, address, c.Option)
		update(t, dead, enqueue("mail", 0, nil))
		old, _ := claim(t, dead, "mail")
		c.Pass(30 * time.Second)
		must(t, dead.RenewJob(t.Context(), old, time.Minute))
		c.Pass(59 * time.Second)
		if j, ok := claim(t, alive, "mail"); ok {
			t.Fatalf("took %v over while it was renewed", j)
		}
		c.Pass(time.Second)
		j, ok := claim(t, alive, "mail")
		if !ok || j.ID != old.ID || j.Attempts != 2 {
			t.Fatalf("took over %v", j)
		}
		for _, err := range []error{
			dead.RenewJob(t.Context(), old, time.Minute), dead.FinishJob(t.Context(), old),
			dead.RetryJob(t.Context(), old, 0), dead.GiveUpJob(t.Context(), old),
		} {
			if !errors.Is(err, practice.ErrChanged) {
				t.Errorf("the one who lost the job got %v", err)
			}
		}
		must(t, alive.RetryJob(t.Context(), j, time.Hour))
		c.Pass(time.Hour)
		j, ok = claim(t, dead, "mail")
		if !ok || j.Attempts != 3 {
			t.Fatalf("claimed %v", j)
		}
		must(t, dead.GiveUpJob(t.Context(), j))
		c.Pass(1000 * time.Hour)
		if _, ok := claim(t, dead, "mail"); ok {
			t.Error("claimed a job that was given up")
		}
		if n, err := dead.CountJobs(t.Context()); n.GivenUp != 1 || err != nil {
			t.Errorf("%d given up, %v", n, err)
		}
	})
}

func TestClaimJob_manyAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		nodes := []*store.Store{storetest.Open(t, address, c.Option), storetest.Open(t, address, c.Option)}
		const jobs = 60
		want := map[int]int{}
		update(t, nodes[0], func(tx *store.Tx) error {
			for i := range jobs {
				want[i] = 1
				if err := enqueue("mail", 0, i)(tx); err != nil {
					return err
				}
			}
			return nil
		})
		var mu sync.Mutex
		got := map[string]int{}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				for {
					j, err := nodes[i%2].ClaimJob(t.Context(), []string{"mail"}, time.Minute)
					if errors.Is(err, practice.ErrNotFound) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					got[string(j.Payload)]++
					mu.Unlock()
					if err := nodes[i%2].FinishJob(t.Context(), j); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for payload, n := range got {
			if n != 1 {
				t.Errorf("job %s ran %d times", payload, n)
			}
		}
		if len(got) != jobs {
			t.Errorf("%d of %d jobs ran", len(got), jobs)
		}
	})
}

func TestRepeated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		s := storetest.Open(t, address, c.Option)
		at := func(key, route string) (location string, err error) {
			err = s.View(t.Context(), func(tx *store.Tx) error {
				location, err = tx.Repeated(key, route)
				return err
			})
			return location, err
		}
		if _, err := at("key", "POST /failures"); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		update(t, s, func(tx *store.Tx) error { return tx.Remember("key", "POST /failures", "/failures/1") })
		if got, err := at("key", "POST /failures"); got != "/failures/1" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if _, err := at("key", "POST /reviews"); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("the key of another route: %v", err)
		}
		c.Pass(48*time.Hour + time.Second)
		update(t, s, func(tx *store.Tx) error { return tx.Dispose() })
		if _, err := at("key", "POST /failures"); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("still there: %v", err)
		}
	})
}

// The same request, sent to two nodes at once, does its work once, and both
// answers lead to it.
func TestRemember_sameRequestAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		nodes := []*store.Store{storetest.Open(t, address), storetest.Open(t, address)}
		const requests = 12
		led := make([]string, requests)
		var all sync.WaitGroup
		for i := range led {
			all.Go(func() {
				err := nodes[i%2].Update(t.Context(), func(tx *store.Tx) (err error) {
					led[i], err = tx.Repeated("key", "POST /failures")
					if !errors.Is(err, practice.ErrNotFound) {
						return err
					}
					led[i] = tx.NewID("flr")
					return errors.Join(emit(led[i])(tx), tx.Remember("key", "POST /failures", led[i]))
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		want := make([]string, requests)
		for i := range want {
			want[i] = led[0]
		}
		if diff := cmp.Diff(want, led); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(led[:1], follow(t, nodes[0]), cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}

// Work for one moment lies ready once, however many leave it, and knows for
// which.
func TestEnqueueAt(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		due := time.Date(2026, 6, 10, 13, 0, 0, 0, time.FixedZone("CEST", 7200))
		for range 2 {
			update(t, s, func(tx *store.Tx) error { return tx.EnqueueAt("again", due) })
		}
		j, err := s.ClaimJob(t.Context(), []string{"again"}, time.Minute)
		if err != nil || string(j.Payload) != `"2026-06-10T11:00:00Z"` {
			t.Errorf("claimed %+v, %v", j, err)
		}
		if _, err := s.ClaimJob(t.Context(), []string{"again"}, time.Minute); !errors.Is(err, practice.ErrNotFound) {
			t.Errorf("there is another: %v", err)
		}
	})
}
