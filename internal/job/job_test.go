package job_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/job"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func newClock() *storetest.Clock {
	return storetest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
}

func enqueue(t *testing.T, s *store.Store, in time.Duration, payloads ...any) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		for _, p := range payloads {
			if err := tx.Enqueue("mail", tx.Now().Add(in), p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runner(s *store.Store, mail job.Handler) *job.Runner {
	return &job.Runner{Store: s, Log: slog.New(slog.DiscardHandler), Handlers: map[string]job.Handler{"mail": mail}}
}

// start runs the jobs in the background until the test ends, or until stop.
func start(t *testing.T, r *job.Runner) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func runDue(t *testing.T, r *job.Runner) int {
	t.Helper()
	n, err := r.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func givenUp(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.CountJobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n.GivenUp
}

func TestRunner(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		ran := make(chan string, 10)
		start(t, runner(s, func(_ context.Context, payload json.RawMessage) error {
			ran <- string(payload)
			return nil
		}))
		enqueue(t, s, 0, "now")
		enqueue(t, s, 50*time.Millisecond, "a little later")
		enqueue(t, s, time.Hour, "much later")
		if diff := cmp.Diff([]string{`"now"`, `"a little later"`}, []string{<-ran, <-ran}); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunner_triesAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		s := storetest.Open(t, address, c.Option)
		fails := 2
		r := runner(s, func(context.Context, json.RawMessage) error {
			if fails--; fails >= 0 {
				return errors.New("the mail server is away")
			}
			return nil
		})
		enqueue(t, s, 0, nil)
		for _, step := range []struct {
			passes time.Duration
			runs   int
		}{{0, 1}, {7 * time.Second, 0}, {3 * time.Second, 1}, {31 * time.Second, 0}, {9 * time.Second, 1}, {100 * time.Hour, 0}} {
			c.Pass(step.passes)
			if n := runDue(t, r); n != step.runs {
				t.Errorf("%v later %d jobs ran, want %d", step.passes, n, step.runs)
			}
		}
		if n := givenUp(t, s); n != 0 || fails != -1 {
			t.Errorf("%d given up, %d fails left", n, fails)
		}
	})
}

func TestRunner_givesUp(t *testing.T) {
	for _, c := range []struct {
		name    string
		handler job.Handler
		runs    int
		atLeast time.Duration
	}{
		{"after many tries", func(context.Context, json.RawMessage) error { return errors.New("never") }, 16, 72 * time.Hour},
		{"after panics", func(context.Context, json.RawMessage) error { panic("never") }, 16, 72 * time.Hour},
		{"when told so", func(context.Context, json.RawMessage) error { return fmt.Errorf("no such address: %w", job.ErrGiveUp) }, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := newClock()
			s := storetest.Open(t, storetest.SQLite(t), clock.Option)
			r := runner(s, c.handler)
			enqueue(t, s, 0, nil)
			began := clock.Now()
			runs := 0
			for givenUp(t, s) == 0 && runs < 100 {
				n := runDue(t, r)
				runs += n
				if n == 0 {
					clock.Pass(time.Hour)
				}
			}
			if lasted := clock.Now().Sub(began); runs != c.runs || lasted < c.atLeast || lasted > 5*24*time.Hour {
				t.Errorf("gave up after %d runs and %v", runs, lasted)
			}
			clock.Pass(1000 * time.Hour)
			if n := runDue(t, r); n != 0 {
				t.Errorf("%d ran afterwards", n)
			}
		})
	}
}

// A job that outlasts its lease many times stays with its node.
func TestRunner_longJob(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		var runs []string
		finished := make(chan struct{})
		node := func(name string) job.Handler {
			return func(context.Context, json.RawMessage) error {
				runs = append(runs, name)
				<-time.After(10 * time.Minute)
				close(finished)
				return nil
			}
		}
		a, b := storetest.Open(t, path), storetest.Open(t, path)
		stopA, stopB := start(t, runner(a, node("a"))), start(t, runner(b, node("b")))
		enqueue(t, a, 0, nil)
		<-finished
		<-time.After(10 * time.Minute)
		stopA()
		stopB()
		if len(runs) != 1 {
			t.Errorf("ran on %q", runs)
		}
	})
}

// A node that was out of reach for too long stops its job as soon as it finds
// that another has it.
func TestRunner_losesItsJob(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		begun, ended := make(chan struct{}), make(chan error, 1)
		late := storetest.Open(t, path, func(o *store.Options) {
			o.Now = func() time.Time { return time.Now().Add(2 * time.Minute) }
		})
		stop := start(t, runner(storetest.Open(t, path), func(ctx context.Context, _ json.RawMessage) error {
			close(begun)
			<-ctx.Done()
			ended <- context.Cause(ctx)
			return ctx.Err()
		}))
		enqueue(t, late, -time.Hour, nil)
		<-begun
		if n := runDue(t, runner(late, func(context.Context, json.RawMessage) error { return nil })); n != 1 {
			t.Fatalf("%d jobs were taken over", n)
		}
		if err := <-ended; err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("the first one ended with %v", err)
		}
		stop()
		if n := runDue(t, runner(late, func(context.Context, json.RawMessage) error { return nil })); n != 0 {
			t.Errorf("the one who lost the job put it back: %d ran again", n)
		}
	})
}

// Where nothing can be written, due jobs are asked for now and then: a log that
// says so a hundred times a second would fill what is left of the disk.
func TestRunner_whereNothingCanBeWritten(t *testing.T) {
	path := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		s := storetest.Open(t, path)
		enqueue(t, s, 0, nil)
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE UPDATE ON job BEGIN SELECT RAISE(ABORT, 'full'); END`); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		r := runner(s, func(context.Context, json.RawMessage) error { return nil })
		r.Log = slog.New(slog.NewTextHandler(&log, nil))
		stop := start(t, r)
		<-time.After(time.Minute)
		stop()
		if n := strings.Count(log.String(), "cannot be claimed"); n < 2 || n > 10 {
			t.Errorf("in a minute the log says %d times that jobs cannot be claimed", n)
		}
	})
}

// A server that stops leaves its job to the others at once, with no lease to
// wait for.
func TestRunner_stops(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := newClock()
		a, b := storetest.Open(t, address, c.Option), storetest.Open(t, address, c.Option)
		begun := make(chan struct{})
		stop := start(t, runner(a, func(ctx context.Context, _ json.RawMessage) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}))
		enqueue(t, a, 0, nil)
		<-begun
		stop()
		if n := runDue(t, runner(b, func(context.Context, json.RawMessage) error { return nil })); n != 1 {
			t.Errorf("%d jobs ran on the other node", n)
		}
	})
}

func TestRunner_twoNodes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		const jobs = 100
		var mu sync.Mutex
		got := map[string]int{}
		all := make(chan struct{})
		for range 2 {
			start(t, runner(storetest.Open(t, address), func(_ context.Context, payload json.RawMessage) error {
				mu.Lock()
				defer mu.Unlock()
				if got[string(payload)]++; len(got) == jobs {
					close(all)
				}
				return nil
			}))
		}
		s := storetest.Open(t, address)
		want := map[string]int{}
		for i := range jobs {
			enqueue(t, s, 0, i)
			want[fmt.Sprint(i)] = 1
		}
		<-all
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// process runs this test binary once more, as a node of its own that prints the
// jobs it has begun. If it should hang, it keeps the first one for ever.
func process(t *testing.T, address string, hang bool) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestNode$", "-test.v")
	cmd.Env = append(os.Environ(), "DEBRIEF_TEST_NODE="+address, fmt.Sprintf("DEBRIEF_TEST_HANG=%t", hang))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, bufio.NewScanner(out)
}

// TestNode is what [process] runs; by itself it does nothing.
func TestNode(t *testing.T) {
	address := os.Getenv("DEBRIEF_TEST_NODE")
	if address == "" {
		return
	}
	r := runner(storetest.Open(t, address), func(ctx context.Context, payload json.RawMessage) error {
		fmt.Printf("job %s\n", payload)
		if os.Getenv("DEBRIEF_TEST_HANG") == "true" {
			<-ctx.Done()
		}
		return nil
	})
	fmt.Println("job ready")
	r.Run(t.Context())
}

// nextJob is the next line of a process that tells of a job.
func nextJob(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if said, ok := strings.CutPrefix(lines.Text(), "job "); ok {
			return said
		}
	}
	t.Fatal("the other process ended")
	return ""
}

// Two server processes on one database share its jobs, also on SQLite.
func TestRunner_twoProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		const jobs = 40
		s := storetest.Open(t, address)
		said := make(chan string, 2*jobs)
		for range 2 {
			_, lines := process(t, address, false)
			if nextJob(t, lines) != "ready" {
				t.Fatal("a job ran before there was one")
			}
			go func() {
				for lines.Scan() {
					if job, ok := strings.CutPrefix(lines.Text(), "job "); ok {
						said <- job
					}
				}
			}()
		}
		for i := range jobs {
			enqueue(t, s, 0, i)
		}
		got := map[string]int{}
		for range jobs {
			got[<-said]++
		}
		if len(got) != jobs {
			t.Errorf("%d of %d jobs ran: %v", len(got), jobs, got)
		}
	})
}

// The job of a node that was killed is done by another once the lease is over,
// and not before: until then it might still be alive.
func TestRunner_killed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		ahead := time.Duration(0)
		s := storetest.Open(t, address, func(o *store.Options) {
			o.Now = func() time.Time { return time.Now().Add(ahead) }
		})
		node, lines := process(t, address, true)
		nextJob(t, lines)
		enqueue(t, s, 0, "important")
		if got := nextJob(t, lines); got != `"important"` {
			t.Fatalf("the other process began %s", got)
		}
		if err := node.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var ran []string
		r := runner(s, func(_ context.Context, payload json.RawMessage) error {
			ran = append(ran, string(payload))
			return nil
		})
		if n := runDue(t, r); n != 0 {
			t.Errorf("took over %d jobs before the lease was over", n)
		}
		ahead = time.Minute + time.Second
		if n := runDue(t, r); n != 1 {
			t.Errorf("took over %d jobs", n)
		}
		if diff := cmp.Diff([]string{`"important"`}, ran); diff != "" {
			t.Error(diff)
		}
	})
}
