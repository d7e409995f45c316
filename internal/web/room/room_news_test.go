package room_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Twelve browsers listen to one room. What one of them does all others hear
// of, and what they then fetch is theirs to read.
func TestNews_twelveFollowOneRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 12)
	follow(t, c)
	all := c.Sit(12)
	all[0].Send("/move", "Begin")
	heard := make(chan int, 100)
	var ready sync.WaitGroup
	for i, b := range all {
		ready.Add(1)
		go listen(c, b, &ready, func() { heard <- i })
	}
	ready.Wait()
	all[3].Open("/seat/"+string(c.Review.ID)+"/1").Send("/1/answer", "I have written mine", "text", "the first words")
	late := time.After(debrieftest.Patience)
	for told := map[int]bool{}; len(told) < 12; {
		select {
		case i := <-heard:
			told[i] = true
		case <-late:
			t.Fatalf("%d of twelve have heard", len(told))
		}
	}
	all[5].Open("/seat/" + string(c.Review.ID) + "/1").Sees("1 of 12 have written").Misses("the first words")
}

// follow runs the one follower of the log, as a node does.
func follow(t *testing.T, c *webtest.Circle) {
	t.Helper()
	c.Web.Now = time.Now // a stream is given deadlines on the real clock
	c.Web.Live = live.NewHub(c.Store.Incarnation(), store.Position{})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&live.Follower{Store: c.Store, Log: c.Web.Log, Takers: []func([]store.StoredEvent){c.Web.Live.Take}}).Run(ctx)
	}()
	t.Cleanup(func() { c.Web.EndStreams(); stop(); <-done })
}

// listen follows the news of a room with a browser's cookies.
func listen(c *webtest.Circle, b *webtest.Plain, ready *sync.WaitGroup, tell func()) {
	r, err := http.NewRequestWithContext(c.T.Context(), http.MethodGet, c.URL+"/seat/"+string(c.Review.ID)+"/news", nil)
	if err != nil {
		panic(err)
	}
	answer, err := b.Client.Do(r)
	ready.Done()
	if err != nil {
		c.T.Error(err)
		return
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && strings.Contains(data, "main") {
			tell()
		}
	}
}

// The stream of an open page ends by itself once its room is closed.
func TestNews_endsWithTheRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	follow(t, c)
	b := c.Sit(2)[0]
	over := make(chan struct{})
	var ready sync.WaitGroup
	ready.Add(1)
	go func() { defer close(over); listen(c, b, &ready, func() {}) }()
	ready.Wait()
	putAt(c, practice.PhaseClosed)
	select {
	case <-over:
	case <-time.After(debrieftest.Patience):
		t.Fatal("it goes on")
	}
}

// A page that is still open when its room is closed hears it once, with an hour
// until it asks again, and is shown what is left to do; its clock goes.
func TestNews_ofAClosedRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	a := c.Sit(2)[1]
	base := "/seat/" + string(c.Review.ID)
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.Review.ID)
		if err != nil {
			return err
		}
		was := r.Version
		r.Phase, r.ClosedAt, r.Version = practice.PhaseClosed, tx.Now(), was+1
		return errors.Join(tx.SaveReview(r, was), tx.AddClosing(r.ID, "blamed", 0, 1))
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Open(base+"/carry").Sees("is closed.", "Closing taps are left").Misses("Kept.").Send("/tap", "blamed", "yes", "no").Sees("Was anyone blamed?", "Kept.")
	ask := func(address, fragment string) (status int, text string) {
		r, err := http.NewRequest(http.MethodGet, c.URL+base+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Fragment", fragment)
		answer, err := a.Client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		all, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(all)
	}
	for _, c := range []struct {
		address, fragment string
		status            int
		says              string
	}{
		{"/news", "", http.StatusOK, "retry: 3600000\nevent: changed\ndata: *\n"},
		{"/4", "main", http.StatusOK, "Closing taps are left"},
		{"/4", "clock", http.StatusOK, ""},
		{"/4", "bar", http.StatusNoContent, ""},
	} {
		status, text := ask(c.address, c.fragment)
		if status != c.status || !strings.Contains(text, c.says) || c.says == "" && text != "" {
			t.Errorf("%s %s: %d\n%s", c.address, c.fragment, status, text)
		}
	}
}
