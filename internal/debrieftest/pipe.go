package debrieftest

import (
	"net"
	"sync"
)

// Pipes is a network inside the process: a listener and the way to dial it. A
// server on it may stand in a bubble of testing/synctest, where time is the
// test's own.
type Pipes struct {
	dialled chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

// NewPipes makes a network that nobody has dialled yet. It belongs to the
// bubble it is made in.
func NewPipes() *Pipes {
	return &Pipes{dialled: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for the next who dials.
func (p *Pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialled:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close lets nobody in any more.
func (p *Pipes) Close() error { p.once.Do(func() { close(p.closed) }); return nil }

// Addr is an address that means nothing.
func (p *Pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// Dial connects to whoever accepts, and errs when nobody does any more.
func (p *Pipes) Dial() (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.dialled <- there:
		return here, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}
