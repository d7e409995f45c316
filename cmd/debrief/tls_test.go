package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pair writes a certificate and its key, written at a time.
func pair(t *testing.T, folder string, serial int64, at time.Time) (cert, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	about := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"debrief.test"}, NotAfter: time.Now().Add(time.Hour)}
	signed, err := x509.CreateCertificate(rand.Reader, about, about, &secret.PublicKey, secret)
	must(t, err)
	hidden, err := x509.MarshalPKCS8PrivateKey(secret)
	must(t, err)
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: signed}, key: {Type: "PRIVATE KEY", Bytes: hidden}} {
		must(t, os.WriteFile(path, pem.EncodeToMemory(block), 0o600))
		must(t, os.Chtimes(path, at, at))
	}
	return cert, key
}

// A renewed certificate is used without a new start, and one that cannot be read
// leaves the one before.
func TestCertificate_isReadAgain(t *testing.T) {
	folder, at := t.TempDir(), time.Now().Add(-time.Hour)
	c := serveCommand{}
	c.TLSCert, c.TLSKey = pair(t, folder, 1, at)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	secure, _, err := c.tls(ctx, slog.New(slog.DiscardHandler))
	must(t, err)
	serial := func() int64 {
		got, err := secure.GetCertificate(&tls.ClientHelloInfo{ServerName: "debrief.test"})
		must(t, err)
		leaf, err := x509.ParseCertificate(got.Certificate[0])
		must(t, err)
		return leaf.SerialNumber.Int64()
	}
	if n := serial(); n != 1 {
		t.Errorf("at first: %d", n)
	}
	pair(t, folder, 2, at.Add(time.Minute))
	if n := serial(); n != 2 {
		t.Errorf("renewed: %d", n)
	}
	must(t, os.WriteFile(c.TLSCert, []byte("half a fi"), 0o600))
	if n := serial(); n != 2 {
		t.Errorf("broken: %d", n)
	}
	pair(t, folder, 3, at.Add(time.Minute))
	if n := serial(); n != 3 {
		t.Errorf("mended: %d", n)
	}
	pair(t, folder, 4, at.Add(time.Minute)) // as old as the one before: only who is told looks again
	if n := serial(); n != 3 {
		t.Errorf("nobody said so: %d", n)
	}
	must(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	deadline := time.After(time.Minute)
	for tick := time.NewTicker(10 * time.Millisecond); serial() != 4; {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("hung up on, it does not read again")
		}
	}
	c.ACME = "debrief.test"
	if _, _, err := c.tls(ctx, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("files and an authority at once")
	}
	for host, may := range map[string]bool{"debrief.test": true, "debrief.test:80": true, "other.test": false, "debrief.test.other": false} {
		if err := c.mayCertify(ctx, host); (err == nil) != may {
			t.Errorf("certify %s: %v", host, err)
		}
	}
}

func TestReady(t *testing.T) {
	for status, want := range map[int]int{http.StatusOK: exitDone, http.StatusServiceUnavailable: exitProblem} {
		here := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		if code, out := debrief(t, "ready", here.URL); code != want || out != "" {
			t.Errorf("%d: exit %d, %s", status, code, out)
		}
		here.Close()
	}
	if code, _ := debrief(t, "ready", "http://127.0.0.1:1"); code != exitReach {
		t.Errorf("nobody there: exit %d", code)
	}
}

// The unit in the repository names flags that there are.
func TestUnit(t *testing.T) {
	for _, path := range []string{"../../deploy/debrief.service", "../../deploy/Containerfile"} {
		text, err := os.ReadFile(path)
		must(t, err)
		named := regexp.MustCompile(`DEBRIEF_[A-Z_]+`).FindAllString(string(text), -1)
		help, _, _ := command(t, "", "serve", "--help")
		for _, name := range named {
			if !strings.Contains(help, name) {
				t.Errorf("%s names %s, which serve does not know", path, name)
			}
		}
		if len(named) < 3 {
			t.Errorf("%s names nothing", path)
		}
	}
}
