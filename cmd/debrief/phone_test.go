package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"image/color"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/google/go-cmp/cmp"
)

// hosts are addresses by their text.
func hosts(all ...string) (hosts []netip.Addr) {
	for _, a := range all {
		hosts = append(hosts, netip.MustParseAddr(a))
	}
	return hosts
}

func TestOwnCertificate(t *testing.T) {
	file, now := filepath.Join(t.TempDir(), "certificates", "phone.pem"), time.Now()
	made := func(now time.Time, at ...string) *x509.Certificate {
		t.Helper()
		pair, err := ownCertificate(file, hosts(at...), now)
		must(t, err)
		return pair.Leaf
	}
	first := made(now, "192.168.1.20", "10.0.0.3")
	name, err := os.Hostname()
	must(t, err)
	for _, host := range []string{name, "192.168.1.20", "10.0.0.3"} {
		must(t, first.VerifyHostname(host))
	}
	if first.VerifyHostname("192.168.1.21") == nil || first.IsCA {
		t.Error("it vouches for more than this machine")
	}
	if key, ok := first.PublicKey.(*ecdsa.PublicKey); !ok || key.Curve != elliptic.P256() {
		t.Errorf("another key: %T", first.PublicKey)
	}
	if all := first.NotAfter.Sub(first.NotBefore); all > 397*24*time.Hour || !first.NotBefore.Before(now) {
		t.Errorf("from %s on it lasts %s", first.NotBefore, all)
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o", path, info.Mode().Perm())
		}
	}
	last := first
	for _, c := range []struct {
		what string
		now  time.Time
		at   []string
		anew bool
	}{
		{"the next start", now.Add(time.Minute), []string{"10.0.0.3", "192.168.1.20"}, false},
		{"31 days before its end", first.NotAfter.AddDate(0, 0, -31), []string{"192.168.1.20", "10.0.0.3"}, false},
		{"29 days before its end", first.NotAfter.AddDate(0, 0, -29), []string{"192.168.1.20", "10.0.0.3"}, true},
		{"a clock set back", now, []string{"192.168.1.20", "10.0.0.3"}, true},
		{"another network", now, []string{"172.16.4.9"}, true},
		{"one network more", now, []string{"172.16.4.9", "10.0.0.3"}, true},
	} {
		next := made(c.now, c.at...)
		if anew := !next.Equal(last); anew != c.anew {
			t.Errorf("%s: made anew %t", c.what, anew)
		}
		last = next
	}
	must(t, os.Chmod(file, 0o644))
	if made(now, "172.16.4.9", "10.0.0.3").Equal(last) || !closed(file) {
		t.Error("a key that others could read is used on")
	}
	must(t, os.WriteFile(file, []byte("half a fi"), 0o600))
	must(t, made(now, "10.0.0.3").VerifyHostname("10.0.0.3"))
}

func TestLikely(t *testing.T) {
	for _, c := range []struct{ all, outward, want string }{
		{"172.17.0.1 192.168.1.20 10.0.0.3", "192.168.1.20", "192.168.1.20 172.17.0.1 10.0.0.3"},
		{"192.168.1.20 10.0.0.3", "192.168.1.20", "192.168.1.20 10.0.0.3"},
		{"10.0.0.3 172.17.0.1", "192.168.1.20", "10.0.0.3 172.17.0.1"},
		{"fd00::2 10.0.0.3 fe80::1", "10.0.0.3", "10.0.0.3"},
		{"fe80::1 fd00::2", "10.0.0.3", "fd00::2"},
		{"169.254.3.4 127.0.0.1 ::1 fe80::1", "10.0.0.3", ""},
	} {
		if got := likely(hosts(strings.Fields(c.all)...), netip.MustParseAddr(c.outward)); fmt.Sprint(got) != fmt.Sprint(hosts(strings.Fields(c.want)...)) {
			t.Errorf("of %s: %s", c.all, got)
		}
	}
}

// modules reads a drawn square back: which of its modules are dark, its light
// edge left out.
func modules(t *testing.T, drawn string) (rows []string) {
	t.Helper()
	halves := map[rune][2]byte{'█': {'#', '#'}, '▀': {'#', ' '}, '▄': {' ', '#'}, ' ': {' ', ' '}}
	for line := range strings.Lines(drawn) {
		line, on := strings.CutPrefix(line, squareOn)
		line, off := strings.CutSuffix(line, squareOff+"\n")
		if !on || !off {
			t.Fatalf("a line in the terminal's own colours: %q", line)
		}
		var upper, lower []byte
		for _, r := range line {
			both, known := halves[r]
			if !known {
				t.Fatalf("%q is no half block", r)
			}
			upper, lower = append(upper, both[0]), append(lower, both[1])
		}
		rows = append(rows, string(upper), string(lower))
	}
	size := len(rows[0]) - 2*squareEdge
	for y, row := range rows {
		edge := y < squareEdge || y >= squareEdge+size
		if edge && strings.Contains(row, "#") || strings.Contains(row[:squareEdge]+row[squareEdge+size:], "#") {
			t.Errorf("row %d is dark at the edge", y)
		}
	}
	rows = rows[squareEdge : squareEdge+size]
	for y := range rows {
		rows[y] = rows[y][squareEdge : squareEdge+size]
	}
	return rows
}

func TestSquare(t *testing.T) {
	for _, address := range []string{"https://10.0.0.3:8443", "https://192.168.178.123:8443/setup/" + strings.Repeat("k7", 30)} {
		drawn, err := square(address)
		must(t, err)
		code, err := qr.Encode(address, qr.L, qr.Auto)
		must(t, err)
		var want []string
		for y := range code.Bounds().Dy() {
			row := bytes.Repeat([]byte(" "), code.Bounds().Dx())
			for x := range row {
				if code.At(x, y) == color.Black {
					row[x] = '#'
				}
			}
			want = append(want, string(row))
		}
		if diff := cmp.Diff(want, modules(t, drawn)); diff != "" {
			t.Errorf("%s: %s", address, diff)
		}
	}
}

// phoneServer is a server for phones at a free port, and what it said until it
// listened.
func phoneServer(t *testing.T, database string) (said string) {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	must(t, err)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	must(t, l.Close())
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	var beside bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		code := run(&shell{Context: ctx, in: strings.NewReader(""), out: write, err: &beside}, []string{"serve", "--phone", "--addr", ":" + port, "--database", database})
		write.Close()
		ended <- code
	}()
	for b := make([]byte, 512); !strings.Contains(said, "listening on "); {
		n, err := read.Read(b)
		said += string(b[:n])
		if err != nil && strings.Contains(beside.String(), "listens at") {
			stop()
			return phoneServer(t, database) // somebody took the port meanwhile
		}
		if err != nil {
			stop()
			t.Fatalf("the server ended: %s%s", said, beside.String())
		}
	}
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("exit %d: %s", code, beside.String())
		}
	})
	go io.Copy(io.Discard, read)
	return said
}

// Somebody in the same network sets it up: by the address that is shown, and with
// trust in nothing but the certificate whose fingerprint is shown.
func TestPhone(t *testing.T) {
	database := filepath.Join(t.TempDir(), "debrief.db")
	said := phoneServer(t, database)
	_, base, _ := strings.Cut(said, "listening on ")
	base = strings.TrimSpace(base)
	at, err := url.Parse(base)
	must(t, err)
	if ip, err := netip.ParseAddr(at.Hostname()); err != nil || ip.IsLoopback() || at.Scheme != "https" {
		t.Fatalf("no phone finds it at %s", base)
	}
	_, link, _ := strings.Cut(said, "set it up: ")
	link = strings.Fields(link)[0]
	drawn, err := square(link)
	must(t, err)
	says(t, said, "\n  "+base+"\n", drawn, base+"/setup/")

	text, err := os.ReadFile(filepath.Join(filepath.Dir(database), "certificates", "phone.pem"))
	must(t, err)
	block, _ := pem.Decode(text)
	own, err := x509.ParseCertificate(block.Bytes)
	must(t, err)
	says(t, strings.Join(strings.Fields(said), " "), fmt.Sprintf("% X", sha256.Sum256(own.Raw)))
	trust := x509.NewCertPool()
	if _, err := (&http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}}}).Get(link); err == nil {
		t.Error("who trusts nobody reads the page")
	}
	trust.AddCert(own)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form := url.Values{"organisation": {"Harbour Bikes"}, "pack": {"default"}, "team": {"Workshop"}, "name": {"Ines"},
		"zone": {"UTC"}, "starts": {"09:00"}, "ends": {"17:00"}}
	ask, err := http.NewRequest(http.MethodPost, link, strings.NewReader(form.Encode()))
	must(t, err)
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ask.Header.Set("Origin", base)
	answer, err := client.Do(ask)
	must(t, err)
	defer answer.Body.Close()
	if cookies := answer.Cookies(); answer.StatusCode != http.StatusSeeOther || len(cookies) == 0 || !cookies[0].Secure || cookies[0].Name != "__Host-debrief" {
		t.Errorf("set up: %s, %v", answer.Status, answer.Cookies())
	}
}

// Without a network there is nobody to listen for, and what contradicts itself is
// said before anything is made.
func TestPhone_refuses(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		with []string
		code int
		says string
	}{
		{[]string{"--addr", "127.0.0.1:8443"}, exitReach, "no address in a local network"},
		{[]string{"--addr", "192.168.1.20"}, exitUsage, "no address to listen at"},
		{[]string{"--acme", "debrief.test"}, exitUsage, "Leave out"},
		{[]string{"--base-url", "https://debrief.test"}, exitUsage, "Leave out"},
	} {
		args := append([]string{"serve", "--phone", "--database", filepath.Join(folder, "data", "debrief.db")}, c.with...)
		if code, said := debrief(t, args...); code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit %d, %s", c.with, code, said)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
