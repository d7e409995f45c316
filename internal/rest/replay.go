package rest

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/http"
	"sync"
	"time"

	"debrief/internal/practice"
)

// longestKey is how long an Idempotency-Key may be.
const longestKey = 200

// How much of what was answered is remembered, and for how long: two
// generations of either, of which the older is forgotten.
const (
	replayTime  = 30 * time.Minute
	replayBytes = 8 << 20
	replayCost  = 512 // of remembering a request at all
)

var errKey = practice.Refuse(practice.Conflict, "api.key").At("Idempotency-Key")

// replays remembers the first answers to requests that carry an
// Idempotency-Key, in memory only: who sits in a room leaves no clock. What
// people make under their name is made once by the store besides, on any node
// and after a restart.
type replays struct {
	now func() time.Time

	mu         sync.Mutex
	young, old map[string]*replay
	since      time.Time
	bytes      int
}

// replay is one request with its answer.
type replay struct {
	sent [sha256.Size]byte
	done chan struct{} // closed when there is an answer
	answered
}

// answered is an answer as it went out.
type answered struct {
	status int
	header http.Header
	body   []byte
}

// begin returns what is known of a request, and whether this is the first: then
// its answer is awaited.
func (p *replays) begin(name string, sent [sha256.Size]byte) (one *replay, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.now(); p.young == nil || p.bytes > replayBytes || now.Sub(p.since) > replayTime {
		p.old, p.young, p.since, p.bytes = p.young, map[string]*replay{}, now, 0
	}
	for _, known := range []map[string]*replay{p.young, p.old} {
		if one := known[name]; one != nil {
			return one, false
		}
	}
	one = &replay{sent: sent, done: make(chan struct{})}
	p.young[name] = one
	p.bytes += replayCost
	return one, true
}

// end keeps an answer. A refusal is not kept: what was refused did not happen,
// and may happen when it is sent again.
func (p *replays) end(name string, one *replay, a answered) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if one.answered = a; a.refused() {
		delete(p.young, name)
		delete(p.old, name)
	}
	p.bytes += len(a.body)
	close(one.done)
}

func (a answered) refused() bool { return a.status < 200 || a.status >= 400 }

// replayed are the headers that belong to an answer and not to its request.
var replayed = []string{"Content-Type", "Etag", "Set-Cookie"}

func (a answered) write(w http.ResponseWriter) {
	for _, name := range replayed {
		for _, v := range a.header.Values(name) {
			w.Header().Add(name, v)
		}
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // whoever went away needs no answer
}

// once answers a request, and one that is sent again with what the first was
// answered.
func (s *Rest) once(w http.ResponseWriter, r *http.Request, body []byte) {
	key := r.Header.Get("Idempotency-Key")
	switch {
	case key == "":
		s.mux.ServeHTTP(w, r)
		return
	case len(key) > longestKey:
		s.Refuse(w, r, practice.Refuse(practice.Invalid, "too.long").At("Idempotency-Key").With("max", longestKey))
		return
	}
	name, sent := nameOfRequest(r, key), sha256.Sum256(body)
	for {
		one, first := s.replays.begin(name, sent)
		if first {
			s.first(w, r, name, one)
			return
		}
		if one.sent != sent {
			s.Refuse(w, r, errKey)
			return
		}
		select {
		case <-one.done:
		case <-r.Context().Done():
			s.Refuse(w, r, practice.ErrBusy)
			return
		}
		if !one.refused() {
			one.write(w)
			return
		}
	}
}

// first answers a request and remembers the answer.
func (s *Rest) first(w http.ResponseWriter, r *http.Request, name string, one *replay) {
	rec := &recorder{ResponseWriter: w}
	defer func() { // a panic is no answer either, and goes on
		s.replays.end(name, one, answered{rec.status, w.Header().Clone(), rec.body.Bytes()})
	}()
	s.mux.ServeHTTP(rec, r)
}

// nameOfRequest is the same for the same request of the same sender.
func nameOfRequest(r *http.Request, key string) string {
	h := sha256.New()
	for _, part := range []string{r.Header.Get("Authorization"), r.Header.Get("Cookie"), r.Header.Get(seatHeader), r.Method, r.URL.RequestURI(), key} {
		_, _ = io.WriteString(h, part+"\x00") // a hash takes everything
	}
	return string(h.Sum(nil))
}

// recorder keeps what it passes on.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader passes the status on.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write passes the content on.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
