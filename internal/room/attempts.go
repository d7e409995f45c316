package room

import (
	"sync"

	"debrief/internal/practice"
)

// attempts counts tries to open a seat with words, per review, in memory only:
// a stored count would be a clock.
type attempts struct {
	mu    sync.Mutex
	spent map[practice.ReviewID][]int64 // the seconds of the latest tries
}

// A room may be tried this often within this many seconds.
const (
	mostTries = 10
	tryWindow = 60
)

// take counts a try. It returns the seconds to wait where there were too many.
func (a *attempts) take(review practice.ReviewID, now int64) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, tries := range a.spent { // rooms nobody tries any more are forgotten
		if len(tries) == 0 || now-tries[len(tries)-1] >= tryWindow {
			delete(a.spent, id)
		}
	}
	tries := a.spent[review]
	for len(tries) > 0 && now-tries[0] >= tryWindow {
		tries = tries[1:]
	}
	if len(tries) >= mostTries {
		return int(tryWindow - (now - tries[0]))
	}
	a.spent[review] = append(tries, now)
	return 0
}

// forgive takes back a try that was right.
func (a *attempts) forgive(review practice.ReviewID, now int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if tries := a.spent[review]; len(tries) > 0 && tries[len(tries)-1] == now {
		a.spent[review] = tries[:len(tries)-1]
	}
}
