package auth_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
)

func TestToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made, secret, err := h.MakeToken(t.Context(), h.amal, h.amal.Member,
			practice.NewToken{Name: " monitor ", Scopes: []practice.Scope{practice.ScopeReport}})
		must(t, secret, err)
		if made.Name != "monitor" || !made.EndsAt.Equal(h.clock.Now().AddDate(0, 0, 90)) {
			t.Errorf("made %+v", made)
		}
		actor, err := h.Authenticate(bearing(secret))
		is(t, "the token", err, "")
		if actor.Member != h.amal.Member || !actor.May(practice.ScopeReport) || actor.May(practice.ScopeWrite) || actor.May(practice.ScopeRead) {
			t.Errorf("actor %+v", actor)
		}
		tokens, err := h.Tokens(t.Context(), h.amal, h.amal.Member)
		is(t, "list", err, "")
		if len(tokens) != 1 || !tokens[0].SeenAt.Equal(h.clock.Now().Truncate(24*time.Hour)) {
			t.Errorf("listed %+v", tokens)
		}
		asCookie := h.with(secret)
		_, err = h.Authenticate(asCookie)
		is(t, "a token as a cookie", err, "sign.in")
		_, _, err = h.ByCookie(bearing(secret))
		is(t, "a token on a page", err, "sign.in")

		h.clock.Pass(90 * 24 * time.Hour)
		_, err = h.Authenticate(bearing(secret))
		is(t, "after 90 days", err, "sign.in")
	})
}

func TestMakeToken_rights(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		read := []practice.Scope{practice.ScopeRead}
		token := h.amal
		token.Scopes = read
		for _, c := range []struct {
			what  string
			actor practice.Actor
			whom  practice.MemberID
			new   practice.NewToken
			want  string
		}{
			{"one's own", h.amal, h.amal.Member, practice.NewToken{Name: "a", Scopes: read}, ""},
			{"the operator", practice.Actor{Operator: true}, h.amal.Member, practice.NewToken{Name: "a", Scopes: read}, ""},
			{"a steward for a member", h.steward, h.amal.Member, practice.NewToken{Name: "a", Scopes: read}, "not.found"},
			{"a token that wants to live on", token, h.amal.Member, practice.NewToken{Name: "a", Scopes: read}, "not.found"},
			{"without a name", h.amal, h.amal.Member, practice.NewToken{Name: " ", Scopes: read}, "required"},
			{"without a scope", h.amal, h.amal.Member, practice.NewToken{Name: "a"}, "token.scopes"},
			{"with a scope nobody knows", h.amal, h.amal.Member, practice.NewToken{Name: "a", Scopes: []practice.Scope{"admin"}}, "token.scopes"},
			{"for ever", h.amal, h.amal.Member, practice.NewToken{Name: "a", Scopes: read, Days: 366}, "token.days"},
			{"for less than nothing", h.amal, h.amal.Member, practice.NewToken{Name: "a", Scopes: read, Days: -1}, "token.days"},
		} {
			_, _, err := h.MakeToken(t.Context(), c.actor, c.whom, c.new)
			is(t, c.what, err, c.want)
		}
	})
}

func TestEndToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made, secret, err := h.MakeToken(t.Context(), h.steward, h.steward.Member,
			practice.NewToken{Name: "a", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, secret, err)
		is(t, "by somebody else", h.EndToken(t.Context(), h.amal, made.ID), "not.found")
		_, err = h.Authenticate(bearing(secret))
		is(t, "the token", err, "")
		is(t, "by its owner", h.EndToken(t.Context(), h.steward, made.ID), "")
		_, err = h.Authenticate(bearing(secret))
		is(t, "the token afterwards", err, "sign.in")
		is(t, "again", h.EndToken(t.Context(), h.steward, made.ID), "not.found")
	})
}

func TestForget(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		read := []practice.Scope{practice.ScopeRead}
		_, short, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "short", Scopes: read, Days: 1})
		must(t, short, err)
		_, long, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "long", Scopes: read, Days: 60})
		must(t, long, err)
		left := func() int {
			is(t, "forget", h.app.Dispose(t.Context()), "")
			tokens, err := h.Tokens(t.Context(), h.amal, h.amal.Member)
			is(t, "list", err, "")
			return len(tokens)
		}
		h.clock.Pass(29 * 24 * time.Hour)
		if n := left(); n != 2 {
			t.Errorf("%d tokens are left before a month is over, want 2", n)
		}
		h.clock.Pass(3 * 24 * time.Hour)
		if n := left(); n != 1 {
			t.Errorf("%d tokens are left after a month, want 1", n)
		}
		_, err = h.Authenticate(bearing(long))
		is(t, "the one that goes on", err, "")
	})
}
