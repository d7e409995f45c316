package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// table is what a backup needs to know of a table. It asks the database, so
// that a new noun is in the backup without anybody thinking of it.
type table struct {
	name    string
	columns []column
	key     []string // the columns its rows are ordered by
}

type column struct {
	name string
	kind columnKind
}

type columnKind int

const (
	text columnKind = iota
	whole
	truth
	fraction
	octets
)

// kindOf reads a declared type, of which SQLite keeps any word and PostgreSQL
// its own.
func kindOf(declared string) columnKind {
	d := strings.ToUpper(declared)
	for _, k := range []struct {
		part string
		kind columnKind
	}{
		{"INT", whole}, {"SERIAL", whole}, {"BOOL", truth}, {"REAL", fraction}, {"DOUBLE", fraction},
		{"BYTEA", octets}, {"BLOB", octets},
	} {
		if strings.Contains(d, k.part) {
			return k.kind
		}
	}
	return text
}

// tables lists all tables but those of SQLite and of the migrations.
func (tx *Tx) tables() ([]table, error) {
	names, err := list(tx, func(r scanner) (name string, err error) { return name, r.Scan(&name) },
		tx.dialect.catalogue.tables)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	slices.Sort(names)
	all := make([]table, len(names))
	for i, name := range names {
		if all[i], err = tx.table(name); err != nil {
			return nil, fmt.Errorf("describe table %s: %w", name, err)
		}
	}
	return all, nil
}

// table describes one. Its rows are ordered by the primary key, or else by
// everything in them: never by when they came, which would be a clock for what
// must have none.
func (tx *Tx) table(name string) (table, error) {
	t := table{name: name}
	place := map[string]int{}
	_, err := list(tx, func(r scanner) (column, error) {
		var name, declared string
		var inKey int
		err := r.Scan(&name, &declared, &inKey)
		c := column{name: name, kind: kindOf(declared)}
		t.columns = append(t.columns, c)
		if inKey > 0 {
			place[name] = inKey
			t.key = append(t.key, name)
		}
		return c, err
	}, tx.dialect.catalogue.columns, name)
	slices.SortFunc(t.key, func(a, b string) int { return place[a] - place[b] })
	if len(t.key) == 0 {
		t.key = t.names()
	}
	return t, err
}

func (t table) names() []string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	return names
}

// quoted joins names so that none of them is taken for a word of SQL.
func quoted(names []string) string {
	return `"` + strings.Join(names, `", "`) + `"`
}

// each hands over the rows of the table, as values that JSON can carry.
func (tx *Tx) each(t table, fn func(values []any) error) error {
	rs, err := tx.query(`SELECT ` + quoted(t.names()) + ` FROM ` + quoted([]string{t.name}) + ` ORDER BY ` + quoted(t.key))
	if err != nil {
		return err
	}
	defer rs.Close()
	into := make([]any, len(t.columns))
	for rs.Next() {
		for i, c := range t.columns {
			into[i] = c.target()
		}
		if err := rs.Scan(into...); err != nil {
			return err
		}
		values := make([]any, len(into))
		for i := range into {
			values[i] = plain(into[i])
		}
		if err := fn(values); err != nil {
			return err
		}
	}
	return rs.Err()
}

// renumber gives an event its place in the order of commits, in which each
// reads them, for a number. The transactions of one server mean nothing on
// another.
func (t table) renumber(values []any, nth int64) {
	for i, c := range t.columns {
		switch c.name {
		case "xid":
			values[i] = int64(0)
		case "seq":
			values[i] = nth
		}
	}
}

// target is what a column is scanned into.
func (c column) target() any {
	switch c.kind {
	case whole:
		return new(sql.NullInt64)
	case truth:
		return new(sql.NullBool)
	case fraction:
		return new(sql.NullFloat64)
	case octets:
		return new([]byte)
	default:
		return new(sql.NullString)
	}
}

// plain takes the value out of a target; nil stands for NULL.
func plain(target any) any {
	switch v := target.(type) {
	case *sql.NullInt64:
		if v.Valid {
			return v.Int64
		}
	case *sql.NullBool:
		if v.Valid {
			return v.Bool
		}
	case *sql.NullFloat64:
		if v.Valid {
			return v.Float64
		}
	case *sql.NullString:
		if v.Valid {
			return v.String
		}
	case *[]byte:
		if *v != nil {
			return *v // base64 in JSON
		}
	}
	return nil
}

// value reads what plain wrote, after it went through JSON.
func (c column) value(raw json.RawMessage) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	var err error
	switch c.kind {
	case whole:
		var v int64
		err = json.Unmarshal(raw, &v)
		return v, err
	case truth:
		var v bool
		err = json.Unmarshal(raw, &v)
		return v, err
	case fraction:
		var v float64
		err = json.Unmarshal(raw, &v)
		return v, err
	case octets:
		var v []byte
		err = json.Unmarshal(raw, &v)
		return v, err
	default:
		var v string
		err = json.Unmarshal(raw, &v)
		return v, err
	}
}
