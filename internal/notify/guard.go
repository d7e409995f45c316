package notify

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

// guard decides where we go, once a name has become an address: whatever a name
// says, and whatever it said a moment ago.
type guard []Peer

// errBlocked is wrapped by every connection the guard refused.
var errBlocked = errors.New("not an address we go to")

// control is asked by the dialer for every address it is about to connect to.
func (g guard) control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errBlocked, address, err)
	}
	if !g.allows(to) {
		return fmt.Errorf("%w: %s %s", errBlocked, network, to)
	}
	return nil
}

func (g guard) allows(to netip.AddrPort) bool {
	address := to.Addr().Unmap()
	if slices.ContainsFunc(g, func(p Peer) bool { return p.Port == to.Port() && p.Addresses.Contains(address) }) {
		return true
	}
	return (to.Port() == 80 || to.Port() == 443) && public(address)
}

// public reports whether an address is somebody's on the internet. Of the new
// kind only one range is given out; of the old kind there are holes.
func public(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	if a.Is6() && !netip.MustParsePrefix("2000::/3").Contains(a) {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

// reserved are the holes: this machine, private networks, links, documentation,
// tests, groups, and ways around through other protocols.
var reserved = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		all[i] = netip.MustParsePrefix(t)
	}
	return all
}
