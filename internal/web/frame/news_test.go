package frame_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// newsroom is a server with one stream, at /newsroom.
type newsroom struct {
	*frame.Kit
	hub    *live.Hub
	seq    int64
	left   chan int               // one for every stream that ended: how many the hub still has
	gone   atomic.Pointer[string] // whoever has these cookies may no longer read
	asked  atomic.Int32           // how often it was asked whether somebody may
	client *http.Client
}

// inNewsroom tells a story about streams in a bubble of time.
func inNewsroom(t *testing.T, story func(t *testing.T, n *newsroom)) {
	synctest.Test(t, func(t *testing.T) { story(t, openNewsroom(t)) })
}

func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	s, _ := webtest.NewKit(t)
	n := &newsroom{Kit: s, hub: live.NewHub("inc", store.Position{}), left: make(chan int, 20)}
	s.Now = time.Now // deadlines of a connection
	s.Live = n.hub
	s.Handle("GET /newsroom", s.Raw(func(w http.ResponseWriter, r *http.Request) error {
		defer func() { n.left <- n.hub.Watchers("rev_1") }()
		if n.isGone(r) {
			return practice.ErrNotFound
		}
		return s.Tell(w, r, frame.Topic{
			Name: "rev_1", Reader: r.URL.Query().Get("reader"),
			Allowed: func(context.Context) error {
				n.asked.Add(1)
				if n.isGone(r) {
					return practice.ErrNotFound
				}
				return nil
			},
			Fragments: func(e practice.Event) string { return strings.TrimPrefix(e.Kind, "none") },
		})
	}))
	// The server's own patience is shorter than the stream: it must not end it.
	server := &http.Server{Handler: s, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	line := debrieftest.NewPipes()
	go server.Serve(line)
	dial := func(context.Context, string, string) (net.Conn, error) { return line.Dial() }
	n.client = &http.Client{Transport: &http.Transport{DialContext: dial}}
	t.Cleanup(func() { s.EndStreams(); n.client.CloseIdleConnections(); server.Close() })
	return n
}

// isGone reports whether nobody on the device of a request may listen any more.
func (n *newsroom) isGone(r *http.Request) bool {
	gone := n.gone.Load()
	return gone != nil && *gone == r.Header.Get("Cookie")
}

// happens tells the hub of an event.
func (n *newsroom) happens(kind string) {
	n.seq++
	n.hub.Take([]store.StoredEvent{{Event: practice.Event{Kind: kind, About: "rev_1"}, Position: store.Position{Seq: n.seq}}})
}

// listen opens a stream and returns its lines.
func (n *newsroom) listen(t *testing.T, ctx context.Context, reader string) (*http.Response, *bufio.Scanner) {
	return n.listenOn(t, ctx, "", reader)
}

// listenOn is listen on a device that has cookies.
func (n *newsroom) listenOn(t *testing.T, ctx context.Context, cookies, reader string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://newsroom/newsroom?reader="+reader, nil)
	if cookies != "" {
		r.Header.Set("Cookie", cookies)
	}
	answer, err := n.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer, bufio.NewScanner(answer.Body)
}

// until reads lines up to the one that is wanted, or the end.
func until(lines *bufio.Scanner, want string) bool {
	for lines.Scan() {
		if lines.Text() == want {
			return true
		}
	}
	return false
}

func TestTell(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		ctx, leave := context.WithCancel(t.Context())
		answer, lines := n.listen(t, ctx, "a")
		if answer.Header.Get("Content-Type") != "text/event-stream" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("headers %v", answer.Header)
		}
		if !until(lines, "retry: 2000") {
			t.Fatal("the stream does not begin")
		}
		if asked := n.asked.Load(); asked != 0 {
			t.Errorf("whoever was let in just now is asked about %d times", asked)
		}
		for range 8 { // longer than the server's own patience
			if !until(lines, ":") {
				t.Fatal("no sign of life")
			}
		}
		n.happens("none")
		n.happens("answers text")
		if !until(lines, "id: inc.0-2") || !until(lines, "data: answers text") {
			t.Fatal("the news did not arrive")
		}
		if n.Streams() != 1 {
			t.Errorf("%d streams", n.Streams())
		}
		leave()
		if left := <-n.left; left != 0 || n.Streams() != 0 {
			t.Errorf("the hub has %d watchers left, we count %d", left, n.Streams())
		}
	})
}

// The first of a burst is told at once, the others in one.
func TestTell_gathersBursts(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		_, lines := n.listen(t, t.Context(), "a")
		until(lines, "retry: 2000")
		began := time.Now()
		n.happens("one")
		if !until(lines, "data: one") || time.Since(began) != 0 {
			t.Errorf("the first came after %s", time.Since(began))
		}
		for _, kind := range []string{"two", "three", "none", "two"} {
			n.happens(kind)
		}
		if !until(lines, "id: inc.0-5") || !until(lines, "data: two three") || time.Since(began) >= time.Second {
			t.Errorf("the others did not come in one, or after %s", time.Since(began))
		}
	})
}

func TestTell_goesOnWhereTheBrowserWas(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		for _, kind := range []string{"one", "two", "three"} {
			n.happens(kind)
		}
		for address, want := range map[string][]string{
			"a&since=inc.0-1":   {"id: inc.0-3", "data: two three"}, // all that was missed in one
			"b&since=other.0-1": {"data: *"},                        // another database: nothing is known
		} {
			_, lines := n.listen(t, t.Context(), address)
			for _, line := range want {
				if !until(lines, line) {
					t.Errorf("%s: no %q", address, line)
				}
			}
		}
	})
}

func TestTell_endsWhenTheReaderMayNoLonger(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		_, lines := n.listen(t, t.Context(), "a")
		until(lines, "retry: 2000")
		n.gone.Store(new(""))
		removed := time.Now()
		if until(lines, "no such line") || lines.Err() != nil {
			t.Errorf("the stream went on: %v", lines.Err())
		}
		if took := time.Since(removed); took >= 5*time.Second {
			t.Errorf("the stream went on for %s", took)
		}
		answer, _ := n.listen(t, t.Context(), "a")
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("a new stream: got %d", answer.StatusCode)
		}
	})
}

// The pages that a device has open are asked about together, and only those: one
// that is closed takes nothing from the others, and another device of the same
// reader is asked about by itself.
func TestTell_asksOnceForAllPagesOfADevice(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		first, leave := context.WithCancel(t.Context())
		n.listenOn(t, first, "device=1", "a")
		_, one := n.listenOn(t, t.Context(), "device=1", "a")
		_, other := n.listenOn(t, t.Context(), "device=2", "a")
		leave()
		<-n.left
		n.asked.Store(0)
		for _, lines := range []*bufio.Scanner{one, other} {
			until(lines, ":")
		}
		if asked := n.asked.Load(); asked != 2*3 { // after 4, 8 and 12 seconds
			t.Errorf("asked %d times about two devices", asked)
		}
		n.gone.Store(new("device=1"))
		if until(one, ":") || one.Err() != nil {
			t.Errorf("a stream of the device that may not goes on: %v", one.Err())
		}
		<-n.left
		if !until(other, ":") {
			t.Error("a stream of the other device has ended")
		}
		n.asked.Store(0)
		n.EndStreams()
		<-n.left
		<-time.After(time.Minute)
		if asked := n.asked.Load(); asked != 0 {
			t.Errorf("asked %d times about nobody", asked)
		}
	})
}

func TestTell_endsWithItsLifeAndWithTheServer(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		_, lines := n.listen(t, t.Context(), "a")
		until(lines, "no such line")

		n = openNewsroom(t)
		_, lines = n.listen(t, t.Context(), "a")
		until(lines, "retry: 2000")
		n.EndStreams()
		n.EndStreams() // twice does no harm
		until(lines, "no such line")
	})
}

func TestTell_limitsStreams(t *testing.T) {
	inNewsroom(t, func(t *testing.T, n *newsroom) {
		for range frame.StreamsPerReader {
			_, lines := n.listen(t, t.Context(), "a")
			until(lines, "retry: 2000")
		}
		if answer, _ := n.listen(t, t.Context(), "a"); answer.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("one too many: got %d", answer.StatusCode)
		}
		if answer, _ := n.listen(t, t.Context(), "b"); answer.StatusCode != http.StatusOK {
			t.Errorf("another reader: got %d", answer.StatusCode)
		}
		if frame.Takes("rev_1", frame.StreamsPerTopic) {
			t.Error("a topic takes any number of streams")
		}
	})
}
