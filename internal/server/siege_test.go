package server

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"debrief/internal/debrieftest"
)

// Each of these holds a connection for as long as it is let.
var manners = map[string]func(net.Conn){
	"says nothing": func(c net.Conn) { io.Copy(io.Discard, c) },
	"sends its head a byte at a time": func(c net.Conn) {
		go io.Copy(io.Discard, c)
		drip(c, "GET /more HTTP/1.1\r\nHost: depot\r\nX-More: "+strings.Repeat("and more ", 1000))
	},
	"stalls in the middle of its body": func(c net.Conn) {
		io.WriteString(c, "POST /api/read HTTP/1.1\r\nHost: depot\r\nContent-Length: 100\r\n\r\nhalf")
		io.Copy(io.Discard, c)
	},
	"sends its body a byte at a time": func(c net.Conn) {
		go io.Copy(io.Discard, c)
		io.WriteString(c, "POST /api/read HTTP/1.1\r\nHost: depot\r\nContent-Length: 9000\r\n\r\n")
		drip(c, strings.Repeat("and more ", 1000))
	},
	"never reads its answer": func(c net.Conn) { // which is short: a bubble of time does not know who waits for a lock
		io.WriteString(c, "GET /api/from HTTP/1.1\r\nHost: depot\r\n\r\n")
		for { // and says so from time to time
			if _, err := c.Write([]byte("x")); err != nil {
				return
			}
			<-time.After(time.Second)
		}
	},
	"asks once and stays": func(c net.Conn) {
		io.WriteString(c, "GET /more HTTP/1.1\r\nHost: depot\r\n\r\n")
		io.Copy(io.Discard, c)
	},
}

// drip sends a byte every second until nobody takes them any more.
func drip(c net.Conn, text string) {
	for i := range text {
		if _, err := io.WriteString(c, text[i:i+1]); err != nil {
			return
		}
		<-time.After(time.Second)
	}
}

// besiege lets two hundred of each manner at a server for ten minutes, in which
// somebody else asks it something every ten seconds, and returns how many
// connections are left of each, and how many goroutines there are more than before.
func besiege(t *testing.T, p *debrieftest.Pipes) (left map[string]int32, goroutines int) {
	t.Helper()
	left = map[string]int32{}
	before, held := runtime.NumGoroutine(), map[string]*atomic.Int32{}
	var all []net.Conn
	for name, manner := range manners {
		count := &atomic.Int32{}
		held[name] = count
		for range 200 {
			c := dial(t, p)
			all = append(all, c)
			count.Add(1)
			go func() {
				defer count.Add(-1)
				manner(c)
			}()
		}
	}
	for range 60 {
		c := dial(t, p)
		go io.WriteString(c, "GET /more HTTP/1.1\r\nHost: depot\r\nConnection: close\r\n\r\n")
		began := time.Now()
		if got, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || got.StatusCode != http.StatusOK || time.Since(began) > time.Second {
			t.Errorf("somebody else waited %s: %v %v", time.Since(began), got, err)
		}
		c.Close()
		<-time.After(10 * time.Second)
	}
	synctest.Wait()
	goroutines = runtime.NumGoroutine() - before
	for name, count := range held {
		left[name] = count.Load()
	}
	for _, c := range all {
		c.Close()
	}
	<-time.After(time.Minute) // until all of them have seen it
	return left, goroutines
}

func TestServe_outlivesSlowClients(t *testing.T) {
	inBubble(t, func(t *testing.T, p *debrieftest.Pipes, _ func() error) {
		left, goroutines := besiege(t, p)
		for name, n := range left {
			if n != 0 {
				t.Errorf("%d are held by whoever %s", n, name)
			}
		}
		if goroutines > 5 {
			t.Errorf("%d goroutines are left", goroutines)
		}
	})
}

// A server of the same pages that waits for everybody loses to each of them.
func TestServe_outlivesSlowClients_catchesOneThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := newServer(t, nil)
		p := debrieftest.NewPipes()
		waits := &http.Server{Handler: s}
		go waits.Serve(p)
		left, goroutines := besiege(t, p)
		for name, n := range left {
			if n == 0 {
				t.Errorf("nothing is held by whoever %s", name)
			}
		}
		if goroutines < 200 {
			t.Errorf("only %d goroutines are left", goroutines)
		}
		waits.Shutdown(context.Background())
		waits.Close()
	})
}
