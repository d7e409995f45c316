package bench

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store/storetest"
)

// BenchmarkSimilar asks for the five records most like sixty words, of the
// index and of the two databases' own ranking. The databases get five questions
// a round, since each takes them long.
func BenchmarkSimilar(b *testing.B) {
	n := size(b)
	c := newCorpus(1)
	index := recall.New()
	lite := openPeer(b, "sqlite", filepath.Join(b.TempDir(), "peer.db"), `CREATE VIRTUAL TABLE record USING fts5(text, content='')`)
	post := openPeer(b, "pgx", storetest.Postgres(b), `CREATE TABLE peer (id integer PRIMARY KEY, text text, words tsvector)`)
	fill(b, c, n, places{index, lite, post})
	must(b, post, `CREATE INDEX ON peer USING gin (words)`)
	must(b, post, `ANALYZE peer`)
	questions := c.questions(300)
	var all []time.Duration
	compare(b,
		measure{"recall", func() time.Duration {
			took := each(questions, func(q string) { index.Similar(recall.Query{Text: q}) })
			all = append(all, took...)
			return median(took)
		}},
		measure{"FTS5", func() time.Duration { return median(each(questions[:5], func(q string) { askLite(b, lite, q) })) }},
		measure{"ts_rank", func() time.Duration { return median(each(questions[:5], func(q string) { askPost(b, post, q) })) }},
	)
	b.ReportMetric(float64(tail(all))/1e6, "recall-p99-ms")
	var searches []time.Duration
	for _, q := range questions {
		typed := strings.Join(strings.Fields(q)[:3], " ")
		searches = append(searches, each([]string{typed}, func(q string) { index.Search(recall.Search{Text: q}) })...)
	}
	b.ReportMetric(float64(median(searches))/1e6, "search-ms")
	b.ReportMetric(float64(tail(searches))/1e6, "search-p99-ms")
}

func openPeer(b *testing.B, driver, address, schema string) *sql.DB {
	b.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	must(b, db, schema)
	return db
}

func must(b *testing.B, db *sql.DB, query string, args ...any) {
	b.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		b.Fatalf("%s: %v", query, err)
	}
}

// places are where the records go.
type places struct {
	index      *recall.Index
	lite, post *sql.DB
}

// fill gives all three the same records, and says how long each took.
func fill(b *testing.B, c *corpus, n int, to places) {
	b.Helper()
	var took [3]time.Duration
	const batch = 500
	for from := 0; from < n; from += batch {
		titles, texts := make([]string, batch), make([]string, batch)
		for i := range batch {
			titles[i], texts[i] = c.record()
		}
		began := time.Now()
		for i := range batch {
			to.index.Put(recall.Doc{ID: fmt.Sprintf("flr_%08d", from+i), Kind: recall.Failure, Title: titles[i], Text: texts[i]})
		}
		took[0] += time.Since(began)
		for i, db := range []*sql.DB{to.lite, to.post} {
			began = time.Now()
			insert(b, db, from, titles, texts)
			took[i+1] += time.Since(began)
		}
	}
	b.Logf("%d records into recall %v, FTS5 %v, PostgreSQL %v", n, took[0], took[1], took[2])
}

func insert(b *testing.B, db *sql.DB, from int, titles, texts []string) {
	b.Helper()
	lite := strings.Contains(fmt.Sprintf("%T", db.Driver()), "sqlite")
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	for i := range titles {
		text := titles[i] + ". " + texts[i]
		if lite {
			_, err = tx.Exec(`INSERT INTO record (rowid, text) VALUES ($1, $2)`, from+i, text)
		} else {
			_, err = tx.Exec(`INSERT INTO peer (id, text, words) VALUES ($1, $2, to_tsvector('english', $2))`, from+i, text)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// bringCorpus puts that many failures into a database of Debrief's, as ones
// brought in from elsewhere.
func bringCorpus(b *testing.B, database string, n int) {
	b.Helper()
	s := storetest.Open(b, database)
	house := app.New(app.Options{Store: s})
	c := newCorpus(1)
	const batch = 2000
	for from := 0; from < n; from += batch {
		var all []prose.Imported
		for i := range min(batch, n-from) {
			title, text := c.record()
			all = append(all, prose.Imported{ID: fmt.Sprint("made-", from+i), Title: title, Text: text, Org: "Made up", Print: "1"})
		}
		if _, err := house.ImportReviews(b.Context(), practice.Actor{Operator: true}, all); err != nil {
			b.Fatal(err)
		}
	}
}

func distinct(question string) []string {
	words := strings.Fields(question)
	slices.Sort(words)
	return slices.Compact(words)
}

func askLite(b *testing.B, db *sql.DB, question string) {
	ask(b, db, `SELECT rowid FROM record WHERE record MATCH $1 ORDER BY bm25(record) LIMIT 5`, strings.Join(distinct(question), " OR "))
}

func askPost(b *testing.B, db *sql.DB, question string) {
	ask(b, db, `SELECT id FROM peer, to_tsquery('english', $1) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 5`,
		strings.Join(distinct(question), " | "))
}

func ask(b *testing.B, db *sql.DB, query, words string) {
	b.Helper()
	rows, err := db.Query(query, words)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	found := 0
	for rows.Next() {
		found++
	}
	if err := rows.Err(); err != nil || found != 5 {
		b.Fatalf("found %d: %v", found, err)
	}
}
