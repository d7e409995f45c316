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
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// TestPages_runNobodysWords puts a thousand hostile texts into every column of
// the database that people's words stand in, past whatever looks at them on their
// way in, and shows every page of the route table to a browser that heeds no
// content policy. Nobody lists columns or pages: a new one is found by itself, and a
// column that is empty in the town, or that nobody shows, is named with the reason.
func TestPages_runNobodysWords(t *testing.T) {
	w := newTown(t)
	w.more()
	p := &poison{T: t, all: payloads(), columns: map[string]bool{}, unshown: unshown(t)}
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
	if v.seen < 50 || len(p.columns) < 80 {
		t.Errorf("only %d pages, %d columns", v.seen, len(p.columns))
	}
	for _, column := range p.forgotten(w.file) {
		t.Errorf("%s: no row of the town has words there, and testdata/unshown.txt does not say why nobody is shown them", column)
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

// A column that nobody thought of, and one that is empty in the town, are missed.
func TestPages_runNobodysWords_missesAColumn(t *testing.T) {
	w := newTown(t)
	p := &poison{T: t, all: payloads(), columns: map[string]bool{}, unshown: unshown(t)}
	db := p.open(w.file)
	defer db.Close()
	_, err := db.Exec(`CREATE TABLE rumour (body TEXT NOT NULL)`)
	must(t, err)
	p.into(w.file)
	missed := p.forgotten(w.file)
	for _, name := range []string{"rumour.body", "safeguard.line"} {
		if !slices.Contains(missed, name) {
			t.Errorf("%s is not missed", name)
		}
	}
}

func urlOf(text string) string { return url.QueryEscape(text) }

// poison goes into a database, each text once into every column.
type poison struct {
	*testing.T
	all     []string
	columns map[string]bool // that have some in them
	unshown map[string]bool // columns by name, and whether there is such a one
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
	db := p.open(file)
	defer db.Close()
	for _, c := range p.shown(db) {
		p.column(db, c[0], c[1])
	}
}

func (p *poison) open(file string) *sql.DB {
	p.Helper()
	db, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(60000)")
	must(p.T, err)
	return db
}

// shown are the columns of text that are not named as unshown.
func (p *poison) shown(db *sql.DB) (columns [][2]string) {
	p.Helper()
	rows, err := db.Query(`SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT' ORDER BY 1, 2`)
	must(p.T, err)
	for rows.Next() {
		var c [2]string
		must(p.T, rows.Scan(&c[0], &c[1]))
		named := false
		for _, name := range []string{c[0] + "." + c[1], c[0] + ".*", "*.id"} {
			if _, ok := p.unshown[name]; ok && (name != "*.id" || c[1] == "id") {
				p.unshown[name], named = true, true
			}
		}
		if !named {
			columns = append(columns, c)
		}
	}
	must(p.T, errors.Join(rows.Err(), rows.Close()))
	return columns
}

// forgotten are the columns that are shown and had nothing in them.
func (p *poison) forgotten(file string) (names []string) {
	p.Helper()
	db := p.open(file)
	defer db.Close()
	for _, c := range p.shown(db) {
		if name := c[0] + "." + c[1]; !p.columns[name] {
			names = append(names, name)
		}
	}
	for name, there := range p.unshown {
		if !there {
			p.Errorf("testdata/unshown.txt: there is no column %s", name)
		}
	}
	return names
}

// unshown reads the columns in which nobody's words stand, each with its reason.
func unshown(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/unshown.txt")
	must(t, err)
	names := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		reason, columns, _ := strings.Cut(line, " = ")
		if reason == "" || columns == "" {
			t.Errorf("a line without a reason or a column: %s", line)
		}
		for name := range strings.FieldsSeq(columns) {
			names[name] = false
		}
	}
	return names
}

// out takes everything back.
func (p *poison) out(file string) {
	p.Helper()
	db := p.open(file)
	defer db.Close()
	for _, one := range p.was {
		_, err := db.Exec(one.set, one.text, one.id)
		must(p.T, err)
	}
	p.was = nil
}

func (p *poison) column(db *sql.DB, table, column string) {
	p.Helper()
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
	each, from := (len(p.all)+len(held)-1)/len(held), 0
	for id, text := range held {
		to := min(from+each, len(p.all))
		set := `UPDATE "` + table + `" SET "` + column + `" = ? WHERE rowid = ?`
		bad := poisoned(text, p.all[from:to])
		_, err := db.Exec(set, bad, id)
		must(p.T, err)
		if strings.Contains(bad, "canary(") {
			p.columns[table+"."+column] = true
		}
		p.was = append(p.was, poisoning{set, text, id})
		from = to % len(p.all)
	}
}

var identity = regexp.MustCompile(`^[a-z]{3}_[0-9a-z]{20,}$`)

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

// more puts into the town what its story has nothing of, so that every column in which
// people's words stand has a row.
func (w *town) more() {
	w.Helper()
	db, err := sql.Open("sqlite", w.file+"?_pragma=busy_timeout(60000)")
	must(w.T, err)
	defer db.Close()
	for _, statement := range []string{
		`INSERT INTO safeguard (id, team, link, line, at) SELECT 'sfg_01khvcxa5fe0qsz2m2g1mcnbkd', team, 'https://elsewhere.example', 'One lock.', at FROM finding LIMIT 1`,
		`INSERT INTO scar (id, safeguard, failure, gap, revision, at) SELECT 'scr_01khvcxa5fe0qsz2m2g1mcnbkd', 'sfg_01khvcxa5fe0qsz2m2g1mcnbkd', failure, gap, 0, at FROM finding LIMIT 1`,
		`INSERT INTO effect (gap, what, ask_at, said, body, said_at, told) SELECT id, 'Wrong doors in a month.', 1, 'no', 'As many.', 1, TRUE FROM gap`,
		`INSERT INTO former (failure, version, body, stage, recognised_at, until_at) SELECT id, 1, 'As it was.', stage, recognised_at, recognised_at FROM failure WHERE number IN (4, 5)`,
		`UPDATE failure SET version = 2 WHERE number IN (4, 5)`,
		`INSERT INTO hot (failure, meant, parted, kind, change, carrier, day) SELECT id, 'As planned.', 'At the door.', 'avoidable', 'Knock first.', 'Ben', recognised_at FROM failure WHERE number IN (4, 5)`,
		`INSERT INTO message (id, failure, place, day, asked, sealed, body, answers) SELECT 'msg_01khvcxa5fe0qsz2m2g1mcnbk' || number, id, 0, recognised_at, TRUE, '', 'Where was it?', '' FROM failure WHERE number IN (4, 5)`,
		`INSERT INTO message (id, failure, place, day, asked, sealed, body, answers) SELECT 'msg_01khvcxa5fe0qsz2m2g1mcnbj' || number, id, 1, recognised_at, FALSE, '', 'At the door.', '' FROM failure WHERE number IN (4, 5)`,
		`INSERT INTO dispatch (id, code, member, review, link, weekly, due_at, fault, sent_at, gave_up_at) SELECT 'dsp_01khvcxa5fe0qsz2m2g1mcnbkd', 'notice.changed', id, '', '/f/4/record', FALSE, 1, 'refused', 0, 1 FROM member WHERE name = 'Ben'`,
		`INSERT INTO channel (team, address, titles, fault, tried_at) SELECT team, 'https://chat.example/hook', TRUE, 'refused', 1 FROM finding LIMIT 1`,
		`INSERT INTO erasure (member, called, day, erased_by, why) SELECT id, 'Someone', 1, id, 'They wrote a letter.' FROM member WHERE name = 'keeper'`,
		`INSERT INTO identity (issuer, subject, member) SELECT 'https://provider.example', '1', id FROM member WHERE name = 'Ben'`,
		`INSERT INTO core_mark (id, step, core, at, revision, why) SELECT 'mrk_01khvcxa5fe0qsz2m2g1mcnb1' || id, id, TRUE, 1, 1, 'Money hangs on it.' FROM step`,
		`INSERT INTO core_mark (id, step, core, at, revision, why) SELECT 'mrk_01khvcxa5fe0qsz2m2g1mcnb2' || id, id, FALSE, 2, 1, 'It no longer does.' FROM step`,
		`INSERT INTO core_change (gap, step, act, body, rest, target, revision, placed) SELECT gap, (SELECT step.id FROM step
			JOIN procedure ON procedure.id = step.procedure WHERE step.retired = 0 ORDER BY procedure.title, step.place LIMIT 1),
			'split', 'Count twice.', 'Then lock.', '', 1, 0 FROM finding LIMIT 1`,
		`DELETE FROM trial`,
		`INSERT INTO trial (gap, step, revision, harm, at, look_at, until_at, end_at, kept, why)
			SELECT gap, step, 1, 'It burns.', 1, 0, 1, 0, FALSE, 'It held.' FROM core_change`,
		`INSERT INTO scar (id, step, failure, gap, revision, at) SELECT 'scr_01khvcxa5fe0qsz2m2g1mcnbkt', core_change.step, review.failure, gap.id, 0, 1
			FROM core_change JOIN gap ON gap.id = core_change.gap JOIN review ON review.id = gap.review`,
		`UPDATE consent SET gap = (SELECT gap FROM trial), begun_at = 1`, `UPDATE consent_asked SET gap = (SELECT gap FROM trial)`,
		`UPDATE consent_text SET gap = (SELECT gap FROM trial)`, `UPDATE consent_said SET gap = (SELECT gap FROM trial)`,
		`INSERT INTO cycle_inherited (cycle, about, says, body) SELECT cycle.id, boundary.id, 'fits', 'We go by boat.' FROM cycle JOIN boundary ON TRUE`,
		`INSERT INTO step_use (step, ticked_on, spared_on, kept_on, why) SELECT id, 0, 0, 1, 'It is rare.' FROM step`,
		`INSERT INTO assumption_test (assumption, place, state, how, gap, next, member, day) SELECT id, 1, 'broken', 'It was open.', (SELECT gap FROM finding LIMIT 1), NULL, member, 1 FROM assumption`,
		`INSERT INTO assumption_use (id, assumption, procedure, step, plan, day, fine) SELECT 'asu_01khvcxa5fe0qsz2m2g1mcnbk' || number, (SELECT id FROM assumption), NULL, NULL, id, 1, CASE WHEN number = 1 THEN 'Somebody looks.' ELSE '' END FROM plan`,
		`UPDATE proposal SET why = 'It is too loud.'`,
		`UPDATE finding SET because = '["It rained."]'`,
		`UPDATE gap SET quotes = '["It was dark."]'`,
		`UPDATE team SET words = '{"room":"circle"}'`,
	} {
		if _, err := db.Exec(statement); err != nil {
			w.Errorf("%s: %v", statement, err)
		}
	}
	var gap string
	must(w.T, db.QueryRow(`SELECT gap FROM consent`).Scan(&gap))
	w.ids["consent"] = gap
}
