package rest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// site is an API with an organisation of two people behind it.
type site struct {
	*testing.T
	api    *Rest
	app    *app.App
	tokens []string
	people []practice.MemberID
}

func newSite(t *testing.T, database string) *site {
	t.Helper()
	db := storetest.Open(t, database)
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Options{Store: db, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
	doors := auth.New(auth.Options{Store: db, Now: time.Now, Random: rand.Reader})
	s := &site{T: t, app: a, api: New(Options{App: a, Auth: doors, Words: catalogue, Log: slog.New(slog.DiscardHandler),
		Rooms: room.New(room.Options{Store: db, Words: words.NewWordlist()})})}
	steward, err := a.SetUp(t.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Alder", Zone: "UTC", DayEndsAt: 60, RetentionDays: 90},
		Team: practice.Team{Name: "Saturday crew", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "a"}, {Kind: practice.TriggerNearMiss, Text: "b"}}},
		Steward: "Noor",
	})
	if err != nil {
		t.Fatal(err)
	}
	added, err := a.AddMembers(t.Context(), steward, steward.Teams[0], []string{"Amal"})
	if err != nil {
		t.Fatal(err)
	}
	s.people = []practice.MemberID{steward.Member, added[0].Member.ID}
	for _, m := range s.people {
		_, secret, err := doors.MakeToken(t.Context(), practice.Actor{Operator: true}, m,
			practice.NewToken{Name: "test", Scopes: []practice.Scope{practice.ScopeRead, practice.ScopeWrite}})
		if err != nil {
			t.Fatal(err)
		}
		s.tokens = append(s.tokens, secret)
	}
	return s
}

// reply is what came back.
type reply struct {
	*httptest.ResponseRecorder
	body map[string]any
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
	out := reply{ResponseRecorder: w, body: map[string]any{}}
	if err := json.Unmarshal(bytes.TrimSpace(w.Body.Bytes()), &out.body); err != nil {
		s.Fatalf("%s %s: %d, no JSON: %s", method, path, w.Code, w.Body)
	}
	return out
}

// by sends as one of the two people, and wants it done.
func (s *site) by(who int, method, path string, body any, headers ...string) reply {
	s.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	r := s.send(method, Prefix+path, string(text), append(headers, "Authorization", "Bearer "+s.tokens[who])...)
	if r.Code != http.StatusOK {
		s.Fatalf("%s %s: %d %s", method, path, r.Code, r.Body)
	}
	return r
}

// refused wants a problem with a code.
func (s *site) refused(r reply, status int, code string) {
	s.Helper()
	if r.Code != status || r.body["code"] != code || r.Header().Get("Content-Type") != "application/problem+json" {
		s.Errorf("want %d %s, got %d %s %s", status, code, r.Code, r.Header().Get("Content-Type"), r.Body)
	}
	if r.body["title"] == "" || r.body["fix"] == nil {
		s.Errorf("%s has no title or no fix: %s", code, r.Body)
	}
}

type m map[string]any

func TestRest_strangersGetNothing(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	paths := 0
	for path, item := range s.api.api.OpenAPI().Paths {
		for method, o := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete} {
			if fmt.Sprint(o) == "<nil>" || strings.HasPrefix(path, Prefix+"/seats/{review}") && method == "POST" &&
				(strings.HasSuffix(path, "{review}") || strings.HasSuffix(path, "/words")) {
				continue
			}
			paths++
			real := strings.NewReplacer("{id}", "1", "{review}", "rev_1", "{question}", "gap", "{gap}", "gap_1",
				"{slug}", "a", "{number}", "1").Replace(path)
			for _, header := range []string{"", "Bearer dbf_wrong", "Basic eDp5"} {
				r := s.send(method, real, `{"unknown":1}`, "Authorization", header)
				s.refused(r, http.StatusUnauthorized, "sign.in")
			}
		}
	}
	if paths < 60 {
		t.Errorf("only %d operations", paths)
	}
	if r := s.send("GET", "/api/openapi.json", ""); r.Code != http.StatusOK || r.body["paths"] == nil {
		t.Errorf("the description: %d", r.Code)
	}
}

func TestRest_badInput(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	bearer := []string{"Authorization", "Bearer " + s.tokens[0]}
	for _, c := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"unknown field", `{"text":"x","stage":"after","colour":"red"}`, 400, "unknown.field"},
		{"wrong type", `{"text":7,"stage":"after"}`, 400, "api.field"},
		{"no JSON", `{"text":`, 400, "api.json"},
		{"a list", `[]`, 400, "api.field"},
		{"too deep", strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), 400, "api.deep"},
		{"too large", `{"text":"` + strings.Repeat("x", 300<<10) + `"}`, 413, "frame.large"},
		{"no text", "{\"text\":\"\xff\"}", 400, "text.encoding"},
		{"empty", ``, 400, "report.empty"},
		{"no stage", `{"text":"x"}`, 400, "required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.refused(s.send("POST", Prefix+"/failures", c.body, bearer...), c.status, c.code)
		})
	}
	s.refused(s.send("GET", Prefix+"/nothing", "", bearer...), 404, "not.found")
	s.refused(s.send("PATCH", Prefix+"/failures", "", bearer...), 405, "api.method")
	s.refused(s.send("GET", Prefix+"/members?cursor=x", "", bearer...), 400, "api.cursor")
	s.refused(s.send("GET", Prefix+"/failures/F-1", "", bearer...), 404, "not.found")
	if r := s.send("GET", Prefix+"/failures", "", bearer...); len(r.body["items"].([]any)) != 0 {
		t.Errorf("something was kept: %s", r.Body)
	}
}

func TestRest_onceAndOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := newSite(t, database)
		for range 2 {
			s.by(0, "POST", "/failures", m{"text": "The pump ran dry.", "stage": "after"}, "Idempotency-Key", "k1")
		}
		s.by(0, "POST", "/failures", m{"text": "The valve was shut.", "stage": "after"}, "Idempotency-Key", "k2")
		first := s.by(1, "GET", "/failures?limit=1", nil)
		next, _ := first.body["next"].(string)
		second := s.by(1, "GET", "/failures?limit=1&cursor="+next, nil)
		if len(second.body["items"].([]any)) != 1 || second.body["next"] != nil {
			t.Errorf("want two failures, one on each page: %s %s", first.Body, second.Body)
		}
	})
}
