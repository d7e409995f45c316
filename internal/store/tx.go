package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Tx is one transaction. It belongs to the function it was handed to and ends
// with it. Its time stands still.
//
// A statement that failed ends the transaction: whatever comes after it fails
// too, and so does the transaction, as PostgreSQL demands and SQLite does not.
type Tx struct {
	ctx     context.Context
	run     runner
	dialect *dialect
	now     time.Time
	random  io.Reader
	limit   time.Duration // of one statement; 0 where the database keeps it
	open    *rows         // being read
	failed  error         // the first statement that failed
	news    bool          // something was written that others wait for
}

// View runs fn in a transaction that only reads and sees one moment of the
// database, however long it takes.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return fault(ctx, s.db.view(ctx, func(run runner) error {
		tx := s.begin(ctx, run)
		tx.limit = s.dialect.limit
		return tx.do(fn)
	}))
}

// Update runs fn in a transaction. When it returns nil, what fn wrote is on
// disk; otherwise nothing of it is there.
//
// Update may run fn again, so fn must have no effects outside of tx. On SQLite
// functions run one after another, and those that wait together share one
// write to the disk; on PostgreSQL they run side by side as if one after
// another. An Update inside of fn waits for itself.
//
// It returns [practice.ErrFull] when the disk is full, [practice.ErrBusy] when
// others were in the way for too long and [practice.ErrReadOnly] when the
// database takes no writes.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.update(ctx, sql.LevelSerializable, fn)
}

func (s *Store) update(ctx context.Context, level sql.IsolationLevel, fn func(*Tx) error) error {
	var tx *Tx
	err := s.db.update(ctx, level, func(run runner) error {
		tx = s.begin(ctx, run)
		return tx.do(fn)
	})
	if err != nil {
		return fault(ctx, err)
	}
	if tx.news {
		s.changed.all()
		select {
		case s.tell <- struct{}{}:
		default: // the others are about to be told
		}
	}
	return nil
}

func (s *Store) begin(ctx context.Context, run runner) *Tx {
	now := s.opt.Now().UTC().Truncate(time.Microsecond)
	return &Tx{ctx: ctx, run: run, dialect: &s.dialect, now: now, random: s.opt.Random}
}

// do runs fn and sees to it that a failed statement is not forgotten, and that
// nothing uses tx afterwards: the connection is then somebody else's.
func (tx *Tx) do(fn func(*Tx) error) error {
	defer func() {
		if tx.open != nil {
			tx.open.Close()
		}
		tx.failed = errEnded
	}()
	err := fn(tx)
	if err == nil || wantsRetry(tx.failed) {
		return tx.failed
	}
	return err
}

// Now is the moment of the transaction, in UTC and whole microseconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Random is the source of randomness the store was opened with.
func (tx *Tx) Random() io.Reader { return tx.random }

// NewID makes an id that sorts by age.
func (tx *Tx) NewID(prefix string) string { return practice.NewID(prefix, tx.now, tx.random) }

// NewBlindID makes an id that says nothing about when it was made.
func (tx *Tx) NewBlindID(prefix string) string { return practice.NewBlindID(prefix, tx.random) }

// exec runs a statement and returns how many rows it touched.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	if err := tx.ready(args); err != nil {
		return 0, err
	}
	res, err := tx.run.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, tx.fail(err)
	}
	n, err := res.RowsAffected()
	return n, tx.fail(err)
}

// query runs a statement that answers with rows. They must be closed before
// the transaction is used for anything else.
func (tx *Tx) query(query string, args ...any) (*rows, error) {
	if err := tx.ready(args); err != nil {
		return nil, err
	}
	ctx, cancel := tx.ctx, context.CancelFunc(func() {})
	if tx.limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, tx.limit)
	}
	r, err := tx.run.QueryContext(ctx, query, args...)
	if err != nil {
		cancel()
		return nil, tx.fail(err)
	}
	tx.open = &rows{tx: tx, r: r, cancel: cancel}
	return tx.open, nil
}

// row runs a statement that answers with one row. Scanning it gives
// [practice.ErrNotFound] where there is none.
func (tx *Tx) row(query string, args ...any) *row {
	rs, err := tx.query(query, args...)
	return &row{rows: rs, err: err}
}

// list reads all rows, each with scan. It returns nil where there are none.
func list[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rs, err := tx.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	var all []T
	for rs.Next() {
		one, err := scan(rs)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rs.Err()
}

// scanner is one row, of many or alone.
type scanner interface{ Scan(into ...any) error }

// among is the right side of IN for a list that is bound, with [jsonOf], as
// parameter number n.
func (tx *Tx) among(n int) string { return fmt.Sprintf(tx.dialect.among, n) }

// atMost ends a query with as many rows as parameter number n says. SQLite would
// look at a number that stands there alone, to plan for it, and so prepare the
// statement anew each time.
func atMost(n int) string { return fmt.Sprintf(" LIMIT $%d + 0", n) }

// Mistakes in our own code.
var (
	errRowsOpen = errors.New("store: rows of the same transaction are still being read")
	errEnded    = errors.New("store: the transaction has ended")
)

// ready says whether the transaction takes another statement, and turns its
// arguments into what both drivers take alike.
func (tx *Tx) ready(args []any) error {
	if tx.failed != nil {
		return tx.failed
	}
	if tx.open != nil {
		return tx.fail(errRowsOpen)
	}
	if err := tx.ctx.Err(); err != nil {
		return tx.fail(err)
	}
	for i, a := range args {
		switch a := a.(type) {
		case time.Time:
			args[i] = micro(a)
		default:
			if v := reflect.ValueOf(a); v.Kind() == reflect.String && (!utf8.ValidString(v.String()) || strings.ContainsRune(v.String(), 0)) {
				return tx.fail(errBytes)
			}
		}
	}
	return nil
}

// errBytes refuses what PostgreSQL could not keep and SQLite would.
var errBytes = practice.Refuse(practice.Invalid, "text.bytes")

// fail remembers that the transaction cannot go on.
func (tx *Tx) fail(err error) error {
	if errors.Is(err, context.DeadlineExceeded) && tx.ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", practice.ErrBusy, err)
	}
	if err != nil && tx.failed == nil {
		tx.failed = err
	}
	return err
}

// rows are read with Next and Scan, and closed.
type rows struct {
	tx     *Tx
	r      *sql.Rows
	cancel context.CancelFunc
}

func (r *rows) Next() bool { return r.r.Next() }

func (r *rows) Scan(into ...any) error { return r.tx.fail(r.r.Scan(into...)) }

func (r *rows) Err() error { return r.tx.fail(r.r.Err()) }

func (r *rows) Close() error {
	r.tx.open = nil
	err := r.tx.fail(r.r.Close())
	r.cancel()
	return err
}

type row struct {
	rows *rows
	err  error
}

// Scan reads the row.
func (r *row) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return practice.ErrNotFound
	}
	if err := r.rows.Scan(into...); err != nil {
		return err
	}
	return r.rows.Close()
}

// jsonOf is v as the text that is kept in a column. What we keep can always be
// written; a value that cannot is a mistake in our own code.
func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("store: " + err.Error())
	}
	return string(b)
}
