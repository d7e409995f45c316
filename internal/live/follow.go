// Package live follows the log of events and tells whoever is watching.
//
// Each node has one [Follower]. It reads what was committed, by whichever node,
// in the order of the commits, and hands every event once to its takers: the
// index of recall, the [Hub] of open pages. Nothing else reads the log, so
// nothing else has to know how to read it without losing any of it.
package live

import (
	"context"
	"log/slog"
	"time"

	"debrief/internal/store"
)

const (
	atOnce    = 500                   // events read in one go
	look      = time.Second           // how often we look, told or not
	undecided = 10 * time.Millisecond // how soon we look again while an older transaction is under way
)

// Follower reads the log from a position on.
type Follower struct {
	Store *store.Store
	From  store.Position // where to begin; the zero value begins with the first event
	Log   *slog.Logger
	// Takers are handed every event once, in order and one after the other.
	// The next events wait for the slowest of them. Whoever has read tables and
	// follows from [store.Tx.Head] may be told of something they already know.
	Takers []func([]store.StoredEvent)
}

// Run follows until ctx ends. While the database does not answer, it waits and
// goes on where it was.
func (f *Follower) Run(ctx context.Context) {
	at, soon := f.From, undecided
	for ctx.Err() == nil {
		changed := f.Store.Changed()
		batch, err := f.Store.EventsAfter(ctx, at, atOnce)
		if err != nil && ctx.Err() == nil {
			f.Log.Warn("the events cannot be read; trying again", "err", err)
		}
		if len(batch.Events) > 0 {
			for _, take := range f.Takers {
				take(batch.Events)
			}
			at = batch.Next
			if len(batch.Events) == atOnce {
				continue
			}
		}
		wait := look
		if batch.Waiting { // nobody tells us when the older transaction is decided
			wait, soon = soon, min(2*soon, look)
		} else {
			soon = undecided
		}
		select {
		case <-changed:
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}
