package main

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers a thief would use
	_ "modernc.org/sqlite"

	"debrief/internal/practice"
)

// row is one row as it lies in the database.
type row struct {
	table  string
	tx     int64 // the transaction that wrote it; 0 where the database does not keep it
	values map[string]string
}

// loot is everything at rest that the attacker found, in the order it lies in.
type loot struct {
	rows   []row
	log    string
	people []practice.MemberID
}

// steal reads every table of a database as it lies there.
func steal(address string) ([]row, error) {
	driver, names, from := "sqlite", `SELECT name FROM sqlite_master WHERE type = 'table'`, `SELECT 0, * FROM %q ORDER BY rowid`
	if strings.Contains(address, "://") {
		driver, names = "pgx", `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
		from = `SELECT xmin::text::bigint, * FROM %q ORDER BY ctid`
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	tables, err := query(db, "", `SELECT 0, * FROM (`+names+`) t`)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, t := range tables {
		for _, name := range t.values {
			found, err := query(db, name, fmt.Sprintf(from, name))
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

func query(db *sql.DB, table, text string) ([]row, error) {
	found, err := db.Query(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	var all []row
	for found.Next() {
		cells := make([]sql.NullString, len(columns))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		r := row{table: table, values: map[string]string{}}
		r.tx, _ = strconv.ParseInt(cells[0].String, 10, 64)
		for i, c := range columns[1:] {
			r.values[c] = cells[i+1].String
		}
		all = append(all, r)
	}
	return all, found.Err()
}

func (l loot) table(name string) (all []row) {
	for _, r := range l.rows {
		if r.table == name {
			all = append(all, r)
		}
	}
	return all
}

// moment reads a column of microseconds.
func (r row) moment(column string) time.Time {
	us, _ := strconv.ParseInt(r.values[column], 10, 64)
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// named are the acts that everybody in the organisation can read: who reported
// something by name, and when.
func (l loot) named() (all []act) {
	for _, f := range l.table("failure") {
		if f.values["reporter"] != "" {
			all = append(all, act{who: practice.MemberID(f.values["reporter"]), at: f.moment("reported_at")})
		}
	}
	return all
}

// near are the people who acted by name closest to a moment, within a time.
func (l loot) near(at time.Time, within time.Duration) []practice.MemberID {
	best := within
	var who []practice.MemberID
	for _, n := range l.named() {
		if away := n.at.Sub(at).Abs(); away < best {
			best, who = away, []practice.MemberID{n.who}
		}
	}
	return who
}

// guess is what somebody says who has read the organisation's own pages alone:
// one of those who acted by name in the hour before it appeared, else anybody.
func (l loot) guess(shown time.Time) []practice.MemberID {
	var who []practice.MemberID
	for _, n := range l.named() {
		if !n.at.After(shown) && n.at.After(shown.Add(-time.Hour)) && !slices.Contains(who, n.who) {
			who = append(who, n.who)
		}
	}
	if len(who) == 0 {
		return l.people
	}
	return who
}

// A strategy names whom it takes for the writer of a failure or an answer, or
// nobody.
type strategy func(l loot, of row, shown time.Time) []practice.MemberID

var strategies = map[string]strategy{
	"same transaction": sameTransaction,
	"row order":        rowOrder,
	"time in the id":   timeInID,
	"timestamp":        timestamp,
	"size":             size,
	"request log":      requestLog,
	"last-seen":        lastSeen,
}

// whoIn finds a person in a row.
func (l loot) whoIn(r row) []practice.MemberID {
	var who []practice.MemberID
	for _, v := range r.values {
		if strings.HasPrefix(v, "mem_") && slices.Contains(l.people, practice.MemberID(v)) {
			who = append(who, practice.MemberID(v))
		}
	}
	return who
}

// sameTransaction looks for whoever was written by the same transaction, or by
// the one just before.
func sameTransaction(l loot, of row, _ time.Time) []practice.MemberID {
	var who []practice.MemberID
	for _, r := range l.rows {
		if of.tx == 0 || r.table == of.table || of.tx-r.tx > 1 || r.tx > of.tx {
			continue
		}
		who = append(who, l.whoIn(r)...)
	}
	if slices.Sort(who); len(slices.Compact(who)) > 2 {
		return nil // a transaction about many tells of none
	}
	return slices.Compact(who)
}

// rowOrder takes the row before it for a neighbour in time.
func rowOrder(l loot, of row, _ time.Time) []practice.MemberID {
	var before []practice.MemberID
	for _, r := range l.table(of.table) {
		if r.values["id"] == of.values["id"] {
			return before
		}
		if who := l.whoIn(r); len(who) > 0 {
			before = who[:1]
		} else if of.table == "failure" {
			before = nil // another unnamed one stands between
		}
	}
	return nil
}

// timeInID reads the millisecond that an id begins with.
func timeInID(l loot, of row, shown time.Time) []practice.MemberID {
	_, id, _ := strings.Cut(of.values["id"], "_")
	if len(id) < 10 {
		return nil
	}
	var ms int64
	for _, c := range []byte(id[:10]) {
		ms = ms<<5 | int64(strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", c))
	}
	if at := time.UnixMilli(ms); shown.Sub(at).Abs() < 24*time.Hour {
		return l.near(at, 10*time.Minute)
	}
	return nil
}

// timestamp looks for a moment finer than the hour in any row that names this
// one.
func timestamp(l loot, of row, shown time.Time) []practice.MemberID {
	for _, r := range l.rows {
		if !slices.Contains(slices.Collect(maps.Values(r.values)), of.values["id"]) {
			continue
		}
		for column := range r.values {
			at := r.moment(column)
			if shown.Sub(at).Abs() < 24*time.Hour && !at.Equal(at.Truncate(time.Hour)) {
				return l.near(at, 10*time.Minute)
			}
		}
	}
	return nil
}

// size looks for a row about a person that is as long as the text.
func size(l loot, of row, _ time.Time) []practice.MemberID {
	length := strconv.Itoa(len(of.values["body"]))
	for _, r := range l.rows {
		for column, v := range r.values {
			if v == length && strings.Contains(column, "size") {
				return l.whoIn(r)
			}
		}
	}
	return nil
}

// requestLog looks for a line about an unnamed report, or about a form that was
// opened, in the hour before it appeared.
func requestLog(l loot, _ row, shown time.Time) []practice.MemberID {
	for line := range strings.Lines(l.log) {
		if !strings.Contains(line, "/r/") && !strings.Contains(line, "GET /report") {
			continue
		}
		at, err := time.Parse(time.RFC3339, strings.TrimPrefix(strings.Fields(line)[0], "time="))
		if err == nil && !at.After(shown) && at.After(shown.Add(-time.Hour)) {
			return l.near(at, 10*time.Minute)
		}
	}
	return nil
}

// lastSeen takes whoever's device was seen by the last transaction before it.
func lastSeen(l loot, of row, shown time.Time) []practice.MemberID {
	var last row
	for _, d := range l.table("device") {
		if of.tx > 0 && d.tx < of.tx && d.tx > last.tx && d.moment("seen_day").Equal(shown.Truncate(24*time.Hour)) {
			last = d
		}
	}
	return l.whoIn(last)
}
