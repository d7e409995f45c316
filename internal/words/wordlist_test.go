package words

import (
	"bytes"
	"crypto/rand"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordlist_everyWordIsPlainAndFarFromEveryOther(t *testing.T) {
	l := NewWordlist()
	if len(l.words) != 7776 {
		t.Fatalf("%d words; seven are ninety bits only with 7776", len(l.words))
	}
	form := regexp.MustCompile(`^[a-z]{3,9}$`)
	seen := map[string]string{}
	for i, w := range l.words {
		if i > 0 && w <= l.words[i-1] {
			t.Errorf("%s stands behind %s", w, l.words[i-1])
		}
		if !form.MatchString(w) {
			t.Errorf("%q is not three to nine plain letters", w)
		}
		for i := range len(w) {
			if l.knows(w[:i] + w[i+1:]) {
				t.Errorf("%s has one letter more than another word", w)
			}
			hole := w[:i] + "*" + w[i+1:]
			if other, ok := seen[hole]; ok {
				t.Errorf("%s and %s differ in one letter", w, other)
			}
			seen[hole] = w
		}
	}
}

func TestDraw_usesTheWholeList(t *testing.T) {
	l := NewWordlist()
	// 62208 is the first number that would favour the first words: it is passed over.
	chance := []byte{0, 0, 0xff, 0xff, 0xf3, 0x00, 0xf2, 0xff}
	if got := l.Draw(2, bytes.NewReader(chance)); !cmp.Equal(got, []string{l.words[0], l.words[7775]}) {
		t.Errorf("lowest and highest draw are %v", got)
	}
	seen := map[string]bool{}
	for range 400 {
		for _, w := range l.Draw(7, rand.Reader) {
			seen[w] = true
		}
	}
	if len(seen) < 2200 { // 2800 draws out of 7776 give about 2350 different words
		t.Errorf("2800 draws gave only %d different words", len(seen))
	}
}

func TestRead_takesWhatPeopleType(t *testing.T) {
	l := NewWordlist()
	for _, typed := range []string{"copper heron lantern", "  Copper-HERON,\nlantern. ", "copper  heron\tlantern"} {
		got, unknown := l.Read(typed)
		if got != "copper heron lantern" || len(unknown) > 0 {
			t.Errorf("Read(%q) = %q, %v", typed, got, unknown)
		}
	}
	_, unknown := l.Read("coper heron lanterm")
	want := []Unknown{{Word: "coper", Near: l.near("cope")}, {Word: "lanterm", Near: []string{"lantern"}}}
	if diff := cmp.Diff(want, unknown); diff != "" {
		t.Error(diff)
	}
	if _, unknown := l.Read("é"); len(unknown) != 1 {
		t.Errorf("a short unknown word: %v", unknown)
	}
}
