package practice

import (
	"encoding/base64"
	"testing"
	"time"
)

func TestPass_opensForItsUseAlone(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	secret := []byte("a secret of thirty-two bytes or so")
	p := Pass{ID: "pas_1", Use: PassCarry, EndsAt: now.Add(time.Hour)}
	sealed := p.Seal(secret)
	if id, err := OpenPass(sealed, PassCarry, secret, now); err != nil || id != p.ID {
		t.Fatalf("its own: %q, %v", id, err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		forged := append([]byte{}, raw...)
		forged[i] ^= 1
		if id, err := OpenPass(base64.RawURLEncoding.EncodeToString(forged), PassCarry, secret, now); err == nil {
			t.Errorf("with byte %d changed it opens %q", i, id)
		}
	}
	for what, open := range map[string]func() (PassID, error){
		"another use":    func() (PassID, error) { return OpenPass(sealed, PassSeat, secret, now) },
		"another secret": func() (PassID, error) { return OpenPass(sealed, PassCarry, []byte("x"), now) },
		"at its end":     func() (PassID, error) { return OpenPass(sealed, PassCarry, secret, p.EndsAt) },
		"nothing":        func() (PassID, error) { return OpenPass("", PassCarry, secret, now) },
		"half of it":     func() (PassID, error) { return OpenPass(sealed[:len(sealed)/2], PassCarry, secret, now) },
		"a ticket": func() (PassID, error) {
			return OpenPass(Ticket{Review: "rev_1", Until: p.EndsAt}.Seal(secret), PassSeat, secret, now)
		},
	} {
		if id, err := open(); err == nil {
			t.Errorf("%s opens %q", what, id)
		}
	}
}

func TestActor_byPassMayNothingElse(t *testing.T) {
	a := Pass{ID: "pas_1", Use: PassCarry, About: "cry_1"}.Actor("Tariq")
	for _, s := range []Scope{ScopeRead, ScopeReport, ScopeWrite} {
		if a.May(s) {
			t.Errorf("a signed link may %s", s)
		}
	}
	if !a.Holds(PassCarry, "cry_1") || a.Holds(PassCarry, "cry_2") || a.Holds(PassSeat, "cry_1") || (Actor{}).Holds("", "") {
		t.Error("a signed link holds for its one thing alone")
	}
}
