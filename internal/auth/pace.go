package auth

import (
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
)

// How many tries at a door are let through in a minute, and how long the door
// stays shut after more. It never shuts for good: that would let a stranger
// lock somebody out.
const (
	triesPerName   = 5
	triesPerPlace  = 20
	knocksPerPlace = 10
	shutFirst      = time.Minute
	shutLongest    = 15 * time.Minute
	paceKeys       = 10_000
)

// pace counts tries in memory, per name and per part of the network. It keeps
// no name: keys are hashed with nothing else, and forgotten after a quarter of
// an hour.
type pace struct {
	now func() time.Time

	mu   sync.Mutex
	keys map[string]*tries
}

// tries are those of one key.
type tries struct {
	n       int // in the minute that began at since
	since   time.Time
	shut    time.Time     // nothing passes before
	penalty time.Duration // how long it was shut the last time
}

func newPace(now func() time.Time) *pace {
	return &pace{now: now, keys: map[string]*tries{}}
}

// try counts one try and refuses it where there were too many. Every key is
// counted, also when another one refuses.
func (p *pace) try(limits map[string]int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if len(p.keys)+len(limits) > paceKeys {
		p.forget(now)
	}
	var wait time.Duration
	for key, limit := range limits {
		wait = max(wait, p.one(key, limit, now))
	}
	if wait > 0 {
		minutes := int((wait + time.Minute - 1) / time.Minute)
		return practice.Refuse(practice.Busy, "sign.in.slow").With("n", minutes).After(wait)
	}
	return nil
}

// one counts a try and says how long the door stays shut.
func (p *pace) one(key string, limit int, now time.Time) time.Duration {
	t := p.keys[key]
	if t == nil {
		t = &tries{since: now}
		p.keys[key] = t
	}
	if now.Before(t.shut) {
		return t.shut.Sub(now)
	}
	if now.Sub(t.since) >= time.Minute {
		if now.Sub(t.shut) >= shutLongest {
			t.penalty = 0
		}
		t.n, t.since = 0, now
	}
	t.n++
	if t.n <= limit {
		return 0
	}
	t.penalty = min(max(2*t.penalty, shutFirst), shutLongest)
	t.shut = now.Add(t.penalty)
	return t.penalty
}

// count counts what may be done so often within a minute, and says how long to
// wait once it was more. Waiting is enough: the door does not stay shut longer
// each time.
func (p *pace) count(key string, most int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if len(p.keys) >= paceKeys {
		p.forget(now)
	}
	t := p.keys[key]
	if t == nil || now.Sub(t.since) >= time.Minute {
		t = &tries{since: now}
		p.keys[key] = t
	}
	if t.n++; t.n <= most {
		return 0
	}
	return t.since.Add(time.Minute).Sub(now)
}

// clear forgets a name whose owner came in.
func (p *pace) clear(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.keys, key)
}

// forget makes room: first what is long past, then, under attack, everything
// that is not shut.
func (p *pace) forget(now time.Time) {
	for key, t := range p.keys {
		if now.Sub(t.since) >= shutLongest && now.Sub(t.shut) >= shutLongest {
			delete(p.keys, key)
		}
	}
	for key, t := range p.keys {
		if len(p.keys) < paceKeys/2 {
			return
		}
		if !now.Before(t.shut) {
			delete(p.keys, key)
		}
	}
}

// nameKey and placeKey are what tries are counted by.
func nameKey(name string) string {
	return "name " + hashSecret(strings.ToLower(strings.TrimSpace(name)))
}

// placeKey is the part of the network an address belongs to.
func placeKey(remote string) string { return "place " + hashSecret(practice.Network(remote)) }
