package auth_test

import (
	"net/http"
	"testing"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
)

// proved reports whether the device behind a request counts as proved.
func (h *house) proved(t *testing.T, r *http.Request) bool {
	t.Helper()
	actor, _, err := h.ByCookie(r)
	if err != nil {
		t.Fatal(err)
	}
	return actor.Proved
}

func TestProve_countsForTenMinutes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "passphrase", h.ChangePassphrase(t.Context(), h.amal, "", "", passphrase), "")
		secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		is(t, "let in", err, "")
		r := h.with(secret)
		if !h.proved(t, r) {
			t.Error("whoever came in just now is not proved")
		}
		h.clock.Pass(10 * time.Minute)
		if h.proved(t, r) {
			t.Error("proved after ten minutes")
		}
		_, _, err = h.MakeToken(t.Context(), h.actor(t, r), h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		is(t, "a token without proof", err, "prove.first")

		_, err = h.Prove(r, "not the kettle")
		is(t, "a wrong passphrase", err, "passphrase.wrong")
		proof, err := h.Prove(r, passphrase)
		is(t, "the passphrase", err, "")
		again := h.bare(r, proof)
		if !h.proved(t, again) {
			t.Error("not proved by the passphrase")
		}
		_, _, err = h.MakeToken(t.Context(), h.actor(t, again), h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		is(t, "a token with proof", err, "")

		// What proves one device proves no other, and nobody can write it.
		other, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		is(t, "another device", err, "")
		if h.proved(t, h.bare(h.with(other), proof)) {
			t.Error("the proof of another device counts")
		}
		made := *proof
		made.Value = "zzzzzz." + made.Value[7:]
		if h.proved(t, h.bare(r, &made)) {
			t.Error("a proof with another time counts")
		}
	})
}

func TestProve_wantsAPassphrase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		is(t, "let in", err, "")
		_, err = h.Prove(h.with(secret), "anything at all")
		is(t, "somebody without one", err, "passphrase.none")
		is(t, "passphrase", h.ChangePassphrase(t.Context(), h.amal, "", "", passphrase), "")
		for range 5 {
			_, err = h.Prove(h.with(secret), "anything at all")
			is(t, "a wrong one", err, "passphrase.wrong")
		}
		_, err = h.Prove(h.with(secret), passphrase)
		is(t, "after too many tries", err, "sign.in.slow")
	})
}

func TestTokens_tenAMinute(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		n := practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}}
		for range 10 {
			_, _, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, n)
			is(t, "a token", err, "")
		}
		_, _, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, n)
		is(t, "the eleventh", err, "api.slow")
		h.clock.Pass(time.Minute)
		_, _, err = h.MakeToken(t.Context(), h.amal, h.amal.Member, n)
		is(t, "a minute later", err, "")
	})
}

// actor is who a request comes from.
func (h *house) actor(t *testing.T, r *http.Request) practice.Actor {
	t.Helper()
	actor, _, err := h.ByCookie(r)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// bare is a request of the same device with another proof.
func (h *house) bare(r *http.Request, proof *http.Cookie) *http.Request {
	device, _ := r.Cookie("debrief")
	again := r.Clone(r.Context())
	again.Header.Del("Cookie")
	again.AddCookie(device)
	again.AddCookie(proof)
	return again
}
