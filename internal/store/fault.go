package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"

	"debrief/internal/practice"
)

// fault puts the refusal in front of what a driver said: the refusal is for
// people, the rest for the log. Where ctx was ended with a refusal, that is it.
// Errors that say nothing to people stay as they are.
func fault(ctx context.Context, err error) error {
	if err == nil || errors.As(err, new(*practice.Error)) {
		return err
	}
	var ended *practice.Error
	if errors.As(context.Cause(ctx), &ended) {
		return ended
	}
	if refusal := refusalOf(err); refusal != nil {
		return fmt.Errorf("%w: %w", refusal, err)
	}
	return err
}

func refusalOf(err error) *practice.Error {
	var pg *pgconn.PgError
	var netErr net.Error
	switch {
	case errors.As(err, &pg):
		return refusalOfPostgres(pg.Code)
	case sqliteCode(err) != 0:
		return refusalOfSQLite(sqliteCode(err))
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil
	case errors.As(err, &netErr), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone), pgconn.SafeToRetry(err):
		return practice.ErrBusy
	}
	return nil
}

func refusalOfSQLite(code int) *practice.Error {
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return practice.ErrFull
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return practice.ErrBusy
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		return practice.ErrReadOnly
	}
	return nil
}

// refusalOfPostgres knows the classes of SQLSTATE that are about the state of
// the server rather than about our query.
func refusalOfPostgres(code string) *practice.Error {
	switch {
	case code == "53100": // disk full
		return practice.ErrFull
	case code == "25006": // a standby, or default_transaction_read_only
		return practice.ErrReadOnly
	case code == "57014", isRetry(code), code[:2] == "53", code[:2] == "08", code[:2] == "57":
		return practice.ErrBusy
	}
	return nil
}

// isRetry is true of the codes by which PostgreSQL asks for another try.
func isRetry(code string) bool { return code == "40001" || code == "40P01" }

// isUnique reports whether something with the same key was there already.
func isUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || code == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}

// isFsync reports whether the disk failed to make a write last.
func isFsync(err error) bool {
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_IOERR_FSYNC || code == sqlite3.SQLITE_IOERR_DIR_FSYNC
}

// IsDamage reports whether the file is not as SQLite left it, or never was one of
// its databases.
func IsDamage(err error) bool {
	code := sqliteCode(err) & 0xff
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// sqliteCode is SQLite's extended code, or 0 for what is not from SQLite.
func sqliteCode(err error) int {
	var e interface {
		error
		Code() int
	}
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
