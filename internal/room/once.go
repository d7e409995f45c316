package room

import "sync"

// rememberOnce is how many keys are remembered before the oldest half goes.
const rememberOnce = 20_000

// Onces remembers which requests of a room were sent, so that sending one twice
// does the thing once. It is memory only: a stored key would be a clock. The
// zero value remembers nothing yet.
type Onces struct {
	mu   sync.Mutex
	now  map[string]bool
	last map[string]bool // the generation before, forgotten next
}

// First reports whether a key is new, and remembers it.
func (o *Onces) First(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.now[key] || o.last[key] {
		return false
	}
	if o.now == nil || len(o.now) >= rememberOnce/2 {
		o.last, o.now = o.now, map[string]bool{}
	}
	o.now[key] = true
	return true
}

// Forget takes a key back, because what it stood for did not happen.
func (o *Onces) Forget(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.now, key)
	delete(o.last, key)
}
