package room_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/live"
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
