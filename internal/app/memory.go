package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// memory is the index behind search and "has this happened before?", and how
// far it has read the log.
type memory struct {
	filled chan struct{} // closed once there is an index

	sync.Mutex
	index   *recall.Index   // written before filled is closed, and never again
	pending map[string]bool // the nouns that were told of and not learned yet
	at      store.Position  // all before it was told of
}

func (m *memory) reach(at store.Position) {
	if at.Compare(m.at) > 0 {
		m.at = at
	}
}

// fillTime is how long a search waits for the index after a start.
const fillTime = 2 * time.Second

// ErrResting says that the index is still being filled.
var ErrResting = practice.Refuse(practice.Busy, "search.rests")

// recall returns the index once there is one.
func (a *App) recall(ctx context.Context) (*recall.Index, error) {
	ctx, stop := context.WithTimeout(ctx, fillTime)
	defer stop()
	select {
	case <-a.memory.filled:
		return a.memory.index, nil
	case <-ctx.Done():
		return nil, ErrResting
	}
}

// Likenesses asks the index on behalf of a room, which says itself what may be
// found. While the index is being filled there are none.
func (a *App) Likenesses(ctx context.Context, q recall.Query) ([]recall.Hit, error) {
	index, err := a.recall(ctx)
	if errors.Is(err, ErrResting) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return index.Similar(q), nil
}

// Fill makes the index: from a snapshot and what happened since, if the
// snapshot is one of this database and this program, else from the database;
// nil is no snapshot. It is called once. Whoever calls [App.Learn] for all
// events from before the call on misses nothing. It reports whether the
// snapshot said less than the index does now, or other things.
func (a *App) Fill(ctx context.Context, snapshot io.Reader) (stale bool, err error) {
	index, was, err := a.thaw(ctx, snapshot)
	at := was
	if err == nil {
		at, err = a.follow(ctx, index, was)
	}
	if errors.Is(err, recall.ErrSnapshot) {
		index = recall.New()
		at, err = a.learnAll(ctx, index)
	}
	if err != nil {
		return false, err
	}
	m := &a.memory
	m.Lock()
	defer m.Unlock()
	if _, err := a.catchUp(ctx, index); err != nil {
		return false, err
	}
	m.index = index
	m.reach(at)
	close(m.filled)
	return at != was, nil
}

// thaw reads a snapshot and returns up to where it knows the log. Whatever is
// wrong with it is a [recall.ErrSnapshot].
func (a *App) thaw(ctx context.Context, snapshot io.Reader) (*recall.Index, store.Position, error) {
	if snapshot == nil {
		return nil, store.Position{}, recall.ErrSnapshot
	}
	index, origin, err := recall.Load(snapshot)
	if err != nil {
		return nil, store.Position{}, err
	}
	_, place, _ := strings.Cut(origin, " at ")
	at, err := store.ParsePosition(place)
	if err != nil {
		return nil, store.Position{}, fmt.Errorf("%w: %w", recall.ErrSnapshot, err)
	}
	ours, err := read(ctx, a, func(tx *store.Tx) (string, error) { return a.origin(tx, at) })
	if isNotFound(err) || err == nil && ours != origin {
		return nil, store.Position{}, fmt.Errorf("%w: it is of %s", recall.ErrSnapshot, origin)
	}
	return index, at, err
}

// follow learns what happened after a position and returns up to where.
func (a *App) follow(ctx context.Context, index *recall.Index, at store.Position) (store.Position, error) {
	for {
		batch, err := a.store.EventsAfter(ctx, at, atOnce)
		if err != nil {
			return at, err
		}
		ids := map[string]bool{}
		for _, e := range batch.Events {
			ids[e.About] = true
		}
		err = a.store.View(ctx, func(tx *store.Tx) error {
			_, err := learn(tx, index, ids)
			return err
		})
		if at = batch.Next; err != nil || len(batch.Events) < atOnce {
			return at, err
		}
	}
}

// atOnce is how many events or failures are read in one go.
const atOnce = 500

// origin names the database, this program, and the event at a position: a
// database that was put back to an earlier day has another one there, or none.
func (a *App) origin(tx *store.Tx, at store.Position) (string, error) {
	e, err := tx.EventAt(at)
	return fmt.Sprintf("%s by %q after %s %s %d at %s", a.store.Incarnation(), a.build, e.Kind, e.About, e.At.UnixMicro(), at), err
}

// learnAll fills an empty index from the database and returns up to where.
func (a *App) learnAll(ctx context.Context, index *recall.Index) (at store.Position, err error) {
	err = a.store.View(ctx, func(tx *store.Tx) error {
		if at, err = tx.Head(); err != nil {
			return err
		}
		if err := learnFailures(tx, index); err != nil {
			return err
		}
		ids, err := tx.Findable()
		if err != nil {
			return err
		}
		others := make(map[string]bool, len(ids))
		for _, id := range ids {
			others[id] = true
		}
		_, err = learn(tx, index, others)
		return err
	})
	return at, err
}

// learnFailures learns all failures, many at a time: most of what there is.
func learnFailures(tx *store.Tx, index *recall.Index) error {
	l, err := newLearner(tx)
	if err != nil {
		return err
	}
	page := store.FailureFilter{All: true, AtMost: atOnce}
	for {
		failures, err := tx.Failures(page)
		if err != nil || len(failures) == 0 {
			return err
		}
		for _, f := range failures {
			put(index, l.failure(f))
		}
		page.Before = failures[len(failures)-1].Number
	}
}

// Learn brings the index up to what the events tell of. It reads each noun as
// it stands now, so the same event may come twice and none has to carry text.
// Raw answers are never in the index. It reports whether words were forgotten
// that were in the index before, and so in snapshots of it. What could not be
// learned is learned with the next events.
func (a *App) Learn(ctx context.Context, events []store.StoredEvent) (forgot bool, err error) {
	m := &a.memory
	m.Lock()
	defer m.Unlock()
	for _, e := range events {
		m.pending[e.About] = true
		m.reach(e.Position)
	}
	if m.index == nil {
		return false, nil
	}
	return a.catchUp(ctx, m.index)
}

// catchUp learns what is pending. The memory is locked.
func (a *App) catchUp(ctx context.Context, index *recall.Index) (forgot bool, err error) {
	m := &a.memory
	if len(m.pending) == 0 {
		return false, nil
	}
	err = a.store.View(ctx, func(tx *store.Tx) error {
		forgot, err = learn(tx, index, m.pending)
		return err
	})
	if err == nil {
		clear(m.pending)
	}
	return forgot, err
}

// learn puts nouns into the index and takes out those that are gone.
func learn(tx *store.Tx, index *recall.Index, ids map[string]bool) (forgot bool, err error) {
	l, err := newLearner(tx)
	if err != nil {
		return false, err
	}
	var failures []practice.FailureID
	for id := range ids {
		if strings.HasPrefix(id, "flr_") {
			failures = append(failures, practice.FailureID(id))
			continue
		}
		docs, err := l.docs(id)
		switch {
		case isNotFound(err):
			forgot = index.Remove(id) || forgot
			continue
		case err != nil:
			return forgot, err
		}
		for _, d := range docs {
			forgot = put(index, d) || forgot
		}
	}
	other, err := l.these(index, failures)
	return forgot || other, err
}

// these learns failures, all in one go: of them many come at once.
func (l learner) these(index *recall.Index, ids []practice.FailureID) (forgot bool, err error) {
	if len(ids) == 0 {
		return false, nil
	}
	there, err := l.tx.FailuresOf(ids)
	if err != nil {
		return false, err
	}
	gone := map[practice.FailureID]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	for _, f := range there {
		forgot = put(index, l.failure(f)) || forgot
		delete(gone, f.ID)
	}
	for id := range gone {
		forgot = index.Remove(string(id)) || forgot
	}
	return forgot, nil
}

// put puts a document into the index, or takes it out if it says nothing.
func put(index *recall.Index, d recall.Doc) (forgot bool) {
	if d.Title == "" && d.Text == "" {
		return index.Remove(d.ID)
	}
	return index.Put(d)
}

// Snapshot is the index as it stood at one place in the log.
type Snapshot struct {
	At     store.Position
	origin string
	frozen recall.Frozen
}

// Write writes what [App.Fill] reads.
func (s Snapshot) Write(w io.Writer) error { return s.frozen.Write(w, s.origin) }

// Freeze returns a snapshot, or [practice.ErrNotFound] where there is nothing to
// keep: no index yet, nothing in the log, or something that is not learned yet.
func (a *App) Freeze(ctx context.Context) (Snapshot, error) {
	m := &a.memory
	m.Lock()
	defer m.Unlock()
	if m.index == nil || len(m.pending) > 0 {
		return Snapshot{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (Snapshot, error) {
		origin, err := a.origin(tx, m.at)
		return Snapshot{At: m.at, origin: origin, frozen: m.index.Freeze()}, err
	})
}
