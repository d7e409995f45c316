package store

import (
	"context"
	"errors"

	"debrief/internal/practice"
)

// Exec lets tests of the machinery use tables of their own.
func (tx *Tx) Exec(query string, args ...any) (int64, error) { return tx.exec(query, args...) }

// Row is a query for one row.
func (tx *Tx) Row(query string, args ...any) interface{ Scan(...any) error } {
	return tx.row(query, args...)
}

// Strings is a query for one column of text.
func (tx *Tx) Strings(query string, args ...any) ([]string, error) {
	return list(tx, func(r scanner) (s string, err error) { return s, r.Scan(&s) }, query, args...)
}

// Each is a query whose rows are still open while fn runs.
func (tx *Tx) Each(query string, fn func() error) error {
	rs, err := tx.query(query)
	if err != nil {
		return err
	}
	defer rs.Close()
	for rs.Next() {
		if err := fn(); err != nil {
			return err
		}
	}
	return rs.Err()
}

// Among is the right side of IN for parameter n.
func (tx *Tx) Among(n int) string { return tx.among(n) }

// At scans a time.
type At = at

// Exported for tests.
var (
	IsUnique    = isUnique
	JSONOf      = jsonOf
	NetworkName = networkName
	Fault       = fault
)

// MigrateTo makes a database with an older schema and something in it.
func MigrateTo(ctx context.Context, opt Options, schema int64, fn func(*Tx) error) error {
	s, err := connect(ctx, opt, schema)
	if err != nil {
		return err
	}
	return errors.Join(s.Update(ctx, fn), s.db.close())
}

// FailCommits makes every commit of the writer fail with err, until heal.
func FailCommits(s *Store, err error) (heal func()) {
	w := s.db.(*sqliteDB).writer
	run := w.run
	w.run = func(query string) error {
		if query == "COMMIT" {
			return err
		}
		return run(query)
	}
	return func() { w.run = run }
}

// BackupAt makes a backup of a database with an older schema.
func BackupAt(ctx context.Context, opt Options, schema int64, path string) error {
	s, err := connect(ctx, opt, schema)
	if err != nil {
		return err
	}
	_, err = s.BackupFile(ctx, path)
	return errors.Join(err, s.db.close())
}

// Unclassed are the tables that are in no class of what is kept, or in two.
func (s *Store) Unclassed(ctx context.Context) (wrong []string, err error) {
	in := map[string]int{}
	for _, k := range keepings {
		for _, name := range k.tables {
			in[name]++
		}
	}
	err = s.View(ctx, func(tx *Tx) error {
		tables, err := tx.tables()
		for _, t := range tables {
			if in[t.name] != 1 {
				wrong = append(wrong, t.name)
			}
			delete(in, t.name)
		}
		for name := range in {
			wrong = append(wrong, name+" is no table")
		}
		return err
	})
	return wrong, err
}

// Kept is [Tx.Kept] on a snapshot.
func (s *Store) Kept(ctx context.Context) (all []practice.Kept, err error) {
	err = s.View(ctx, func(tx *Tx) error { all, err = tx.Kept(); return err })
	return all, err
}
