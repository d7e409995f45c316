package bench

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// writers is how many people report at once.
const writers = 64

// BenchmarkDurable files reports from many writers at once, each acknowledged
// when it is on the disk and findable at once; beside it a report with its event
// and its words written into SQLite with FTS5, many in one transaction as we do
// it, and into PostgreSQL with a tsvector and its index.
func BenchmarkDurable(b *testing.B) {
	h := newHouse(b)
	n, c := counter(), newCorpus(1)
	texts := make([]string, 5000)
	for i := range texts {
		title, text := c.record()
		texts[i] = title + ". " + text
	}
	text := func() string { return texts[n()%len(texts)] }
	fts, gin := startFTS(b), startGIN(b)
	h.findable(b, n)
	beside(b, writers,
		served{"Debrief", func() error { return h.report(text()) }},
		served{"SQLite with FTS5", func() error { return fts.add(text()) }},
		served{"PostgreSQL with GIN", func() error { return gin(text()) }},
	)
}

// house is Debrief without its faces: what people do, the log and its follower.
type house struct {
	*app.App
	ines practice.Actor
}

func newHouse(b *testing.B) *house {
	b.Helper()
	db, err := store.Open(b.Context(), store.Options{Database: filepath.Join(b.TempDir(), "debrief.db"), Now: time.Now, Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	h := &house{App: app.New(app.Options{Store: db, Log: log})}
	if _, err := h.Fill(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	following, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	follower := &live.Follower{Store: db, Log: log, Takers: []func([]store.StoredEvent){func(events []store.StoredEvent) {
		if _, err := h.Learn(following, events); err != nil && following.Err() == nil {
			b.Error(err)
		}
	}}}
	go func() { defer close(done); follower.Run(following) }()
	b.Cleanup(func() { stop(); <-done })
	h.ines, err = h.SetUp(b.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Harbour Bikes", Zone: "UTC", DayStartsAt: 9 * 60, DayEndsAt: 17 * 60, RetentionDays: 90},
		Team: practice.Team{Name: "Workshop", Pack: "default", CycleDays: 14, Groups: []practice.Group{{Name: "Riders"}},
			Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "Somebody was hurt"}, {Kind: practice.TriggerNearMiss, Text: "By luck"}}},
		Steward: "Ines"})
	if err != nil {
		b.Fatal(err)
	}
	return h
}

func (h *house) report(text string) error {
	_, err := h.ReportFailure(context.Background(), h.ines, practice.NewFailure{Team: h.ines.Teams[0], Text: text, Stage: practice.StageAfter})
	return err
}

// findable measures how long a report is on the disk before it is found.
func (h *house) findable(b *testing.B, n func() int) {
	b.Helper()
	var took []time.Duration
	for range 100 {
		word := fmt.Sprintf("zebra%d", n())
		if err := h.report("The " + word + " was on the track."); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		for {
			r, err := h.Search(b.Context(), h.ines, app.SearchFor{Text: word})
			if err != nil {
				b.Fatal(err)
			}
			if r.Total > 0 {
				break
			}
		}
		took = append(took, time.Since(began))
	}
	b.ReportMetric(float64(median(took))/1e6, "findable-ms")
	b.ReportMetric(float64(tail(took))/1e6, "findable-p99-ms")
}

// fts keeps reports in SQLite with FTS5. Those that come while one transaction
// is under way share the next.
type fts struct {
	queue chan entry
}

type entry struct {
	text string
	done chan error
}

func startFTS(b *testing.B) fts {
	b.Helper()
	db := openPeer(b, "sqlite", filepath.Join(b.TempDir(), "fts.db"), `PRAGMA journal_mode = WAL`)
	for _, q := range []string{`PRAGMA synchronous = FULL`, `CREATE TABLE report (id INTEGER PRIMARY KEY, text TEXT)`,
		`CREATE TABLE event (seq INTEGER PRIMARY KEY, about INTEGER)`, `CREATE VIRTUAL TABLE record USING fts5(text)`} {
		must(b, db, q)
	}
	f := fts{make(chan entry)}
	stopped := make(chan struct{})
	b.Cleanup(func() { close(stopped) })
	go func() {
		for {
			select {
			case first := <-f.queue:
				f.commit(db, first)
			case <-stopped:
				return
			}
		}
	}()
	return f
}

func (f fts) add(text string) error {
	e := entry{text, make(chan error, 1)}
	f.queue <- e
	return <-e.done
}

// commit writes everything that waits in one transaction.
func (f fts) commit(db *sql.DB, first entry) {
	all := []entry{first}
	tx, err := db.Begin()
	write := func(e entry) {
		for _, q := range []string{`INSERT INTO report (text) VALUES ($1)`, `INSERT INTO event (about) SELECT max(id) FROM report`,
			`INSERT INTO record (rowid, text) SELECT id, text FROM report ORDER BY id DESC LIMIT 1`} {
			if err == nil {
				_, err = tx.Exec(q, e.text)
			}
		}
	}
	write(first)
	for waiting := true; waiting && len(all) < 256; {
		select {
		case e := <-f.queue:
			all = append(all, e)
			write(e)
		default:
			waiting = false
		}
	}
	if err == nil {
		err = tx.Commit()
	}
	for _, e := range all {
		e.done <- err
	}
}

// startGIN returns how to add a report to PostgreSQL.
func startGIN(b *testing.B) func(text string) error {
	b.Helper()
	db, err := sql.Open("pgx", storetest.DurablePostgres(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(writers)
	db.SetMaxIdleConns(writers)
	for _, q := range []string{`CREATE TABLE report (id bigserial PRIMARY KEY, text text, words tsvector)`, `CREATE INDEX ON report USING gin (words)`,
		`CREATE TABLE event (seq bigserial PRIMARY KEY, about bigint)`} {
		must(b, db, q)
	}
	return func(text string) error {
		_, err := db.Exec(`WITH r AS (INSERT INTO report (text, words) VALUES ($1, to_tsvector('english', $1)) RETURNING id)
			INSERT INTO event (about) SELECT id FROM r`, text)
		return err
	}
}
