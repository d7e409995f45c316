package server

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
)

func TestHealth(t *testing.T) {
	down := false
	s, _ := newServer(t, func(o *Options) {
		o.Ready = func(context.Context) error {
			if down {
				return errors.New("no database at 10.0.0.7")
			}
			return nil
		}
	})
	if got := ask(s, "GET", "/healthz"); got.StatusCode != 200 {
		t.Errorf("healthz: %d", got.StatusCode)
	}
	if got := ask(s, "GET", "/readyz"); got.StatusCode != 200 {
		t.Errorf("readyz: %d", got.StatusCode)
	}
	down = true
	got := ask(s, "GET", "/readyz")
	if text, _ := io.ReadAll(got.Body); got.StatusCode != 503 || strings.Contains(string(text), "10.0.0.7") {
		t.Errorf("readyz: %d %s", got.StatusCode, text)
	}
}

func TestMetrics_areForThisMachineOrTheToken(t *testing.T) {
	away := false
	open, _ := newServer(t, func(o *Options) {
		o.Gauges = func(context.Context) ([]Gauge, error) {
			if away {
				return nil, errors.New("no database at 10.0.0.7")
			}
			return []Gauge{{"jobs_late", 3}}, nil
		}
	})
	locked, _ := newServer(t, func(o *Options) { o.MetricsToken = "dbf_metrics" })
	from := func(s *Server, peer string, header ...string) int {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = peer
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Code
	}
	for name, c := range map[string][2]int{
		"this machine":          {from(open, "127.0.0.1:5000"), 200},
		"this machine, IPv6":    {from(open, "[::1]:5000"), 200},
		"another":               {from(open, "192.0.2.9:5000"), 404},
		"a proxy here":          {from(open, "127.0.0.1:5000", "X-Forwarded-For", "192.0.2.9"), 404},
		"with the token":        {from(locked, "192.0.2.9:5000", "Authorization", "Bearer dbf_metrics"), 200},
		"with another":          {from(locked, "127.0.0.1:5000", "Authorization", "Bearer dbf_other"), 404},
		"without, on the spot":  {from(locked, "127.0.0.1:5000"), 404},
		"an empty token, empty": {from(open, "192.0.2.9:5000", "Authorization", "Bearer "), 404},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %d, want %d", name, c[0], c[1])
		}
	}
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:5000"
	ask(open, "GET", "/more")
	w := httptest.NewRecorder()
	open.ServeHTTP(w, r)
	for _, want := range []string{`debrief_requests_total{route="GET /more",status="2xx"} 1`, `debrief_request_seconds_count{route="GET /more"} 1`, "debrief_streams 0", "debrief_jobs_late 3", "debrief_database_up 1", "go_goroutines"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s in\n%s", want, w.Body)
		}
	}
	away = true
	w = httptest.NewRecorder()
	open.ServeHTTP(w, r)
	if got := w.Body.String(); !strings.Contains(got, "debrief_database_up 0") || strings.Contains(got, "10.0.0.7") || strings.Contains(got, "jobs_late") {
		t.Errorf("while the database is away:\n%s", got)
	}
}

// A stream is counted and not timed: how long a page stays open says nothing of
// how quick the server is.
func TestMetrics_timeNoStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := newServer(t, nil)
		count := func(path string) string {
			ask(s, "GET", path)
			var counted strings.Builder
			s.counts.write(&counted)
			return counted.String()
		}
		got := count("/api/slow?as=text/event-stream")
		if !strings.Contains(got, `status="2xx"} 1`) || strings.Contains(got, "debrief_request_seconds_") {
			t.Errorf("after a stream: %s", got)
		}
		if got = count("/api/slow"); !strings.Contains(got, `status="2xx"} 2`) || !strings.Contains(got, `le="+Inf"} 1`) || !strings.Contains(got, "} 10\n") {
			t.Errorf("after ten seconds: %s", got)
		}
	})
}
