package main

import (
	"crypto/x509"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// The names that are certified: the house's own, and that of people without a name.
const certified, quiet = "debrief.house.example", "quiet.house.example"

// A server that is told its names gets a certificate for each by itself and is believed by
// them, shows none for any other name, and has the same one after it was started
// again, although the authority is away.
func TestACME_getsAndKeepsACertificate(t *testing.T) {
	a := debrieftest.StartAuthority(t, 90*24*time.Hour)
	site := certifiedSite(t, a)
	first := believed(t, a, certified, nil)
	believed(t, a, quiet, nil)
	if other, err := a.Shown("another.house.example"); err == nil {
		t.Errorf("for another name it shows %s", other.Subject)
	}
	for host, want := range map[string]int{certified: exitDone, "": exitReach} { // as a container asks about itself; without the name it is shown nothing
		t.Setenv("DEBRIEF_ACME", host)
		if code, out := debrief(t, "ready", "https://"+a.TLS); code != want {
			t.Errorf("asked as %q: exit %d, %s", host, code, out)
		}
	}
	if err := site.Stop(); err != nil {
		t.Fatal(err)
	}
	a.Stop()
	if err := site.Restart(); err != nil {
		t.Fatal(err)
	}
	if again := believed(t, a, certified, nil); !again.Equal(first) {
		t.Errorf("started again it shows %s, before %s", again.SerialNumber, first.SerialNumber)
	}
}

// A certificate that lasts a quarter of a minute is another one before it ends, without
// anybody doing anything.
func TestACME_renewsACertificate(t *testing.T) {
	a := debrieftest.StartAuthority(t, 15*time.Second)
	certifiedSite(t, a)
	first := believed(t, a, certified, nil)
	if next := believed(t, a, certified, first); next.NotAfter.Before(first.NotAfter) {
		t.Errorf("the first lasts until %s, the next until %s", first.NotAfter, next.NotAfter)
	}
}

func certifiedSite(t *testing.T, a *debrieftest.Authority) *debrieftest.Site {
	t.Helper()
	return debrieftest.Start(t, debrieftest.Options{Flags: []string{"--addr", a.TLS, "--acme", certified, "--unnamed-url", "https://" + quiet, "--acme-addr", a.HTTP, "--acme-directory", a.Directory}})
}

// believed waits for a certificate that is believed, and is not the one before.
func believed(t *testing.T, a *debrieftest.Authority, name string, before *x509.Certificate) *x509.Certificate {
	t.Helper()
	for until := time.Now().Add(debrieftest.Patience); ; {
		got, err := a.Shown(name)
		if err == nil && (before == nil || !got.Equal(before)) {
			return got
		}
		if time.Now().After(until) {
			t.Fatalf("no certificate: %v, %v", got, err)
		}
		<-time.After(100 * time.Millisecond)
	}
}
