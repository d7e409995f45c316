package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// endedByRestore are the tables whose rows let somebody in. A copy may be old,
// and what was ended since must not come back to life.
var endedByRestore = []string{"device", "token", "link_once", "feed", "identity", "knock", "code", "pass", "tablet"}

// unkept are the rows of meta that a restore leaves out. The question what is in the way
// is put anew, because a copy has none of its answers; without its old secret no ticket
// from before adds a second one.
var unkept = []string{`"incarnation"`, `"cause"`}

// ErrInUse refuses to restore into a database that holds something.
var ErrInUse = errors.New("the database is not empty: restore into a new one")

// Restore puts a backup into an empty database, whichever of the two it is and
// whichever the backup came from. The database gets a new incarnation, and
// everybody signs in again. Nodes that were running on it must start again.
//
// Nothing is written unless the whole backup is sound; it is one transaction.
func Restore(ctx context.Context, opt Options, path string) (Copy, error) {
	c, err := restore(ctx, opt, path)
	if err != nil {
		return Copy{}, fmt.Errorf("restore %s: %w", path, err)
	}
	return c, nil
}

func restore(ctx context.Context, opt Options, path string) (_ Copy, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Copy{}, err
	}
	defer f.Close()
	c, err := CheckBackup(f)
	if err != nil {
		return c, err
	}
	if known, err := newest(); err != nil || c.Schema > known {
		return c, errors.Join(err, errNewer("the backup", c.Schema, known))
	}
	if err := makeWay(ctx, opt, c.Schema); err != nil {
		return c, err
	}
	s, err := connect(ctx, opt, c.Schema)
	if err != nil {
		return c, err
	}
	if _, err = f.Seek(0, 0); err == nil {
		err = s.Update(ctx, func(tx *Tx) error { return tx.restore(f) })
	}
	if err = errors.Join(err, s.db.close()); err != nil {
		return c, err
	}
	return c, Migrate(ctx, opt)
}

// makeWay refuses a database that holds anything. One whose schema is newer than
// that of the backup is emptied of its tables, to grow from the older one.
func makeWay(ctx context.Context, opt Options, schema int64) error {
	s, err := connect(ctx, opt, 0)
	if err != nil {
		return err
	}
	err = s.Update(ctx, func(tx *Tx) error {
		tables, err := tx.empty()
		if err != nil {
			return err
		}
		var has int64
		if err := tx.row(`SELECT max(version_id) FROM goose_db_version`).Scan(&has); err != nil || has <= schema {
			return err
		}
		return tx.drop(append(tables, table{name: "goose_db_version"}))
	})
	return errors.Join(err, s.db.close())
}

// empty lists the tables and refuses if there is a row in any of them. What the
// database knows about itself does not count.
func (tx *Tx) empty() ([]table, error) {
	tables, err := tx.tables()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if t.name == "meta" {
			continue
		}
		var n int
		if err := tx.row(`SELECT count(*) FROM ` + quoted([]string{t.name})).Scan(&n); err != nil {
			return nil, err
		}
		if n > 0 {
			return nil, fmt.Errorf("%w: %s has rows", ErrInUse, t.name)
		}
	}
	return tables, nil
}

func (tx *Tx) drop(tables []table) error {
	if _, err := tx.exec(tx.dialect.catalogue.loosen); err != nil {
		return err
	}
	for _, t := range tables {
		if _, err := tx.exec(`DROP TABLE ` + quoted([]string{t.name}) + tx.dialect.catalogue.cascade); err != nil {
			return err
		}
	}
	return nil
}

// restore puts the rows of a backup into the empty tables they came from.
func (tx *Tx) restore(f *os.File) error {
	tables, err := tx.empty()
	if err != nil {
		return err
	}
	for _, q := range []string{tx.dialect.catalogue.slow, tx.dialect.catalogue.loosen, `DELETE FROM meta`} {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	in := &filling{tx: tx, tables: tables}
	if _, err := readBackup(f, in.begin, in.row); err != nil {
		return err
	}
	if err := in.flush(); err != nil {
		return err
	}
	if len(in.tables) > 0 {
		return fmt.Errorf("%w: table %s is missing", errBackup, in.tables[0].name)
	}
	_, err = tx.exec(tx.dialect.catalogue.tighten)
	return err
}

// fillAtOnce is how many values one statement puts in; either database takes
// more.
const fillAtOnce = 2000

// filling is a restore under way.
type filling struct {
	tx     *Tx
	tables []table // still to come
	now    table
	from   []string // the columns as the backup has them
	values []any
	rows   int
}

func (in *filling) begin(t tableLine) error {
	if err := in.flush(); err != nil {
		return err
	}
	i := slices.IndexFunc(in.tables, func(o table) bool { return o.name == t.Table })
	if i < 0 {
		return fmt.Errorf("%w: there is no table %q", errBackup, t.Table)
	}
	in.now, in.from = in.tables[i], t.Columns
	in.tables = slices.Delete(in.tables, i, i+1)
	if !slices.Equal(in.from, in.now.names()) {
		return fmt.Errorf("%w: table %s has the columns %q", errBackup, t.Table, t.Columns)
	}
	return nil
}

func (in *filling) row(raw []json.RawMessage) error {
	if len(raw) != len(in.now.columns) {
		return fmt.Errorf("%w: a row of %s has %d values", errBackup, in.now.name, len(raw))
	}
	if slices.Contains(endedByRestore, in.now.name) || in.now.name == "meta" && slices.Contains(unkept, string(raw[0])) {
		return nil
	}
	for i, c := range in.now.columns {
		v, err := c.value(raw[i])
		if err != nil {
			return fmt.Errorf("%w: column %s of %s: %w", errBackup, c.name, in.now.name, err)
		}
		in.values = append(in.values, v)
	}
	in.rows++
	if len(in.values) < fillAtOnce {
		return nil
	}
	return in.flush()
}

// flush writes the rows that were gathered, as one statement.
func (in *filling) flush() error {
	if in.rows == 0 {
		return nil
	}
	var q strings.Builder
	q.WriteString(`INSERT INTO ` + quoted([]string{in.now.name}) + ` (` + quoted(in.from) + `) VALUES `)
	n := 0
	for r := range in.rows {
		q.WriteString([]string{"(", ", ("}[min(r, 1)])
		for i := range in.now.columns {
			n++
			q.WriteString([]string{"$", ", $"}[min(i, 1)] + strconv.Itoa(n))
		}
		q.WriteString(")")
	}
	_, err := in.tx.exec(q.String(), in.values...)
	in.values, in.rows = in.values[:0], 0
	if err != nil {
		return fmt.Errorf("fill table %s: %w", in.now.name, err)
	}
	return nil
}
