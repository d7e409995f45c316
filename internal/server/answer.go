package server

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"debrief/internal/practice"
)

// answer is what a face answers a request with. It remembers the status, for the
// log, and has the patience of the server with the face: after that the server
// answers in its place, and what the face still writes goes nowhere.
type answer struct {
	server  *Server
	request *http.Request // as it came: the face may be reading its own
	id      string
	out     http.ResponseWriter
	header  http.Header // of the face, until it begins to answer

	mu     sync.Mutex
	status int  // 0 until something is on its way
	over   bool // whatever comes now is too late
	work   *time.Timer
	grace  *time.Timer
}

// answer makes the answer to a request, with the headers of every answer.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, id string) *answer {
	came := *r
	a := &answer{server: s, request: &came, id: id, out: w}
	a.header = a.headers()
	return a
}

func (a *answer) headers() http.Header {
	h := http.Header{}
	a.server.secure(h, a.request)
	h.Set("X-Request-Id", a.id)
	return h
}

// begin starts the clock. When the time is over the work is given up, and a face
// that does not say so itself is answered for.
func (a *answer) begin(giveUp context.CancelCauseFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.work = time.AfterFunc(workTime, func() { giveUp(practice.ErrSlow) })
	a.grace = time.AfterFunc(workTime+graceTime, a.takeOver)
}

// end stops the clock: the face has done what it does.
func (a *answer) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	a.work.Stop()
	a.grace.Stop()
}

// unanswered reports whether nothing is on its way yet.
func (a *answer) unanswered() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.status == 0
}

// code is the status for the log.
func (a *answer) code() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.status == 0 {
		return http.StatusOK
	}
	return a.status
}

// Header returns the headers of the answer.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader begins the answer.
func (a *answer) WriteHeader(status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.writeHeader(status)
}

func (a *answer) writeHeader(status int) {
	if a.over || a.status != 0 {
		return
	}
	maps.Copy(a.out.Header(), a.header)
	if status >= http.StatusOK {
		a.status = status
	}
	a.out.WriteHeader(status)
}

// Write passes the content on.
func (a *answer) Write(b []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return 0, http.ErrHandlerTimeout
	}
	a.writeHeader(http.StatusOK)
	return a.out.Write(b)
}

// FlushError sends what is there already.
func (a *answer) FlushError() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return http.ErrHandlerTimeout
	}
	a.writeHeader(http.StatusOK)
	return http.NewResponseController(a.out).Flush()
}

// SetWriteDeadline is for streams: who says how long writing may take has all
// the time there is.
func (a *answer) SetWriteDeadline(at time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.work.Stop()
	a.grace.Stop()
	return http.NewResponseController(a.out).SetWriteDeadline(at)
}

// SetReadDeadline is for files: where they may take longer than other requests,
// the clock begins once they may all be there.
func (a *answer) SetReadDeadline(at time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	line := http.NewResponseController(a.out)
	err := line.SetReadDeadline(at)
	more := at.Sub(a.server.Now())
	if err != nil || more <= readTime {
		return err
	}
	a.work.Reset(more + workTime)
	a.grace.Reset(more + workTime + graceTime)
	return line.SetWriteDeadline(at.Add(writeTime))
}

// takeOver answers in the place of a face that has begun no answer and does not
// come back.
func (a *answer) takeOver() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over || a.status != 0 {
		return
	}
	a.over = true
	k := &kept{header: a.headers()}
	a.server.refuse(k, a.request, practice.ErrSlow)
	k.header.Set("Content-Length", strconv.Itoa(k.body.Len())) // whoever asked does not wait for more
	k.header.Set("Connection", "close")
	maps.Copy(a.out.Header(), k.header)
	a.status = k.status
	a.out.WriteHeader(k.status)
	if _, err := a.out.Write(k.body.Bytes()); err == nil {
		_ = http.NewResponseController(a.out).Flush() // a line that broke has nobody at its end
	}
}

// kept is an answer in memory.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the headers of the answer.
func (k *kept) Header() http.Header { return k.header }

// WriteHeader keeps the status.
func (k *kept) WriteHeader(status int) { k.status = status }

// Write keeps the content.
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
