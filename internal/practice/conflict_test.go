package practice_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	. "debrief/internal/practice"
)

func TestTakeOut(t *testing.T) {
	for _, c := range []struct {
		text, sentence, want string
		stood                bool
	}{
		{"We counted. They lie. We went.", "They lie.", "We counted. We went.", true},
		{"They lie. We went.", "They lie.", "We went.", true},
		{"We went. They lie.", "They lie.", "We went.", true},
		{"One.\nThey lie.\nTwo.", "They lie.", "One.\n\nTwo.", true},
		{"They lie.", "They lie.", "", true},
		{"We went.", "They lie.", "We went.", false},
		{"We went.", "", "We went.", false},
	} {
		if got, stood := TakeOut(c.text, c.sentence); got != c.want || stood != c.stood {
			t.Errorf("%q without %q is %q, %v", c.text, c.sentence, got, stood)
		}
	}
}

func TestConflictLine(t *testing.T) {
	for text, code := range map[string]string{"Who has the key": "", " ": "conflict.line", strings.Repeat("a", MaxLine+1): "too.long"} {
		_, err := ConflictLine(text)
		refusedAs(t, err, code)
	}
}

// Somebody is asked, says no, somebody else takes it on, hands it to a guardian, and the
// guardian settles it. Nobody else says how it ended.
func TestParkedConflict(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	day := now.AddDate(0, 0, 14)
	c := ParkedConflict{Version: 1}
	step := func(do func(ParkedConflict) (ParkedConflict, error), code string) {
		t.Helper()
		next, err := do(c)
		refusedAs(t, err, code)
		if err == nil {
			if next.Version != c.Version+1 {
				t.Errorf("version %d after %d", next.Version, c.Version)
			}
			c = next
		}
	}
	ask := func(who MemberID, own bool, due time.Time) func(ParkedConflict) (ParkedConflict, error) {
		return func(c ParkedConflict) (ParkedConflict, error) { return c.Ask(who, own, due, now) }
	}
	step(ask("", false, day), "conflict.whom")
	step(ask("amal", false, now), "conflict.day")
	step(ask("amal", false, now.AddDate(0, 0, LongestConflict+1)), "conflict.day")
	step(ask("amal", false, day), "")
	end := func(who MemberID, how string) func(ParkedConflict) (ParkedConflict, error) {
		return func(c ParkedConflict) (ParkedConflict, error) { return c.End(who, how, day) }
	}
	step(end("amal", "so"), "conflict.unsaid")
	step(func(c ParkedConflict) (ParkedConflict, error) { return c.Answer("kim", true) }, "conflict.theirs")
	step(func(c ParkedConflict) (ParkedConflict, error) { return c.Answer("amal", false) }, "")
	if c.Owner != "" || !c.DueOn.IsZero() {
		t.Errorf("after a no: %+v", c)
	}
	step(ask("kim", true, day), "")
	step(ask("amal", false, day), "conflict.owned")
	hand := func(from MemberID) func(ParkedConflict) (ParkedConflict, error) {
		return func(c ParkedConflict) (ParkedConflict, error) { return c.HandOn(from, "vera", day, now) }
	}
	step(hand("amal"), "conflict.owned")
	c.Told = true
	step(hand("kim"), "")
	if c.Owner != "vera" || c.Yes || c.Told {
		t.Errorf("handed on: %+v", c)
	}
	step(func(c ParkedConflict) (ParkedConflict, error) { return c.Answer("vera", true) }, "")
	step(end("vera", " "), "conflict.how")
	step(end("vera", strings.Repeat("a", MaxLine+1)), "too.long")
	step(end("kim", "so"), "conflict.theirs")
	step(end("vera", "They take turns."), "")
	step(ask("amal", false, day), "conflict.over")
	step(end("vera", "again"), "conflict.over")
}

func refusedAs(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *Error
	if code == "" && err == nil || errors.As(err, &refusal) && refusal.Code == code {
		return
	}
	t.Errorf("got %v, want %q", err, code)
}
