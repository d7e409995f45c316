package storetest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// AtRest returns the files of a database as somebody finds them who takes the
// disk: on SQLite the file and those beside it, on PostgreSQL those of its
// tables, dead rows and all, but not the server's own write-ahead log.
func AtRest(t testing.TB, address string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(address + "*")
	if strings.Contains(address, "://") {
		names, err = tableFiles(t, address)
	}
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) { // PostgreSQL drops an old file when it likes
			t.Fatal(err)
		}
		files[filepath.Base(name)] = text
	}
	return files
}

// tableFiles lists the files of a database of the private PostgreSQL, written
// out just now.
func tableFiles(t testing.TB, address string) ([]string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ctx := context.WithoutCancel(t.Context())
	if _, err := db.ExecContext(ctx, "CHECKPOINT"); err != nil {
		return nil, err
	}
	var oid string
	if err := db.QueryRowContext(ctx, "SELECT oid::text FROM pg_database WHERE datname = current_database()").Scan(&oid); err != nil {
		return nil, err
	}
	return filepath.Glob(filepath.Join(u.Query().Get("host"), "data", "base", oid, "*"))
}
