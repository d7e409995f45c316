package debrieftest

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An Authority is a process of its own that certifies by ACME, and for which
// every name leads to this machine.
type Authority struct {
	Directory string // for --acme-directory
	HTTP, TLS string // the addresses at which it asks whoever wants a certificate

	t       testing.TB
	root    string // a file
	process *exec.Cmd
}

// StartAuthority starts one whose certificates last for life, and stops it when
// the test ends. Processes started afterwards believe that it is who it says.
func StartAuthority(t testing.TB, life time.Duration) *Authority {
	t.Helper()
	a := &Authority{HTTP: FreeAddress(t), TLS: FreeAddress(t), t: t, root: filepath.Join(t.TempDir(), "root.pem")}
	certificate, key := certify(t)
	t.Setenv("SSL_CERT_FILE", certificate)
	a.process = exec.Command(program(t, "acme"), "-cert", certificate, "-key", key, "-names", FreeAddress(t), "-http", port(a.HTTP), "-tls", port(a.TLS), "-root", a.root, "-life", life.String())
	a.process.Stderr = os.Stderr
	out, err := a.process.StdoutPipe()
	if err == nil {
		err = a.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the authority did not say where it listens: %v", err)
	}
	a.Directory = "https://" + strings.TrimPrefix(strings.TrimSpace(line), "listening on ") + "/dir"
	return a
}

// Stop ends it, if it runs.
func (a *Authority) Stop() {
	if a.process != nil {
		_ = a.process.Process.Kill()
		_ = a.process.Wait()
		a.process = nil
	}
}

// Shown is the certificate that is shown for a name, by whoever it certified: it
// errs where none is, and for one that a browser would not believe.
func (a *Authority) Shown(name string) (*x509.Certificate, error) {
	roots, err := vouching(a.root)
	if err != nil {
		return nil, err
	}
	c, err := tls.Dial("tcp", a.TLS, &tls.Config{ServerName: name, RootCAs: roots})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0], nil
}
