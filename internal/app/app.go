// Package app is where every change by a person enters: may they, does the
// practice allow it, write, record, enqueue. Each method takes the Actor who
// asks right after the context; none takes a Seat.
//
// What is not theirs and what is not there get the same answer.
package app

import (
	"context"
	"errors"
	"log/slog"

	"debrief/internal/language"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Options are what an App is made of.
type Options struct {
	Store *store.Store
	Index *recall.Index // to begin with; nil: there is none until [App.Fill] has made one
	Build string        // of this program: a snapshot of another one's index is not used
	Log   *slog.Logger
	Mails bool // this server was told how to send mail

	// Phrases notice what sentences do to whoever reads them; a team's own list is
	// read after theirs. nil: those that come with the program.
	Phrases *language.Reader

	// Backups is how many this server keeps of those it makes by itself; 0: it
	// makes none.
	Backups int
}

// App holds the acts of people who are known by name.
type App struct {
	store  *store.Store
	memory memory
	build  string
	log    *slog.Logger
	mails  bool

	backups int
	phrases *language.Reader
}

// New makes an App.
func New(o Options) *App {
	a := &App{store: o.Store, build: o.Build, log: o.Log, mails: o.Mails, backups: o.Backups, phrases: o.Phrases}
	if a.phrases == nil {
		a.phrases = language.English()
	}
	a.memory.filled, a.memory.pending = make(chan struct{}), map[string]bool{}
	if o.Index != nil {
		a.memory.index = o.Index
		close(a.memory.filled)
	}
	return a
}

// read runs f on a snapshot and hands out what it found.
func read[T any](ctx context.Context, a *App, f func(tx *store.Tx) (T, error)) (T, error) {
	var out T
	err := a.store.View(ctx, func(tx *store.Tx) (err error) {
		out, err = f(tx)
		return err
	})
	return out, err
}

// write runs f in one transaction. It may run more than once where two writers
// met, so f has no effect outside the transaction.
func write[T any](ctx context.Context, a *App, f func(tx *store.Tx) (T, error)) (T, error) {
	var out T
	err := a.store.Update(ctx, func(tx *store.Tx) (err error) {
		out, err = f(tx)
		return err
	})
	return out, err
}

// mayWrite refuses a token that may only read.
func mayWrite(actor practice.Actor) error {
	if !actor.May(practice.ScopeWrite) {
		return practice.Refuse(practice.Forbidden, "token.scope").With("scope", practice.ScopeWrite)
	}
	return nil
}

// once does a thing the first time a request asks for it, and returns the id
// of what it led to every time the same request is sent again.
func once(tx *store.Tx, actor practice.Actor, verb string, do func() (string, error)) (string, error) {
	if actor.Once == "" {
		return do()
	}
	key := string(actor.Member) + " " + actor.Once
	id, err := tx.Repeated(key, verb)
	if !isNotFound(err) {
		return id, err
	}
	if id, err = do(); err != nil {
		return id, err
	}
	return id, tx.Remember(key, verb, id)
}

func isNotFound(err error) bool { return errors.Is(err, practice.ErrNotFound) }
