package language

import (
	"strings"
	"testing"
)

// hintedAt is a sentence that no phrase remarks on, and its signs do.
const hintedAt = "The treasurer guards his little kingdom."

func TestRead_weighed(t *testing.T) {
	bare := English().WithoutWeights()
	if got := bare.Read(hintedAt); len(got) != 0 {
		t.Fatalf("a phrase remarks on it by itself: %+v", got)
	}
	all := English().Read(hintedAt)
	if len(all) != 1 || all[0].Kind != Blame || all[0].Phrase == "" {
		t.Fatalf("%+v, want one remark on blame with its line", all)
	}
	for _, plain := range []string{
		"We guard our little kingdom.",
		"The treasurer guards the 40 keys of the hall, two of them in his desk.",
		"The sensor guards the little gate.",
	} {
		if got := English().Read(plain); len(got) != 0 {
			t.Errorf("%q: %+v", plain, got)
		}
	}
}

// The line that a remark shows can be left alone, and then there is none.
func TestRead_weighedAndLeftAlone(t *testing.T) {
	said := English().Read(hintedAt)
	own, err := EnglishWith("[left alone]\n" + said[0].Phrase)
	if err != nil {
		t.Fatal(err)
	}
	if got := own.Read(hintedAt); len(got) != 0 {
		t.Errorf("still remarked on: %+v", got)
	}
}

// Where the signs speak against it a phrase of the program's own list says nothing, and
// one of a list of one's own does.
func TestRead_doubted(t *testing.T) {
	const text = "On 4 May at 10:40 we and 12 others of our crew, 3 from unit B-7, dozed in the bus to Oslo, as planned in order 14."
	if got := kinds(text); strings.Contains(got, "blame") {
		t.Errorf("blames: %s", got)
	}
	own, err := EnglishWith("[blame]\ndozed in the bus")
	if err != nil {
		t.Fatal(err)
	}
	if got := own.Read(text); len(got) != 1 || got[0].Kind != Blame {
		t.Errorf("%+v, want one remark by the own list", got)
	}
}

// Each sign that has a weight is one that sentences have.
func TestWeights_signs(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range []string{"golden.txt", "twins.txt"} {
		for _, c := range cases(t, file) {
			for _, s := range English().SignsOf(c[1]) {
				for name := range s.Signs {
					seen[name] = true
				}
			}
		}
	}
	for _, text := range []string{"Never did look.", strings.Repeat("we wait and ", 12)} {
		for name := range English().SignsOf(text)[0].Signs {
			seen[name] = true
		}
	}
	if len(seen) < 50 {
		t.Fatalf("only %d signs", len(seen))
	}
	for kind, w := range English().weights {
		for name := range w.of {
			if !seen[name] {
				t.Errorf("%s: no sentence has the sign %q", kind, name)
			}
		}
	}
}

func TestReadWeights_refuses(t *testing.T) {
	for _, table := range []string{"1.0 hint", "[blame]\nhint 1.0", "[blame]\n1.0"} {
		if _, err := readWeights(table); err == nil {
			t.Errorf("%q is read", table)
		}
	}
}
