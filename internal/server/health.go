package server

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
)

// health says that the process runs.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok")
}

// ready says that it can do something: the database answers, and it is not
// about to stop.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.drain:
		plain(w, http.StatusServiceUnavailable, "stopping")
		return
	default:
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	if s.Ready != nil {
		if err := s.Ready(ctx); err != nil {
			s.Log.Error("not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "not ready")
			return
		}
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

// metrics tells counts, to this machine or with the token.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	if !s.mayMeasure(r) {
		s.Web.Refuse(w, r, practice.ErrNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	s.counts.write(w)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	s.gauges(w, r)
	fmt.Fprintf(w, "# TYPE debrief_streams gauge\ndebrief_streams %d\n", s.Web.Streams())
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(w, "# TYPE go_memstats_heap_alloc_bytes gauge\ngo_memstats_heap_alloc_bytes %d\n", mem.HeapAlloc)
}

// Gauge is a number of something, as it is just now.
type Gauge struct {
	Name  string // such as jobs_late
	Value int
}

// gauges prints what the database is asked. While it does not answer, the other
// counts are told all the same.
func (s *Server) gauges(w io.Writer, r *http.Request) {
	if s.Gauges == nil {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	all, err := s.Gauges(ctx)
	answers := 1
	if err != nil {
		s.Log.Error("cannot count", "err", err)
		all, answers = nil, 0
	}
	for _, g := range append(all, Gauge{"database_up", answers}) {
		fmt.Fprintf(w, "# TYPE debrief_%s gauge\ndebrief_%s %d\n", g.Name, g.Name, g.Value)
	}
}

// mayMeasure: a request that a proxy on this machine passed on came from
// elsewhere.
func (s *Server) mayMeasure(r *http.Request) bool {
	if s.MetricsToken != "" {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		return subtle.ConstantTimeCompare([]byte(token), []byte(s.MetricsToken)) == 1
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && practice.ThisMachine(host)
}

// counts are the requests since the start, by route.
type counts struct {
	mu     sync.Mutex
	began  time.Time
	routes map[string]*count
}

// count is one route: how many of each class of status, and how long they took
// that were timed, which streams are not.
type count struct {
	classes [6]int
	timed   int
	took    time.Duration
	within  [len(bounds)]int
}

// bounds are the upper edges of the buckets, in seconds.
var bounds = [...]float64{0.005, 0.02, 0.05, 0.2, 1, 5}

func newCounts(now time.Time) *counts { return &counts{began: now, routes: map[string]*count{}} }

// of returns the count of a route. The caller holds the lock.
func (c *counts) of(route string) *count {
	if route == "" {
		route = "none"
	}
	n := c.routes[route]
	if n == nil {
		n = &count{}
		c.routes[route] = n
	}
	return n
}

// add counts an answer.
func (c *counts) add(route string, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of(route).classes[min(status/100, 5)]++
}

// time notes how long an answer took.
func (c *counts) time(route string, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.of(route)
	n.timed++
	n.took += took
	for i, edge := range bounds {
		if took.Seconds() <= edge {
			n.within[i]++
		}
	}
}

// write prints the counts in the Prometheus text format.
func (c *counts) write(w io.Writer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	routes := make([]string, 0, len(c.routes))
	for route := range c.routes {
		routes = append(routes, route)
	}
	slices.Sort(routes)
	fmt.Fprintf(w, "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %d\n", c.began.Unix())
	fmt.Fprintln(w, "# TYPE debrief_requests_total counter")
	for _, route := range routes {
		for class, n := range c.routes[route].classes {
			if n > 0 {
				fmt.Fprintf(w, "debrief_requests_total{route=%q,status=\"%dxx\"} %d\n", route, class, n)
			}
		}
	}
	fmt.Fprintln(w, "# TYPE debrief_request_seconds histogram")
	for _, route := range routes {
		n := c.routes[route]
		if n.timed == 0 {
			continue
		}
		for i, edge := range bounds {
			fmt.Fprintf(w, "debrief_request_seconds_bucket{route=%q,le=\"%g\"} %d\n", route, edge, n.within[i])
		}
		fmt.Fprintf(w, "debrief_request_seconds_bucket{route=%q,le=\"+Inf\"} %d\n", route, n.timed)
		fmt.Fprintf(w, "debrief_request_seconds_sum{route=%q} %g\ndebrief_request_seconds_count{route=%q} %d\n", route, n.took.Seconds(), route, n.timed)
	}
}
