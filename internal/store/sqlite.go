package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver, in Go, so that the binary stays one static file
)

const (
	readers        = 4                      // connections that only read, at most
	otherProcesses = 250 * time.Millisecond // how often we ask whether another process wrote
)

// sqliteDB is one database file: a connection that writes and a few that read.
type sqliteDB struct {
	pool   *sql.DB
	places chan struct{} // one is taken for as long as a reader is used
	look   *session      // asks whether another process wrote
	writer *writer
	scrubs sync.Mutex // held while scrubbing: two at once would each find the other in the way

	sync.Mutex
	idle []*session // the readers that nobody uses just now, the one used last at the end
}

// openSQLite opens the file, makes it if it is not there, and migrates it.
func openSQLite(ctx context.Context, opt Options, schema int64) (engine, error) {
	path, err := prepareFile(opt.Database)
	if err != nil {
		return nil, err
	}
	if err := alone(filepath.Dir(path), func() error { return migrateSQLite(ctx, path, schema, opt.Log) }); err != nil {
		return nil, err
	}
	return connectSQLite(ctx, path, opt)
}

// connectSQLite opens the connections to a file that is ready for them.
func connectSQLite(ctx context.Context, path string, opt Options) (_ *sqliteDB, err error) {
	s := &sqliteDB{places: make(chan struct{}, readers)}
	s.pool, err = sql.Open("sqlite", address(path))
	if err != nil {
		return nil, err
	}
	s.pool.SetMaxIdleConns(readers + 2)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.pool.Close())
		}
	}()
	write, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	write.writes = true
	if err := checkSettings(ctx, write); err != nil {
		return nil, err
	}
	if opt.MaxPages > 0 {
		if _, err := write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count=%d", opt.MaxPages)); err != nil {
			return nil, err
		}
	}
	if s.look, err = s.reader(ctx); err != nil {
		return nil, err
	}
	s.writer = startWriter(write, opt.Log)
	return s, nil
}

// reader opens a connection that only reads.
func (s *sqliteDB) reader(ctx context.Context) (*session, error) {
	r, err := s.connect(ctx)
	if err != nil {
		return nil, err
	}
	_, err = r.ExecContext(ctx, "PRAGMA query_only=ON")
	return r, err
}

func (s *sqliteDB) connect(ctx context.Context) (*session, error) {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, kept: map[string]*sql.Stmt{}}, nil
}

// address is the name under which the driver opens the file with our settings.
// FULL is the only setting with which a power cut loses nothing that was
// acknowledged, so it is not for anyone to choose. What is put aside while
// something is written stays in memory: a temporary file takes longer, and
// nobody would scrub it.
func address(path string) string {
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(ON)",
		"foreign_keys(ON)", "trusted_schema(OFF)", "cell_size_check(ON)", "temp_store(MEMORY)",
	}}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// checkSettings refuses a file system on which SQLite could not do what we
// asked of it: it says so by keeping another setting, not by an error.
func checkSettings(ctx context.Context, s *session) error {
	for _, want := range []struct{ pragma, value string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"secure_delete", "1"}, {"foreign_keys", "1"},
		{"trusted_schema", "0"}, {"cell_size_check", "1"}, {"temp_store", "2"},
	} {
		var got string
		if err := s.conn.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&got); err != nil {
			return err
		}
		if got != want.value {
			return fmt.Errorf("SQLite keeps %s at %q here and we need %q: use a folder on a local disk", want.pragma, got, want.value)
		}
	}
	return nil
}

// prepareFile makes the file and its folder, for our eyes only, and returns
// its full path.
func prepareFile(name string) (string, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	if err := refuseNetwork(filepath.Dir(path)); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	return path, errors.Join(f.Chmod(0o600), f.Close())
}

func (s *sqliteDB) view(ctx context.Context, fn func(runner) error) error {
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	case <-ctx.Done():
		return ctx.Err()
	}
	always := context.WithoutCancel(ctx) // beginning and ending take no time
	r, err := s.borrow(always)
	if err != nil {
		return err
	}
	defer s.giveBack(r)
	if _, err := r.ExecContext(always, "BEGIN"); err != nil {
		return err
	}
	defer r.ExecContext(always, "ROLLBACK")
	return fn(r)
}

// borrow returns the reader that was used last, which has most of what is asked
// for prepared already. Another one is opened only when there are none.
func (s *sqliteDB) borrow(ctx context.Context) (*session, error) {
	s.Lock()
	defer s.Unlock()
	last := len(s.idle) - 1
	if last < 0 {
		return s.reader(ctx)
	}
	r := s.idle[last]
	s.idle = s.idle[:last]
	return r, nil
}

func (s *sqliteDB) giveBack(r *session) {
	s.Lock()
	defer s.Unlock()
	s.idle = append(s.idle, r)
}

func (s *sqliteDB) update(ctx context.Context, _ sql.IsolationLevel, fn func(runner) error) error {
	return s.writer.do(ctx, fn)
}

// watch asks for a number that changes when another connection writes.
func (s *sqliteDB) watch(ctx context.Context, wake func(), tell <-chan struct{}) {
	tick := time.NewTicker(otherProcesses)
	defer tick.Stop()
	var last int64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tell: // they ask, as we do
		case <-tick.C:
			var now int64
			err := s.look.conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now)
			if err == nil && now != last {
				last = now
				wake()
			}
		}
	}
}

func (s *sqliteDB) close() error {
	err := s.look.close()
	for _, r := range s.idle {
		err = errors.Join(err, r.close())
	}
	return errors.Join(err, s.writer.close(), s.pool.Close())
}

// keepAtMost bounds the statements a session keeps prepared. There are only so
// many in our code; a filter put together from parts could make more.
const keepAtMost = 400

// session is one connection with the statements it has prepared. One goroutine
// uses it at a time.
type session struct {
	conn   *sql.Conn
	writes bool
	kept   map[string]*sql.Stmt
}

func (s *session) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if st := s.kept[query]; st != nil {
		return st, nil
	}
	if len(s.kept) >= keepAtMost {
		if err := s.forget(); err != nil {
			return nil, err
		}
	}
	st, err := s.conn.PrepareContext(ctx, query)
	if err == nil {
		s.kept[query] = st
	}
	return st, err
}

// unstoppable is ctx for the writing connection: interrupting a write would
// undo the whole transaction, which belongs to others too.
func (s *session) unstoppable(ctx context.Context) context.Context {
	if s.writes {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// ExecContext runs a statement.
func (s *session) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx = s.unstoppable(ctx)
	st, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

// QueryContext runs a statement that answers with rows.
func (s *session) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = s.unstoppable(ctx)
	st, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

func (s *session) forget() error {
	var err error
	for _, st := range s.kept {
		err = errors.Join(err, st.Close())
	}
	s.kept = map[string]*sql.Stmt{}
	return err
}

func (s *session) close() error { return errors.Join(s.forget(), s.conn.Close()) }
