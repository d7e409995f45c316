package rest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"debrief/internal/store/storetest"
)

func TestRest_strangersGetNothing(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	paths := 0
	for path, item := range s.api.description().Paths {
		for method, o := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete} {
			if fmt.Sprint(o) == "<nil>" || s.api.open[method+" "+path] {
				continue
			}
			s.clock.Pass(time.Minute) // whoever tries so many secrets would have to wait
			paths++
			real := strings.NewReplacer("{id}", "1", "{review}", "rev_1", "{question}", "gap", "{gap}", "gap_1",
				"{slug}", "a", "{number}", "1", "{member}", "me").Replace(path)
			for _, header := range []string{"", "Bearer dbf_wrong", "Basic eDp5"} {
				r := s.send(method, real, `{"unknown":1}`, "Authorization", header)
				s.refused(r, http.StatusUnauthorized, "sign.in")
			}
		}
	}
	if paths < 105 {
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
		{"unknown field", `{"text":"x","stage":"after","colour":"red"}`, 400, "api.unknown"},
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

// patience writes down until when a line is read from.
type patience struct {
	http.ResponseWriter
	until time.Time
}

func (p *patience) SetReadDeadline(t time.Time) error {
	p.until = t
	return nil
}

// Whoever waits for an answer that takes long has not gone away.
func TestRest_readsWithoutADeadlineOnceItHasRead(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	for _, path := range []string{"/failures", "/similar"} {
		r := httptest.NewRequest("POST", Prefix+path, strings.NewReader(`{"text":"The pump ran dry.","stage":"after"}`))
		r.Header.Set("Authorization", "Bearer "+s.tokens[0])
		r.Header.Set("Content-Type", "application/json")
		line := &patience{ResponseWriter: httptest.NewRecorder(), until: time.Unix(1, 0)}
		s.api.ServeHTTP(line, r)
		if !line.until.IsZero() {
			t.Errorf("%s is read until %v while it is answered", path, line.until)
		}
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
