package auth

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"debrief/internal/practice"
)

// cheap is what tests pay for a passphrase.
var cheap = HashCost{KiB: 8, Passes: 1, Lanes: 1}

// zeros is a source of randomness for tests that do not care.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

var _ io.Reader = zeros{}

func TestHasher(t *testing.T) {
	ctx := context.Background()
	h := newHasher(cheap, zeros{})
	kept, err := h.hash(ctx, "three small boats")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kept, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("kept %q", kept)
	}
	dearer := newHasher(HashCost{KiB: 16, Passes: 1, Lanes: 1}, zeros{})
	for _, c := range []struct {
		what             string
		h                *hasher
		passphrase, kept string
		ok, stale        bool
	}{
		{"right", h, "three small boats", kept, true, false},
		{"wrong", h, "three small boots", kept, false, false},
		{"dearer today", dearer, "three small boats", kept, true, true},
		{"dearer today, wrong", dearer, "x", kept, false, false},
		{"none kept", h, "", "", false, false},
		{"broken", h, "three small boats", strings.TrimSuffix(kept, kept[len(kept)-10:]) + "!", false, false},
	} {
		ok, stale, err := c.h.check(ctx, c.passphrase, c.kept)
		if err != nil || ok != c.ok || stale != c.stale {
			t.Errorf("%s: ok %v, stale %v, %v; want %v, %v", c.what, ok, stale, err, c.ok, c.stale)
		}
	}
}

func TestHasher_crowd(t *testing.T) {
	h := newHasher(cheap, zeros{})
	for range cap(h.queue) {
		h.queue <- struct{}{}
	}
	if _, err := h.hash(context.Background(), "x"); !errors.Is(err, practice.ErrBusy) {
		t.Errorf("a full queue gives %v, want busy", err)
	}
	<-h.queue
	if _, err := h.hash(context.Background(), "x"); err != nil {
		t.Errorf("with room again: %v", err)
	}
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := h.hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who left still waits: %v", err)
	}
}

func TestRealCost(t *testing.T) {
	if got := newHasher(HashCost{}, zeros{}).cost; got != (HashCost{KiB: 64 << 10, Passes: 3, Lanes: 2}) {
		t.Errorf("without a word a passphrase costs %+v", got)
	}
}

func TestCheckPassphrase(t *testing.T) {
	for _, c := range []struct {
		passphrase string
		steward    bool
		want       string // code
	}{
		{"kettle on", false, ""},
		{"kettle", false, "passphrase.short"},
		{"kettle on", true, "passphrase.short"},
		{"kettle on the left", true, ""},
		{"die Kanne steht links", true, ""},
		{"水がめは左にあります", false, ""},
		{strings.Repeat("kettle on ", 13), false, "passphrase.long"},
		{"correct horse battery staple", true, ""},
		{"password1234567", true, "passphrase.guessable"},
		{"P4ssw0rd!P4ssw0rd!", true, "passphrase.guessable"},
		{"123456789012345", true, "passphrase.guessable"},
		{"qwertyuiop12345", true, "passphrase.guessable"},
		{"aaaaaaaaaaaaaaaa", true, "passphrase.guessable"},
		{"Summer2026!", false, "passphrase.guessable"},
		{"amal haddad 1984", true, "passphrase.guessable"},
		{"letmein letmein letmein", true, "passphrase.guessable"},
	} {
		err := CheckPassphrase(c.passphrase, c.steward, "Amal Haddad")
		code := ""
		var refusal *practice.Error
		if errors.As(err, &refusal) {
			code = refusal.Code
		}
		if code != c.want {
			t.Errorf("%q (steward %v): %q, want %q", c.passphrase, c.steward, code, c.want)
		}
	}
}
