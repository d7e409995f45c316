package main

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"debrief/internal/auth"
	"debrief/internal/oidc"
)

// provider is where people may sign in, beside their way in here.
type provider struct {
	Issuer string `name:"oidc-issuer" env:"DEBRIEF_OIDC_ISSUER" help:"cli.help.oidc-issuer" placeholder:"ADDRESS"`
	Client string `name:"oidc-client" env:"DEBRIEF_OIDC_CLIENT" help:"cli.help.oidc-client" placeholder:"ID"`
	Secret string `name:"oidc-secret-file" env:"DEBRIEF_OIDC_SECRET_FILE" help:"cli.help.oidc-secret-file" placeholder:"FILE"`
	Name   string `name:"oidc-name" env:"DEBRIEF_OIDC_NAME" help:"cli.help.oidc-name" placeholder:"WORDS"`
	Knock  bool   `name:"oidc-knock" env:"DEBRIEF_OIDC_KNOCK" help:"cli.help.oidc-knock"`
}

// open makes the provider, or nil where none was named. It asks it nothing.
func (c provider) open(base string, log *slog.Logger) (*auth.Provider, error) {
	switch {
	case c.Issuer == "" && c.Client == "":
		return nil, nil
	case c.Issuer == "" || c.Client == "":
		return nil, errors.New("--oidc-issuer and --oidc-client go together")
	case base == "":
		return nil, errors.New("--oidc-issuer: the provider sends people back to --base-url, so give that too")
	}
	secret := ""
	if c.Secret != "" {
		text, err := os.ReadFile(c.Secret)
		if err != nil {
			return nil, fmt.Errorf("--oidc-secret-file: %w", err)
		}
		if secret = strings.TrimSpace(string(text)); secret == "" {
			return nil, fmt.Errorf("--oidc-secret-file: %s is empty", c.Secret)
		}
	}
	p, err := oidc.New(oidc.Options{Issuer: c.Issuer, Client: c.Client, Secret: secret, Redirect: redirect(base),
		Now: time.Now, Random: rand.Reader, Log: log})
	if err != nil {
		return nil, fmt.Errorf("--oidc-issuer: %w", err)
	}
	host, _ := url.Parse(c.Issuer)
	return &auth.Provider{Provider: p, Name: cmp.Or(c.Name, host.Hostname()), Knocks: c.Knock}, nil
}

// redirect is where a provider sends people back to.
func redirect(base string) string { return strings.TrimSuffix(base, "/") + "/in/oidc/back" }

// provider asks whether people can sign in there.
func (d *doctor) provider(c provider, base string) {
	at, err := c.open(base, slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		d.fail("oidc", "wrong", "why", err.Error())
		return
	case at == nil:
		return
	}
	ctx, cancel := d.within()
	defer cancel()
	if err := at.Discover(ctx); err != nil {
		d.warn("oidc", "away", "where", c.Issuer, "why", err.Error())
		return
	}
	d.ok("oidc", "answers", "where", c.Issuer, "redirect", redirect(base))
}
