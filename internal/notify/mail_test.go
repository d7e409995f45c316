package notify

import (
	"context"
	"crypto/x509"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wneessen/go-mail"

	"debrief/internal/calendar"
	"debrief/internal/debrieftest"
	"debrief/internal/practice"
)

var noon = time.Date(2026, 6, 8, 12, 0, 0, 0, time.UTC)

// at is the address of a mail server with something in it changed.
func at(t *testing.T, address string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

func mailer(t *testing.T, address string, roots *x509.CertPool) *Mailer {
	t.Helper()
	m, err := NewMailer(address, roots)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailer_send(t *testing.T) {
	for name, smtps := range map[string]bool{"smtp": false, "smtps": true} {
		t.Run(name, func(t *testing.T) {
			peer := debrieftest.StartMail(t, smtps)
			invitation := &calendar.Calendar{Method: calendar.Request, Stamp: noon, To: "ilse@x.example",
				Meetings: []calendar.Meeting{{UID: "rev_1@debrief", Start: noon, Length: time.Hour, Title: "A review"}}}
			l := Letter{ID: "msg_01", To: "ilse@x.example", Subject: "Größe: 12 of 50\r\nBcc: all@x.example", Text: "A line.\n.\nAnother.\n", At: noon, Invitation: invitation}
			m := mailer(t, peer.URL, peer.Roots)
			for range 2 {
				if err := m.Send(t.Context(), l); err != nil {
					t.Fatal(err)
				}
			}
			letters := peer.Wait(2)
			for field, want := range map[string]string{"Message-Id": "<msg_01@house.example>", "To": "<ilse@x.example>", "From": "<debrief@house.example>",
				"Auto-Submitted": "auto-generated", "Bcc": "", "Date": noon.Format(time.RFC1123Z)} {
				for _, letter := range letters {
					if got := debrieftest.Header(t, letter, field); got != want {
						t.Errorf("%s: %q, want %q", field, got, want)
					}
				}
			}
			for _, want := range []string{"text/calendar; charset=utf-8; method=REQUEST", "text/plain; charset=UTF-8", "BEGIN:VCALENDAR", "ORGANIZER:mailto:debrief@house.example"} {
				if !strings.Contains(letters[0], want) {
					t.Errorf("no %q in\n%s", want, letters[0])
				}
			}
		})
	}
}

func TestMailer_faults(t *testing.T) {
	peer := debrieftest.StartMail(t, false)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	closed.Close()
	letter := Letter{ID: "msg_01", To: "ilse@x.example", Subject: "x", Text: "x", At: noon}
	for name, c := range map[string]struct {
		address string
		roots   *x509.CertPool
		to      string
		want    practice.Fault
	}{
		"refused":            {peer.URL, peer.Roots, "nobody@x.example", practice.FaultRefused},
		"put off":            {peer.URL, peer.Roots, "later@x.example", practice.FaultBusy},
		"no such address":    {peer.URL, peer.Roots, "ilse\r\nRCPT TO:<x@x.example>", practice.FaultRefused},
		"a wrong passphrase": {at(t, peer.URL, func(u *url.URL) { u.User = url.UserPassword("debrief", "heron") }), peer.Roots, "", practice.FaultSecret},
		"no passphrase":      {at(t, peer.URL, func(u *url.URL) { u.User = nil }), peer.Roots, "", practice.FaultSecret},
		"somebody else":      {peer.URL, x509.NewCertPool(), "", practice.FaultTLS},
		"nobody":             {at(t, peer.URL, func(u *url.URL) { u.Host = nobody }), peer.Roots, "", practice.FaultUnreachable},
		"smtps to smtp":      {at(t, peer.URL, func(u *url.URL) { u.Scheme = "smtps" }), peer.Roots, "", practice.FaultTLS},
	} {
		l := letter
		if c.to != "" {
			l.To = c.to
		}
		err := mailer(t, c.address, c.roots).Send(t.Context(), l)
		if err == nil || faultOf(err) != c.want {
			t.Errorf("%s: %q (%v), want %q", name, faultOf(err), err, c.want)
		}
	}
	if got := peer.Letters(); len(got) > 0 {
		t.Errorf("it took %d", len(got))
	}
	if err := mailer(t, peer.URL, peer.Roots).Send(t.Context(), letter); err != nil { // the control
		t.Errorf("and as it should be: %v", err)
	}
}

// A passphrase goes over the network only where nobody else can read it.
func TestMailer_wantsTLS(t *testing.T) {
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	lines, heard := make(chan net.Conn, 1), make(chan string, 1)
	go func() { // a server that has no TLS, and takes every passphrase
		c, err := plain.Accept()
		if err != nil {
			return
		}
		lines <- c
		said, line := "", make([]byte, 512)
		_, err = c.Write([]byte("220 hello\r\n"))
		for err == nil {
			var n int
			if n, err = c.Read(line); err == nil {
				_, err = c.Write([]byte("250-x\r\n250 AUTH PLAIN LOGIN\r\n"))
			}
			said += string(line[:n])
		}
		heard <- said
	}()
	m := mailer(t, "smtp://debrief:heron@mail.house.example?from=debrief@house.example", nil)
	m.options = append(m.options, mail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, plain.Addr().String())
	}))
	err = m.Send(t.Context(), Letter{ID: "msg_01", To: "ilse@x.example", At: noon})
	if faultOf(err) != practice.FaultTLS {
		t.Errorf("%q: %v", faultOf(err), err)
	}
	(<-lines).Close()
	if said := <-heard; strings.Contains(said, "AUTH") || !strings.Contains(said, "EHLO") {
		t.Errorf("said %q", said)
	}
}

func TestNewMailer_refuses(t *testing.T) {
	for _, bad := range []string{"", "mail.example.org", "http://mail.example.org?from=a@x.example", "smtp://?from=a@x.example", "smtp://mail.example.org",
		"smtp://mail.example.org?from=nobody", "smtp://name:secret@mail.example.org", "smtp://mail.example.org:x?from=a@x.example",
		"smtp://mail.example.org?from=A%20%3Ca@x.example%3E"} {
		if m, err := NewMailer(bad, nil); err == nil {
			t.Errorf("%q passes: %+v", bad, m)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: tells the passphrase: %v", bad, err)
		}
	}
	if m, err := NewMailer("smtps://a%40x.example:secret@mail.example.org", nil); err != nil || m.from != "a@x.example" {
		t.Errorf("%+v, %v", m, err)
	}
}
