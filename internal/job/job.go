// Package job does work that was left for later: claims it, tries again, gives
// up. It knows kinds and times, not meanings; cmd hands it one function per
// kind.
//
// Any number of nodes may run jobs of one database. A job is done by one of
// them at a time, and once, unless the node that has it dies or loses the
// database for longer than the lease; then another does it again. So a function
// should not mind being run a second time.
package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

const (
	lease    = time.Minute      // how long a claimed job is ours without a further word
	renewal  = lease / 3        // how often we say that word
	look     = 10 * time.Second // how often we look for work that nobody told us of
	collided = 10 * time.Millisecond
	attempts = 16 // after that many, about four days, a job is given up
)

// Handler does one job. Its context ends when the job is no longer ours.
type Handler func(ctx context.Context, payload json.RawMessage) error

// ErrGiveUp is wrapped by a handler whose job would never succeed.
var ErrGiveUp = errors.New("not worth another try")

// Runner does the jobs of one node.
type Runner struct {
	Store    *store.Store
	Handlers map[string]Handler // by kind; other kinds are left for other nodes
	Log      *slog.Logger
	Workers  int // jobs at the same time; default 2
}

// Run does jobs as they become due until ctx ends, and returns when those under
// way have stopped. What they had not finished is due again at once.
func (r *Runner) Run(ctx context.Context) {
	free := make(chan struct{}, cmp.Or(r.Workers, 2))
	var working sync.WaitGroup
	defer working.Wait()
	for ctx.Err() == nil {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return
		}
		changed := r.Store.Changed()
		j, wait, err := r.claim(ctx)
		if err == nil {
			working.Go(func() {
				defer func() { <-free }()
				r.do(ctx, j)
			})
			continue
		}
		<-free
		if !errors.Is(err, practice.ErrNotFound) && ctx.Err() == nil {
			r.Log.Warn("jobs cannot be claimed; trying again", "err", err)
		}
		select {
		case <-changed:
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// RunDue does everything that is due now, one after the other, and says how
// many jobs that were.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		j, err := r.Store.ClaimJob(ctx, r.kinds(), lease)
		if errors.Is(err, practice.ErrNotFound) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		r.do(ctx, j)
	}
}

// claim takes a job if one is due; otherwise it says when to look again.
func (r *Runner) claim(ctx context.Context) (j store.Job, wait time.Duration, err error) {
	wait, err = r.Store.NextJob(ctx, r.kinds())
	if err != nil {
		return j, look, err
	}
	if wait > 0 {
		return j, min(wait, look), practice.ErrNotFound
	}
	j, err = r.Store.ClaimJob(ctx, r.kinds(), lease)
	if errors.Is(err, practice.ErrNotFound) {
		return j, collided, err // another node was faster just now
	}
	return j, look, err
}

func (r *Runner) kinds() []string { return slices.Sorted(maps.Keys(r.Handlers)) }

// do runs a claimed job to its end, whichever that is.
func (r *Runner) do(ctx context.Context, j store.Job) {
	log := r.Log.With("job", j.ID, "kind", j.Kind, "attempt", j.Attempts)
	ours, release := context.WithCancelCause(ctx)
	defer release(nil)
	renewed := make(chan struct{})
	go func() { defer close(renewed); r.renew(ours, release, j) }()
	err := r.handle(ours, j)
	lost := context.Cause(ours)
	release(nil)
	<-renewed
	if errors.Is(lost, practice.ErrChanged) {
		log.Warn("a job took longer than we could keep it; another node has it now", "err", err)
		return
	}
	// The word on how it went must get through even while the server stops.
	if err := r.settle(context.WithoutCancel(ctx), ctx.Err() != nil, j, err, log); err != nil {
		log.Error("the end of a job could not be written; it will be done again", "err", err)
	}
}

func (r *Runner) settle(ctx context.Context, stopping bool, j store.Job, err error, log *slog.Logger) error {
	switch {
	case err == nil:
		return r.Store.FinishJob(ctx, j)
	case stopping:
		return r.Store.RetryJob(ctx, j, 0)
	case errors.Is(err, ErrGiveUp) || j.Attempts >= attempts:
		log.Error("gave a job up", "err", err)
		return r.Store.GiveUpJob(ctx, j)
	default:
		wait := backoff(j)
		log.Warn("a job did not succeed", "err", err, "again in", wait)
		return r.Store.RetryJob(ctx, j, wait)
	}
}

// handle calls the function of the kind. A panic is an error like any other:
// one job must not stop the server.
func (r *Runner) handle(ctx context.Context, j store.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if j.Attempts > attempts {
		return fmt.Errorf("%w: every node that had it died", ErrGiveUp)
	}
	return r.Handlers[j.Kind](ctx, j.Payload)
}

// renew keeps the job ours until ctx ends, or ends it when the job is not.
func (r *Runner) renew(ctx context.Context, release context.CancelCauseFunc, j store.Job) {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := r.Store.RenewJob(ctx, j, lease); errors.Is(err, practice.ErrChanged) {
			release(err)
			return
		}
	}
}

// backoff is how long to wait before the next try: ten seconds, then four times
// as long each time, up to half a day. Its last fifth differs from job to job,
// so that many that failed together do not come back together.
func backoff(j store.Job) time.Duration {
	wait := min(10*time.Second<<(2*min(j.Attempts-1, 8)), 12*time.Hour)
	h := fnv.New32a()
	h.Write([]byte(j.ID))
	return wait - wait/5*time.Duration(h.Sum32()%1000)/1000
}
