package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/job"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/words"
)

// node is one running Debrief without its faces: the database, the index, the
// one follower of the log, and whoever acts.
type node struct {
	store *store.Store
	app   *app.App
	doors *auth.Auth
	rooms *room.Rooms
	hub   *live.Hub
	log   *slog.Logger
	run   sync.WaitGroup
	stop  context.CancelFunc
}

// openNode opens the database, fills the index from it, and follows from there.
// secure says that people come over https.
func openNode(ctx context.Context, database string, secure bool, log *slog.Logger) (*node, error) {
	db, err := store.Open(ctx, store.Options{Database: database, Now: time.Now, Random: rand.Reader, Log: log})
	if err != nil {
		return nil, err
	}
	n := &node{store: db, log: log,
		app:   app.New(app.Options{Store: db, Index: recall.New(), Log: log}),
		doors: auth.New(auth.Options{Store: db, Now: time.Now, Random: rand.Reader, Secure: secure}),
		rooms: room.New(room.Options{Store: db, Words: words.NewWordlist()})}
	head, err := n.app.LearnAll(ctx)
	for _, d := range n.daily() {
		err = errors.Join(err, d.Begin(ctx))
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	n.hub = live.NewHub(db.Incarnation(), head)
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	n.stop = stop
	follower := &live.Follower{Store: db, From: head, Log: log, Takers: []func([]store.StoredEvent){n.learn(following), n.hub.Take}}
	n.run.Go(func() { follower.Run(following) })
	runner := &job.Runner{Store: db, Handlers: n.jobs(), Log: log}
	n.run.Go(func() { runner.Run(following) })
	return n, nil
}

// learn is the follower's first taker: what was just committed can be found
// before any page is told of it.
func (n *node) learn(ctx context.Context) func([]store.StoredEvent) {
	return func(events []store.StoredEvent) {
		plain := make([]practice.Event, len(events))
		for i, e := range events {
			plain[i] = e.Event
		}
		if err := n.app.Learn(ctx, plain); err != nil && ctx.Err() == nil {
			n.log.Error("learn", "err", err)
		}
	}
}

// jobs are what is done later, one function per kind.
func (n *node) jobs() map[string]job.Handler {
	jobs := map[string]job.Handler{
		"carry.unanswered": func(ctx context.Context, payload json.RawMessage) error {
			var p struct {
				Carry practice.CarryID `json:"carry"`
			}
			if err := json.Unmarshal(payload, &p); err != nil {
				return err
			}
			return n.app.ChaseCarry(ctx, p.Carry)
		},
		"store.scrub": func(ctx context.Context, _ json.RawMessage) error { return n.store.Scrub(ctx) },
	}
	for _, d := range n.daily() {
		jobs[d.Kind] = d.Run
	}
	return jobs
}

// daily is what is done every day: what has ended is forgotten, what was written
// alone goes when its time is over.
func (n *node) daily() []job.Daily {
	return []job.Daily{
		{Store: n.store, Kind: "doors.forget", Work: n.doors.Forget},
		{Store: n.store, Kind: "repeats.forget", Work: func(ctx context.Context) error {
			return n.store.Update(ctx, func(tx *store.Tx) error {
				_, err := tx.ForgetRepeats(tx.Now().Add(-24 * time.Hour))
				return err
			})
		}},
		{Store: n.store, Kind: "answers.dispose", Work: n.app.DisposeAnswers},
	}
}

// close ends the node's own work and closes the database.
func (n *node) close() error {
	n.hub.Close()
	n.stop()
	n.run.Wait()
	return n.store.Close()
}
