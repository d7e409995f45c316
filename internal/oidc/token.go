package oidc

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
)

// What a token may be like.
const (
	tokenLimit   = 64 << 10
	subjectLimit = 255
	skew         = time.Minute // how far the provider's clock may be from ours
)

// algorithms are the signatures we take: by a key of which the provider shows
// one half. What is signed with a secret that both know, or not at all, is not
// among them.
var algorithms = []string{goidc.RS256, goidc.RS384, goidc.RS512, goidc.PS256, goidc.PS384, goidc.PS512,
	goidc.ES256, goidc.ES384, goidc.ES512, goidc.EdDSA}

// given is a token with what it has to fit.
type given struct{ raw, access, nonce string }

// verify returns whom a token is about. What it says is looked at first, so that
// the log can say what is wrong with it; nothing of it counts before the
// signature does.
func (p *Provider) verify(ctx context.Context, h *house, g given) (string, error) {
	c, err := read(g.raw)
	if err != nil {
		return "", err
	}
	if err := c.check(p.Issuer, p.Client, g.nonce, p.Now()); err != nil {
		return "", err
	}
	keys := &watched{KeySet: h.keys}
	token, err := goidc.NewVerifier(p.Issuer, keys, &goidc.Config{ClientID: p.Client, SupportedSigningAlgs: algorithms,
		Now: func() time.Time { return p.Now().Add(-skew) }}).Verify(ctx, g.raw)
	var unreached *url.Error
	switch {
	case errors.As(keys.err, &unreached):
		return "", ErrAway
	case err != nil:
		return "", wrong("signature")
	case token.Subject != c.Subject || token.Nonce != g.nonce:
		return "", wrong("claims that can be read in two ways")
	case token.AccessTokenHash != "" && token.VerifyAccessToken(g.access) != nil:
		return "", wrong("at_hash")
	}
	return token.Subject, nil
}

// watched remembers why keys could not be had, which the verifier does not pass
// on.
type watched struct {
	goidc.KeySet
	err error
}

// VerifySignature is the key set's.
func (w *watched) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := w.KeySet.VerifySignature(ctx, token)
	w.err = err
	return payload, err
}

// claims is what we read of a token, by exactly these names.
type claims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	Party     *string  `json:"azp"`
	Nonce     string   `json:"nonce"`
	Expires   *float64 `json:"exp"`
	Issued    *float64 `json:"iat"`
	NotBefore *float64 `json:"nbf"`
}

// names are those of the claims and of what stands in the head of a token. The
// library reads SUB as sub; we do not.
var names = []string{"iss", "sub", "aud", "azp", "nonce", "exp", "iat", "nbf", "at_hash", "alg", "kid", "typ", "crit"}

// audience is one name or a list of them.
type audience []string

// UnmarshalJSON reads either.
func (a *audience) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(a))
}

// read takes a token apart. Its signature was not looked at yet.
func read(raw string) (claims, error) {
	var c claims
	parts := strings.Split(raw, ".")
	switch {
	case raw == "":
		return c, wrong("no token")
	case len(raw) > tokenLimit:
		return c, wrong("length of the token")
	case len(parts) != 3:
		return c, wrong("form of the token")
	}
	var head struct {
		Type     string          `json:"typ"`
		Critical json.RawMessage `json:"crit"`
	}
	if err := readPart(parts[0], &head); err != nil {
		return c, wrong("head of the token")
	}
	if head.Type != "" && !strings.EqualFold(head.Type, "JWT") || head.Critical != nil {
		return c, wrong("kind of token")
	}
	if err := readPart(parts[1], &c); err != nil {
		return c, wrong("claims of the token")
	}
	return c, nil
}

func readPart(part string, into any) error {
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return err
	}
	if err := plain(text); err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// plain refuses an object that two programs could read in two ways: with a name
// twice, or with one that only looks like a name we know.
func plain(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("not an object")
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		for _, known := range names {
			if name != known && strings.EqualFold(name, known) {
				return errors.New("a look-alike")
			}
		}
		if seen[name] {
			return errors.New("said twice")
		}
		seen[name] = true
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than an object")
	}
	return nil
}

// check says what is wrong with claims that were made to us now, or nothing.
func (c claims) check(issuer, client, nonce string, now time.Time) error {
	switch {
	case c.Issuer != issuer:
		return wrong("iss")
	case !slices.Contains(c.Audience, client):
		return wrong("aud")
	case c.Party == nil && len(c.Audience) > 1, c.Party != nil && *c.Party != client:
		return wrong("azp")
	case nonce == "" || c.Nonce != nonce:
		return wrong("nonce")
	case !isSubject(c.Subject):
		return wrong("sub")
	case c.Expires == nil || !moment(*c.Expires).After(now.Add(-skew)):
		return wrong("exp")
	case c.Issued == nil || moment(*c.Issued).After(now.Add(skew)):
		return wrong("iat")
	case c.NotBefore != nil && moment(*c.NotBefore).After(now.Add(skew)):
		return wrong("nbf")
	}
	return nil
}

// isSubject reports whether a text can be somebody, as the standard has it: some
// characters that are not control characters, all of ASCII.
func isSubject(s string) bool {
	strange := func(r rune) bool { return r <= ' ' || r > '~' }
	return s != "" && len(s) <= subjectLimit && !strings.ContainsFunc(s, strange)
}

// moment is a time as tokens have it. What no clock shows lies before all.
func moment(seconds float64) time.Time {
	if math.IsNaN(seconds) || seconds < 0 || seconds > math.MaxInt32*100 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0)
}
