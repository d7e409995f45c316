package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"debrief/internal/practice"
)

// Condition is what an operator should know of a database before trusting it.
// Looking at it changes nothing and migrates nothing.
type Condition struct {
	Schema, Known int64 // the newest migration it has, and the newest this program knows; 0: it is new

	SetUp           bool
	Stewards        int       // who are still here
	Guardian        bool      // somebody is named whom misuse is reported to
	LateJobs        int       // due for longer than [JobLate]
	LateSince       time.Time // when the first of them was due
	GivenUpJobs     int
	Ledger          practice.Ledger // what a copy from before has to be made to follow
	SQLite          SQLiteCondition
	Postgres        PostgresCondition
	databaseIsReady bool // its schema is ours, so the rest could be read
}

// JobLate is how long a job may be due before somebody should look.
const JobLate = 10 * time.Minute

// Complete reports whether the schema is ours, so that everything could be
// looked at.
func (c Condition) Complete() bool { return c.databaseIsReady }

// SQLiteCondition is what only a file has.
type SQLiteCondition struct {
	Network  string // empty, or that the folder is on another machine
	Free     int64  // bytes left on the disk; -1 where nobody can say
	Size     int64  // of the file, in bytes
	Written  time.Time
	Journal  string // "wal", or what somebody else made of it
	Settings string // empty, or which of our settings the file system does not keep
	Damage   string // empty, or the first thing the check of all pages complains about
}

// PostgresCondition is what only a server has.
type PostgresCondition struct {
	Version    int // such as 150004
	Remote     bool
	Encrypted  bool   // this connection
	Verified   bool   // its certificate and name were checked
	Commit     string // synchronous_commit
	Encoding   string
	Collation  string
	Drifted    bool // the collation is of another version than the indexes were made with
	Powerful   bool // the role may do more than it needs
	Standbys   int
	AsyncOnly  bool          // there are standbys, and none of them is waited for
	ClockAhead time.Duration // of the server's clock before ours
}

// Examine looks at a database without changing it. It returns
// [fs.ErrNotExist] for a file that is not there.
func Examine(ctx context.Context, opt Options) (Condition, error) {
	var c Condition
	known, err := newest()
	if err != nil {
		return c, err
	}
	c.Known = known
	if isPostgres(opt.Database) {
		err = c.examinePostgres(ctx, opt)
	} else if err = c.examineSQLite(ctx, opt); IsDamage(err) {
		c.SQLite.Damage, c.databaseIsReady, err = err.Error(), false, nil
	}
	if err != nil {
		return c, fmt.Errorf("examine database: %w", err)
	}
	return c, nil
}

// examineContents reads what both kinds have.
func (c *Condition) examineContents(ctx context.Context, db *sql.DB, now time.Time) error {
	err := db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&c.Schema)
	if IsDamage(err) {
		return err
	}
	if err != nil {
		c.Schema = 0 // there is no such table before the first migration
		return nil
	}
	if c.databaseIsReady = c.Schema == c.Known; !c.databaseIsReady {
		return nil
	}
	var houses, guardians int
	var since int64
	for _, ask := range []struct {
		query string
		args  []any
		into  []any
	}{
		{`SELECT count(*), count(CASE WHEN guardian <> '' THEN 1 END) FROM organisation`, nil, []any{&houses, &guardians}},
		{`SELECT count(*) FROM member WHERE active AND steward`, nil, []any{&c.Stewards}},
		{`SELECT count(*) FROM job WHERE gave_up_at > 0`, nil, []any{&c.GivenUpJobs}},
		{`SELECT count(*), coalesce(min(run_at), 0) FROM job WHERE gave_up_at = 0 AND run_at < $1 AND kind <> $2`, // that one waits where there is no list
			[]any{now.Add(-JobLate).UnixMicro(), JobLedger}, []any{&c.LateJobs, &since}},
	} {
		if err := db.QueryRowContext(ctx, ask.query, ask.args...).Scan(ask.into...); err != nil {
			return err
		}
	}
	c.SetUp, c.Guardian = houses > 0, guardians > 0
	if c.LateJobs > 0 {
		c.LateSince = time.UnixMicro(since).UTC()
	}
	return c.examineLedger(ctx, db, now)
}

// examineLedger reads the ledger, by queries that are the same for both.
func (c *Condition) examineLedger(ctx context.Context, db *sql.DB, now time.Time) error {
	run, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer run.Rollback() // nothing was written
	tx := &Tx{ctx: ctx, run: run, now: now.UTC()}
	return tx.do(func(tx *Tx) (err error) {
		c.Ledger, err = tx.Ledger()
		return err
	})
}

func (c *Condition) examineSQLite(ctx context.Context, opt Options) (err error) {
	path, err := filepath.Abs(opt.Database)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	c.SQLite.Size, c.SQLite.Written, c.SQLite.Free = info.Size(), info.ModTime(), freeSpace(filepath.Dir(path))
	if err := refuseNetwork(filepath.Dir(path)); err != nil {
		c.SQLite.Network = err.Error()
	}
	plain := url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&_pragma=busy_timeout(5000)"}
	db, err := sql.Open("sqlite", plain.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&c.SQLite.Journal); err != nil {
		if IsDamage(err) { // it reads the list of tables first
			c.SQLite.Damage = err.Error()
			return nil
		}
		return err
	}
	var checked string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&checked); err != nil {
		checked = err.Error()
	}
	if checked != "ok" {
		c.SQLite.Damage = checked
		return nil
	}
	if err := c.examineContents(ctx, db, opt.Now()); err != nil {
		return err
	}
	return c.examineSettings(ctx, path)
}

// examineSettings asks whether the file system keeps what we ask of it.
func (c *Condition) examineSettings(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", address(path)+"&mode=rw")
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if wrong := checkSettings(ctx, &session{conn: conn}); wrong != nil {
		c.SQLite.Settings = wrong.Error()
	}
	return nil
}

func (c *Condition) examinePostgres(ctx context.Context, opt Options) (err error) {
	config, err := pgx.ParseConfig(opt.Database)
	if err != nil {
		return errors.New("the database address cannot be read") // the parser's words may quote the password
	}
	p := &c.Postgres
	p.Remote = config.Host != "" && config.Host[0] != '/' && !practice.ThisMachine(config.Host)
	p.Verified = config.TLSConfig != nil && !config.TLSConfig.InsecureSkipVerify
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	var clock time.Time
	before := opt.Now()
	if err := db.QueryRowContext(ctx, `SELECT clock_timestamp()`).Scan(&clock); err != nil {
		return err
	}
	p.ClockAhead = clock.Sub(before.Add(opt.Now().Sub(before) / 2))
	err = db.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_setting('synchronous_commit'),
		pg_encoding_to_char(encoding), datcollate,
		coalesce(datcollversion <> pg_database_collation_actual_version(oid), FALSE),
		(SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname = current_user),
		coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE)
		FROM pg_database WHERE datname = current_database()`).
		Scan(&p.Version, &p.Commit, &p.Encoding, &p.Collation, &p.Drifted, &p.Powerful, &p.Encrypted)
	if err != nil {
		return err
	}
	var waitedFor string
	err = db.QueryRowContext(ctx, `SELECT count(*), current_setting('synchronous_standby_names') FROM pg_stat_replication`).
		Scan(&p.Standbys, &waitedFor)
	p.AsyncOnly = p.Standbys > 0 && waitedFor == ""
	return errors.Join(err, c.examineContents(ctx, db, opt.Now()))
}
