package practice

import (
	"errors"
	"testing"
)

func TestNewRedaction_In(t *testing.T) {
	for _, c := range []struct {
		words, text, want string
		places            int
	}{
		{"Ilse Brandt", "Ilse Brandt called; ILSE  brandt's phone. Ilse Brandtner not.", "▇▇▇ called; ▇▇▇'s phone. Ilse Brandtner not.", 2},
		{"Ed", "Ed edited it, said Ed.", "▇▇▇ edited it, said ▇▇▇.", 2},
		{"Łukasz", "łukasz, Łukasz", "▇▇▇, ▇▇▇", 2},
		{"01632 960014", "call 01632 960014!", "call ▇▇▇!", 1},
		{"a.b", "axb a.b", "axb ▇▇▇", 1},
		{"@rex", "tell @rex, not x@rex", "tell ▇▇▇, not x@rex", 1},
		{"Eve", "Eve", "▇▇▇", 1},
		{"nobody", "▇▇▇", "▇▇▇", 0},
		{"", "all of it", "all of it", 0},
	} {
		got, places := NewRedaction{Words: c.words}.Print([]byte("salt")).Take(c.text)
		if got != c.want || places != c.places {
			t.Errorf("%q out of %q leaves %q, %d places; want %q, %d", c.words, c.text, got, places, c.want, c.places)
		}
	}
}

func TestNewRedaction_Check(t *testing.T) {
	for code, n := range map[string]NewRedaction{
		"redact.empty": {Words: " x "}, "redact.mark": {Words: "a ▇▇▇"}, "": {Pictures: true},
	} {
		var refusal *Error
		if err := n.Check(); errors.As(err, &refusal) != (code != "") || refusal != nil && refusal.Code != code {
			t.Errorf("%+v: %v, want %q", n, err, code)
		}
	}
}
