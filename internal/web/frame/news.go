package frame

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"debrief/internal/live"
	"debrief/internal/practice"
)

// How a stream of news behaves.
const (
	signOfLife = 15 * time.Second       // so that a proxy keeps the line
	oneWrite   = 5 * time.Second        // how long one write may take
	streamLife = time.Hour              // then the browser comes again by itself
	gather     = 300 * time.Millisecond // how long what comes after news is gathered: a page asks again for each
)

// How many streams there may be: of one reader, and on one topic.
const (
	streamsPerReader = 5
	streamsPerTopic  = 500
)

// Topic is what a page listens to.
type Topic struct {
	Name   string // what the hub is asked for
	Reader string // who listens, for the limit: a member's or a seat's key

	// Allowed is asked every four seconds; before the stream begins, the page's own
	// handler has. It goes by the cookies, the address and the reader alone: pages
	// that have them in common are asked about once.
	Allowed func(context.Context) error

	// Fragments names the fragments of the page that the event changes,
	// separated by spaces; "" means none, "*" all.
	Fragments func(practice.Event) string
}

// Tell streams news until the browser leaves, the reader may no longer read, or
// the server stops. It carries names of fragments and never what is in them. It
// begins where the page was made, or where the browser was when it lost the
// line; what can no longer be known it tells as "*".
func (s *Kit) Tell(w http.ResponseWriter, r *http.Request, t Topic) error {
	if !s.lines.begin(t) {
		return practice.ErrBusy
	}
	defer s.lines.end(t)
	news, stop := s.Live.Watch(since(r), t.Name)
	defer stop()
	no, leave := s.still.may(r, t)
	defer leave()

	line := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	// A connection without deadlines, as in tests, is written to without one.
	allow := func() { _ = line.SetWriteDeadline(s.Now().Add(oneWrite)) }
	defer allow() // for the server, which still writes that this is the end
	send := func(text string) error {
		allow()
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return line.Flush()
	}
	if err := send("retry: 2000\n\n"); err != nil {
		return nil // the browser left
	}
	s.pass(r.Context(), news, no, t.Fragments, send)
	return nil
}

// StillIn asks whether whoever made the request is still let in, and in the team.
func (s *Kit) StillIn(r *http.Request, team practice.TeamID) func(context.Context) error {
	return func(ctx context.Context) error {
		actor, _, err := s.Actor(r.WithContext(ctx))
		if err == nil && team != "" && !actor.In(team) {
			return practice.ErrNotFound
		}
		return err
	}
}

// LastNews tells a page that what it listens to is over: it asks for all its
// parts once more, and then comes again in an hour at most.
func LastNews(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprintf(w, "retry: %d\nevent: changed\ndata: *\n\n", streamLife.Milliseconds()) // a browser that left misses nothing
}

// pass hands on what happens until something ends it.
func (s *Kit) pass(ctx context.Context, news <-chan live.News, no <-chan struct{}, fragments func(practice.Event) string, send func(string) error) {
	heartbeat := time.NewTicker(signOfLife)
	defer heartbeat.Stop()
	life := time.NewTimer(streamLife)
	defer life.Stop()
	hear, gathered := news, (<-chan time.Time)(nil)
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-s.ending:
			return
		case <-life.C:
			return
		case <-no:
			return
		case <-heartbeat.C:
			err = send(":\n\n")
		case <-gathered:
			hear = news
		case n, ok := <-hear:
			if !ok {
				return
			}
			if text := told(n, news, fragments); text != "" {
				err = send(text)
				hear, gathered = nil, time.After(gather)
			}
		}
		if err != nil {
			return
		}
	}
}

// told says news and what else lies ready in one: the page asks for each of its
// fragments once. It is empty where they change none.
func told(n live.News, more <-chan live.News, fragments func(practice.Event) string) string {
	var names []string
	id := ""
	for ok := true; ok; {
		id = n.ID
		changed := "*"
		if !n.Resync {
			changed = fragments(practice.Event{Kind: n.Kind, About: n.About, In: n.In})
		}
		for name := range strings.FieldsSeq(changed) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		select {
		case n, ok = <-more:
		default:
			ok = false
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "id: " + id + "\nevent: changed\ndata: " + strings.Join(names, " ") + "\n\n"
}

// since is the last news the browser has: what it says itself when it takes up a
// broken line, else what its page was made with.
func since(r *http.Request) string {
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	return r.URL.Query().Get("since")
}

// lines counts the open streams.
type lines struct {
	mu      sync.Mutex
	all     int
	readers map[string]int
	topics  map[string]int
}

func (l *lines) begin(t Topic) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.readers[t.Reader] >= streamsPerReader || l.topics[t.Name] >= streamsPerTopic {
		return false
	}
	l.readers[t.Reader]++
	l.topics[t.Name]++
	l.all++
	return true
}

func (l *lines) end(t Topic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.readers[t.Reader]--; l.readers[t.Reader] == 0 {
		delete(l.readers, t.Reader)
	}
	if l.topics[t.Name]--; l.topics[t.Name] == 0 {
		delete(l.topics, t.Name)
	}
}

// Streams is how many pages listen just now.
func (s *Kit) Streams() int {
	s.lines.mu.Lock()
	defer s.lines.mu.Unlock()
	return s.lines.all
}

// EndStreams ends all streams, because the server stops. Browsers come again by
// themselves, to another node or to this one later.
func (s *Kit) EndStreams() { s.ended.Do(func() { close(s.ending) }) }
