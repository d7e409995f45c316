package main

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/server"
)

// plainHTTP reports whether an address lets others on the way read along: it is
// http, and leads to another machine.
func plainHTTP(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "http" && !practice.ThisMachine(u.Hostname())
}

// proxies asks whether anybody may say where a request comes from.
func (d *doctor) proxies(all []netip.Prefix) {
	switch everybody := func(p netip.Prefix) bool { return p.Bits() == 0 }; {
	case slices.ContainsFunc(all, everybody):
		d.fail("proxies", "everybody")
	case len(all) > 0:
		d.ok("proxies", "some", "n", len(all))
	default:
		d.ok("proxies", "none")
	}
}

// expiring is how long before its end a certificate should have been renewed.
const expiring = 14 * 24 * time.Hour

// notOurs are headers that we never send: they say what runs here, or let pages of
// others read ours.
var notOurs = []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"}

// server looks at a running server as a stranger from outside does.
func (d *doctor) server(address string, client *http.Client) {
	address = strings.TrimSuffix(address, "/")
	answer, from, err := d.ask(client, address+"/readyz")
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &untrusted):
		d.fail("server", "certificate", "why", untrusted.Error())
		return
	case err != nil:
		d.away = true
		d.fail("server", "away", "why", err.Error())
		return
	case answer.StatusCode != http.StatusOK:
		d.fail("server", "not-ready", "where", address)
	default:
		d.ok("server", "ready", "where", address)
	}
	d.certificate(answer)
	missing := server.Missing(answer.Header, strings.HasPrefix(address, "https:"))
	added := slices.DeleteFunc(slices.Clone(notOurs), func(name string) bool { return answer.Header.Get(name) == "" })
	switch {
	case len(missing) > 0:
		d.fail("headers", "missing", "names", strings.Join(missing, ", "))
	case len(added) > 0:
		d.warn("headers", "added", "names", strings.Join(added, ", "))
	default:
		d.ok("headers", "all")
	}
	if kept := answer.Header.Get("Cache-Control"); kept != "no-store" || answer.Header.Get("Age") != "" {
		d.fail("cache", "kept", "found", kept)
	} else {
		d.ok("cache", "none")
	}
	if !practice.ThisMachine(from) { // its counts should be closed to us
		d.metrics(client, address)
	}
}

// ask asks a server for something, and says from which address of ours: where its
// name leads to this machine, it takes us for what we are.
func (d *doctor) ask(client *http.Client, address string) (answer *http.Response, from string, err error) {
	ctx, cancel := d.within()
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) {
		from, _, _ = net.SplitHostPort(c.Conn.LocalAddr().String())
	}})
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	if answer, err = client.Do(r); err != nil {
		return nil, "", err
	}
	return answer, from, answer.Body.Close()
}

// certificate asks how long it lasts.
func (d *doctor) certificate(answer *http.Response) {
	if answer.TLS == nil || len(answer.TLS.PeerCertificates) == 0 {
		return
	}
	left := answer.TLS.PeerCertificates[0].NotAfter.Sub(d.now)
	if left < expiring {
		d.warn("certificate", "ends", "days", int(left.Hours()/24))
		return
	}
	d.ok("certificate", "lasts", "days", int(left.Hours()/24))
}

func (d *doctor) metrics(client *http.Client, address string) {
	answer, _, err := d.ask(client, address+"/metrics")
	switch {
	case err != nil:
		d.warn("metrics", "away", "why", err.Error())
	case answer.StatusCode == http.StatusOK:
		d.fail("metrics", "open")
	default:
		d.ok("metrics", "closed")
	}
}
