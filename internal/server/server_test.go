package server

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// journal is a log that may be read while it is written.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// newServer serves the pages to Ilse. The header X-Panic makes a page panic;
// under /api/ there is an API that says, waits or breaks what the address says.
func newServer(t *testing.T, change func(*Options)) (*Server, *journal) {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	said := &journal{}
	log := slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	pages, err := web.New(frame.Options{
		Words: catalogue, Now: time.Now, Random: rand.Reader, Log: log,
		Actor: func(r *http.Request) (practice.Actor, frame.Place, error) {
			if r.Header.Get("X-Slow") != "" {
				<-r.Context().Done()
				return practice.Actor{}, frame.Place{}, context.Cause(r.Context())
			}
			if r.Header.Get("X-Panic") != "" {
				panic("the oven is on fire")
			}
			return practice.Actor{Member: "mem_ilse", Name: "Ilse Brandt"}, frame.Place{Organisation: "Depot"}, nil
		},
		Seat: func(*http.Request) (practice.Seat, frame.Place, error) {
			return practice.Seat{}, frame.Place{}, practice.ErrNotFound
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Web: pages, Log: log, Now: time.Now, Random: rand.Reader, API: testAPI()}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s, said
}

// manner is how an API refuses for what never reached it.
type manner struct{ http.Handler }

func (manner) Refuse(w http.ResponseWriter, _ *http.Request, err error) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(map[practice.Kind]int{practice.Internal: 500, practice.Forbidden: 403, practice.Busy: 503}[practice.KindOf(err)])
}

func testAPI() API {
	api := http.NewServeMux()
	api.HandleFunc("GET /api/from", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.RemoteAddr) })
	api.HandleFunc("POST /api/read", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, "no", http.StatusRequestTimeout)
		}
	})
	api.HandleFunc("GET /api/panic", func(http.ResponseWriter, *http.Request) { panic("broken") })
	api.HandleFunc("GET /api/half", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "half of"); panic("broken") })
	api.HandleFunc("GET /api/slow", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("as"))
		select {
		case <-time.After(10 * time.Second):
			io.WriteString(w, "done")
		case <-r.Context().Done():
		}
	})
	addPatient(api)
	return manner{api}
}

// ask sends one request, with headers as name and value in turn.
func ask(s http.Handler, method, address string, header ...string) *http.Response {
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// missing names the headers an answer does not carry.
func missing(h http.Header) []string {
	names := Missing(h, false)
	for _, never := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
		if h.Get(never) != "" {
			names = append(names, "no "+never)
		}
	}
	return names
}

func TestHeaders_onEveryAnswer(t *testing.T) {
	s, _ := newServer(t, nil)
	requests := [][]string{
		{"GET", "/no/such/page"}, {"HEAD", "/no/such/page"}, {"PUT", "/more"}, {"GET", "/seat/rev_1/write"},
		{"GET", "/cloth/nothing.css"}, {"GET", "//more"}, {"GET", "/favicon.ico"}, {"OPTIONS", "/more"},
		{"GET", "/healthz"}, {"HEAD", "/readyz"}, {"GET", "/metrics"}, {"POST", "/more", "Sec-Fetch-Site", "cross-site"},
		{"GET", "/more", "X-Panic", "yes"}, {"GET", "/api/panic"}, {"GET", "/api/nothing"}, {"POST", "/api/read", "Origin", "https://evil.example"},
	}
	wildcard := regexp.MustCompile(`\{[^}]*\}`)
	for _, rt := range s.Web.Routes() {
		method, pattern, ok := strings.Cut(rt.Pattern, " ")
		if !ok {
			t.Fatalf("%s names no method", rt.Pattern)
		}
		address := wildcard.ReplaceAllString(pattern, "1")
		requests = append(requests, []string{method, address}, []string{"DELETE", address})
		if method == http.MethodGet {
			requests = append(requests, []string{"HEAD", address})
		}
	}
	for _, q := range requests {
		got := ask(s, q[0], q[1], q[2:]...)
		if names := missing(got.Header); len(names) > 0 {
			t.Errorf("%v: %d lacks %v", q, got.StatusCode, names)
		}
		if got.StatusCode >= 400 && strings.HasPrefix(got.Header.Get("Cache-Control"), "public") {
			t.Errorf("%v: %d may be kept by anybody", q, got.StatusCode)
		}
	}
}

// A request that net/http refuses before any handler hears of it.
func TestHeaders_onAnswersOfTheLibrary(t *testing.T) {
	s, _ := newServer(t, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Serve(ctx, l) }()
	for request, status := range map[string]int{
		"GET / HTTP/1.1\r\n\r\n": 400,
		"nonsense\r\n\r\n":       400,
		"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("a", 64<<10) + "\r\n\r\n":                                   431,
		"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + strings.Repeat("a", headerLimit) + "\r\n\r\n":                              431,
		"GET /more HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: " + strings.Repeat("a", headerLimit-100) + "\r\n\r\n": 200,
		"GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n":                                                              417,
		"GET /more HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n":                                                         200,
		"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n":                                                         400,
	} {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		go io.WriteString(c, request)
		got, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%.40q: %v", request, err)
		}
		if names := missing(got.Header); got.StatusCode != status || len(names) > 0 {
			t.Errorf("%.40q: got %d, want %d; lacks %v", request, got.StatusCode, status, names)
		}
		c.Close()
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestHSTS_onlyWithHTTPS(t *testing.T) {
	plain, _ := newServer(t, nil)
	based, _ := newServer(t, func(o *Options) { o.BaseURL = "https://debrief.example" })
	behind, _ := newServer(t, func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
	for name, c := range map[string]struct {
		got  *http.Response
		want bool
	}{
		"plain":           {ask(plain, "GET", "/more"), false},
		"base address":    {ask(based, "GET", "/more"), true},
		"believed proxy":  {ask(behind, "GET", "/more", "X-Forwarded-Proto", "https"), true},
		"anybody's claim": {ask(plain, "GET", "/more", "X-Forwarded-Proto", "https"), false},
	} {
		if got := c.got.Header.Get("Strict-Transport-Security") != ""; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestNew_wantsABaseAddress(t *testing.T) {
	s, _ := newServer(t, nil)
	for _, bad := range []string{"debrief.example", "/", "https://"} {
		o := s.Options
		o.BaseURL = bad
		if _, err := New(o); err == nil {
			t.Errorf("took %q", bad)
		}
	}
}

func TestOrigins(t *testing.T) {
	s, _ := newServer(t, func(o *Options) { o.BaseURL = "https://debrief.example" })
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"a browser on our page":          {[]string{"Sec-Fetch-Site", "same-origin"}, 200},
		"a browser through the proxy":    {[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://debrief.example"}, 200},
		"no browser":                     {nil, 200},
		"another site":                   {[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403},
		"a subdomain":                    {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"an old browser on another site": {[]string{"Origin", "https://evil.example"}, 403},
		"a hidden origin":                {[]string{"Origin", "null"}, 403},
	} {
		if got := ask(s, "POST", "/api/read", c.header...); got.StatusCode != c.want {
			t.Errorf("%s: got %d, want %d", name, got.StatusCode, c.want)
		}
	}
	got := ask(s, "POST", "/more", "Sec-Fetch-Site", "cross-site")
	if page, _ := io.ReadAll(got.Body); got.StatusCode != 403 || !strings.Contains(string(page), "from another site") {
		t.Errorf("the page: %d %s", got.StatusCode, page)
	}
}

func TestPanic_isAFaultPage(t *testing.T) {
	s, said := newServer(t, nil)
	got := ask(s, "GET", "/more", "X-Panic", "yes")
	page, _ := io.ReadAll(got.Body)
	id := got.Header.Get("X-Request-Id")
	if got.StatusCode != 500 || id == "" || !strings.Contains(string(page), id) || strings.Contains(string(page), "oven") {
		t.Errorf("%d, id %q, page %s", got.StatusCode, id, page)
	}
	if !strings.Contains(said.String(), "level=ERROR msg=panic id="+id) {
		t.Errorf("log: %s", said)
	}
	if got := ask(s, "GET", "/api/panic"); got.StatusCode != 500 || got.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("api: %d %q", got.StatusCode, got.Header.Get("Content-Type"))
	}
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("half an answer ended with %v", p)
		}
	}()
	ask(s, "GET", "/api/half")
}

func TestLog_oneLinePerRequestAndNoneOfSeats(t *testing.T) {
	s, said := newServer(t, nil)
	ask(s, "GET", "/more?q=secret")
	ask(s, "GET", "/no/such")
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `level=DEBUG msg=request`) || !strings.Contains(lines[0], `route="GET /more" status=200 took=`) || strings.Contains(said.String(), "secret") {
		t.Errorf("log: %q", lines)
	}
	before := said.String()
	for _, address := range []string{"/seat/rev_1/write", "/seat/", "/seat/rev_1/no/such"} {
		ask(s, "GET", address)
		ask(s, "POST", address)
		ask(s, "POST", address, "Sec-Fetch-Site", "cross-site")
	}
	if said.String() != before {
		t.Errorf("a seat left a line: %s", said.String()[len(before):])
	}
	var counted strings.Builder
	s.counts.write(&counted)
	if strings.Contains(counted.String(), "seat") {
		t.Errorf("a seat was counted: %s", counted.String())
	}
}

func TestLog_saysWhatFailedOrTookLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, said := newServer(t, nil)
		for _, c := range []struct{ path, level string }{{"/more", "DEBUG"}, {"/api/panic", "INFO"}, {"/api/slow", "INFO"}, {"/api/slow?as=text/event-stream", "DEBUG"}} {
			before := len(said.String())
			ask(s, "GET", c.path)
			if line := said.String()[before:]; !strings.Contains(line, "level="+c.level+" msg=request") {
				t.Errorf("%s: %q", c.path, line)
			}
		}
	})
}

func TestFromProxy(t *testing.T) {
	s, _ := newServer(t, func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	for name, c := range map[string]struct{ peer, forwarded, want string }{
		"no proxy":                   {"192.0.2.1:9", "198.51.100.7", "192.0.2.1:9"},
		"one proxy":                  {"10.0.0.1:9", "198.51.100.7", "198.51.100.7:0"},
		"two proxies":                {"10.0.0.1:9", "198.51.100.7, 10.0.0.2", "198.51.100.7:0"},
		"a claim before the address": {"10.0.0.1:9", "1.1.1.1, 198.51.100.7", "198.51.100.7:0"},
		"nonsense":                   {"10.0.0.1:9", "whoever", "10.0.0.1:9"},
		"nothing":                    {"10.0.0.1:9", "", "10.0.0.1:9"},
	} {
		r := httptest.NewRequest("GET", "/api/from", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-For", c.forwarded)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Body.String() != c.want {
			t.Errorf("%s: got %s, want %s", name, w.Body, c.want)
		}
	}
}

// inBubble serves inside a bubble of time.
func inBubble(t *testing.T, story func(t *testing.T, p *debrieftest.Pipes, stop func() error)) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := newServer(t, nil)
		p := debrieftest.NewPipes()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.Serve(ctx, p) }()
		var once sync.Once
		var err error
		stop := func() error {
			once.Do(func() { cancel(); err = <-done })
			return err
		}
		story(t, p, stop)
		stop()
	})
}

func dial(t *testing.T, p *debrieftest.Pipes) net.Conn {
	t.Helper()
	c, err := p.Dial()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// dripping sends a request a byte every second and returns how long the server
// had patience.
func dripping(t *testing.T, p *debrieftest.Pipes, request string) time.Duration {
	c := dial(t, p)
	defer c.Close()
	began := time.Now()
	go io.Copy(io.Discard, c)
	for i := range request {
		if _, err := io.WriteString(c, request[i:i+1]); err != nil {
			return time.Since(began)
		}
		<-time.After(time.Second)
	}
	return time.Since(began)
}

func TestServe_hasNoPatienceWithDrips(t *testing.T) {
	inBubble(t, func(t *testing.T, p *debrieftest.Pipes, _ func() error) {
		if took := dripping(t, p, "GET /more HTTP/1.1\r\nHost: depot\r\n\r\n"); took > readHeaderTime+2*time.Second {
			t.Errorf("a slow head was heard for %s", took)
		}
	})
	inBubble(t, func(t *testing.T, p *debrieftest.Pipes, _ func() error) {
		c := dial(t, p)
		go io.WriteString(c, "POST /api/read HTTP/1.1\r\nHost: depot\r\nContent-Length: 100\r\n\r\n")
		began := time.Now()
		got, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || got.StatusCode != http.StatusRequestTimeout || time.Since(began) > readTime+time.Second {
			t.Errorf("a slow body: %v after %s", err, time.Since(began))
		}
		c.Close()
	})
}

func TestServe_drains(t *testing.T) {
	inBubble(t, func(t *testing.T, p *debrieftest.Pipes, stop func() error) {
		c := dial(t, p)
		go io.WriteString(c, "GET /api/slow HTTP/1.1\r\nHost: depot\r\n\r\n")
		synctest.Wait()
		ended := make(chan error, 1)
		go func() { ended <- stop() }()
		got, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := io.ReadAll(got.Body); string(text) != "done" {
			t.Errorf("got %q", text)
		}
		c.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
