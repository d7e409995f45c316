package store

import "sync"

// wake tells any number of waiters that something changed, by closing a
// channel. It keeps no list of them and never waits for one.
type wake struct {
	mu sync.Mutex
	ch chan struct{}
}

func (w *wake) all() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.ch)
	w.ch = make(chan struct{})
}

func (w *wake) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ch
}

// Changed returns a channel that is closed at the next change: at once when it
// was made here, soon when another process made it. Take the channel first,
// then read, then wait on it; so nothing falls between. It is a hint: who must
// not miss anything also looks once a second.
func (s *Store) Changed() <-chan struct{} { return s.changed.next() }
