// Package store keeps the practice in SQLite or PostgreSQL.
//
// Both run the same queries. What differs between them fits in the dialect
// struct; a query that does not fit there should be made simpler first.
//
// Every change happens in [Store.Update] and is on disk when it returns. Events
// are written in the same transaction as the change they tell of, and
// [Store.EventsAfter] gives them back in the order of the commits.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Options say which database to open and what it is handed from outside.
type Options struct {
	Database string           // a file path, or postgres://user@host/name
	Now      func() time.Time // the clock; required
	Random   io.Reader        // the source of ids and keys; required
	Log      *slog.Logger     // default: nothing is logged
	MaxPages int64            // SQLite: pages the file may grow to; 0 means no limit
}

// Store is one open database. It is safe for use by many goroutines.
type Store struct {
	opt         Options
	db          engine
	dialect     dialect
	incarnation string
	changed     wake
	tell        chan struct{} // wakes the other processes
	end         func() error
}

// Open opens the database, brings its schema up to date and gives it an
// incarnation if it has none. The file and its folder are made if missing.
//
// It refuses a database whose schema is newer than this program knows.
func Open(ctx context.Context, opt Options) (*Store, error) {
	s, err := open(ctx, opt)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return s, nil
}

func open(ctx context.Context, opt Options) (*Store, error) {
	s, err := connect(ctx, opt, latest)
	if err != nil {
		return nil, err
	}
	if err := s.Update(ctx, s.settle); err != nil {
		return nil, errors.Join(err, s.db.close())
	}
	watch, stop := context.WithCancel(context.WithoutCancel(ctx))
	var watching sync.WaitGroup
	watching.Go(func() { s.db.watch(watch, s.changed.all, s.tell) })
	s.end = sync.OnceValue(func() error {
		stop()
		watching.Wait()
		return s.db.close()
	})
	return s, nil
}

// connect opens a database with the schema of that number, and nothing more.
func connect(ctx context.Context, opt Options, schema int64) (*Store, error) {
	if opt.Now == nil || opt.Random == nil || opt.Database == "" {
		return nil, errors.New("a database, a clock and a source of randomness are required")
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	opt.Random = &lockedReader{r: opt.Random}
	s := &Store{opt: opt, changed: wake{ch: make(chan struct{})}, tell: make(chan struct{}, 1)}
	var err error
	if isPostgres(opt.Database) {
		s.dialect = postgresDialect
		s.db, err = openPostgres(ctx, opt, schema)
	} else {
		s.dialect = sqliteDialect
		s.db, err = openSQLite(ctx, opt, schema)
	}
	return s, err
}

// Migrate brings the schema of the database up to date, which Open does too,
// and makes the database if it is a file that is missing.
func Migrate(ctx context.Context, opt Options) error {
	s, err := connect(ctx, opt, latest)
	if err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	return s.db.close()
}

func isPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// settle reads the incarnation. It makes one for a database that is new, and
// another for one whose events came here from another server.
func (s *Store) settle(tx *Tx) error {
	var moved bool
	if err := tx.row(tx.dialect.moved).Scan(&moved); err != nil {
		return err
	}
	if moved {
		if err := tx.settleEvents(); err != nil {
			return err
		}
	}
	_, err := tx.exec(`INSERT INTO meta (name, value) VALUES ('incarnation', $1) ON CONFLICT (name) DO NOTHING`,
		tx.NewBlindID("inc"))
	if err != nil {
		return err
	}
	return tx.row(`SELECT value FROM meta WHERE name = 'incarnation'`).Scan(&s.incarnation)
}

// Close waits for what is being written and closes the database. Nothing may
// use the store afterwards; closing it again does nothing.
func (s *Store) Close() error { return s.end() }

// Ping reports whether the database answers and takes writes.
func (s *Store) Ping(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		_, err := tx.exec(`SELECT 1`)
		return err
	})
}

// Incarnation is a random word made when the database was set up, and again
// when a backup is restored into it. Positions, snapshots and the ids of news
// mean something only together with it.
func (s *Store) Incarnation() string { return s.incarnation }

// lockedReader lets transactions on several connections share one source of
// randomness that need not be safe for that by itself.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}
