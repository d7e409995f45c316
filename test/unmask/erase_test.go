package unmask

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// canaries is how many texts of each kind are written and erased; each has perText
// words that stand in no other.
const (
	canaries = 12
	perText  = 11
)

// erasure is a town that writes texts and erases them.
type erasure struct {
	*testing.T
	*town
	words   []string       // that stand in one text each, and are to go
	learned store.Position // how far the index has read
}

// What was erased stands in no file any more: not in the database, its
// write-ahead log, the index, the log, an export or a backup made afterwards, in
// whatever form. PostgreSQL's own write-ahead log is the operator's.
func TestErased_isInNoFile(t *testing.T) {
	onBoth(t, func(t *testing.T, _ string, fresh func(testing.TB) string) {
		town, err := (&plan{people: 12}).begin(t.Context(), fresh(t), t.TempDir(), time.Date(2031, 3, 3, 9, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { town.store.Close() })
		e := &erasure{T: t, town: town}
		var erase []func()
		for _, kind := range []func() func(){e.redactions, e.takenBack, e.person, e.withdrawn, e.reworded, e.fact, e.answers, e.fields} {
			erase = append(erase, kind())
		}
		if len(e.words) < 1000 {
			t.Errorf("only %d words are to go", len(e.words))
		}
		e.keep()
		found := e.found()
		for _, w := range e.words {
			if len(found[w]) == 0 {
				t.Errorf("%s stands nowhere before it is erased: the search proves nothing", w)
			}
		}
		for _, do := range erase {
			do()
		}
		e.hour()
		e.keep()
		for w, files := range e.found() {
			t.Errorf("%s stands in %v", w, files)
		}
	})
}

// The control: deleted as the databases delete by themselves, a text is found.
func TestErased_controlWithoutWiping(t *testing.T) {
	onBoth(t, func(t *testing.T, database string, fresh func(testing.TB) string) {
		e := &erasure{T: t, town: &town{address: fresh(t), folder: t.TempDir()}, words: []string{marker + "aaaing"}}
		driver, before, after := "sqlite", `PRAGMA secure_delete=OFF`, `PRAGMA wal_checkpoint(TRUNCATE)`
		if database == "PostgreSQL" {
			driver, before, after = "pgx", `SELECT 1`, `SELECT 1`
		}
		db, err := sql.Open(driver, e.address)
		e.must(err)
		defer db.Close()
		db.SetMaxOpenConns(1)
		for _, q := range []string{before, `CREATE TABLE planted (body TEXT)`, `INSERT INTO planted VALUES ('a ` + marker + `aaaing thing')`,
			`DELETE FROM planted`, after} {
			_, err := db.ExecContext(t.Context(), q)
			e.must(err)
		}
		if found := e.found(); len(found) == 0 {
			t.Error("nobody would notice a text that was only deleted")
		}
	})
}

func (e *erasure) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// text is a new text with words that stand in no other, and with what other
// formats write in another way.
func (e *erasure) text() string {
	return fmt.Sprintf("The %s of Zürich was <wrong> & \"late\".", e.phrase(perText))
}

// hour lets the clock pass a full hour.
func (e *erasure) hour() {
	e.Helper()
	due := e.now.Truncate(time.Hour).Add(time.Hour)
	e.now = due.Add(time.Second)
	e.must(e.rooms.Release(e.ctx, due))
}

func stranger(n int) practice.Stranger {
	return practice.Stranger{From: fmt.Sprintf("10.0.%d.1:4711", n)}
}

// send sends reports without a name, which appear, and returns the words of
// their receipts.
func (e *erasure) send(appears bool) (receipts []string) {
	for n := range canaries {
		r, err := e.rooms.Report(e.ctx, stranger(n), room.NewReport{Address: e.word, Unnamed: practice.Unnamed{Text: e.text(), Stage: practice.StageAfter}})
		e.must(err)
		receipts = append(receipts, r.Words)
	}
	if appears {
		e.hour()
	}
	return receipts
}

// each does something with every receipt, one a minute, for tries are counted.
func (e *erasure) each(receipts []string, do func(who practice.Stranger, words string) error) {
	e.Helper()
	for n, words := range receipts {
		e.must(do(stranger(n), words))
		e.now = e.now.Add(time.Minute)
	}
	e.hour()
}

func (e *erasure) withdrawn() func() {
	receipts := append(e.send(true), e.send(false)...)
	return func() {
		e.each(receipts, func(who practice.Stranger, words string) error {
			_, err := e.rooms.Withdraw(e.ctx, who, words)
			return err
		})
	}
}

func (e *erasure) reworded() func() {
	receipts := e.send(true)
	return func() {
		e.each(receipts, func(who practice.Stranger, words string) error {
			return e.rooms.Correct(e.ctx, who, words, "In other words.")
		})
	}
}

func (e *erasure) fact() func() {
	f, err := e.app.Failure(e.ctx, e.actor(0), 1)
	e.must(err)
	var ids []practice.FactID
	for range canaries {
		fact, err := e.app.AddFact(e.ctx, e.actor(0), practice.Fact{Failure: f.ID, Text: e.phrase(perText), Link: "https://x.example/" + e.phrase(1), Pasted: e.text()}, nil)
		e.must(err)
		ids = append(ids, fact.ID)
	}
	return func() {
		for _, id := range ids {
			e.must(e.app.RemoveFact(e.ctx, e.actor(0), id))
		}
	}
}

// answers are written in a room that closes, and go when their time is over.
func (e *erasure) answers() func() {
	r := &sitting{who: []int{0, 1, 2}, writer: []int{0, 1, 2}, seats: make([]practice.Seat, 3)}
	e.must(e.report(0, "Something else that happened."))
	e.must(e.call(r, e.now))
	for place := range r.who {
		e.must(e.come(r, place))
	}
	e.must(e.move(r))
	for _, q := range questions {
		for place := range r.who {
			e.must(e.answer(r, place, q, e.text()))
		}
		e.must(e.goOn(r, q))
	}
	e.must(e.settleGap(r))
	e.must(e.move(r))
	e.must(e.close(r))
	return func() {
		e.now = e.now.AddDate(0, 0, 91)
		e.must(e.app.Dispose(e.ctx))
	}
}

// keep writes what stands beside the database in place of what stood there: the
// index, a backup, an export, the log.
func (e *erasure) keep() {
	e.Helper()
	if e.learned == (store.Position{}) {
		_, err := e.app.Fill(e.ctx, nil)
		e.must(err)
	}
	news := storetest.Events(e, e.store, e.learned)
	e.learned = news.Next
	_, err := e.app.Learn(e.ctx, news.Events)
	e.must(err)
	frozen, err := e.app.Freeze(e.ctx)
	e.must(err)
	var index, exported, backup bytes.Buffer
	e.must(frozen.Write(&index))
	e.must(e.app.Export(e.ctx, practice.Actor{Operator: true}, func(x app.Exported) error {
		line, err := json.Marshal(x.Line)
		fmt.Fprintf(&exported, "%s %s %s\n", x.File, line, x.Page)
		return err
	}))
	_, err = e.store.Backup(e.ctx, &backup)
	e.must(err)
	unzipped, err := gzip.NewReader(&backup)
	e.must(err)
	lines, err := io.ReadAll(unzipped)
	e.must(err)
	for name, b := range map[string][]byte{"index": index.Bytes(), "export": exported.Bytes(), "backup": lines, "log": e.log.Bytes()} {
		e.must(os.WriteFile(filepath.Join(e.folder, name), b, 0o600))
	}
}

// files are all there are: of the database, and beside it. PostgreSQL has taken samples
// for its planner by then, as it does by itself.
func (e *erasure) files() []string {
	e.Helper()
	below := []string{filepath.Dir(e.address), e.folder}
	if strings.Contains(e.address, "://") {
		db, err := sql.Open("pgx", e.address)
		e.must(err)
		defer db.Close()
		_, err = db.Exec(`ANALYZE; CHECKPOINT`)
		e.must(err)
		var data, oid string
		e.must(db.QueryRow(`SELECT current_setting('data_directory'), oid::text FROM pg_database WHERE datname = current_database()`).Scan(&data, &oid))
		below = []string{filepath.Join(data, "base", oid), filepath.Join(data, "..", "log"), e.folder}
	}
	var all []string
	for _, dir := range below {
		e.must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				all = append(all, path)
			}
			return err
		}))
	}
	return all
}
