package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShared(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
		text  string
		want  []string
	}{
		{"only what both say", []string{"door", "locked"}, "We knocked at 14 doors, the door stayed shut", []string{"door"}},
		{"no doubles of a phrase", []string{"ran out", "ran", "leaflets"}, "The leaflets ran out", []string{"ran out", "leaflets"}},
		{"nor where the phrase comes later", []string{"ran", "ran out"}, "They ran out", []string{"ran out"}},
		{"no fillers", []string{"Block", "ones", "people"}, "People of block 4 got the long ones", []string{"Block"}},
		{"no parts of words", []string{"lock"}, "The clock and the locker", nil},
	} {
		if diff := cmp.Diff(c.want, shared(c.words, c.text)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
