package debrieftest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A MailServer is a process of its own that takes mail over TLS from whoever
// knows the passphrase, and keeps it. What else it does stands in test/mail.
type MailServer struct {
	URL    string         // for --smtp
	Roots  *x509.CertPool // who vouches for it
	Folder string         // where it keeps mail

	t testing.TB
}

// StartMail starts a mail server and stops it when the test ends. With smtps it
// speaks TLS from the start. Processes started afterwards trust its certificate.
func StartMail(t testing.TB, smtps bool) *MailServer {
	t.Helper()
	m := &MailServer{Folder: t.TempDir(), t: t}
	certificate, key := certify(t)
	var err error
	m.Roots, err = vouching(certificate)
	m.must(err)
	t.Setenv("SSL_CERT_FILE", certificate)
	args := []string{"-folder", m.Folder, "-secret", "copper heron", "-cert", certificate, "-key", key}
	scheme := "smtp"
	if smtps {
		args, scheme = append(args, "-smtps"), "smtps"
	}
	cmd := exec.Command(program(t, "mail"), args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	m.must(err)
	m.must(cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	m.must(err)
	at := strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	m.URL = scheme + "://debrief:copper%20heron@" + at + "?from=debrief@house.example"
	return m
}

// vouching is who stands in a file of certificates.
func vouching(file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return pool, err
}

// certify makes a certificate for this machine that vouches for itself.
func certify(t testing.TB) (certificate, key string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a server for tests"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 1), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost", "mail.house.example"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	must(err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	must(err)
	dir := t.TempDir()
	certificate, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	must(os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), 0o600))
	must(os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	return certificate, key
}

func (m *MailServer) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// Hold makes the server keep mail without ever answering, or ends that.
func (m *MailServer) Hold(hold bool) {
	m.t.Helper()
	file := filepath.Join(m.Folder, "hold")
	if hold {
		m.must(os.WriteFile(file, nil, 0o600))
	} else {
		m.must(os.Remove(file))
	}
}

// Letters returns what was taken so far, in that order.
func (m *MailServer) Letters() []string {
	m.t.Helper()
	files, err := filepath.Glob(filepath.Join(m.Folder, "*.eml"))
	m.must(err)
	var all []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		m.must(err)
		all = append(all, string(text))
	}
	return all
}

// Wait returns the first n letters, once that many have come.
func (m *MailServer) Wait(n int) []string {
	m.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	late := time.After(3 * time.Minute) // a server that died holds a message for a minute
	for {
		if all := m.Letters(); len(all) >= n {
			return all
		}
		select {
		case <-tick.C:
		case <-late:
			m.t.Fatalf("%d letters came, want %d", len(m.Letters()), n)
		}
	}
}

// Header returns a field of a letter, decoded.
func Header(t testing.TB, letter, field string) string {
	t.Helper()
	parsed, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatalf("%v in\n%s", err, letter)
	}
	return parsed.Header.Get(field)
}
