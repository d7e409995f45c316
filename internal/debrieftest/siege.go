package debrieftest

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// What those who lay siege say before they fall silent.
const (
	Nothing  = ""
	HalfHead = "GET /healthz HTTP/1.1\r\nHost: debrief\r\nX-More: and"
	AskOnce  = "GET /healthz HTTP/1.1\r\nHost: debrief\r\n\r\n" // and stay for another
)

// A Siege is connections that hold a server and want nothing of it.
type Siege struct {
	Lifted chan struct{} // closed when the server has let go of all of them

	mu   sync.Mutex
	held map[string]int
}

// Besiege opens connections to a server, so many of each manner, and reads them
// until the server ends them or the test is over.
func Besiege(t testing.TB, address string, manners map[string]int) *Siege {
	t.Helper()
	s := &Siege{Lifted: make(chan struct{}), held: map[string]int{}}
	var open sync.WaitGroup
	for says, n := range manners {
		for range n {
			line, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { line.Close() })
			s.count(says, 1)
			open.Go(func() {
				defer s.count(says, -1)
				defer line.Close()
				if _, err := io.WriteString(line, says); err == nil {
					_, _ = io.Copy(io.Discard, line) // which the server ends, with an answer or without
				}
			})
		}
	}
	go func() { open.Wait(); close(s.Lifted) }()
	return s
}

func (s *Siege) count(says string, more int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[says] += more
}

// Held is how many of a manner the server holds just now.
func (s *Siege) Held(says string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held[says]
}
