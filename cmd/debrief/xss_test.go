package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// TestPages_runNobodysWords puts a thousand hostile texts into every column of
// the database that people's words stand in, past whatever looks at them on their
// way in, and shows every page of the route table to a browser that heeds no
// content policy. Nobody lists columns or pages: a new one is found by itself.
func TestPages_runNobodysWords(t *testing.T) {
	w := newTown(t)
	p := &poison{T: t, all: payloads(), columns: map[string]bool{}}
	if len(p.all) < 1000 {
		t.Fatalf("only %d texts", len(p.all))
	}
	p.into(w.file)
	house, pages, _ := w.house()
	v := w.tour(house, pages)
	v.see = p.see
	v.own()
	p.into(w.file)
	v.look()
	for _, onward := range v.room() {
		p.out(w.file) // whoever goes on looks at what is there
		must(t, onward())
		p.into(w.file)
		v.look()
	}
	t.Logf("%d texts in %s", len(p.all), slices.Sorted(maps.Keys(p.columns)))
	if v.seen < 50 || len(p.columns) < 50 {
		t.Errorf("only %d pages, %d columns", v.seen, len(p.columns))
	}
	for _, pattern := range v.left {
		if pattern != "/setup/{secret}" {
			t.Errorf("nobody saw the page GET %s", pattern)
		}
	}
}

// A page that prints them as they are is found out, by those that run when it is
// shown as by those that wait for a tap.
func TestPages_runNobodysWords_catchesAPageThatDoes(t *testing.T) {
	careless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		w.Write([]byte("<!doctype html><title>x</title><main>" + r.FormValue("text") + "</main>"))
	}))
	t.Cleanup(careless.Close)
	d := debrieftest.NewDevice(t, careless.URL, debrieftest.Desktop)
	d.Unguarded()
	d.Forgive("")
	kinds := map[string]bool{}
	for _, text := range lively {
		d.Open("/?text=" + urlOf(text))
		found := d.Intruders()
		if len(found) == 0 {
			t.Errorf("nothing is found of %s", text)
		}
		for _, one := range found {
			kinds[strings.SplitN(one, ":", 2)[0]] = true
		}
	}
	for _, kind := range []string{"ran", "handler", "address", "element"} {
		if !kinds[kind] {
			t.Errorf("no %s was found", kind)
		}
	}
	d.Open("/?text=" + urlOf(html.EscapeString(strings.Join(lively, " "))))
	if found := d.Intruders(); len(found) != 0 {
		t.Errorf("on a careful page: %v", found)
	}
}

func urlOf(text string) string { return url.QueryEscape(text) }

// poison goes into a database, each text once into every column.
type poison struct {
	*testing.T
	all     []string
	columns map[string]bool
	was     []poisoning
}

// poisoning is where a text went, and what stood there before.
type poisoning struct {
	set  string
	text string
	id   int64
}

// see looks at a page and at its parts as its script fetches them.
func (p *poison) see(d *debrieftest.Device, address, name string) {
	p.Helper()
	d.Unguarded()
	d.Forgive("")
	d.Open(address)
	d.Await(`typeof refresh === "function" && Promise.all([...document.querySelectorAll("[data-fragment]")].map(refresh))`)
	for _, one := range d.Intruders() {
		p.Errorf("%s: %s", name, one)
	}
}

// into writes into every row of every column that has people's words in it and
// no poison yet.
func (p *poison) into(file string) {
	p.Helper()
	db, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(60000)")
	must(p.T, err)
	defer db.Close()
	rows, err := db.Query(`SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT' AND c.pk = 0 ORDER BY 1, 2`)
	must(p.T, err)
	var columns [][2]string
	for rows.Next() {
		var c [2]string
		must(p.T, rows.Scan(&c[0], &c[1]))
		columns = append(columns, c)
	}
	must(p.T, errors.Join(rows.Err(), rows.Close()))
	for _, c := range columns {
		p.column(db, c[0], c[1])
	}
}

// out takes everything back.
func (p *poison) out(file string) {
	p.Helper()
	db, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(60000)")
	must(p.T, err)
	defer db.Close()
	for _, one := range p.was {
		_, err := db.Exec(one.set, one.text, one.id)
		must(p.T, err)
	}
	p.was = nil
}

func (p *poison) column(db *sql.DB, table, column string) {
	p.Helper()
	if machinery.MatchString(table) || codes.MatchString(column) {
		return
	}
	rows, err := db.Query(`SELECT rowid, "` + column + `" FROM "` + table + `" WHERE instr("` + column + `", 'canary(') = 0`)
	must(p.T, err)
	held := map[int64]string{}
	for rows.Next() {
		var id int64
		var text string
		must(p.T, rows.Scan(&id, &text))
		held[id] = text
	}
	must(p.T, errors.Join(rows.Err(), rows.Close()))
	if len(held) == 0 {
		return
	}
	p.columns[table+"."+column] = true
	each, from := (len(p.all)+len(held)-1)/len(held), 0
	for id, text := range held {
		to := min(from+each, len(p.all))
		set := `UPDATE "` + table + `" SET "` + column + `" = ? WHERE rowid = ?`
		_, err := db.Exec(set, poisoned(text, p.all[from:to]), id)
		must(p.T, err)
		p.was = append(p.was, poisoning{set, text, id})
		from = to % len(p.all)
	}
}

// What is not written by people: whole tables, and columns by their names. Any
// other column of text is poisoned, also one that nobody has thought of yet.
var (
	machinery = regexp.MustCompile(`^(address|file|meta|counter|job|event|secret|seat|hand|token|device|link_once|pass|closing|repeat|identity|invitation|leads|turn|dispatch|channel|contact|feed|ready|hold_.*)$`)
	codes     = regexp.MustCompile(`^(id|hash|kind|state|phase|form|team|failure|review|member|gap|author|file|reporter|convener|step|steps|joined_to|stage|standing|triage|` +
		`import_.*|source|licence|touched|only_for|mark|boundary|places|carrier|offered|let_in_by|zone|code|class|erased_by|held_by|ended_by|` +
		`because|quotes|route|route_to|verdict|reason|folded|passphrase|lead|ready|pack|slug|owner|sign_by|procedure|became|origin|safeguard|a|b|` +
		`issuer|subject|lookup|sealed|sealing|salt|sum|answer|emergency|trace|next|sure|could|got|closeness)$`)
	identity = regexp.MustCompile(`^[a-z]{3}_[0-9a-z]{20,}$`)
)

// poisoned is a value with texts behind it, wherever in it there are words.
func poisoned(value string, texts []string) string {
	var any any
	if json.Unmarshal([]byte(value), &any) == nil {
		into, _ := json.Marshal(deep(any, strings.Join(texts, " ")))
		return string(into)
	}
	if strings.HasPrefix(value, "https://") {
		return "javascript:canary(1)"
	}
	if strings.Contains(value, "\n") {
		return value + "\n\n" + strings.Join(texts, "\n\n") + "\n"
	}
	return value + " " + strings.Join(texts, " ")
}

func deep(value any, text string) any {
	switch v := value.(type) {
	case string:
		if v != "" && !identity.MatchString(v) {
			return v + " " + text
		}
	case []any:
		for i := range v {
			v[i] = deep(v[i], text)
		}
	case map[string]any:
		for k := range v {
			v[k] = deep(v[k], text)
		}
	}
	return value
}
