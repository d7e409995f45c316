package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// keepEvery is how often a running server keeps its index, if it has learned
// anything. It loses no more than that when it is killed, and reads it from the
// log again.
const keepEvery = 10 * time.Minute

// keptIndex is the file in which the index outlives the process. It holds the
// words of what may be found and is no copy of anything: without it the index
// is made from the database.
type keptIndex struct {
	app  *app.App
	path string // empty: nothing is kept
	log  *slog.Logger

	sync.Mutex
	at store.Position // of the file, if we wrote one; zero if not, or if it was dropped
}

// beside is where the index of a SQLite file is kept; a PostgreSQL server has
// no folder of ours beside it.
func (d database) beside() string {
	if strings.Contains(d.Database, "://") {
		return ""
	}
	return d.Database + ".index"
}

// fill fills the index of an app from a file, if there is one and it is right,
// and else from the database.
func fill(ctx context.Context, a *app.App, path string) (stale bool, err error) {
	f, err := os.Open(path)
	if err != nil { // none yet, or none we may read
		return a.Fill(ctx, nil)
	}
	defer f.Close()
	return a.Fill(ctx, f)
}

// run fills the index and then keeps it now and then, until ctx ends.
func (k *keptIndex) run(ctx context.Context) {
	began := time.Now()
	stale, err := fill(ctx, k.app, k.path)
	for wait := time.Second; err != nil && ctx.Err() == nil; wait = min(2*wait, time.Minute) {
		k.log.Error("the index cannot be filled; trying again", "err", err)
		select {
		case <-time.After(wait):
			stale, err = k.app.Fill(ctx, nil)
		case <-ctx.Done():
		}
	}
	k.log.Info("index filled", "anew", stale, "took", time.Since(began))
	if stale {
		k.save(ctx)
	}
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			k.save(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// save writes the file anew if the index has learned something since.
func (k *keptIndex) save(ctx context.Context) {
	k.Lock()
	defer k.Unlock()
	if k.path == "" {
		return
	}
	frozen, err := k.app.Freeze(ctx)
	if err == nil && frozen.At != k.at {
		if err = replace(k.path, frozen.Write); err == nil {
			k.at = frozen.At
		}
	}
	if err != nil && !errors.Is(err, practice.ErrNotFound) && ctx.Err() == nil {
		k.log.Warn("the index is not kept", "err", err)
	}
}

// drop removes the file: it has words that were taken out everywhere else.
func (k *keptIndex) drop() {
	k.Lock()
	defer k.Unlock()
	k.at = store.Position{}
	if k.path == "" {
		return
	}
	for _, path := range []string{k.path, k.path + beingWritten} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			k.log.Error("the kept index has words that were taken out", "err", err)
		}
	}
}
