package auth_test

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"debrief/internal/auth"
	"debrief/internal/oidc"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// away has the house know a provider that does not answer: what it would say is
// for internal/oidc and for a browser story.
func (h *house) away(t *testing.T) *auth.Auth {
	t.Helper()
	p, err := oidc.New(oidc.Options{Issuer: "http://127.0.0.1:1", Client: "debrief", Redirect: "http://127.0.0.1:2/in/oidc/back",
		Now: h.clock.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return auth.New(auth.Options{Store: h.store, Now: h.clock.Now, Random: rand.Reader, Hash: auth.HashCost{KiB: 8, Passes: 1, Lanes: 1},
		Provider: &auth.Provider{Provider: p, Name: "Riverside sign-in"}})
}

// links keeps who somebody is at that provider.
func (h *house) links(t *testing.T, m practice.MemberID, subject string) error {
	t.Helper()
	return h.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.AddIdentity(m, practice.Identity{Issuer: "http://127.0.0.1:1", Subject: subject})
	})
}

// whoIs returns whom that provider means.
func (h *house) whoIs(t *testing.T, issuer, subject string) (m practice.MemberID, err error) {
	t.Helper()
	err = h.store.View(t.Context(), func(tx *store.Tx) (err error) {
		m, err = tx.MemberByIdentity(practice.Identity{Issuer: issuer, Subject: subject})
		return err
	})
	return m, err
}

func TestIdentity_isOnePersonAndByteByByte(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "the first", h.links(t, h.amal.Member, "amal-7"), "")
		is(t, "another for her", h.links(t, h.amal.Member, "amal-8"), "changed.meanwhile")
		is(t, "hers for another", h.links(t, h.steward.Member, "amal-7"), "changed.meanwhile")
		m, err := h.whoIs(t, "http://127.0.0.1:1", "amal-7")
		is(t, "whom it means", err, "")
		if m != h.amal.Member {
			t.Errorf("it means %q", m)
		}
		for _, other := range [][2]string{{"http://127.0.0.1:1", "AMAL-7"}, {"http://127.0.0.1:1", "amal-7 "}, {"http://127.0.0.1:1", "аmal-7"},
			{"http://127.0.0.1:1/", "amal-7"}, {"https://127.0.0.1:1", "amal-7"}, {"", "amal-7"}, {"http://127.0.0.1:1", ""}} {
			_, err := h.whoIs(t, other[0], other[1])
			is(t, strings.Join(other[:], " "), err, "not.found")
		}
	})
}

func TestIdentity_goesWithThePerson(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		gone := func(what string) {
			t.Helper()
			_, err := h.whoIs(t, "http://127.0.0.1:1", "amal-7")
			is(t, what, err, "not.found")
		}
		must(t, "linked", h.links(t, h.amal.Member, "amal-7"))
		link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkReset)
		must(t, link, err)
		_, err = h.OpenLink(t.Context(), link, "kettle on", auth.Arrival{})
		is(t, "a new passphrase", err, "")
		gone("after a new passphrase")

		must(t, "linked", h.links(t, h.amal.Member, "amal-7"))
		is(t, "let go", h.app.LetGo(t.Context(), h.steward, h.amal.Member, nil), "")
		gone("after she was let go")
	})
}

func TestUnlink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.away(t)
		is(t, "without a provider", h.Unlink(t.Context(), h.amal, ""), "not.found")
		must(t, "linked", h.links(t, h.amal.Member, "amal-7"))
		linked, err := a.Linked(t.Context(), h.amal)
		is(t, "linked", err, "")
		if !linked {
			t.Error("not linked")
		}
		secret, err := a.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, secret, err)
		_, this, err := a.ByCookie(h.with(secret))
		is(t, "this device", err, "")
		is(t, "the last way in", a.Unlink(t.Context(), h.amal, this), "provider.last")
		token := h.amal
		token.Scopes = []practice.Scope{practice.ScopeWrite}
		is(t, "by a token", a.Unlink(t.Context(), token, this), "not.found")
		is(t, "a passphrase", a.ChangePassphrase(t.Context(), h.amal, this, "", "kettle on"), "")
		is(t, "with a passphrase", a.Unlink(t.Context(), h.amal, this), "")
		is(t, "once more", a.Unlink(t.Context(), h.amal, this), "not.found")
	})
}

// Whoever sets out to be linked comes from a page of their own device, and has
// said the passphrase they have.
func TestSetOutToLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.away(t)
		secret, err := a.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, secret, err)
		r := h.with(secret)
		_, this, err := a.ByCookie(r)
		is(t, "this device", err, "")
		wish, err := a.Wish(t.Context(), this)
		must(t, wish, err)
		theirs, err := a.Wish(t.Context(), "dev_of_somebody_else")
		must(t, theirs, err)
		for what, w := range map[string]string{"": "provider.refused", "x": "provider.refused", theirs: "provider.refused", wish: "provider.away"} {
			_, _, err := a.SetOutToLink(r, what)
			is(t, "with "+what, err, w)
		}
		_, _, err = a.SetOutToLink(httptest.NewRequest("GET", "/", nil), wish)
		is(t, "a stranger", err, "sign.in")
		is(t, "a passphrase", a.ChangePassphrase(t.Context(), h.amal, this, "", "kettle on"), "")
		plain := httptest.NewRequest("GET", "/", nil)
		plain.AddCookie(&http.Cookie{Name: a.CookieName(), Value: secret})
		_, _, err = a.SetOutToLink(plain, wish)
		is(t, "who has not said it", err, "prove.first")
		h.clock.Pass(24 * time.Hour)
		_, _, err = a.SetOutToLink(r, wish)
		is(t, "a page of yesterday", err, "provider.refused")
	})
}

// What a browser keeps for us is good for nothing else, and for nobody else.
func TestComeBack_withoutATrip(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.away(t)
		wish, err := a.Wish(t.Context(), "dev_a")
		must(t, wish, err)
		for what, value := range map[string]string{"none": "", "nonsense": "x", "another seal": wish, "cut": wish[:20]} {
			r := httptest.NewRequest("GET", "/in/oidc/back?code=x&state=", nil)
			if value != "" {
				r.AddCookie(&http.Cookie{Name: a.CookieName() + "-trip", Value: value})
			}
			_, err := a.ComeBack(r)
			is(t, what, err, "provider.refused")
		}
		_, err = h.ComeBack(httptest.NewRequest("GET", "/in/oidc/back", nil))
		is(t, "without a provider", err, "not.found")
		code, err := a.TeamCode(t.Context(), h.amal, h.amal.Teams[0])
		is(t, "the code", err, "")
		_, _, err = a.Knock(t.Context(), auth.Asking{Code: code.Words, Name: "Mo", Known: wish})
		is(t, "a knock with another seal", err, "provider.refused")
	})
}
