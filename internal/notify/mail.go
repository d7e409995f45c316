package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"debrief/internal/calendar"
	"debrief/internal/practice"
)

// Mailer hands mail to one mail server.
type Mailer struct {
	host    string
	options []mail.Option
	from    string
}

// Letter is one mail to one person.
type Letter struct {
	ID         string // the same whenever it is sent again
	To         string
	Subject    string
	Text       string
	Invitation *calendar.Calendar // nil in most
	At         time.Time
}

// NewMailer reads the address of a mail server,
//
//	smtp://name:passphrase@mail.example.org?from=debrief@example.org
//
// smtp begins in the clear and goes on only where the server then speaks TLS,
// smtps speaks it from the start. A server on this same machine needs neither.
// Without from the name is taken, if it is an address. Roots are who may vouch
// for the server; nil: whoever the system trusts.
func NewMailer(address string, roots *x509.CertPool) (*Mailer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("want smtp://name:passphrase@host?from=address, or smtps://")
	}
	m := &Mailer{host: u.Hostname(), from: u.Query().Get("from")}
	if m.from == "" {
		m.from = u.User.Username()
	}
	if at, err := netmail.ParseAddress(m.from); err != nil || at.Address != m.from {
		return nil, fmt.Errorf("from=%s is no mail address", m.from)
	}
	m.options = []mail.Option{mail.WithTimeout(patience), mail.WithoutNoop(),
		mail.WithTLSConfig(&tls.Config{ServerName: m.host, RootCAs: roots, MinVersion: tls.VersionTLS12})}
	port := 587
	switch {
	case u.Scheme == "smtps":
		m.options, port = append(m.options, mail.WithSSL()), 465
	case practice.ThisMachine(m.host):
		m.options = append(m.options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	default:
		m.options = append(m.options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, err
		}
	}
	m.options = append(m.options, mail.WithPort(port))
	if u.User != nil {
		secret, _ := u.User.Password()
		m.options = append(m.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(secret))
	}
	_, err = mail.NewClient(m.host, m.options...)
	return m, err
}

// Send hands one mail over. It returns once the server has taken it.
func (m *Mailer) Send(ctx context.Context, l Letter) error {
	letter, err := m.write(l)
	if err != nil {
		return failed{practice.FaultRefused, err}
	}
	client, err := mail.NewClient(m.host, m.options...)
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return failed{mailFault(err), err}
	}
	defer func() { _ = client.Close() }() // it was taken or not; nothing is left to do about it
	if err := client.Send(letter); err != nil {
		return failed{mailFault(err), err}
	}
	return nil
}

// write puts a letter into the form of mail.
func (m *Mailer) write(l Letter) (*mail.Msg, error) {
	letter := mail.NewMsg()
	if err := errors.Join(letter.From(m.from), letter.To(l.To)); err != nil {
		return nil, err
	}
	letter.Subject(l.Subject)
	letter.SetDateWithValue(l.At)
	_, domain, _ := strings.Cut(m.from, "@")
	letter.SetMessageIDWithValue(l.ID + "@" + domain)
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.Invitation != nil {
		c := *l.Invitation
		c.From = m.from
		letter.AddAlternativeString(mail.ContentType(c.Type()), c.String())
	}
	return letter, nil
}

// mailFault says what to tell people of what the mail server said.
func mailFault(err error) practice.Fault {
	var said *textproto.Error
	var sending *mail.SendError
	switch {
	case errors.As(err, &sending) && (sending.IsTemp() || sending.ErrorCode() < 500):
		return practice.FaultBusy
	case errors.As(err, &sending) && sending.Reason == mail.ErrSMTPMailFrom:
		return practice.FaultSecret // they do not know us
	case errors.As(err, &sending):
		return practice.FaultRefused
	case errors.As(err, &said) && (said.Code == 530 || said.Code == 534 || said.Code == 535 || said.Code == 538):
		return practice.FaultSecret
	case isTLS(err), strings.Contains(err.Error(), "STARTTLS"):
		return practice.FaultTLS
	case errors.As(err, &said):
		return practice.FaultBusy
	}
	return practice.FaultUnreachable
}

// isTLS reports whether no safe connection came about.
func isTLS(err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var op *net.OpError
	return errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid) || errors.As(err, &verify) ||
		errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &op) && op.Op == "remote error"
}
