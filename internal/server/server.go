// Package server mounts the faces: it puts the security headers on every
// answer, keeps the limits, writes a line for what failed or took long, and stops without
// dropping anybody.
package server

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// API is a face that can also answer for what never reached it, in its manner.
type API interface {
	http.Handler
	Refuse(w http.ResponseWriter, r *http.Request, err error)
}

// Options are what the server is made of.
type Options struct {
	Web    *frame.Kit
	API    API          // answers everything under /api/; nil: nothing does
	Intake http.Handler // takes what monitors say under /monitor/; nil: nothing does
	Log    *slog.Logger
	Now    func() time.Time
	Random io.Reader

	// BaseURL is where people reach this server, when that differs from where it
	// listens: forms from there are taken, and https there means https for all.
	BaseURL string

	// UnnamedURL is where people without a name reach this server, if that is a
	// host of its own: a browser then sends no session there. Nothing else is
	// served on it. Empty: they come to the same host as everybody.
	UnnamedURL string

	// TLS makes Serve speak https.
	TLS *tls.Config

	// Proxies are the addresses whose X-Forwarded-For and -Proto are believed.
	Proxies []netip.Prefix

	// Ready says whether the database answers.
	Ready func(context.Context) error

	// Gauges are what /metrics asks the database; nil: nothing.
	Gauges func(context.Context) ([]Gauge, error)

	// MetricsToken opens /metrics to other machines; empty: to this one only.
	MetricsToken string
}

// The patience of the server. A stream of news sets its own deadlines, and so
// does whoever takes a file.
const (
	readHeaderTime = 5 * time.Second
	readTime       = 10 * time.Second
	workTime       = 30 * time.Second // then a request is given up
	graceTime      = 5 * time.Second  // and then answered for, if its face did not
	writeTime      = workTime + graceTime + 10*time.Second
	idleTime       = 60 * time.Second
	drainTime      = 20 * time.Second
	readyTime      = 2 * time.Second
	slowTime       = time.Second // from then on a request stands in the log
	headerLimit    = 16 << 10
	headerSlop     = 4 << 10  // net/http reads so much more than it is told
	bodyLimit      = 64 << 20 // the most any face may raise its own limit to
)

// Server answers requests.
type Server struct {
	Options
	origins *http.CrossOriginProtection
	https   bool   // whatever arrives, people came by https
	unnamed string // the host for people without a name alone, or nothing
	quiet   map[string]bool
	counts  *counts
	mux     *http.ServeMux
	drain   chan struct{} // closed when the server is about to stop
}

// New makes a server. It refuses a base address that is none.
func New(o Options) (*Server, error) {
	s := &Server{
		Options: o,
		origins: http.NewCrossOriginProtection(),
		quiet:   map[string]bool{},
		counts:  newCounts(o.Now()),
		mux:     http.NewServeMux(),
		drain:   make(chan struct{}),
	}
	if o.BaseURL != "" {
		u, err := s.trust(o.BaseURL)
		if err != nil {
			return nil, err
		}
		s.https = u.Scheme == "https"
	}
	if o.UnnamedURL != "" {
		u, err := s.trust(o.UnnamedURL)
		if err != nil {
			return nil, err
		}
		s.unnamed = u.Host
	}
	for _, rt := range o.Web.Routes() {
		s.quiet[rt.Pattern] = rt.Quiet
	}
	s.mux.HandleFunc("GET /healthz", s.health)
	s.mux.HandleFunc("GET /readyz", s.ready)
	s.mux.HandleFunc("GET /metrics", s.metrics)
	if o.API != nil {
		s.mux.Handle("/api/", o.API)
	}
	if o.Intake != nil {
		s.mux.Handle("POST /monitor/{id}", o.Intake)
	}
	s.mux.Handle("/", o.Web)
	return s, nil
}

// trust takes forms from an address that people reach this server by.
func (s *Server) trust(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("base address %q: want https://host", address)
	}
	if err := s.origins.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
		return nil, fmt.Errorf("base address: %w", err)
	}
	return u, nil
}

// ServeHTTP answers one request: headers first, so that whatever happens after
// carries them.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.Now()
	id := s.newID()
	s.fromProxy(r)
	a := s.answer(w, r, id)
	ctx, giveUp := context.WithCancelCause(r.Context())
	defer giveUp(nil)
	r = r.WithContext(ctx)
	r.Body = http.MaxBytesReader(a, r.Body, bodyLimit)

	a.begin(giveUp)
	defer a.end()
	s.serve(a, r, id)

	if s.silent(r) {
		return // these leave neither a line nor a count
	}
	took := s.Now().Sub(began)
	s.counts.add(r.Pattern, a.code())
	slow := false
	if a.Header().Get("Content-Type") != "text/event-stream" { // which is as long as its page is open
		s.counts.time(r.Pattern, took)
		slow = took >= slowTime
	}
	level := slog.LevelDebug
	if slow || a.code() >= http.StatusInternalServerError {
		level = slog.LevelInfo // whoever runs the server wants to know
	}
	s.Log.Log(ctx, level, "request", "id", id, "route", r.Pattern, "status", a.code(), "took", took)
}

// silent reports whether a request leaves nothing behind: those of seats and of
// people without a name.
func (s *Server) silent(r *http.Request) bool {
	for _, start := range []string{"/seat/", "/api/v1/seats/", "/api/v1/unnamed", "/api/v1/receipts"} {
		if strings.HasPrefix(r.URL.Path, start) {
			return true
		}
	}
	return s.quiet[r.Pattern] || frame.IsUnnamed(r)
}

// serve hands the request to its face, and catches what a face could not.
func (s *Server) serve(a *answer, r *http.Request, id string) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if s.silent(r) {
			id = ""
		}
		s.Log.Error("panic", "id", id, "panic", p, "stack", string(debug.Stack()))
		if !a.unanswered() {
			panic(http.ErrAbortHandler) // half an answer is out: the browser must not take it for a whole one
		}
		s.refuse(a, r, fmt.Errorf("panic: %v", p))
	}()
	if err := s.origins.Check(r); err != nil {
		s.refuse(a, r, errElsewhere)
		return
	}
	if s.unnamed != "" && strings.EqualFold(r.Host, s.unnamed) && !frame.IsUnnamed(r) && !strings.HasPrefix(r.URL.Path, "/cloth/") {
		s.Web.Refuse(a, r, practice.ErrNotFound)
		return
	}
	s.mux.ServeHTTP(a, r)
	if a.unanswered() && errors.Is(context.Cause(r.Context()), practice.ErrSlow) {
		s.refuse(a, r, practice.ErrSlow)
	}
}

var errElsewhere = practice.Refuse(practice.Forbidden, "frame.elsewhere")

// refuse answers for a face that was not asked, in its manner.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if s.API != nil && strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Cache-Control", "no-store")
		s.API.Refuse(w, r, err)
		return
	}
	s.Web.Refuse(w, r, err)
}

// Serve answers on l until ctx is over. Then it takes no new requests, tells
// streams to go elsewhere, and gives the rest 20 seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler:                      s,
		ReadHeaderTimeout:            readHeaderTime,
		ReadTimeout:                  readTime,
		WriteTimeout:                 writeTime,
		IdleTimeout:                  idleTime,
		MaxHeaderBytes:               headerLimit - headerSlop,
		DisableGeneralOptionsHandler: true,
		TLSConfig:                    s.TLS,
		ErrorLog:                     slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	h.RegisterOnShutdown(s.Web.EndStreams)
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		close(s.drain)
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		stopped <- h.Shutdown(patience)
	})
	defer stop()
	var err error
	if s.TLS != nil {
		err = h.ServeTLS(l, "", "")
	} else {
		err = h.Serve(headed{l, s})
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// newID names a request in the log and on a fault page.
func (s *Server) newID() string {
	var b [6]byte
	if _, err := io.ReadFull(s.Random, b[:]); err != nil {
		return "unnamed"
	}
	return hex.EncodeToString(b[:])
}
