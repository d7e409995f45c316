package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"debrief/internal/rest"
)

// who are the columns of testdata/records.txt, which says who they are.
var who = []string{"nobody", "guest", "seat", "outsider", "member", "there", "host", "carrier", "leader", "misuser", "guard", "steward", "keeper", "left", "tablet", "read", "report", "write"}

// programs are those who come with a token.
var programs = map[string]bool{"read": true, "report": true, "write": true}

// How somebody stands to a record. Where its page is there and its words are not, that
// is not the same as a page that is not there.
const (
	changes = 'w'
	reads   = 'r'
	acts    = 'c' // changes it, and does not read it
	nothing = 'n'
	aside   = 'e' // reads its words somewhere, and not where it stands
)

// entry is one record of testdata/records.txt.
type entry struct {
	name, mark string
	want       string
	sets       []string // how its words come into the town
	at, guest  []string // where it stands, and where for whoever comes by a link
	do         []string // what changes it
	out        []string // where its words leave the house by
	few        bool     // it hangs on a failure that is restricted later
}

// entries reads testdata/records.txt.
func entries(t *testing.T) (all []*entry) {
	t.Helper()
	text, err := os.ReadFile("testdata/records.txt")
	must(t, err)
	for line := range strings.Lines(string(text)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case word == "" || word[0] == '#':
		case word == "few":
			all[len(all)-1].few = true
		case line[0] != ' ':
			mark, name, _ := strings.Cut(rest, " ")
			all = append(all, &entry{name: name, mark: mark, want: word})
			if len(word) != len(who) {
				t.Errorf("%s has %d cells, of %d", name, len(word), len(who))
			}
		default:
			e := all[len(all)-1]
			into := map[string]*[]string{"set": &e.sets, "at": &e.at, "guest": &e.guest, "do": &e.do, "out": &e.out}[word]
			*into = append(*into, rest)
		}
	}
	return all
}

// asked is one request as somebody sends it: an address alone is read; words behind it are
// a form, or JSON.
func (w *town) asked(house http.Handler, what, by string) (*http.Response, string) {
	w.Helper()
	method, rest2, ok := strings.Cut(what, " ")
	if strings.HasPrefix(method, "/") {
		method, rest2, ok = "GET", what, true
	}
	path, body, _ := strings.Cut(w.filled(rest2, by), " ")
	api := strings.HasPrefix(path, rest.Prefix)
	ctx, end := context.WithCancel(w.Context())
	defer end()
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[api])
	r.Header.Set("If-Match", "*")
	if number, version, is := strings.Cut(body, " @"); is {
		r = httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(number))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", `"`+version+`"`)
	}
	w.as(r, by)
	answer := once{httptest.NewRecorder(), func() {}}
	house.ServeHTTP(answer, r)
	got := answer.Result()
	text, _ := io.ReadAll(got.Body)
	if !ok || got.StatusCode >= 500 || got.StatusCode == http.StatusTooManyRequests {
		w.Errorf("%s by %s: %d %s", what, by, got.StatusCode, text)
	}
	return got, string(text)
}

// filled puts the ids of the town into a request, and what only one of them has.
func (w *town) filled(what, by string) string {
	for name, id := range w.ids {
		what = strings.ReplaceAll(what, "<"+name+">", id)
	}
	words := "seven words of nobody at all here"
	if by == "guard" {
		words = w.ids["seven"]
	}
	return strings.ReplaceAll(strings.ReplaceAll(what, "<words>", words), "<+words>", url.QueryEscape(words))
}

// asks gives a request an address of its own: nobody asks too often from one place.
func (w *town) asks(r *http.Request) {
	w.count++
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1", w.count/250, w.count%250)
}

// as makes a request somebody's.
func (w *town) as(r *http.Request, by string) {
	w.asks(r)
	switch by {
	case "nobody", "guest":
	case "read", "report", "write":
		r.Header.Set("Authorization", "Bearer "+w.ids["token-"+by])
	case "seat":
		r.Header.Set("Cookie", w.cookie(by))
		r.Header.Set("Debrief-Seat", w.seat)
	default:
		r.Header.Set("Cookie", w.cookie(by))
	}
}

// cell is how somebody stands to a record, and what a page says where a program is told
// something else.
func (w *town) cell(house http.Handler, e *entry, by string) (rune, []string) {
	w.Helper()
	program := programs[by]
	at, how, differ := e.at, rune(0), []string(nil)
	if by == "guest" {
		at = append(e.guest, map[bool][]string{true: e.at}[len(e.guest) == 0]...)
	}
	for _, one := range at {
		if program && !strings.Contains(one, rest.Prefix) {
			continue
		}
		got, text := w.asked(house, one, by)
		if to := got.Header.Get("Location"); got.StatusCode == http.StatusSeeOther && howOf(got) == letsIn {
			got, text = w.asked(house, to, by)
		}
		letter := howOf(got)
		if strings.Contains(text, e.mark) {
			letter = reads
		} else if letter == letsIn {
			letter = nothing
		}
		if how != 0 && how != letter && !(max(how, letter) == nothing && min(how, letter) == door) {
			differ = append(differ, string(how)+" and, at "+one+", "+string(letter))
		}
		how = max(how, letter) // d, f, n, o, r
		w.again()
	}
	did, asked := 0, 0
	for _, one := range e.do {
		if by == "guest" || program && !strings.Contains(one, rest.Prefix) {
			continue
		}
		asked++
		if w.changed(house, one, by) {
			did++
		}
	}
	switch {
	case did > 0 && how == reads:
		how = changes
	case did > 0:
		how = acts
	}
	if did > 0 && did < asked {
		differ = append(differ, "told so in one place, and no in another")
	}
	if how == 0 {
		how = '-'
	}
	return how, differ
}

// changed reports whether a request was done, and changed something.
func (w *town) changed(house http.Handler, what, by string) bool {
	w.Helper()
	w.again()
	got, _ := w.asked(house, what, by)
	did := got.StatusCode < 400 && howOf(got) == letsIn && w.differs()
	w.again()
	return did
}

// restless are the tables that the program changes by itself, or with whoever asks.
var restless = map[string]bool{"job": true, "meta": true, "repeat": true, "token": true, "device": true, "tablet": true}

// differs reports whether anything is not as it was, but for what the program does by itself.
func (w *town) differs() bool {
	w.Helper()
	for _, table := range w.tables {
		var differs bool
		if !restless[table] {
			must(w.T, w.db.QueryRow(`SELECT EXISTS (SELECT * FROM main."`+table+`" EXCEPT SELECT * FROM was."`+table+`") OR
				EXISTS (SELECT * FROM was."`+table+`" EXCEPT SELECT * FROM main."`+table+`")`).Scan(&differs))
		}
		if differs {
			return true
		}
	}
	return false
}

// everywhere are the addresses of all pages and lists there are, for what they tell of a
// record beside its own.
func (w *town) everywhere(patterns []string) (all []string) {
	for _, pattern := range patterns {
		method, path, _ := strings.Cut(pattern, " ")
		if method != "GET" || strings.HasSuffix(path, "/news") || strings.HasSuffix(path, ".js") {
			continue
		}
		all = append(all, w.address(path))
	}
	return append(all, "/search?q=quokka", "/api/v1/search?q=quokka&limit=100", "/api/v1/failures?limit=100")
}

// Of each kind of record a file says who reads it, who changes it and who is told that there
// is none. Nobody else finds its words on any page or in any list either.
func TestRecords_whoReadsAndChanges(t *testing.T) {
	w := newTown(t)
	w.more()
	all := entries(t)
	w.crowd()
	w.told(all)
	house, pages, api := w.house()
	var patterns []string
	for _, r := range pages.Routes() {
		patterns = append(patterns, r.Pattern)
	}
	addresses := w.everywhere(append(patterns, api.Routes()...))
	rows := make([][]rune, len(all))
	for _, by := range who {
		found := w.elsewhere(house, all, by, addresses)
		for i, e := range all {
			how, differ := w.cell(house, e, by)
			if found[e.mark] != "" && how != reads && how != changes {
				how = map[rune]rune{acts: changes}[how]
				how = max(how, aside)
			}
			rows[i] = append(rows[i], how)
			for _, one := range differ {
				t.Errorf("%s: %s is %s", e.name, by, one)
			}
		}
	}
	for _, one := range wrong(all, rows) {
		t.Error(one)
	}
	for _, e := range all { // and finds out what is wrong
		e.want = strings.Map(func(r rune) rune { return map[bool]rune{true: hidden, false: reads}[r == reads] }, e.want[:1]) + e.want[1:]
	}
	if missed := len(all) - len(wrong(all, rows)); missed > 0 {
		t.Errorf("%d wrong cells are not found out", missed)
	}
	if found := w.elsewhere(gossip(all), all, "nobody", []string{"/more"}); len(found) != len(all) {
		t.Errorf("a page that tells everything tells only %d", len(found))
	}
	if len(all) < 40 {
		t.Errorf("only %d records", len(all))
	}
	w.few(all, addresses)
}

// wrong are the records whose row is another one.
func wrong(all []*entry, rows [][]rune) (out []string) {
	for i, e := range all {
		if got := string(rows[i]); got != e.want {
			out = append(out, fmt.Sprintf("%s:\n got %s\nwant %s", e.name, got, e.want))
		}
	}
	return out
}

// gossip is a server that tells everybody everything.
func gossip(all []*entry) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for _, e := range all {
			fmt.Fprintln(w, e.mark)
		}
	})
}

// few looks again where the failure that some records hang on is restricted.
func (w *town) few(all []*entry, addresses []string) {
	w.Helper()
	w.again()
	w.write(w.filled(`UPDATE failure SET only_for = '["<host>","<there>"]' WHERE number = 4`, ""))
	house, _, _ := w.house()
	for _, e := range all {
		if e.few {
			addresses = append(addresses, e.at...)
		}
	}
	for _, by := range []string{"there", "member", "leader", "outsider", "guard", "steward", "keeper"} {
		found := w.elsewhere(house, all, by, addresses)
		for _, e := range all {
			if got := found[e.mark]; e.few && (got != "") != (by == "there") {
				w.Errorf("%s: %s finds it where it was restricted, at %s", e.name, by, got)
			}
		}
	}
}

// elsewhere looks for the words of records on all pages and lists that somebody sees, and
// says where it found which.
func (w *town) elsewhere(house http.Handler, all []*entry, by string, addresses []string) map[string]string {
	w.Helper()
	found := map[string]string{}
	for _, address := range addresses {
		if programs[by] && !strings.HasPrefix(address, rest.Prefix) {
			continue
		}
		_, text := w.asked(house, address, by)
		for _, e := range all {
			if strings.Contains(text, e.mark) {
				found[e.mark] += " " + address
			}
		}
	}
	w.again()
	return found
}
