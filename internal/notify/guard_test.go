package notify

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"debrief/internal/practice"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "1.1.1.1": true, "172.32.0.1": true, "192.0.1.1": true, "2606:4700::1111": true, "2a00:1450:4001::1": true,
		"0.0.0.0": false, "127.0.0.1": false, "127.255.255.254": false, "10.1.2.3": false, "100.64.0.1": false, "169.254.169.254": false,
		"172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, "192.0.0.8": false, "192.0.2.1": false, "192.88.99.1": false,
		"198.18.0.1": false, "198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false,
		"64:ff9b:1::1": false, "100::1": false, "2001::1": false, "2001:db8::1": false, "2002:7f00:1::": false, "3fff::1": false,
		"fc00::1": false, "fd12:3456::1": false, "fe80::1": false, "fe80::1%eth0": false, "fec0::1": false, "ff02::1": false, "5f00::1": false,
	} {
		if got := public(netip.MustParseAddr(address).Unmap()); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestGuard_ports(t *testing.T) {
	g := guard{peer(t, "10.0.0.0/8:8065"), peer(t, "[fd00::1]:443"), peer(t, "192.168.1.5:80")}
	for address, want := range map[string]bool{
		"93.184.216.34:80": true, "93.184.216.34:443": true, "93.184.216.34:22": false, "93.184.216.34:8080": false, "93.184.216.34:0": false,
		"10.1.2.3:8065": true, "10.1.2.3:443": false, "11.1.2.3:8065": false, "[fd00::1]:443": true, "[fd00::2]:443": false,
		"[::ffff:10.1.2.3]:8065": true, "192.168.1.5:80": true, "192.168.1.6:80": false, "x": false, "/tmp/socket": false,
	} {
		if err := g.control("tcp", address, nil); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func peer(t *testing.T, text string) Peer {
	t.Helper()
	var p Peer
	if err := p.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPeer_refuses(t *testing.T) {
	for _, bad := range []string{"", "10.0.0.1", "chat.example:443", "10.0.0.0/33:1", "10.0.0.1:x", "10.0.0.1:70000"} {
		if err := new(Peer).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q passes", bad)
		}
	}
}

// receiver is a chat on this machine that counts what reaches it.
func receiver(t *testing.T, answer http.HandlerFunc) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	came := new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came.Add(1)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s, came
}

// Whatever an address looks like, it does not lead to this machine: neither at
// the port of the receiver nor, by a peer that is let pass there, anywhere else.
func TestChat_spellings(t *testing.T) {
	chat, came := receiver(t, func(http.ResponseWriter, *http.Request) {})
	port := chat.URL[strings.LastIndexByte(chat.URL, ':')+1:]
	c := NewChat([]Peer{peer(t, "127.0.0.2:"+port)}) // the port alone opens nothing
	names := map[string][4]byte{}
	spelled := []string{"127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
		"017700000001", "127.000.000.001", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]",
		"[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "①②⑦.⓪.⓪.①", "127。0。0。1",
		"127.0.0.1.", "user@127.0.0.1", "chat.example@127.0.0.1", "127.0.0.1#@chat.example", `127.0.0.1\@chat.example`, "rebound.example", "169.254.169.254", "10.0.0.1"}
	names["rebound.example."] = [4]byte{127, 0, 0, 1}
	c.dialer.Resolver = resolver(t, names)
	for _, host := range spelled {
		for _, address := range []string{"http://" + host + ":" + port + "/x", "https://" + host + "/x", "http://" + host + "/x"} {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			if err := c.Send(ctx, address, "x"); err == nil {
				t.Errorf("%s was let pass", address)
			}
			cancel()
		}
	}
	if n := came.Load(); n != 0 {
		t.Errorf("%d reached it", n)
	}
	open := NewChat([]Peer{peer(t, "127.0.0.1:"+port)}) // the controls: the same, let pass
	open.dialer.Resolver = resolver(t, names)
	for _, host := range []string{"127.0.0.1", "rebound.example"} {
		if err := open.Send(t.Context(), "http://"+host+":"+port+"/x", "x"); err != nil {
			t.Errorf("%s is not let pass: %v", host, err)
		}
	}
	if n := came.Load(); n != 2 {
		t.Errorf("%d reached it, want 2", n)
	}
}

// resolver knows some names, and nobody else's.
func resolver(t *testing.T, names map[string][4]byte) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		ask := make([]byte, 512)
		for {
			n, from, err := server.ReadFrom(ask)
			if err != nil {
				return
			}
			_, _ = server.WriteTo(answerOf(ask[:n], names), from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

// answerOf is what a name server says to one question.
func answerOf(ask []byte, names map[string][4]byte) []byte {
	name, at := "", 12
	for ask[at] != 0 {
		name += string(ask[at+1:at+1+int(ask[at])]) + "."
		at += 1 + int(ask[at])
	}
	kind := binary.BigEndian.Uint16(ask[at+1:])
	reply := append([]byte{ask[0], ask[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, ask[12:at+5]...)
	address, known := names[name]
	switch {
	case !known:
		reply[3] |= 3
	case kind == 1:
		reply[7] = 1
		reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
		reply = append(reply, address[:]...)
	}
	return reply
}

func TestChat_send(t *testing.T) {
	var got struct{ Text string }
	chat, came := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &got); err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s: %v", r.Method, body, err)
		}
	})
	c := NewChat([]Peer{peer(t, strings.TrimPrefix(chat.URL, "http://"))})
	if err := c.Send(t.Context(), chat.URL+"/hooks/x", `A "review" <was> called`); err != nil {
		t.Fatal(err)
	}
	if got.Text != `A "review" <was> called` || came.Load() != 1 {
		t.Errorf("%q came %d times", got.Text, came.Load())
	}
}

// A workflow of Teams, which takes nothing but cards, gets one; what only looks like
// its host gets text.
func TestChat_workflowOfTeams(t *testing.T) {
	var got struct {
		Text        string
		Type        string
		Attachments []struct {
			ContentType string
			Content     struct {
				Type, Version string
				Body          []struct{ Type, Text string }
			}
		}
	}
	chat, _ := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got.Text, got.Attachments = "", nil
		if err := json.Unmarshal(body, &got); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	})
	port := chat.URL[strings.LastIndexByte(chat.URL, ':')+1:]
	c := NewChat([]Peer{peer(t, "127.0.0.1:"+port)})
	for host, card := range map[string]bool{
		"prod-12.westeurope.logic.azure.com": true, "default0af.1b.environment.api.powerplatform.com": true, "x.logic.azure.us": true,
		"contoso.webhook.office.com": false, "hooks.slack.com": false, "logic.azure.com.x.example": false, "mylogic.azure.example": false,
	} {
		c.dialer.Resolver = resolver(t, map[string][4]byte{host + ".": {127, 0, 0, 1}})
		if err := c.Send(t.Context(), "http://"+host+":"+port+"/workflows/x?sig=y", "A review is closed. https://debrief.example/f/7/record"); err != nil {
			t.Fatalf("%s: %v", host, err)
		}
		if !card {
			if got.Text == "" || got.Attachments != nil {
				t.Errorf("%s got %+v", host, got)
			}
			continue
		}
		if len(got.Attachments) != 1 || got.Type != "message" || got.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
			t.Fatalf("%s got %+v", host, got)
		}
		if in := got.Attachments[0].Content; in.Type != "AdaptiveCard" || len(in.Body) != 1 || in.Body[0].Type != "TextBlock" ||
			in.Body[0].Text != "A review is closed. [https://debrief.example/f/7/record](https://debrief.example/f/7/record)" {
			t.Errorf("%s got the card %+v", host, in)
		}
	}
}

func TestChat_faults(t *testing.T) {
	elsewhere, reached := receiver(t, func(http.ResponseWriter, *http.Request) {})
	for name, c := range map[string]struct {
		status int
		want   practice.Fault
	}{
		"moved for ever": {301, practice.FaultMoved}, "moved": {302, practice.FaultMoved}, "moved, same again": {307, practice.FaultMoved}, "moved, 308": {308, practice.FaultMoved},
		"gone": {410, practice.FaultRefused}, "no such hook": {404, practice.FaultRefused}, "forbidden": {403, practice.FaultRefused},
		"too many": {429, practice.FaultBusy}, "broken": {500, practice.FaultBusy}, "restarting": {503, practice.FaultBusy},
	} {
		chat, _ := receiver(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(c.status)
		})
		both := NewChat([]Peer{peer(t, strings.TrimPrefix(chat.URL, "http://")), peer(t, strings.TrimPrefix(elsewhere.URL, "http://"))})
		if err := both.Send(t.Context(), chat.URL, "x"); err == nil || faultOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if n := reached.Load(); n != 0 {
		t.Errorf("followed %d times", n)
	}
	closed := NewChat(nil)
	for address, want := range map[string]practice.Fault{elsewhere.URL: practice.FaultBlocked, "ftp://x.example/": practice.FaultBlocked} {
		err := closed.Send(t.Context(), address, "x")
		if faultOf(err) != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}

// An address of a chat is a secret and stays out of what is logged.
func TestChat_faultsKeepTheSecret(t *testing.T) {
	chat, _ := receiver(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	u, err := url.Parse(chat.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Chat{NewChat(nil), NewChat([]Peer{peer(t, u.Host)})} {
		if err := c.Send(t.Context(), chat.URL+"/hooks/sesame", "x"); err == nil || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%v", err)
		}
	}
}
