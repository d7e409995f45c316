package job_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"debrief/internal/job"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Two nodes, one of which starts again: the work is done once a day, and a day
// on which it failed does not end the days after it.
func TestDaily_onceADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		now := newClock()
		var done int
		fails := false
		node := func() (job.Daily, *job.Runner) {
			d := job.Daily{Store: storetest.Open(t, address, now.Option), Kind: "answers.dispose", Work: func(context.Context) error {
				done++
				if fails {
					return errors.New("the disk is full")
				}
				return nil
			}}
			return d, &job.Runner{Store: d.Store, Log: slog.New(slog.DiscardHandler), Handlers: map[string]job.Handler{d.Kind: d.Run}}
		}
		one, first := node()
		two, second := node()
		for _, d := range []job.Daily{one, two, one} {
			if err := d.Begin(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for i, day := range []struct {
			fails bool
			want  int
		}{{false, 1}, {true, 2}, {false, 4}, {false, 5}} { // the third day does what the second could not, and its own
			fails = day.fails
			runDue(t, first)
			runDue(t, second)
			if done != day.want {
				t.Errorf("day %d: done %d times by now, want %d", i+1, done, day.want)
			}
			now.Pass(24 * time.Hour)
		}
	})
}

func TestDaily_leavesNothingTwice(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		d := job.Daily{Store: s, Kind: "doors.forget", Work: func(context.Context) error { return nil }}
		r := &job.Runner{Store: s, Log: slog.New(slog.DiscardHandler), Handlers: map[string]job.Handler{d.Kind: d.Run}}
		for range 3 {
			if err := d.Begin(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := runDue(t, r); n != 1 {
				t.Errorf("%d jobs were due", n)
			}
		}
	})
}
