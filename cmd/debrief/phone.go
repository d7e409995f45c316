package main

import (
	"cmp"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"image"
	"image/color"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
)

// phones is how the phones of the local network reach this server.
type phones struct {
	hosts []netip.Addr // of this machine, the likeliest first
	port  string
	pair  tls.Certificate
}

// phoneAddr is where the server listens for phones when nobody says otherwise.
const phoneAddr = ":8443"

// forPhones looks for the addresses of the local network, and has a certificate
// for them. The server is then reached at the likeliest.
func (c *serveCommand) forPhones(s *shell) error {
	if cmp.Or(c.ACME, c.TLSCert, c.TLSKey, c.BaseURL) != "" {
		s.note("cli.phone.alone")
		return said(exitUsage)
	}
	if c.Addr == usualAddr {
		c.Addr = phoneAddr
	}
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return err
	}
	hosts, err := localHosts()
	if err != nil {
		return err
	}
	if only, err := netip.ParseAddr(host); host != "" && (err != nil || !only.IsUnspecified()) {
		hosts = slices.DeleteFunc(hosts, func(h netip.Addr) bool { return h != only })
	}
	if len(hosts) == 0 {
		s.note("cli.phone.none")
		return said(exitReach)
	}
	pair, err := ownCertificate(filepath.Join(c.certificates(), "phone.pem"), hosts, time.Now())
	if err != nil {
		return err
	}
	c.phones = &phones{hosts, port, pair}
	c.BaseURL = c.phones.at(hosts[0])
	return nil
}

// at is the address of the server at a host.
func (p *phones) at(host netip.Addr) string {
	return "https://" + net.JoinHostPort(host.String(), p.port)
}

// show says where phones find the server, what they will warn of, and draws the
// address to begin at.
func (p *phones) show(s *shell, begin string) error {
	s.say("cli.phone.where")
	for _, host := range p.hosts {
		fmt.Fprintln(s.out, "  "+p.at(host))
	}
	drawn, err := square(begin)
	if err != nil {
		return err
	}
	fmt.Fprint(s.out, drawn)
	s.say("cli.phone.warning")
	sum := sha256.Sum256(p.pair.Leaf.Raw)
	_, err = fmt.Fprintf(s.out, "  % X\n  % X\n", sum[:16], sum[16:]) // as phones write it
	return err
}

// localHosts are the addresses of this machine in the networks around it.
func localHosts() ([]netip.Addr, error) {
	cards, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var all []netip.Addr
	for _, card := range cards {
		if card.Flags&net.FlagRunning == 0 || card.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 {
			continue
		}
		has, err := card.Addrs()
		if err != nil {
			return nil, err
		}
		for _, a := range has {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				all = append(all, prefix.Addr().Unmap())
			}
		}
	}
	return likely(all, outward()), nil
}

// likely are the addresses by which others reach a machine, the one it leaves by
// first. IPv6 only where there is nothing else: there addresses change by the day,
// and the certificate, which a phone was told to trust, with them.
func likely(all []netip.Addr, outward netip.Addr) []netip.Addr {
	all = slices.DeleteFunc(all, func(a netip.Addr) bool { return !a.IsGlobalUnicast() })
	if slices.ContainsFunc(all, netip.Addr.Is4) {
		all = slices.DeleteFunc(all, netip.Addr.Is6)
	}
	if i := slices.Index(all, outward); i > 0 {
		all = slices.Insert(slices.Delete(all, i, i+1), 0, outward)
	}
	return all
}

// outward is the address by which this machine leaves, the zero one where it
// cannot. Nothing is sent: the system only looks which way it would be.
func outward() netip.Addr {
	c, err := net.Dial("udp4", "198.51.100.1:9")
	if err != nil {
		return netip.Addr{}
	}
	defer c.Close()
	at, _ := netip.ParseAddrPort(c.LocalAddr().String())
	return at.Addr()
}

// The colours of a square are said, black on white, so that it is no other in a
// dark terminal than in a light one. Around it is the light edge that readers want.
const (
	squareOn, squareOff = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
	squareEdge          = 4
)

// square draws an address for a terminal, two modules to a character.
func square(address string) (string, error) {
	code, err := qr.Encode(address, qr.L, qr.Auto) // a screen has no scratches
	if err != nil {
		return "", err
	}
	dark := func(x, y int) bool { return image.Pt(x, y).In(code.Bounds()) && code.At(x, y) == color.Black }
	end := code.Bounds().Dx() + squareEdge
	var b strings.Builder
	for y := -squareEdge; y < end; y += 2 {
		b.WriteString(squareOn)
		for x := -squareEdge; x < end; x++ {
			switch upper, lower := dark(x, y), dark(x, y+1); {
			case upper && lower:
				b.WriteRune('█')
			case upper:
				b.WriteRune('▀')
			case lower:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString(squareOff + "\n")
	}
	return b.String(), nil
}
