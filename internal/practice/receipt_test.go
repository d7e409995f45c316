package practice

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func receipt(t *testing.T, stretched string) (ReceiptKey, Receipt) {
	t.Helper()
	key, err := NewReceiptKey([]byte(stretched))
	if err != nil {
		t.Fatal(err)
	}
	return key, Receipt{Lookup: key.Lookup, Public: key.Public()}
}

func TestReceipt_opensWhatWasSealedToIt(t *testing.T) {
	key, kept := receipt(t, "the slow hash of seven words, one")
	const asked = "Which of the two leaflets was it?"
	sealed, err := kept.Seal("msg_a", asked)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("leaflets")) || len(sealed) < sealedStep {
		t.Errorf("%d sealed bytes: %q", len(sealed), sealed)
	}
	if got, err := key.Open("msg_a", sealed); err != nil || got != asked {
		t.Errorf("opened %q, %v", got, err)
	}
	if _, err := key.Open("msg_b", sealed); err == nil {
		t.Error("it opens under the id of another question")
	}
	other, _ := receipt(t, "the slow hash of seven words, two")
	if _, err := other.Open("msg_a", sealed); err == nil {
		t.Error("another receipt opens it")
	}
	again, _ := receipt(t, "the slow hash of seven words, one")
	if got, err := again.Open("msg_a", sealed); err != nil || got != asked {
		t.Errorf("the same words make another key: %q, %v", got, err)
	}
	long, err := kept.Seal("msg_a", strings.Repeat("x", MaxGap))
	if err != nil || len(long)%sealedStep != len(sealed)%sealedStep {
		t.Errorf("lengths %d and %d tell more than a step", len(sealed), len(long))
	}
}

// What is kept of a receipt does not make its key.
func TestReceipt_keepsNoKey(t *testing.T) {
	key, kept := receipt(t, "the slow hash of seven words, one")
	sealed, err := kept.Seal("msg_a", "x")
	if err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string][]byte{"lookup": []byte(kept.Lookup), "public half": kept.Public} {
		guess, err := NewReceiptKey(from)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := guess.Open("msg_a", sealed); err == nil || guess.Lookup == key.Lookup {
			t.Errorf("the %s opens the thread", name)
		}
	}
}

func TestReceipt_Expired(t *testing.T) {
	r := Receipt{Day: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	last := r.Day.AddDate(0, 0, ReceiptDays)
	if r.Expired(last.Add(-time.Minute)) || !r.Expired(last) {
		t.Errorf("a receipt of %s does not end on %s", r.Day, last)
	}
}

func TestTeamMark(t *testing.T) {
	secret, now := []byte("secret"), time.Date(2026, 6, 10, 10, 0, 0, 0, time.UTC)
	mark := TeamMark(secret, "tea_a", now)
	if mark != TeamMark(secret, "tea_a", now.Add(5*time.Hour)) {
		t.Error("the mark tells more than the day")
	}
	for name, got := range map[string]bool{
		"today's":      IsTeamMark(mark, secret, "tea_a", now),
		"yesterday's":  IsTeamMark(mark, secret, "tea_a", now.AddDate(0, 0, 1)),
		"older":        !IsTeamMark(mark, secret, "tea_a", now.AddDate(0, 0, 2)),
		"another team": !IsTeamMark(mark, secret, "tea_b", now),
		"none":         !IsTeamMark("", secret, "tea_a", now),
	} {
		if !got {
			t.Errorf("a mark that is %s is taken for another", name)
		}
	}
}
