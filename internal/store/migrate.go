package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migration/*.sql
var migrations embed.FS

// latest is the number of the schema that this program works with.
const latest = math.MaxInt64

// migrationLock is the number under which nodes wait for each other's
// migrations on PostgreSQL. It means nothing.
const migrationLock = 0x0debf1ef

// schemaOf asks which migrations a database has and which we know.
func schemaOf(dialect goose.Dialect, db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migration")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, files,
		goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
}

// check returns the schema of the database and the newest one we know, and
// refuses one that we do not know.
func check(ctx context.Context, p *goose.Provider) (has, known int64, err error) {
	has, err = p.GetDBVersion(ctx)
	if err != nil {
		return 0, 0, err
	}
	known, err = newest()
	if err == nil && has > known {
		err = errNewer("the database", has, known)
	}
	return has, known, err
}

// lacking counts the migrations up to schema that the database does not have. One that
// was written beside another may come after it with the lower number.
func lacking(ctx context.Context, p *goose.Provider, schema int64) (n int, err error) {
	all, err := p.Status(ctx)
	for _, m := range all {
		if m.State == goose.StatePending && m.Source.Version <= schema {
			n++
		}
	}
	return n, err
}

// newest is the number of the newest migration we know.
func newest() (int64, error) {
	files, err := migrations.ReadDir("migration")
	if err != nil {
		return 0, err
	}
	return goose.NumericComponent(files[len(files)-1].Name())
}

// errNewer refuses what a newer program wrote.
func errNewer(what string, has, known int64) error {
	return fmt.Errorf("%s was written by a newer debrief: its schema is number %d and this program knows %d; use the newer program", what, has, known)
}

// migrateSQLite copies a file that holds something before it changes its
// schema. The copy stays beside it. Of several processes that open it, one does that
// and the others find it done.
func migrateSQLite(ctx context.Context, path string, schema int64, log *slog.Logger) error {
	db, err := sql.Open("sqlite", address(path)+"&_txlock=immediate")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	p, err := schemaOf(goose.DialectSQLite3, db)
	if err != nil {
		return err
	}
	has, known, err := check(ctx, p)
	if err != nil {
		return err
	}
	lacks, err := lacking(ctx, p, schema)
	if err != nil || lacks == 0 {
		return err
	}
	if has > 0 {
		copied, err := copyBeside(ctx, db, path, has)
		if err != nil {
			return fmt.Errorf("copy the database before changing its schema: %w", err)
		}
		log.Info("copied the database before changing its schema", "copy", copied, "from", has, "to", known)
	}
	_, err = p.UpTo(ctx, schema)
	return err
}

// copyBeside writes a copy of the file next to it, named for its schema. Two processes
// may do so at once: each has a file of its own until the copy is whole.
func copyBeside(ctx context.Context, db *sql.DB, path string, schema int64) (string, error) {
	name := fmt.Sprintf("%s.schema-%d", path, schema)
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part")
	if err != nil {
		return "", err
	}
	defer f.Close()
	part := f.Name()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
		return "", errors.Join(err, os.Remove(part))
	}
	return name, errors.Join(f.Sync(), os.Rename(part, name), syncFolder(filepath.Dir(name)))
}

// syncFolder makes a rename inside the folder survive a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// migratePostgres lets one node migrate while the others wait for it.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig, schema int64) error {
	db := stdlib.OpenDB(*config)
	defer db.Close()
	lock, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer lock.Close() // the lock ends with the connection
	if _, err := lock.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return err
	}
	p, err := schemaOf(goose.DialectPostgres, db)
	if err != nil {
		return err
	}
	if _, _, err := check(ctx, p); err != nil {
		return err
	}
	lacks, err := lacking(ctx, p, schema)
	if err != nil || lacks == 0 {
		return err
	}
	if _, err = p.UpTo(ctx, schema); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, unsampled)
	return err
}

// unsampled keeps PostgreSQL from taking samples of what people write for its planner:
// they stay when the text is erased. What an index of many alike begins with are ids.
const unsampled = `DO $$
	DECLARE change TEXT;
	BEGIN
		FOR change IN SELECT format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', c.relname, a.attname)
			FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
			WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = 'text'::regtype
				AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND (i.indnkeyatts > 1 OR NOT i.indisunique))
		LOOP
			EXECUTE change;
		END LOOP;
	END $$`
