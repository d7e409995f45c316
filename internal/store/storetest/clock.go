package storetest

import (
	"sync"
	"time"

	"debrief/internal/store"
)

// Clock is a time that stands until a test moves it, for all who ask it at once.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at a time.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now returns the time it stands at.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass moves it on.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Option gives it to a store that is opened.
func (c *Clock) Option(o *store.Options) { o.Now = c.Now }
