package debrieftest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Options say how a site is started. The zero value is a fresh SQLite file.
type Options struct {
	Database string   // a SQLite file or a postgres:// address
	Flags    []string // more flags for serve
	Demo     bool     // the demo instead; its database is its own
	Binary   string   // another binary than Debrief's own; for controls
}

// A Site is one running Debrief: a process of its own and its address.
type Site struct {
	URL   string // http://127.0.0.1:PORT, no slash at the end
	SetUp string // the link to begin with: to set-up, as long as nobody has used it, or into the demo

	options Options
	process *os.Process
	ended   chan error // how the process ended; nil when none runs
	said    *transcript
}

// Patience is how long a test waits for what must come, on a machine that is
// slow and has much else to do. No test claims that anything is quick.
const Patience = 2 * time.Minute

// Start starts a site and stops it when the test ends. A site that reports a
// data race or panics fails the test, and so does one that does not stop when
// told to.
func Start(t testing.TB, o Options) *Site {
	t.Helper()
	if o.Binary == "" {
		o.Binary = Binary(t)
	}
	if o.Database == "" {
		o.Database = filepath.Join(t.TempDir(), "debrief.db")
	}
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if wrong := s.said.faults(); wrong != "" {
			t.Error(wrong)
		}
		if t.Failed() {
			t.Logf("%s said:\n%s", s.URL, s.said)
		}
	})
	return s
}

// Open starts a site for a programme that is no test; Binary and Database must
// be given.
func Open(o Options) (*Site, error) {
	s := &Site{options: o, said: &transcript{}}
	return s, s.Restart()
}

// Database returns the address of the site's database.
func (s *Site) Database() string { return s.options.Database }

// Restart starts the process again after Kill or Stop, on the same database and
// on a new port, and returns once it listens.
func (s *Site) Restart() error {
	args := append([]string{"serve", "--addr", "127.0.0.1:0", "--database", s.options.Database}, s.options.Flags...)
	if s.options.Demo {
		args = []string{"demo", "--addr", "127.0.0.1:0"}
	}
	out := &announcement{said: s.said, heard: make(chan string, 1)}
	cmd := exec.Command(s.options.Binary, args...)
	cmd.Dir = filepath.Dir(s.options.Binary)
	cmd.Stdout, cmd.Stderr = out, s.said
	cmd.WaitDelay = Patience
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", s.options.Binary, err)
	}
	s.process, s.ended = cmd.Process, make(chan error, 1)
	gone := make(chan struct{})
	go func(ended chan<- error) { ended <- cmd.Wait(); close(gone) }(s.ended)
	select {
	case text := <-out.heard:
		s.URL = strings.TrimSuffix(listening.FindStringSubmatch(text)[1], "/")
		s.SetUp = setUpLink.FindString(text)
		return nil
	case <-gone:
		return fmt.Errorf("%s serve ended before it listened:\n%s", s.options.Binary, s.said)
	case <-time.After(Patience):
		s.Kill()
		return fmt.Errorf("%s serve did not say where it listens:\n%s", s.options.Binary, s.said)
	}
}

// Return is Restart at the address the site had before, where devices that it
// left alone look for it.
func (s *Site) Return() error {
	s.options.Flags = append(slices.Clone(s.options.Flags), "--addr", strings.TrimPrefix(s.URL, "http://"))
	return s.Restart()
}

// Kill ends the process as a power cut would: at once, nothing said.
func (s *Site) Kill() {
	if s.ended == nil {
		return
	}
	s.process.Kill()
	<-s.ended
	s.ended = nil
}

// Stop asks the process to end, as systemd would, and waits until it has.
func (s *Site) Stop() error {
	if s.ended == nil {
		return nil
	}
	s.process.Signal(syscall.SIGTERM)
	late := time.AfterFunc(Patience, func() { s.process.Kill() })
	defer late.Stop()
	err := <-s.ended
	s.ended = nil
	if err != nil {
		return fmt.Errorf("stop %s: %w", s.URL, err)
	}
	return nil
}

var (
	listening = regexp.MustCompile(`(?m)^.*listening on (https?://\S+)$`)
	setUpLink = regexp.MustCompile(`https?://\S*/(set-?up|in/)\S*`)
)

// An announcement is the standard output of a site until it has said where it
// listens; the set-up link stands above that line.
type announcement struct {
	said  *transcript
	text  bytes.Buffer
	heard chan string // everything up to then, once
	done  bool
}

func (a *announcement) Write(p []byte) (int, error) {
	if !a.done {
		a.text.Write(p)
		if whole := a.text.String(); strings.HasSuffix(whole, "\n") && listening.MatchString(whole) {
			a.heard <- whole
			a.done = true
		}
	}
	return a.said.Write(p)
}

// PID is the number of the process, for what only the operating system knows.
func (s *Site) PID() int { return s.process.Pid }

// Log returns everything the site has said so far, on both outputs.
func (s *Site) Log() string { return s.said.String() }

// A transcript keeps what a process says; it is written to while it is read.
type transcript struct {
	sync.Mutex
	text bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.Lock()
	defer t.Unlock()
	return t.text.Write(p)
}

func (t *transcript) String() string {
	t.Lock()
	defer t.Unlock()
	return t.text.String()
}

var fault = regexp.MustCompile(`(?m)^(WARNING: DATA RACE|panic: |fatal error: ).*`)

// faults returns the first thing that no process of ours may ever say.
func (t *transcript) faults() string { return fault.FindString(t.String()) }
