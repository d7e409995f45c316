package store

import (
	"context"
	"database/sql"
	"time"
)

// dialect is what differs between the two databases in the text of queries.
// Everything else is one text for both.
type dialect struct {
	eventHead  string        // (xid, seq) of an event being written
	settled    string        // true of an event that nothing can still come before
	moved      string        // asks whether the transactions in the log were those of another server
	skipLocked string        // ends the choice of a job, so that two nodes choose differently
	limit      time.Duration // of one reading statement; 0 where the server keeps it
	among      string        // the rows of a JSON list bound as parameter number %d
	items      string        // the rows of a JSON list in a column
	catalogue  catalogue
}

// statementTimeout is how long one statement may take on either database.
const statementTimeout = 5 * time.Second

var sqliteDialect = dialect{
	eventHead: `0, (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE xid = 0)`,
	settled:   `TRUE`,
	moved:     `SELECT FALSE`,
	limit:     statementTimeout,
	among:     `(SELECT value FROM json_each($%d))`,
	items:     `(SELECT value FROM json_each(%s))`,
	catalogue: sqliteCatalogue,
}

var postgresDialect = dialect{
	eventHead:  `pg_current_xact_id()::text::bigint, nextval('event_seq_seq')`,
	settled:    `xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
	moved:      `SELECT coalesce((SELECT max(xid) FROM event), 0) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint`,
	skipLocked: `FOR UPDATE SKIP LOCKED`,
	among:      `(SELECT jsonb_array_elements_text($%d::text::jsonb))`,
	items:      `(SELECT jsonb_array_elements_text(%s::jsonb))`,
	catalogue:  postgresCatalogue,
}

// engine runs transactions on one of the two databases.
type engine interface {
	// view runs fn in a transaction that only reads, all of it at one moment.
	view(ctx context.Context, fn func(runner) error) error
	// update runs fn in a transaction and returns once it is on disk. It may
	// run fn again. SQLite has one level, which is the strictest.
	update(ctx context.Context, level sql.IsolationLevel, fn func(runner) error) error
	// watch calls wake whenever another process may have written and passes on
	// to the others what comes in on tell, until ctx ends.
	watch(ctx context.Context, wake func(), tell <-chan struct{})
	// scrub removes what was deleted, from these tables at least, from the files.
	scrub(ctx context.Context, tables []string) error
	close() error
}

// runner runs statements inside a transaction.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}
