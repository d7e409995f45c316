package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// certificate is a pair of files, read again when they change or the process is
// hung up on: a renewal needs no new start. A pair that cannot be read leaves the
// one before in its place.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu   sync.Mutex
	pair *tls.Certificate
	seen time.Time // when the newer of the two files was written
}

// load reads the pair.
func (c *certificate) load() error {
	seen, err := c.written()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.pair, c.seen = &pair, seen
	return nil
}

func (c *certificate) written() (newer time.Time, err error) {
	for _, path := range []string{c.cert, c.key} {
		info, err := os.Stat(path)
		if err != nil {
			return newer, err
		}
		if info.ModTime().After(newer) {
			newer = info.ModTime()
		}
	}
	return newer, nil
}

// current is the pair for a connection that begins.
func (c *certificate) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if seen, err := c.written(); err == nil && !seen.Equal(c.seen) {
		c.again()
		c.seen = seen // a broken pair is said once
	}
	return c.pair, nil
}

func (c *certificate) again() {
	if err := c.load(); err != nil {
		c.log.Error("the certificate cannot be read; the one before is used", "err", err)
		return
	}
	c.log.Info("the certificate was read again")
}

// follow reads the pair again whenever the process is hung up on, until ctx ends.
func (c *certificate) follow(ctx context.Context, hung chan os.Signal) {
	defer signal.Stop(hung)
	for {
		select {
		case <-hung:
			c.mu.Lock()
			c.again()
			c.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// tls is how https is spoken: by two files, by an authority, by a
// certificate of our own, or not at all. What
// it returns beside that is to be done once the server listens.
func (c *serveCommand) tls(ctx context.Context, log *slog.Logger) (_ *tls.Config, then func(), err error) {
	then = func() {}
	switch {
	case c.ACME != "":
		return c.byAuthority(ctx, log)
	case c.phones != nil:
		return &tls.Config{Certificates: []tls.Certificate{c.phones.pair}, MinVersion: tls.VersionTLS12}, then, nil
	case c.TLSCert == "" && c.TLSKey == "":
		return nil, then, nil
	}
	files := &certificate{cert: c.TLSCert, key: c.TLSKey, log: log}
	if err := files.load(); err != nil {
		return nil, nil, err
	}
	hung := make(chan os.Signal, 1)
	signal.Notify(hung, syscall.SIGHUP)
	go files.follow(ctx, hung)
	return &tls.Config{GetCertificate: files.current, MinVersion: tls.VersionTLS12}, then, nil
}

// byAuthority lets an authority that speaks ACME certify our hosts, and keeps
// what it gave beside the database. What comes by http answers the authority, and
// shows everybody else the way to https.
func (c *serveCommand) byAuthority(ctx context.Context, log *slog.Logger) (_ *tls.Config, then func(), err error) {
	if c.TLSCert != "" || c.TLSKey != "" {
		return nil, nil, errors.New("--acme: not together with --tls-cert and --tls-key")
	}
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(c.certificates()), HostPolicy: c.mayCertify,
		Client: &acme.Client{DirectoryURL: c.ACMEDirectory}}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.ACMEAddr)
	if err != nil {
		return nil, nil, err
	}
	way := &http.Server{Handler: m.HTTPHandler(nil), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	context.AfterFunc(ctx, func() { _ = way.Close() }) // nobody is in the middle of anything there
	go func() {
		if err := way.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("http is not answered", "err", err)
		}
	}()
	secure := m.TLSConfig()
	secure.MinVersion = tls.VersionTLS12
	return secure, func() {
		for _, host := range c.certified() {
			go certify(m, host, log)
		}
	}, nil
}

// certified are the hosts that an authority is asked for: that of people without a
// name, too, where it is another one.
func (c *serveCommand) certified() []string {
	hosts := []string{c.ACME}
	if u, err := url.Parse(c.UnnamedURL); err == nil && u.Scheme == "https" && u.Hostname() != c.ACME {
		hosts = append(hosts, u.Hostname())
	}
	return hosts
}

// mayCertify allows our hosts alone. Some authorities name the port with one.
func (c *serveCommand) mayCertify(ctx context.Context, host string) error {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return autocert.HostWhitelist(c.certified()...)(ctx, host)
}

// certificates is the folder of what an authority gave, or we made.
const certificates = "certificates"

// certificates is where that folder stands: beside the database, if that is a file.
func (d database) certificates() string {
	if d.beside() == "" {
		return filepath.Join(usualFolder, certificates)
	}
	return filepath.Join(filepath.Dir(d.Database), certificates)
}

// certify asks for the certificate before anybody comes, so that whoever starts
// the server reads in its log whether it will have one.
func certify(m *autocert.Manager, host string, log *slog.Logger) {
	_, err := m.GetCertificate(&tls.ClientHelloInfo{ServerName: host, SupportedCurves: []tls.CurveID{tls.CurveP256},
		SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256}, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}})
	if err != nil {
		log.Error("no certificate yet; the first who comes asks again. Does the name lead here, and is port 80 open?", "host", host, "err", err)
		return
	}
	log.Info("the certificate is there", "host", host)
}
