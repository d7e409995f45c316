package debrieftest

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A SignIn is a provider of OpenID Connect, as a process of its own, in which
// amal-7 and mo-3 say who they are. It is another site than the one they come
// from.
type SignIn struct {
	Issuer string // http://localhost:PORT
	Secret string // a file with the secret of the client called debrief

	t       testing.TB
	people  string // a file
	process *exec.Cmd
}

// NewSignIn keeps an address for a provider, which is away until [SignIn.Start].
func NewSignIn(t testing.TB) *SignIn {
	t.Helper()
	s := &SignIn{Issuer: "http://localhost:" + port(FreeAddress(t)), Secret: filepath.Join(t.TempDir(), "secret"), t: t}
	s.people = s.Secret + ".people"
	for file, text := range map[string]string{s.Secret: "copper heron\n",
		s.people: `{"amal-7":{"ID":"amal-7","Username":"amal-7"},"mo-3":{"ID":"mo-3","Username":"mo-3"}}`} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(s.Stop)
	return s
}

// Start starts it, for a site that has this address.
func (s *SignIn) Start(site string) {
	s.t.Helper()
	cmd := exec.Command(program(s.t, "signin"), "-addr", strings.TrimPrefix(s.Issuer, "http://"), "-secret", "copper heron",
		"-people", s.people, "-back", site+"/in/oidc/back")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.process = cmd
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		s.t.Fatalf("the provider did not say where it listens: %v", err)
	}
}

// Stop ends it, if it runs.
func (s *SignIn) Stop() {
	if s.process != nil {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
		s.process = nil
	}
}

// FreeAddress is one on this machine at which nobody listens just now.
func FreeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func port(address string) string {
	_, p, _ := net.SplitHostPort(address)
	return p
}
