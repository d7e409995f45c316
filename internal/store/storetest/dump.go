package storetest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// Row is one row as somebody with a copy of the database sees it: what the
// table says, and what the database keeps beside it.
type Row struct {
	Table  string
	Tx     string            // the transaction that wrote it; empty on SQLite, which does not keep it
	Values map[string]string // by column
}

// Dump reads every table of a database, each in the order in which its rows
// lie.
func Dump(t testing.TB, address string) []Row {
	t.Helper()
	driver, names, from := "sqlite", `SELECT name FROM sqlite_master WHERE type = 'table'`, `SELECT '', * FROM %q ORDER BY rowid`
	if strings.HasPrefix(address, "postgres://") {
		driver, names = "pgx", `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
		from = `SELECT xmin::text, * FROM %q ORDER BY ctid`
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out []Row
	for _, name := range rows(t, db, "", names) {
		out = append(out, rows(t, db, name.only(), fmt.Sprintf(from, name.only()))...)
	}
	return out
}

// only is the value of a row that has one.
func (r Row) only() string {
	for _, v := range r.Values {
		return v
	}
	return r.Tx
}

// rows reads what a query finds; its first column is the transaction.
func rows(t testing.TB, db *sql.DB, table, query string) []Row {
	t.Helper()
	found, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []Row
	for found.Next() {
		cells := make([]sql.NullString, len(columns))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		r := Row{Table: table, Tx: cells[0].String, Values: map[string]string{}}
		for i, c := range columns[1:] {
			r.Values[c] = cells[i+1].String
		}
		out = append(out, r)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
