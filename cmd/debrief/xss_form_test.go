package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/rest"
)

// TestForms_runNobodysWords fills every form of every page with hostile texts, in every
// way in which it may be refused, and shows what comes back to a browser that heeds no
// content policy. Nobody lists the forms: they are read off the pages.
func TestForms_runNobodysWords(t *testing.T) {
	w := newTown(t)
	w.more()
	house, pages, _ := w.house()
	e := &echoes{T: t, house: house, all: payloads()}
	v := w.tour(e.beside(house), pages)
	v.own()
	e.device = debrieftest.NewDevice(t, v.base, debrieftest.Desktop)
	e.device.Unguarded()
	e.device.Forgive("")
	e.again = w.again
	v.see = func(d *debrieftest.Device, address, name string) {
		d.Unguarded()
		d.Forgive("")
		d.Open(address)
		for who, theirs := range v.devices {
			if theirs == d {
				e.forms(d, address, func() string { return v.cookie(who) })
			}
		}
	}
	w.keep()
	v.look()
	for i, onward := range v.room() {
		w.again()
		must(t, onward())
		w.keep()
		if i > 0 { // before that it is the same page
			v.look()
		}
	}
	e.addresses(v.device("member"))
	t.Logf("%d forms were sent %d times, %d answers shown", len(e.seen), e.sent, e.shown)
	if len(e.seen) < 100 || e.shown < 100 {
		t.Errorf("only %d forms, %d answers shown", len(e.seen), e.shown)
	}
}

// A site that says what was typed as it was is found out.
func TestForms_runNobodysWords_catchesAFormThatDoes(t *testing.T) {
	careless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>x</title><main>%s<form method="post"><input name="text"><button>x</button></form></main>`, r.PostFormValue("text"))
	})
	e := &echoes{T: t, house: careless, all: payloads(), again: func() {}}
	server := httptest.NewServer(e.beside(careless))
	t.Cleanup(server.Close)
	e.device = debrieftest.NewDevice(t, server.URL, debrieftest.Desktop)
	e.device.Unguarded()
	e.device.Forgive("")
	var found []string
	e.found = func(_ string, intruders []string) { found = append(found, intruders...) }
	e.device.Open("/")
	e.forms(e.device, "/", func() string { return "" })
	if len(found) == 0 {
		t.Error("nothing is found")
	}
}

// echoes are the answers to hostile forms.
type echoes struct {
	*testing.T
	house  http.Handler
	all    []string // of the texts
	next   int
	again  func() // undoes what a form did
	device *debrieftest.Device
	found  func(name string, intruders []string) // else they fail the test
	seen   map[string]bool
	sent   int
	shown  int
	page   string // the answer that is shown now
}

// aForm is one as it stands on a page.
type aForm struct {
	Action  string
	Multi   bool
	Fields  []struct{ Name, Type, Value string }
	Buttons []aButton
	tapped  aButton
}

// aButton sends a form, somewhere else than it says where it has an action of its own.
type aButton struct{ Name, Value, Action string }

const formsOfPage = `JSON.stringify([...document.querySelectorAll("form[method=post]")].map((f) => ({
	Action: f.getAttribute("action") || location.pathname, Multi: f.enctype === "multipart/form-data",
	Fields: [...f.elements].filter((e) => e.name && !/button|fieldset/.test(e.localName)).map((e) => ({ Name: e.name, Type: e.type, Value: e.value })),
	Buttons: [...f.elements].filter((e) => e.localName === "button" && e.type === "submit").map((e) => ({ Name: e.name, Value: e.value, Action: e.getAttribute("formaction") || "" })),
})))`

// beside is the house with one more page: the answer to look at.
func (e *echoes) beside(house http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/the-answer" {
			house.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(e.page))
	})
}

// forms sends every form of the page that a device shows and that was not sent yet.
func (e *echoes) forms(d *debrieftest.Device, address string, cookie func() string) {
	e.Helper()
	var forms []aForm
	must(e.T, json.Unmarshal([]byte(d.Evaluate(formsOfPage)), &forms))
	if e.seen == nil {
		e.seen = map[string]bool{}
	}
	for _, f := range forms {
		names := ""
		for _, field := range f.Fields {
			names += " " + field.Name
		}
		to := f.Action
		for _, f.tapped = range append(f.Buttons, aButton{}) {
			f.Action = cmp.Or(f.tapped.Action, to)
			key := f.Action + names + " " + f.tapped.Name + "=" + f.tapped.Value
			if strings.HasPrefix(f.Action, "/") && !strings.HasPrefix(f.Action, "/out") && !e.seen[key] {
				e.seen[key] = true
				e.form(f, cookie)
			}
		}
	}
}

// ways are those in which a form is sent.
var ways = []string{"hostile", "stale", "long", "missing"}

func (e *echoes) form(f aForm, cookie func() string) {
	e.Helper()
	was := map[int]bool{}
	for _, way := range ways {
		status, answer := e.send(f, way, cookie())
		e.again()
		if status >= 500 {
			e.Errorf("%s, %s: %d", f.Action, way, status)
		}
		if len(was) < 2 && !was[status] && strings.Contains(answer, "canary(") {
			was[status] = true
			e.show(f.Action+" "+way, answer)
		}
	}
}

// show looks at an answer as the browser does.
func (e *echoes) show(name, answer string) {
	e.Helper()
	e.page, e.shown = answer, e.shown+1
	e.device.Open("/the-answer")
	e.look(e.device, name)
}

func (e *echoes) look(d *debrieftest.Device, name string) {
	e.Helper()
	intruders := d.Intruders()
	if e.found != nil {
		e.found(name, intruders)
		return
	}
	for _, one := range intruders {
		e.Errorf("%s: %s", name, one)
	}
}

// text is the next of the hostile texts.
func (e *echoes) text() string {
	e.next++
	return e.all[e.next%len(e.all)]
}

// filled is what a field is sent with.
func (e *echoes) filled(kind, name, value, way string) string {
	choice := kind == "hidden" || kind == "radio" || kind == "checkbox" || strings.HasPrefix(kind, "select")
	_, number := strconv.Atoi(value)
	switch {
	case name == "once":
		return fmt.Sprintf("once-%d", e.sent)
	case choice && way == "stale" && number == nil:
		return "0"
	case choice && way == "missing" && kind != "hidden":
		return e.text()
	case choice:
		return value
	case way == "long":
		return strings.Repeat(e.text()+" ", 200)
	case way == "missing" && e.next%2 == 0:
		e.next++
		return ""
	}
	return e.text()
}

func (e *echoes) send(f aForm, way, cookie string) (int, string) {
	e.Helper()
	e.sent++
	typed := url.Values{}
	for _, field := range f.Fields {
		if field.Type != "file" && (field.Type != "radio" || !typed.Has(field.Name)) {
			typed.Add(field.Name, e.filled(field.Type, field.Name, field.Value, way))
		}
	}
	if f.tapped.Name != "" {
		typed.Set(f.tapped.Name, f.tapped.Value)
	}
	body, kind := strings.NewReader(typed.Encode()), "application/x-www-form-urlencoded"
	if f.Multi {
		body, kind = e.parts(f, typed)
	}
	r := httptest.NewRequestWithContext(e.Context(), http.MethodPost, f.Action, body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Cookie", cookie)
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:1", e.sent/250, e.sent%250) // nobody asks too often from one place
	answer := httptest.NewRecorder()
	e.house.ServeHTTP(answer, r)
	return answer.Code, answer.Body.String()
}

// parts is a form with files in it, whose names are hostile and which are none.
func (e *echoes) parts(f aForm, typed url.Values) (*strings.Reader, string) {
	e.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, values := range typed {
		for _, v := range values {
			must(e.T, m.WriteField(name, v))
		}
	}
	for _, field := range f.Fields {
		if field.Type != "file" {
			continue
		}
		part, err := m.CreateFormFile(field.Name, e.text())
		must(e.T, err)
		_, err = part.Write([]byte(e.text()))
		must(e.T, err)
	}
	must(e.T, m.Close())
	return strings.NewReader(b.String()), m.FormDataContentType()
}

// addresses opens pages at addresses that have hostile texts in them: where one names
// what is looked for, or where nothing is.
func (e *echoes) addresses(d *debrieftest.Device) {
	e.Helper()
	for _, text := range lively {
		q := url.QueryEscape(text)
		for _, at := range []string{"/search?q=", "/search?kind=", "/hot?", "/in?next=", "/team/people?team=", "/report?text=", "/f/1?said=", "/nothing/", "/f/", "/p/", "/p/new?from=",
			"/in/", "/join/", "/r/", "/pass/seat/", "/pass/carry/", "/you/mail/", "/seat/", "/e/", "/c/", "/carry/", "/files/", "/team/", "/hot/talk/", rest.Prefix + "/search?q=", rest.Prefix + "/failures/"} {
			if e.next++; e.next%4 != 0 { // each text at some, each address with some
				continue
			}
			d.Open(at + strings.ReplaceAll(q, "+", "%20"))
			e.look(d, at+text)
			e.shown++
		}
	}
}
