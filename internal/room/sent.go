package room

import "sync"

// rememberSent is how many reports are remembered before the older half goes.
const rememberSent = 200

// sentReports remembers what was just sent, so that sending it twice, as a
// nervous thumb does, gives the same receipt. It is memory only: a stored key
// would be a clock, and stored words would be the receipt itself. The zero
// value remembers nothing yet.
type sentReports struct {
	mu   sync.Mutex
	now  map[string]*sending
	last map[string]*sending // the generation before, forgotten next
}

// sending is one report on its way; done is closed when it is there.
type sending struct {
	done chan struct{}
	got  Reported
	err  error
}

// once does a thing the first time a key comes with it, and returns what it led
// to every time. Without a key every time is the first. What failed may be
// tried again.
func (s *sentReports) once(key string, do func() (Reported, error)) (Reported, error) {
	if key == "" {
		return do()
	}
	one, first := s.begin(key)
	if !first {
		<-one.done
		return one.got, one.err
	}
	defer close(one.done)
	if one.got, one.err = do(); one.err != nil {
		s.forget(key)
	}
	return one.got, one.err
}

func (s *sentReports) begin(key string) (one *sending, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one = s.now[key]; one == nil {
		one = s.last[key]
	}
	if one != nil {
		return one, false
	}
	if s.now == nil || len(s.now) >= rememberSent/2 {
		s.last, s.now = s.now, map[string]*sending{}
	}
	one = &sending{done: make(chan struct{})}
	s.now[key] = one
	return one, true
}

func (s *sentReports) forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.now, key)
	delete(s.last, key)
}
