package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"debrief/internal/practice"
)

// groupLimit is how many functions share one transaction at most, so that the
// first of them does not wait for ever for the others.
const groupLimit = 256

// writer lets one function after the other use the one connection that writes.
// Those that come while it is busy share the next transaction, each under its
// own savepoint, and so share the one wait for the disk. Nobody hears that a
// write succeeded before the commit did.
type writer struct {
	session *session
	run     func(query string) error // of the writer itself, such as COMMIT
	log     *slog.Logger
	queue   chan *turn
	quit    chan struct{}
	done    chan struct{}
	broken  error // a commit the disk did not take; only the writer's goroutine touches it
}

// turn is one caller of Update, waiting. The function runs in the caller's own
// goroutine while the writer waits, so that a panic is the caller's.
type turn struct {
	ctx    context.Context
	here   chan *session // the connection is yours; perhaps a second time
	ran    chan error    // what came of the function
	answer chan error    // what came of the turn
}

func startWriter(s *session, log *slog.Logger) *writer {
	w := &writer{session: s, log: log, queue: make(chan *turn), quit: make(chan struct{}), done: make(chan struct{})}
	w.run = func(query string) error {
		_, err := s.ExecContext(context.Background(), query)
		return err
	}
	go w.loop()
	return w
}

var (
	errClosed = errors.New("store: closed")
	errLeft   = errors.New("store: the function did not return")
)

// do waits for the connection, runs fn and waits until it is on disk. Once fn
// has begun, ctx no longer cuts the waiting short: its outcome would be unknown.
func (w *writer) do(ctx context.Context, fn func(runner) error) error {
	t := &turn{ctx: ctx, here: make(chan *session), ran: make(chan error), answer: make(chan error, 1)}
	select {
	case w.queue <- t:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.quit:
		return errClosed
	}
	leave := ctx.Done()
	for {
		select {
		case s := <-t.here:
			leave = nil
			t.run(s, fn)
		case err := <-t.answer:
			return err
		case <-leave:
			return ctx.Err()
		}
	}
}

// run hands the connection back whatever happens inside of fn.
func (t *turn) run(s *session, fn func(runner) error) {
	err := errLeft
	defer func() { t.ran <- err }()
	err = fn(s)
}

func (w *writer) loop() {
	defer close(w.done)
	for {
		select {
		case t := <-w.queue:
			w.group(t)
		case <-w.quit:
			return
		}
	}
}

// close lets the group that is being written finish.
func (w *writer) close() error {
	close(w.quit)
	<-w.done
	return w.session.close()
}

// group runs first, and everyone who comes meanwhile, in one transaction.
func (w *writer) group(first *turn) {
	if err := w.begin(); err != nil {
		for t := first; t != nil; t = w.waiting() {
			t.answer <- err
		}
		return
	}
	var wrote []*turn
	for t := first; t != nil; t = w.waiting() {
		alive, err := w.serve(t)
		if err != nil {
			t.answer <- err
		} else {
			wrote = append(wrote, t)
		}
		if !alive {
			w.singly(wrote)
			return
		}
		if len(wrote) == groupLimit {
			break
		}
	}
	err := w.commit()
	if err != nil && len(wrote) > 1 && !isFsync(err) {
		w.singly(wrote)
		return
	}
	for _, t := range wrote {
		t.answer <- err
	}
}

// waiting is the next one in the queue, or nil.
func (w *writer) waiting() *turn {
	select {
	case t := <-w.queue:
		return t
	default:
		return nil
	}
}

// singly runs each in a transaction of its own, after one of them spoilt it for
// all: when the file is full, SQLite undoes the work of everyone in it.
func (w *writer) singly(all []*turn) {
	for _, t := range all {
		err := w.begin()
		if err == nil {
			var alive bool
			alive, err = w.serve(t)
			if alive {
				err = errors.Join(err, w.commit())
			}
		}
		t.answer <- err
	}
}

// serve lets one function use the connection under a savepoint, which is undone
// if it fails. The transaction is no longer alive if the database undid it all.
func (w *writer) serve(t *turn) (alive bool, err error) {
	if err := w.run("SAVEPOINT turn"); err != nil {
		return false, errors.Join(err, w.run("ROLLBACK"))
	}
	select {
	case t.here <- w.session:
		err = <-t.ran
	case <-t.ctx.Done():
		err = t.ctx.Err()
	}
	if err == nil {
		err = w.run("RELEASE turn")
		if err == nil {
			return true, nil
		}
	}
	if w.run("ROLLBACK TO turn") != nil || w.run("RELEASE turn") != nil {
		_ = w.run("ROLLBACK") // most likely there is nothing left to undo
		return false, err
	}
	return true, err
}

func (w *writer) begin() error {
	if w.broken != nil {
		return w.broken
	}
	return w.run("BEGIN IMMEDIATE")
}

// commit returns nil once the disk has it. When the disk could not be made to
// write, nothing is written any more: what the operating system then holds in
// memory need not be what is on the disk, and only a new start reads it back.
func (w *writer) commit() error {
	err := w.run("COMMIT")
	if err == nil {
		return nil
	}
	_ = w.run("ROLLBACK") // it may be undone already
	if isFsync(err) {
		w.broken = fmt.Errorf("%w: %w", practice.ErrReadOnly, err)
		w.log.Error("the disk did not take a commit; nothing is written until a restart", "err", err)
	}
	return err
}
