package practice

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestTicket(t *testing.T) {
	secret := []byte("of this installation")
	random := rand.NewChaCha8([32]byte{1})
	ticket := NewTicket("rev_1", noon, random)
	sealed := ticket.Seal(secret)
	got, err := OpenTicket(sealed, secret, "rev_1", noon.Add(9*time.Minute))
	if err != nil || got.Nonce != ticket.Nonce {
		t.Fatalf("%v, %+v", err, got)
	}
	for name, open := range map[string]func() (Ticket, error){
		"too old":          func() (Ticket, error) { return OpenTicket(sealed, secret, "rev_1", noon.Add(TicketLife)) },
		"another room":     func() (Ticket, error) { return OpenTicket(sealed, secret, "rev_2", noon) },
		"another secret":   func() (Ticket, error) { return OpenTicket(sealed, []byte("x"), "rev_1", noon) },
		"changed":          func() (Ticket, error) { return OpenTicket("A"+sealed[1:], secret, "rev_1", noon) },
		"cut":              func() (Ticket, error) { return OpenTicket(sealed[:40], secret, "rev_1", noon) },
		"empty":            func() (Ticket, error) { return OpenTicket("", secret, "rev_1", noon) },
		"no base64":        func() (Ticket, error) { return OpenTicket("!!", secret, "rev_1", noon) },
		"made of nothing":  func() (Ticket, error) { return OpenTicket(strings.Repeat("A", 120), secret, "", noon) },
		"marked as a seat": func() (Ticket, error) { return OpenTicket(sealed, mark(secret, "seat", nil), "rev_1", noon) },
	} {
		if _, err := open(); code(err) != "ticket.old" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTicketChance(t *testing.T) {
	secret := []byte("of this installation")
	random := rand.NewChaCha8([32]byte{2})
	a, b := NewTicket("rev_1", noon, random), NewTicket("rev_1", noon, random)
	first := a.Chance(secret)
	if again := a.Chance(secret); !bytes.Equal(first, again) {
		t.Error("the same ticket drew two seats")
	}
	if bytes.Equal(first, b.Chance(secret)) {
		t.Error("two tickets drew one seat")
	}
	if bytes.Equal(first, a.Chance([]byte("another"))) {
		t.Error("the seat does not depend on the secret")
	}
}

func TestSeatAt(t *testing.T) {
	a, b := SeatAt("rev_1", []byte("key")), SeatAt("rev_1", []byte("kez"))
	if a.Key == b.Key || len(a.Key) != 64 || strings.Contains(a.Key, "key") {
		t.Errorf("%q and %q", a.Key, b.Key)
	}
}

// A mark is found again by whoever has the key, and leads nowhere without it.
func TestSeat_marks(t *testing.T) {
	a, again, b := SeatAt("rev_1", []byte("key")), SeatAt("rev_1", []byte("key")), SeatAt("rev_1", []byte("kez"))
	if a.Mark("answer 1") != again.Mark("answer 1") {
		t.Error("the holder does not find their own again")
	}
	known := Seat{Review: a.Review, Key: a.Key} // what the server keeps
	for _, other := range []string{a.Mark("answer 2"), b.Mark("answer 1"), known.Mark("answer 1"), a.Key} {
		if a.Mark("answer 1") == other {
			t.Errorf("%q leads from one thing to another", other)
		}
	}
}
