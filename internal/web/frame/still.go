package frame

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// stillMay is how often it is asked whether a reader still may: nobody hears more
// for five seconds.
const stillMay = 4 * time.Second

// still asks, for streams that are open, whether their readers still may: once
// for all the pages that a device has open at one address.
type still struct {
	mu  sync.Mutex
	all map[device]*asked
}

// device is what the answer for a page depends on.
type device struct{ reader, cookies, path string }

// asked is one question, for as long as a page is open that it is about.
type asked struct {
	pages int
	no    chan struct{} // closed when the answer is no
	again *time.Timer
	end   context.CancelFunc
}

// may asks from now on for one more page. The channel is closed when its reader
// may no longer; leave is called when it ends.
func (s *still) may(r *http.Request, t Topic) (no <-chan struct{}, leave func()) {
	d := device{t.Reader, strings.Join(r.Header.Values("Cookie"), ";"), r.URL.Path}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.all[d]
	if a == nil {
		a = &asked{no: make(chan struct{})}
		s.all[d] = a
		// The first page may be closed before the others.
		ctx, end := context.WithCancel(context.WithoutCancel(r.Context()))
		a.end = end
		a.again = time.AfterFunc(stillMay, func() { s.ask(d, a, t.Allowed(ctx)) })
	}
	a.pages++
	return a.no, func() { s.leave(d, a) }
}

// ask takes an answer, and asks again later where it was yes.
func (s *still) ask(d device, a *asked, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case a.pages == 0: // they are closed by now
	case err != nil:
		close(a.no)
		delete(s.all, d)
	default:
		a.again.Reset(stillMay)
	}
}

func (s *still) leave(d device, a *asked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.pages--; a.pages > 0 {
		return
	}
	a.again.Stop()
	a.end()
	if s.all[d] == a {
		delete(s.all, d)
	}
}
