package server

import (
	"bytes"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy is the content security policy of every answer: nothing from
// elsewhere, nothing inline, one Trusted Types policy.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'; " +
	"trusted-types debrief; require-trusted-types-for 'script'"

// permissions switches off what no page of ours asks a browser for.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), " +
	"gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), usb=(), " +
	"xr-spatial-tracking=(), publickey-credentials-create=(self), publickey-credentials-get=(self)"

// headers stand on every answer, errors and redirects included. same-origin as
// Referrer-Policy, not no-referrer: with that, Chromium sends "Origin: null" on
// forms over plain http and every one of them would be refused.
var headers = [][2]string{
	{"Content-Security-Policy", policy},
	{"Referrer-Policy", "same-origin"},
	{"X-Content-Type-Options", "nosniff"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", permissions},
}

// hsts holds for a year, and only where people came by https.
const hsts = "max-age=31536000"

// secure puts the headers on an answer.
func (s *Server) secure(h http.Header, r *http.Request) {
	for _, v := range headers {
		h.Set(v[0], v[1])
	}
	if s.https || r.TLS != nil || r.URL.Scheme == "https" {
		h.Set("Strict-Transport-Security", hsts)
	}
}

// Headers are those that every answer carries, by name and value.
func Headers() [][2]string { return slices.Clone(headers) }

// Missing names the headers that an answer of a server of ours should carry
// and does not, or with other words; https says how it was asked.
func Missing(h http.Header, https bool) []string {
	var names []string
	for _, v := range headers {
		if h.Get(v[0]) != v[1] {
			names = append(names, v[0])
		}
	}
	if https && h.Get("Strict-Transport-Security") != hsts {
		names = append(names, "Strict-Transport-Security")
	}
	return names
}

// fromProxy puts the address and scheme that a believed proxy reports in the
// place of the proxy's own. It takes the last address that no believed proxy
// has: what stands before it anybody may have written.
func (s *Server) fromProxy(r *http.Request) {
	if !s.believes(r.RemoteAddr) {
		return
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		r.RemoteAddr = net.JoinHostPort(hop, "0")
		if !s.believes(r.RemoteAddr) {
			break
		}
	}
	if r.Header.Get("X-Forwarded-Proto") == "https" {
		r.URL.Scheme = "https"
	}
}

func (s *Server) believes(peer string) bool {
	at, err := netip.ParseAddrPort(peer)
	if err != nil {
		return false
	}
	for _, p := range s.Proxies {
		if p.Contains(at.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// headed is a listener on which even the answers net/http writes by itself, to
// requests it cannot read, carry the headers.
type headed struct {
	net.Listener
	server *Server
}

// Accept returns the next connection.
func (l headed) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &headedConn{Conn: c, server: l.server}, nil
}

type headedConn struct {
	net.Conn
	server *Server
}

// Write puts the headers into an answer that has none of ours.
func (c *headedConn) Write(b []byte) (int, error) {
	if !bytes.HasPrefix(b, []byte("HTTP/1.1 4")) || bytes.Contains(b, []byte("\r\nX-Request-Id:")) {
		return c.Conn.Write(b)
	}
	head, rest, _ := bytes.Cut(b, []byte("\r\n"))
	full := append(bytes.Clone(head), "\r\n"...)
	for _, v := range headers {
		full = append(full, v[0]+": "+v[1]+"\r\n"...)
	}
	if c.server.https {
		full = append(full, "Strict-Transport-Security: "+hsts+"\r\n"...)
	}
	if _, err := c.Conn.Write(append(full, rest...)); err != nil {
		return 0, err
	}
	return len(b), nil
}

// CloseWrite ends our half first, so that whoever still sends can read why
// they are not heard any longer.
func (c *headedConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
