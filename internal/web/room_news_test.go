package web

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
)

// Twelve browsers listen to one room. What one of them does all others hear
// of, and what they then fetch is theirs to read.
func TestNews_twelveFollowOneRoom(t *testing.T) {
	c := newCircle(t, 12)
	follow(t, c)
	all := c.sit(12)
	all[0].send("/move", "Begin")
	heard := make(chan int, 100)
	var ready sync.WaitGroup
	for i, b := range all {
		ready.Add(1)
		go listen(c, b, &ready, func() { heard <- i })
	}
	ready.Wait()
	all[3].open("/seat/"+string(c.review.ID)+"/1").send("/1/answer", "I have written mine", "text", "the first words")
	late := time.After(debrieftest.Patience)
	for told := map[int]bool{}; len(told) < 12; {
		select {
		case i := <-heard:
			told[i] = true
		case <-late:
			t.Fatalf("%d of twelve have heard", len(told))
		}
	}
	all[5].open("/seat/" + string(c.review.ID) + "/1").sees("1 of 12 have written").misses("the first words")
}

// follow runs the one follower of the log, as a node does.
func follow(t *testing.T, c *circle) {
	t.Helper()
	c.web.Now = time.Now // a stream is given deadlines on the real clock
	c.web.Live = live.NewHub(c.store.Incarnation(), store.Position{})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&live.Follower{Store: c.store, Log: c.web.Log, Takers: []func([]store.StoredEvent){c.web.Live.Take}}).Run(ctx)
	}()
	t.Cleanup(func() { c.web.EndStreams(); stop(); <-done })
}

// listen follows the news of a room with a browser's cookies.
func listen(c *circle, b *plain, ready *sync.WaitGroup, tell func()) {
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.url+"/seat/"+string(c.review.ID)+"/news", nil)
	if err != nil {
		panic(err)
	}
	answer, err := b.client.Do(r)
	ready.Done()
	if err != nil {
		c.t.Error(err)
		return
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && strings.Contains(data, "main") {
			tell()
		}
	}
}
