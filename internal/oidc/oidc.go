// Package oidc sends somebody to a provider of OpenID Connect and reads what
// they bring back: who they are there, as the provider's own word for them, and
// nothing else. It asks for no name and no address, and keeps no token.
//
// What it is brought is signed, meant for us, fresh, and an answer to what this
// browser asked; or it is refused, with one line in the log that holds none of
// it.
package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"debrief/internal/practice"
)

// What a provider answers, and how long it may take.
const (
	patience    = 10 * time.Second
	answerLimit = 1 << 20
	restAfter   = 5 * time.Second  // nobody asks again sooner whether it is back
	trustFor    = 30 * time.Second // nobody is sent there on an older word
)

// The ways in which nobody comes back from a provider.
var (
	ErrAway    = errors.New("the sign-in provider does not answer")
	ErrDenied  = errors.New("the sign-in provider was told no")
	ErrRefused = errors.New("what the sign-in provider sent is refused")
)

// Options say where the provider is, and what it knows us as.
type Options struct {
	Issuer   string // as it calls itself, such as https://id.example.org
	Client   string
	Secret   string // empty for a client that has none
	Redirect string // where it sends people back to, whole
	Now      func() time.Time
	Random   io.Reader
	Log      *slog.Logger
}

// Provider is one provider. It is asked for what it can do when somebody first
// needs it, and again until it has answered. It is safe for use by many
// goroutines.
type Provider struct {
	Options
	client *http.Client

	mu    sync.Mutex
	known *house    // nil until it answered
	heard time.Time // when it last did
	tried time.Time // when it last did not
}

// house is what a provider tells of itself.
type house struct {
	oauth  oauth2.Config
	keys   goidc.KeySet
	issues bool // it says with each answer who it is
}

// New makes a provider, and asks it nothing yet. It refuses an issuer that
// others on the way could speak for: by http, unless it is on this machine.
func New(o Options) (*Provider, error) {
	u, err := url.Parse(o.Issuer)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("issuer %q: want https://host", o.Issuer)
	case u.Scheme != "https" && !(u.Scheme == "http" && practice.ThisMachine(u.Hostname())):
		return nil, fmt.Errorf("issuer %q: want https", o.Issuer)
	}
	return &Provider{Options: o, client: &http.Client{
		Timeout:       patience,
		Transport:     bounded{u.Scheme},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// bounded reaches a provider: by https where its issuer is, and no further than
// an answer may be long.
type bounded struct{ scheme string }

// RoundTrip asks once.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.scheme != r.URL.Scheme {
		return nil, fmt.Errorf("%s: not %s", r.URL.Host, b.scheme)
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		res.Body = http.MaxBytesReader(nil, res.Body, answerLimit)
	}
	return res, err
}

// Discover asks the provider what it can do, unless it has answered before or
// was away a moment ago. It returns [ErrAway], and why.
func (p *Provider) Discover(ctx context.Context) error {
	_, err := p.discover(ctx, false)
	return err
}

// discover is [Provider.Discover]; fresh asks anew where the last answer is old, so
// that nobody is sent to an address where nobody is any more.
func (p *Provider) discover(ctx context.Context, fresh bool) (*house, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch now := p.Now(); {
	case p.known != nil && (!fresh || now.Before(p.heard.Add(trustFor))):
		return p.known, nil
	case !p.tried.IsZero() && now.Before(p.tried.Add(restAfter)):
		return nil, ErrAway
	}
	found, err := p.ask(ctx)
	if err != nil {
		p.tried = p.Now()
		p.Log.Warn("the sign-in provider does not answer", "err", err)
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	p.known, p.heard = found, p.Now()
	return found, nil
}

func (p *Provider) ask(ctx context.Context) (*house, error) {
	provider, err := goidc.NewProvider(p.by(ctx), p.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		Keys    string   `json:"jwks_uri"`
		Proving []string `json:"token_endpoint_auth_methods_supported"`
		Issues  bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := provider.Claims(&more); err != nil {
		return nil, err
	}
	at := provider.Endpoint()
	if u, err := url.Parse(at.AuthURL); err != nil || (bounded{u.Scheme}) != p.client.Transport {
		return nil, fmt.Errorf("authorization endpoint %q", at.AuthURL)
	}
	at.AuthStyle = oauth2.AuthStyleInHeader
	if p.Secret == "" || len(more.Proving) > 0 && !slices.Contains(more.Proving, "client_secret_basic") {
		at.AuthStyle = oauth2.AuthStyleInParams
	}
	return &house{
		oauth:  oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: at, RedirectURL: p.Redirect, Scopes: []string{goidc.ScopeOpenID}},
		keys:   goidc.NewRemoteKeySet(p.by(context.Background()), more.Keys),
		issues: more.Issues,
	}, nil
}

// by is a context whose requests go out by our client.
func (p *Provider) by(ctx context.Context) context.Context { return goidc.ClientContext(ctx, p.client) }

// Trip is what a browser has to remember of its way to the provider and back.
// Nobody else may read or change it.
type Trip struct {
	State    string // comes back with the browser
	Nonce    string // comes back in the token
	Verifier string // shows that who asked is who takes
}

// SetOut returns where to send a browser, and what it has to remember. choose
// has the provider ask which account is meant. It returns [ErrAway].
func (p *Provider) SetOut(ctx context.Context, choose bool) (string, Trip, error) {
	h, err := p.discover(ctx, true)
	if err != nil {
		return "", Trip{}, err
	}
	t := Trip{State: p.draw(), Nonce: p.draw(), Verifier: p.draw()}
	options := []oauth2.AuthCodeOption{goidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier)}
	if choose {
		options = append(options, oauth2.SetAuthURLParam("prompt", "select_account"))
	}
	return h.oauth.AuthCodeURL(t.State, options...), t, nil
}

// draw makes 256 random bits. A source that fails must stop the process: going
// on would send out what can be guessed.
func (p *Provider) draw() string {
	b := make([]byte, 32)
	if _, err := io.ReadFull(p.Random, b); err != nil {
		panic("oidc: no randomness: " + err.Error())
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// ComeBack reads what a browser brought back from a trip, and returns the
// provider's word for who that is. It returns [ErrDenied] where they said no
// there, [ErrAway], and [ErrRefused] for everything that is not as it has to be.
func (p *Provider) ComeBack(ctx context.Context, t Trip, brought url.Values) (subject string, err error) {
	h, err := p.discover(ctx, false)
	if err != nil {
		return "", err
	}
	subject, err = p.comeBack(ctx, h, t, brought)
	var wrong wrong
	if errors.As(err, &wrong) {
		p.Log.Warn("a sign-in was refused", "issuer", p.Issuer, "why", string(wrong))
		return "", ErrRefused
	}
	return subject, err
}

// wrong is what is wrong with what was brought, in words of ours: what others
// wrote stands in no log.
type wrong string

// Error is those words.
func (w wrong) Error() string { return string(w) }

func (p *Provider) comeBack(ctx context.Context, h *house, t Trip, brought url.Values) (string, error) {
	for _, values := range brought {
		if len(values) > 1 {
			return "", wrong("something was said twice")
		}
	}
	issuer := brought.Get("iss")
	switch {
	case t.State == "" || subtle.ConstantTimeCompare([]byte(t.State), []byte(brought.Get("state"))) != 1:
		return "", wrong("state")
	case issuer != p.Issuer && (issuer != "" || h.issues):
		return "", wrong("issuer of the answer")
	case brought.Get("error") == "access_denied":
		return "", ErrDenied
	case brought.Get("error") != "":
		return "", wrong("an error of the provider")
	case brought.Get("code") == "":
		return "", wrong("no code")
	}
	tokens, err := h.oauth.Exchange(p.by(ctx), brought.Get("code"), oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return "", failed(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	return p.verify(ctx, h, given{raw, tokens.AccessToken, t.Nonce})
}

// failed tells a provider that is away from one that says no.
func failed(err error) error {
	var unreached *url.Error
	var answered *oauth2.RetrieveError
	switch {
	case errors.As(err, &unreached), errors.As(err, &answered) && answered.Response.StatusCode >= http.StatusInternalServerError:
		return ErrAway
	case errors.As(err, &answered):
		return wrong("code")
	}
	return wrong("answer to the code")
}
