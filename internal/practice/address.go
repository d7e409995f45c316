package practice

import (
	"net/netip"
	"net/url"
	"strings"
)

// WebAddress reports whether s is an address a browser may be sent to: http or
// https with a host. Everything else, scripts above all, is refused.
func WebAddress(s string) bool {
	if len(s) > 2048 {
		return false
	}
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// CompleteAddress puts https in front of an address typed without a scheme, as
// people do.
func CompleteAddress(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, "://") {
		return s
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(host, ".") && !strings.ContainsAny(host, " @") {
		return "https://" + s
	}
	return s
}

// ThisMachine reports whether a host, by name or address and without a port, is
// the very machine it is asked on: nobody on the way reads along there, and
// nobody elsewhere gets to it.
func ThisMachine(host string) bool {
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}

// Network is the part of the network that an address of a request belongs to:
// /24, or /48 of the newer kind, where one household has a whole prefix. It is
// empty for what is no address.
func Network(remote string) string {
	at, err := netip.ParseAddrPort(remote)
	host := at.Addr()
	if err != nil {
		host, err = netip.ParseAddr(remote)
	}
	if err != nil {
		return ""
	}
	host = host.Unmap()
	bits := 24
	if host.Is6() {
		bits = 48
	}
	return netip.PrefixFrom(host, bits).Masked().String()
}
