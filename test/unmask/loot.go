package unmask

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers a thief would use
	_ "modernc.org/sqlite"
)

// loot is everything at rest that the attacker found.
type loot struct {
	people   map[string]int // who works there, by id and by name
	copies   []*copied      // of the database, the last one at the end
	nights   []string       // what each backup has that the one before had not
	log      string
	exported []byte
	index    []byte
}

// midRoom is what somebody finds who comes when a room is in the middle of a
// question, as long as the text is there by then.
func (l *loot) midRoom(t text) *loot {
	for i, c := range l.copies {
		if c.midRoom && t.at.Before(c.when) && t.day.Equal(c.when.Truncate(24*time.Hour)) {
			mid := *l
			mid.copies, mid.exported, mid.index, mid.nights = l.copies[:i+1], nil, nil, []string{}
			return &mid
		}
	}
	return nil
}

// copied is the database at one moment.
type copied struct {
	when    time.Time
	midRoom bool
	rows    []row  // as they lie
	past    []row  // as they were written: each with the transaction it first came with
	raw     []byte // the bytes of all files
	index
}

// row is one row as it lies in the database.
type row struct {
	table  string
	tx     int64
	values map[string]string
}

// copyDatabase copies a database as it lies on the disk and reads the copy.
func copyDatabase(address, folder string) (*copied, error) {
	if strings.Contains(address, "://") {
		return copyPostgres(address)
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "copy.db")
	c := &copied{}
	var parts [][]byte
	for _, end := range []string{"", "-wal"} {
		part, err := os.ReadFile(address + end)
		if err != nil && !(end != "" && errors.Is(err, os.ErrNotExist)) {
			return nil, err
		}
		parts = append(parts, part)
		c.raw = append(c.raw, part...)
	}
	var err error
	if c.past, err = history(path, parts[0], parts[1]); err != nil {
		return nil, err
	}
	c.rows, err = readSQLite(path, parts[0], parts[1], "")
	return c, err
}

// readSQLite reads a file with its write-ahead log.
func readSQLite(path string, file, log []byte, but string) ([]row, error) {
	if err := errors.Join(os.WriteFile(path, file, 0o600), os.WriteFile(path+"-wal", log, 0o600)); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	names := `SELECT 0, name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('sqlite_sequence'` + but + `)`
	return readTables(db, names, `SELECT 0, * FROM %q ORDER BY rowid`)
}

// history reads a write-ahead log commit by commit: what each of them wrote that
// was not there before it. Tables without people and texts are left out.
func history(path string, file, log []byte) ([]row, error) {
	const head, frame = 32, 24
	if len(log) < head {
		return nil, nil
	}
	size := frame + int(binary.BigEndian.Uint32(log[8:]))
	seen := map[string]bool{}
	var past []row
	tx := int64(0)
	for end := head; end <= len(log); end += size {
		if end > head && binary.BigEndian.Uint32(log[end-size+4:]) == 0 {
			continue // not the end of a transaction
		}
		rows, err := readSQLite(path, file, log[:end], `, 'event', 'job', 'team', 'goose_db_version', 'organisation', 'closing', 'notice'`)
		if err != nil {
			return nil, err
		}
		past = append(past, news(rows, seen, tx)...)
		tx++
	}
	return slices.DeleteFunc(past, func(r row) bool { return r.tx == 0 }), nil
}

// news are the rows that were not seen before, as the transaction that wrote
// them.
func news(rows []row, seen map[string]bool, tx int64) (fresh []row) {
	for _, r := range rows {
		says := r.table
		for _, column := range slices.Sorted(maps.Keys(r.values)) {
			says += "\x00" + r.values[column]
		}
		if !seen[says] {
			seen[says] = true
			r.tx = tx
			fresh = append(fresh, r)
		}
	}
	return fresh
}

// copyPostgres reads every table, its dead rows too, and every page of its files.
func copyPostgres(address string) (*copied, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	// A question about so few rows takes longer to compile than to answer.
	if _, err := db.Exec(`SET jit = off; CREATE EXTENSION IF NOT EXISTS pageinspect`); err != nil {
		return nil, err
	}
	names := `SELECT 0, tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose%'`
	c := &copied{}
	if c.rows, err = readTables(db, names, `SELECT xmin::text::bigint, * FROM %q ORDER BY ctid`); err != nil {
		return nil, err
	}
	lying, err := readTables(db, names, `SELECT t_xmin::text::bigint, encode(t_data, 'escape') AS body
		FROM generate_series(0, pg_relation_size('%[1]s') / 8192 - 1) AS n,
			heap_page_items(get_raw_page('%[1]s', n::int)) WHERE t_data IS NOT NULL ORDER BY t_xmin::text::bigint`)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, r := range lying {
		c.past = append(c.past, news([]row{r}, seen, r.tx)...)
	}
	found, err := query(db, "", pages)
	for _, r := range found {
		c.raw = append(c.raw, r.values["page"]...)
	}
	return c, err
}

// pages are the files of all tables and their indexes, with what no row is any more.
const pages = `WITH mine AS (SELECT oid, reltoastrelid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i'))
	SELECT 0, get_raw_page(f.oid::regclass::text, n::int) AS page FROM (SELECT oid FROM mine UNION SELECT reltoastrelid FROM mine WHERE reltoastrelid > 0) AS f,
		generate_series(0, pg_relation_size(f.oid) / 8192 - 1) AS n ORDER BY f.oid, n`

func readTables(db *sql.DB, names, from string) ([]row, error) {
	tables, err := query(db, "", names)
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

// backupLines reads a backup, each row with the table it is of.
func backupLines(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(zip)
	var lines []string
	table := ""
	for line := range bytes.Lines(all) {
		if line[0] == '[' {
			lines = append(lines, table+string(line))
		} else {
			table = fmt.Sprintf("%.40s ", line)
		}
	}
	return lines, err
}
