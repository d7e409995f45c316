package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"debrief/internal/practice"
)

const (
	connections  = 16               // of one node
	tries        = 40               // of one Update that others keep getting in the way of
	idleTimeout  = 10 * time.Second // inside a transaction; ours are short
	reconnect    = time.Second      // before listening is tried again
	stillThere   = 30 * time.Second // how often a silent connection is asked
	notification = "debrief"        // the channel; it says nothing but that there is something new
)

// postgresDB is one PostgreSQL database, shared with any number of nodes.
type postgresDB struct {
	config *pgx.ConnConfig
	pool   *sql.DB
	random io.Reader
	log    *slog.Logger
	again  chan struct{} // has room for one: those of this node who try again do so in turn
}

func openPostgres(ctx context.Context, opt Options, schema int64) (engine, error) {
	config, err := pgx.ParseConfig(opt.Database)
	if err != nil {
		return nil, errors.New("the database address cannot be read") // the parser's words may quote the password
	}
	config.RuntimeParams["application_name"] = "debrief"
	if err := migratePostgres(ctx, config, schema); err != nil {
		return nil, err
	}
	return connectPostgres(ctx, config, opt)
}

func connectPostgres(ctx context.Context, config *pgx.ConnConfig, opt Options) (*postgresDB, error) {
	limited := config.Copy()
	limited.RuntimeParams["statement_timeout"] = strconv.FormatInt(statementTimeout.Milliseconds(), 10)
	limited.RuntimeParams["idle_in_transaction_session_timeout"] = strconv.FormatInt(idleTimeout.Milliseconds(), 10)
	pool := stdlib.OpenDB(*limited)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	p := &postgresDB{config: config, pool: pool, random: opt.Random, log: opt.Log, again: make(chan struct{}, 1)}
	var durable string
	if err := pool.QueryRowContext(ctx, `SHOW synchronous_commit`).Scan(&durable); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	if durable == "off" {
		opt.Log.Warn("synchronous_commit is off: a crash of PostgreSQL loses what was acknowledged")
	}
	return p, nil
}

func (p *postgresDB) view(ctx context.Context, fn func(runner) error) error {
	return p.attempt(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

// update tries again when PostgreSQL says that two transactions could not have
// run one after the other.
func (p *postgresDB) update(ctx context.Context, level sql.IsolationLevel, fn func(runner) error) error {
	options := &sql.TxOptions{Isolation: level}
	err := p.attempt(ctx, options, fn)
	if !wantsRetry(err) {
		return err
	}
	select {
	case p.again <- struct{}{}:
		defer func() { <-p.again }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for try := range tries {
		if err = p.attempt(ctx, options, fn); !wantsRetry(err) {
			return err
		}
		select {
		case <-time.After(p.backoff(try)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("%w: tried %d times: %w", practice.ErrBusy, tries, err)
}

func (p *postgresDB) attempt(ctx context.Context, options *sql.TxOptions, fn func(runner) error) error {
	tx, err := p.pool.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback() // a committed one stays committed
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// backoff is a random moment that grows with the tries, so that those who
// collided do not collide again.
func (p *postgresDB) backoff(try int) time.Duration {
	var b [1]byte
	_, _ = p.random.Read(b[:])
	return time.Duration(int(b[0])+1) * time.Duration(min(try+1, 6)) * 50 * time.Microsecond
}

// errAgain makes Update run its function again from the start.
var errAgain = errors.New("store: somebody else was faster")

func wantsRetry(err error) bool {
	var pg *pgconn.PgError
	return errors.Is(err, errAgain) || errors.As(err, &pg) && isRetry(pg.Code)
}

// watch listens for other nodes and tells them of our own changes. The telling
// is not part of the transactions, which would have to queue for it.
func (p *postgresDB) watch(ctx context.Context, wake func(), tell <-chan struct{}) {
	var telling sync.WaitGroup
	defer telling.Wait()
	telling.Go(func() { p.notify(ctx, tell) })
	for ctx.Err() == nil {
		if err := p.listen(ctx, wake); ctx.Err() == nil {
			p.log.Warn("listening to the other nodes was interrupted", "err", err)
		}
		select {
		case <-time.After(reconnect):
		case <-ctx.Done():
		}
	}
}

func (p *postgresDB) notify(ctx context.Context, tell <-chan struct{}) {
	for {
		select {
		case <-tell:
			// A lost one is made good by everyone looking once a second.
			if _, err := p.pool.ExecContext(ctx, `SELECT pg_notify($1, '')`, notification); err != nil && ctx.Err() == nil {
				p.log.Warn("the other nodes could not be told", "err", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

func (p *postgresDB) listen(ctx context.Context, wake func()) error {
	conn, err := pgx.ConnectConfig(ctx, p.config.Copy())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+notification); err != nil {
		return err
	}
	for {
		wake() // also for what was missed before we listened
		wait, cancel := context.WithTimeout(ctx, stillThere)
		_, err := conn.WaitForNotification(wait)
		silent := wait.Err() != nil
		cancel()
		if silent {
			err = conn.Ping(ctx)
		}
		if err != nil {
			return err
		}
	}
}

func (p *postgresDB) close() error { return p.pool.Close() }
