// Command mail is a mail server for tests: it speaks TLS, wants a name and a
// passphrase, and keeps what it takes as files in a folder.
//
// Mail to nobody@… is refused, mail to later@… is put off. While there is a file
// called hold in the folder, mail is kept and never answered, as by a server that
// dies at the worst moment.
package main

import (
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

func main() {
	b := &box{}
	flag.StringVar(&b.folder, "folder", ".", "where mail is kept")
	flag.StringVar(&b.secret, "secret", "", "the passphrase of debrief")
	certificate := flag.String("cert", "", "a certificate, as PEM")
	key := flag.String("key", "", "its key, as PEM")
	safe := flag.Bool("smtps", false, "speak TLS from the start")
	flag.Parse()
	if err := b.serve(*certificate, *key, *safe); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// box keeps mail.
type box struct {
	folder, secret string
	taken          atomic.Int64
}

func (b *box) serve(certificate, key string, safe bool) error {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }))
	s.Domain, s.TLSConfig = "localhost", &tls.Config{Certificates: []tls.Certificate{pair}}
	fmt.Println("listening on " + l.Addr().String())
	if safe {
		l = tls.NewListener(l, s.TLSConfig)
	}
	return s.Serve(l)
}

// session is one connection.
type session struct {
	*box
	known bool
}

// AuthMechanisms are the ways to give a passphrase.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth asks for name and passphrase.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, passphrase string) error {
		if s.known = name == "debrief" && passphrase == s.secret; !s.known {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// Mail begins one.
func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	return nil
}

// Rcpt says for whom.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch name, _, _ := strings.Cut(to, "@"); name {
	case "nobody":
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	case "later":
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "come again"}
	}
	return nil
}

// Data keeps it.
func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	name := filepath.Join(s.folder, fmt.Sprintf("%06d.eml", s.taken.Add(1)))
	if err := errors.Join(os.WriteFile(name+".part", text, 0o600), os.Rename(name+".part", name)); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(s.folder, "hold")); err == nil {
		select {}
	}
	return nil
}

// Reset forgets what was begun; nothing is.
func (s *session) Reset() {}

// Logout ends the connection.
func (s *session) Logout() error { return nil }
