package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/job"
	"debrief/internal/language"
	"debrief/internal/live"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/words"
)

// node is one running Debrief without its faces: the database, the index, the
// one follower of the log, and whoever acts.
type node struct {
	store  *store.Store
	app    *app.App
	doors  *auth.Auth
	rooms  *room.Rooms
	hub    *live.Hub
	kept   *keptIndex
	log    *slog.Logger
	clock  clock
	begin  string // where to begin, by what was prepared
	run    sync.WaitGroup
	night  nightly
	ledger []string        // the files for a copy from before; none: nothing is written down
	until  context.Context // over when the node closes
	stop   context.CancelFunc
}

// clock tells the time: the demo's story happened some time ago.
type clock struct{ back atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(-time.Duration(c.back.Load())) }

// nodeOptions say which database a node opens and how.
type nodeOptions struct {
	database string
	index    string // the file the index is kept in between runs; empty for none
	secure   bool   // people come over https
	mails    bool   // this server sends mail
	night    nightly
	erased   string           // one more file for a copy from before; may be empty
	provider *auth.Provider   // where people may sign in too
	phrases  *language.Reader // that notice what sentences do; nil for those of the program
	idle     time.Duration    // how long a name stays picked at a shared tablet; 0 for the usual
	log      *slog.Logger
	// prepare puts something into the database before any job is done, and says
	// where to begin; nil if nothing is prepared.
	prepare func(*node) (string, error)
}

// openNode opens the database, follows its log, and fills the index meanwhile.
func openNode(ctx context.Context, o nodeOptions) (*node, error) {
	n := &node{log: o.log, night: o.night, ledger: ledgers(database{o.database}, o.night.folder, o.erased)}
	db, err := store.Open(ctx, store.Options{Database: o.database, Now: n.clock.now, Random: rand.Reader, Log: o.log})
	if err != nil {
		return nil, err
	}
	n.store = db
	n.app = app.New(app.Options{Store: db, Build: program(), Log: o.log, Mails: o.mails, Backups: o.night.most(), Phrases: o.phrases})
	n.doors = auth.New(auth.Options{Store: db, Now: n.clock.now, Random: rand.Reader, Secure: o.secure, Provider: o.provider, TabletIdle: o.idle})
	n.rooms = room.New(room.Options{Store: db, Words: words.NewWordlist(), Similar: n.app.Likenesses})
	n.kept = &keptIndex{app: n.app, path: o.index, log: o.log}
	var head store.Position
	err = db.View(ctx, func(tx *store.Tx) (err error) {
		head, err = tx.Head()
		return err
	})
	for _, d := range n.daily() {
		err = errors.Join(err, d.Begin(ctx))
	}
	err = errors.Join(err, follow(ctx, n.app, n.ledger), n.app.TurnCycles(ctx))
	err = errors.Join(err, db.Update(ctx, func(tx *store.Tx) error { return tx.AwaitRelease() }))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	n.hub = live.NewHub(db.Incarnation(), head)
	n.until, n.stop = context.WithCancel(context.WithoutCancel(ctx))
	follower := &live.Follower{Store: db, From: head, Log: o.log, Takers: []func([]store.StoredEvent){n.learn(n.until), n.hub.Take}}
	n.run.Go(func() { follower.Run(n.until) })
	n.run.Go(func() { n.kept.run(n.until) })
	if o.prepare != nil {
		if n.begin, err = o.prepare(n); err != nil {
			return nil, errors.Join(err, n.close())
		}
	}
	n.work(n.jobs())
	if o.provider != nil {
		n.run.Go(func() { _ = o.provider.Discover(n.until) }) // it says so itself, and is asked again
	}
	return n, nil
}

// work does jobs of some kinds from now on. Each call has its own workers, so
// that a mail server that is slow holds up nothing else.
func (n *node) work(handlers map[string]job.Handler) {
	runner := &job.Runner{Store: n.store, Handlers: handlers, Log: n.log}
	n.run.Go(func() { runner.Run(n.until) })
}

// learn is the follower's first taker: what was just committed can be found
// before any page is told of it.
func (n *node) learn(ctx context.Context) func([]store.StoredEvent) {
	return func(events []store.StoredEvent) {
		forgot, err := n.app.Learn(ctx, events)
		if err != nil && ctx.Err() == nil {
			n.log.Error("learn", "err", err)
		}
		if forgot {
			n.kept.drop()
		}
	}
}

// jobs are what is done later, one function per kind.
func (n *node) jobs() map[string]job.Handler {
	jobs := map[string]job.Handler{
		"carry.unanswered": about("carry", n.app.ChaseCarry),
		"gap.week":         about("gap", n.app.ChaseGap),
		store.JobReferral:  about("gap", n.app.ChaseReferral),
		room.TapsOver:      about("review", n.rooms.ForgetLate),
		app.CycleOver: func(ctx context.Context, _ json.RawMessage) error {
			return errors.Join(n.app.TurnCycles(ctx), n.app.WatchAlarms(ctx))
		},
		store.JobAlarm:  func(ctx context.Context, _ json.RawMessage) error { return n.app.WatchAlarms(ctx) },
		store.JobClock:  about("review", n.rooms.Clock),
		store.JobReady:  about("review", n.app.CloseReady),
		store.JobRemind: about("review", n.rooms.Remind),
		store.ReleaseKind: func(ctx context.Context, payload json.RawMessage) error {
			var due time.Time
			if err := json.Unmarshal(payload, &due); err != nil {
				return err
			}
			return n.rooms.Release(ctx, due)
		},
		"store.scrub": func(ctx context.Context, _ json.RawMessage) error { return n.store.Scrub(ctx) },
	}
	if len(n.ledger) > 0 {
		jobs[store.JobLedger] = func(ctx context.Context, _ json.RawMessage) error { return follow(ctx, n.app, n.ledger) }
	}
	for _, d := range n.daily() {
		jobs[d.Kind] = d.Run
	}
	return jobs
}

// about makes a job of what is done with one noun, whose id the payload has under
// a name.
func about[ID ~string](name string, do func(context.Context, ID) error) job.Handler {
	return func(ctx context.Context, payload json.RawMessage) error {
		var p map[string]ID
		if err := json.Unmarshal(payload, &p); err != nil {
			return err
		}
		return do(ctx, p[name])
	}
}

// daily is what is done every day: what is due goes, everything is copied.
func (n *node) daily() []job.Daily {
	days := []job.Daily{
		{Store: n.store, Kind: "kept.dispose", Work: n.dispose},
		{Store: n.store, Kind: "use.check", Work: n.app.CheckUse},
		{Store: n.store, Kind: "looks.tell", Work: n.app.TellLooks},
		{Store: n.store, Kind: "conflicts.tell", Work: n.app.TellConflicts},
		{Store: n.store, Kind: "effects.ask", Work: n.app.AskEffects},
		{Store: n.store, Kind: "pulse.keep", Work: n.app.KeepPulses},
		{Store: n.store, Kind: "alarm.day", Work: n.app.WatchAlarms},
	}
	if n.night.folder != "" {
		days = append(days, job.Daily{Store: n.store, Kind: "backup.make", Work: n.backUp})
	}
	return days
}

// dispose takes away what is due, beside the database too.
func (n *node) dispose(ctx context.Context) error {
	return errors.Join(n.app.Dispose(ctx), follow(ctx, n.app, n.ledger))
}

// close ends the node's own work, keeps the index and closes the database.
func (n *node) close() error {
	n.hub.Close()
	n.stop()
	n.run.Wait()
	n.kept.save(context.Background())
	return n.store.Close()
}
