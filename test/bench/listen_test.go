package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// So many pages are open: a person may have five, and a team's news go to five
// hundred.
const (
	listening   = 10_000
	perListener = 5
	perTopic    = 500
	manyNews    = 20
	atOnce      = 64 // are on their way in
)

// BenchmarkListeners opens ten thousand pages of two thousand people in twenty
// teams on the real server, and has every team report something in the same
// moment: how long until the last page has heard of it, and how much memory a
// page holds; then twenty reports each. Beside it a bare server of net/http that
// hands a line of the same length to as many, writes nothing down, and asks nobody
// whether they may hear it. Only one of the two has its pages open at a time: this
// process has not files enough for both.
func BenchmarkListeners(b *testing.B) {
	ours, peer := listened{start: crowded(b)}, listened{start: func(b *testing.B) crowd { return startFan(b) }}
	compare(b, measure{"listeners", func() time.Duration { return ours.once(b) }},
		measure{"net/http", func() time.Duration { return peer.once(b) }})
	for name, l := range map[string]listened{"": ours, "net/http-": peer} {
		b.Logf("%s opened %v, KiB each %.1f, twenty %v", name, l.opened, l.held, l.many)
		b.ReportMetric(median(l.held), name+"KiB-each")
		b.ReportMetric(float64(median(l.opened))/1e6, name+"open-ms")
		b.ReportMetric(float64(median(l.many))/1e6, name+"twenty-ms")
	}
}

// A crowd is a server with what its listeners ask for, and what tells them all
// something, so many times.
type crowd struct {
	pid     int
	address string
	asks    []string // the request of each listener, whole
	tell    func(times int) error
	stop    func()
}

// listened is what was measured of one server, round by round.
type listened struct {
	start  func(*testing.B) crowd
	opened []time.Duration // until all had their pages open
	held   []float64       // of its memory by one page, in KiB
	many   []time.Duration // until the last of many news was with the last page
}

// once is one round, on a server that was just started. It returns how long it
// took until the last page had heard of something.
func (l *listened) once(b *testing.B) time.Duration {
	b.Helper()
	c := l.start(b)
	defer c.stop()
	before, began := residentMiB(b, c.pid), time.Now()
	e := &ears{ended: make(chan error, len(c.asks)), open: make(chan bool, len(c.asks)), heard: make(chan bool, 1)}
	defer e.close()
	for i, asks := range c.asks {
		e.listen(b, c.address, asks)
		if i >= atOnce {
			e.await(b, e.open, "begun")
		}
	}
	for range atOnce {
		e.await(b, e.open, "begun")
	}
	l.opened = append(l.opened, time.Since(began))
	<-time.After(idle)
	l.held = append(l.held, (residentMiB(b, c.pid)-before)*1024/float64(len(c.asks)))

	tell := func(times int) time.Duration {
		e.left.Store(int64(len(e.lines)))
		e.round.Add(1)
		began := time.Now()
		if err := c.tell(times); err != nil {
			b.Fatal(err)
		}
		e.await(b, e.heard, "heard")
		if times == 1 {
			return time.Since(began)
		}
		for last := int64(0); last != e.last.Load(); <-time.After(time.Second) { // nobody can say which is the last, but by the silence after it
			last = e.last.Load()
		}
		return time.Duration(e.last.Load() - began.UnixNano())
	}
	took := tell(1)
	<-time.After(idle) // whatever came twice is over
	l.many = append(l.many, tell(manyNews))
	return took
}

// ears are all the listeners of a crowd.
type ears struct {
	lines       []net.Conn
	open        chan bool  // one for each that began
	heard       chan bool  // everybody heard of this round
	ended       chan error // of one that ended, which none should
	round, left atomic.Int64
	last        atomic.Int64 // when any of them heard anything, in nanoseconds
}

func (e *ears) close() {
	for _, line := range e.lines {
		line.Close()
	}
}

// await waits for one word of the ears, and fails with what a server said who
// sends somebody away.
func (e *ears) await(b *testing.B, so <-chan bool, what string) {
	b.Helper()
	select {
	case <-so:
	case err := <-e.ended:
		b.Fatalf("somebody who listened was sent away: %v", err)
	case <-time.After(debrieftest.Patience):
		b.Fatalf("not everybody has %s: %d of %d have heard of round %d", what, int64(len(e.lines))-e.left.Load(), len(e.lines), e.round.Load())
	}
}

// listen opens one page.
func (e *ears) listen(b *testing.B, address, asks string) {
	b.Helper()
	line, err := net.Dial("tcp", address)
	if err == nil {
		_, err = io.WriteString(line, asks)
	}
	if err != nil {
		b.Fatal(err)
	}
	e.lines = append(e.lines, line)
	go func() { e.ended <- e.hear(line) }()
}

// hear reads what one page is told, to its end.
func (e *ears) hear(line net.Conn) error {
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return fmt.Errorf("%s, to %q: %s", answer.Status, answer.Header.Get("Location"), said)
	}
	was := int64(0)
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		switch text := lines.Text(); {
		case strings.HasPrefix(text, "retry:"):
			e.open <- true
		case strings.HasPrefix(text, "data:"):
			e.last.Store(time.Now().UnixNano())
			if now := e.round.Load(); now != was {
				if was = now; e.left.Add(-1) == 0 {
					e.heard <- true
				}
			}
		}
	}
	return errors.New("the stream ended")
}

// asking is the request of one listener.
func asking(path, cookie string) string {
	return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: debrief=" + cookie + "\r\n\r\n"
}
