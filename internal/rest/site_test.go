package rest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// site is an API, and whoever came in to it.
type site struct {
	plan string // the id of one that is frozen
	*testing.T
	clock   *storetest.Clock
	effect  string // the address of what is watched of a change
	api     *Rest
	app     *app.App
	db      *store.Store
	doors   *auth.Auth
	watch   *watcher // nil: nothing is held against the description
	team    string
	people  []string // ids
	devices []string // cookies
	tokens  []string
}

// The passphrase of everybody.
const passphrase = "a kettle on the left shelf"

// freshSite is an API before set-up.
func freshSite(t *testing.T, database string) *site {
	t.Helper()
	c := storetest.NewClock(time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC))
	db := storetest.Open(t, database, c.Option)
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Options{Store: db, Index: recall.New(), Log: slog.New(slog.DiscardHandler), Mails: true})
	doors := auth.New(auth.Options{Store: db, Now: c.Now, Random: rand.Reader, Hash: auth.HashCost{KiB: 8, Passes: 1, Lanes: 1}})
	return &site{T: t, clock: c, app: a, db: db, doors: doors, api: New(Options{App: a, Auth: doors, Words: catalogue,
		Log: slog.New(slog.DiscardHandler), Now: c.Now, Rooms: room.New(room.Options{Store: db, Words: words.NewWordlist()})})}
}

// newSite is one with an organisation of two people: the steward, and Amal.
func newSite(t *testing.T, database string) *site {
	t.Helper()
	s := freshSite(t, database)
	s.setUp()
	return s
}

// setUp does with calls of the API alone what a person does with the link that
// the server prints, and lets a second person in.
func (s *site) setUp() {
	s.Helper()
	secret, err := s.doors.OpenSetUp(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	made := s.done(s.ask("POST", "/setup", m{"secret": secret, "steward": "Noor", "passphrase": passphrase,
		"organisation": m{"name": "Alder"}, "team": m{"name": "Saturday crew", "pack": "operations"},
		"procedure": "# Locking up\n\n- [ ] Turn the tap off.\n- [ ] Lock the door."}))
	s.team = made.at("team", "id")
	s.comeIn(made.at("member", "id"), made)
	added := s.by(0, "POST", "/teams/"+s.team+"/members", m{"names": []string{"Amal"}})
	id := added.body["items"].([]any)[0].(m)["member"].(m)["id"].(string)
	link := s.by(0, "POST", "/members/"+id+"/links", m{"use": "in"}).at("link")
	s.comeIn(id, s.done(s.ask("POST", "/devices", m{"link": link})))
}

// comeIn keeps the device of somebody who just came in, and makes their token.
func (s *site) comeIn(id string, in reply) {
	s.Helper()
	var cookies []string
	for _, c := range in.Result().Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	s.people = append(s.people, id)
	s.devices = append(s.devices, strings.Join(cookies, "; "))
	token := s.done(s.ask("POST", "/tokens", m{"name": "test", "scopes": []string{"read", "write"}}, "Cookie", s.devices[len(s.devices)-1]))
	s.tokens = append(s.tokens, token.at("token"))
}

type m = map[string]any

// reply is what came back.
type reply struct {
	*httptest.ResponseRecorder
	body m
	what string // method and address
}

// at reads a text out of an answer.
func (r reply) at(path ...string) string {
	var v any = r.body
	for _, name := range path {
		inner, _ := v.(m)
		v = inner[name]
	}
	text, _ := v.(string)
	return text
}

// items are those of a list.
func (r reply) items() []any {
	list, _ := r.body["items"].([]any)
	return list
}

// send sends one request; headers come in pairs.
func (s *site) send(method, path, body string, headers ...string) reply {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	out := reply{w, m{}, method + " " + path}
	if picture := strings.HasPrefix(w.Header().Get("Content-Type"), "image/"); picture {
		out.body = nil
	} else if err := json.Unmarshal(bytes.TrimSpace(w.Body.Bytes()), &out.body); err != nil {
		s.Fatalf("%s %s: %d, no JSON: %s", method, path, w.Code, w.Body)
	}
	if s.watch != nil {
		if err := s.watch.check(r, []byte(body), out); err != nil {
			s.Errorf("%s %s: %s\nanswer: %d %s", method, path, err, w.Code, w.Body)
		}
	}
	return out
}

// ask sends a value as JSON, below the prefix.
func (s *site) ask(method, path string, body any, headers ...string) reply {
	s.Helper()
	text := ""
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			s.Fatal(err)
		}
		text = string(b)
	}
	return s.send(method, Prefix+path, text, headers...)
}

// done wants what was asked for to have been done.
func (s *site) done(r reply) reply {
	s.Helper()
	if r.Code != http.StatusOK && r.Code != http.StatusCreated {
		s.Fatalf("%s: %d %s", r.what, r.Code, r.Body)
	}
	return r
}

// with sends as a person at their device, and wants it done.
func (s *site) with(who int, method, path string, body any, headers ...string) reply {
	s.Helper()
	return s.done(s.ask(method, path, body, append(headers, "Cookie", s.devices[who])...))
}

// by sends as a person's program, and wants it done. What no token may do goes
// by their device.
func (s *site) by(who int, method, path string, body any, headers ...string) reply {
	s.Helper()
	if strings.HasPrefix(path, "/teams") || strings.HasPrefix(path, "/members") {
		return s.with(who, method, path, body, headers...)
	}
	return s.done(s.ask(method, path, body, append(headers, "Authorization", "Bearer "+s.tokens[who])...))
}

// in sends from a seat, at the version that was seen, and wants it done.
func (s *site) in(seat, method, path string, body any, version ...string) reply {
	s.Helper()
	headers := []string{seatHeader, seat}
	if len(version) > 0 {
		headers = append(headers, "If-Match", version[0])
	}
	return s.done(s.ask(method, path, body, headers...))
}

// refused wants a problem with a code.
func (s *site) refused(r reply, status int, code string) {
	s.Helper()
	if r.Code != status || r.body["code"] != code || r.Header().Get("Content-Type") != problemType {
		s.Errorf("want %d %s, got %d %s %s", status, code, r.Code, r.Header().Get("Content-Type"), r.Body)
	}
	if r.at("title") == "" || r.at("fix") == "" {
		s.Errorf("%s has no title or no fix: %s", code, r.Body)
	}
}

// about wants the first field of a refusal to be called so.
func (s *site) about(r reply, field string) {
	s.Helper()
	wrong, _ := r.body["errors"].([]any)
	if len(wrong) == 0 || wrong[0].(m)["field"] != field || wrong[0].(m)["detail"] == "" {
		s.Errorf("want something about %s, got %s", field, r.Body)
	}
}
