package prose

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// shown writes a difference in one line: [-gone-] {+added+}.
func shown(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Kind {
		case Same:
			b.WriteString(s.Text)
		case Gone:
			fmt.Fprintf(&b, "[-%s-]", s.Text)
		case Added:
			fmt.Fprintf(&b, "{+%s+}", s.Text)
		}
	}
	return b.String()
}

func TestWordDiff(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"alike", "Check the mains.", "Check the mains.", "Check the mains."},
		{"new", "", "Check the mains.", "{+Check the mains.+}"},
		{"gone", "Check the mains.", "", "[-Check the mains.-]"},
		{"one word", "Check the mains.", "Check the battery.", "Check the [-mains-]{+battery+}."},
		{"a word more", "Check the mains.", "Check the mains twice.", "Check the mains{+ twice+}."},
		{"a word less", "Check the mains twice.", "Check the mains.", "Check the mains[- twice-]."},
		{"punctuation", "Stop, then wait", "Stop; then wait", "Stop[-,-]{+;+} then wait"},
		{"a name with marks", "Restart web-1 first", "Restart web-2 first", "Restart [-web-1-]{+web-2+} first"},
		{"an apostrophe", "It doesn't turn", "It does turn", "It [-doesn't-]{+does+} turn"},
		{"white space only", "Check  the\nmains", "Check the mains", "Check the mains"},
		{"a short word between two changes", "Check the pump", "Verify the valve", "[-Check the pump-]{+Verify the valve+}"},
		{"words added on both sides", "Check the pump now", "Always check the pump now, twice",
			"[-Check-]{+Always check+} the pump now{+, twice+}"},
		{"enough stays between two changes", "Close the inlet valve before you lift the lid", "Open the inlet valve before you lift the cover",
			"[-Close-]{+Open+} the inlet valve before you lift the [-lid-]{+cover+}"},
		{"other letters", "Prüfe die Straße", "Prüfe die Brücke", "Prüfe die [-Straße-]{+Brücke+}"},
		{"a tail that repeats", "a a a b", "a a b", "a a [-a -]b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := shown(WordDiff(tt.old, tt.new)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Whatever the texts: what stayed and came is the new one, and what stayed and
// went is the old one but for white space.
func TestWordDiff_givesBothTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("open close the a valve pump, and (then) wait 3.5 min. twice; web-1 don't é")
	for range 3000 {
		var old, new []string
		for range r.IntN(20) {
			w := words[r.IntN(len(words))]
			if r.IntN(4) > 0 {
				old = append(old, w)
			}
			if r.IntN(4) > 0 {
				new = append(new, w)
			}
		}
		checkDiff(t, strings.Join(old, " "), strings.Join(new, []string{" ", "\n", "  "}[r.IntN(3)]))
	}
}

func TestWordDiff_longTexts(t *testing.T) {
	var old, new strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&old, "word%d ", i)
		if i%50 != 0 {
			fmt.Fprintf(&new, "word%d ", i)
		}
	}
	checkDiff(t, old.String(), new.String())
	checkDiff(t, strings.Repeat("same ", 9000), strings.Repeat("other same ", 6000))
	if n := len(WordDiff(old.String(), new.String())); n != 360 {
		t.Errorf("%d spans for 180 words left out, want 360", n)
	}
}

func checkDiff(t *testing.T, old, new string) {
	t.Helper()
	var was, is strings.Builder
	var before SpanKind = -1
	for _, s := range WordDiff(old, new) {
		if s.Text == "" || s.Kind == before || before == Added && s.Kind == Gone {
			t.Fatalf("an empty span, two of a kind, or the old behind the new: %s", shown(WordDiff(old, new)))
		}
		before = s.Kind
		if s.Kind != Added {
			was.WriteString(s.Text)
		}
		if s.Kind != Gone {
			is.WriteString(s.Text)
		}
	}
	if is.String() != new {
		t.Fatalf("new text: %q, want %q", is.String(), new)
	}
	if !SameWords(was.String(), old) {
		t.Fatalf("old text: %q, want %q", was.String(), old)
	}
}

func TestSameWords(t *testing.T) {
	if !SameWords(" a\tb\n", "a b") || SameWords("a b", "ab") || SameWords("a b", "a c") {
		t.Error("only white space may differ")
	}
}

func FuzzWordDiff(f *testing.F) {
	f.Add("Check the pump.", "Check the  valve, twice.")
	f.Add("", "\u00a0")
	f.Add("a\xffb", "a b")
	f.Fuzz(func(t *testing.T, old, new string) {
		if len(old)+len(new) < 4000 && strings.ToValidUTF8(old, "") == old && strings.ToValidUTF8(new, "") == new {
			checkDiff(t, old, new)
		}
	})
}
