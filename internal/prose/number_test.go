package prose_test

import (
	"strings"
	"testing"

	"debrief/internal/prose"
)

// Steps are called what they are called in the page, whatever shape its list
// has; what stands under one does not take a number from the next.
func TestNumbers_asThePageHasThem(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"numbered":           {"1. Fill\n2. Shut\n3. Sign\n", "1 2 3"},
		"points under one":   {"1. Fill\n   - the left\n   - the right\n2. Shut\n3. Sign\n", "1 1.1 1.2 2 3"},
		"numbers under one":  {"1. Fill\n   1. the left\n   2. the right\n2. Shut\n", "1 1.1 1.2 2"},
		"boxes under boxes":  {"- [ ] Fill\n  - [ ] the left\n    - [x] its valve\n- [ ] Shut\n", "1 1.1 1.1.1 2"},
		"always one":         {"1. Fill\n1. Shut\n1. Sign\n", "1 2 3"},
		"with brackets":      {"1) Fill\n   * the left\n2) Shut\n", "1 1.1 2"},
		"words in between":   {"1. Fill\n   - the left\n\n   Wait.\n\n2. Shut\n", "1 1.1 2"},
		"two under two":      {"1. Fill\n   - the left\n2. Shut\n   - the right\n   - the door\n", "1 1.1 2 2.1 2.2"},
		"points":             {"* Fill\n* Shut\n", "1 2"},
		"one page two lists": {"## Before\n\n- Fill\n  - the left\n- Shut\n\n## After\n\n- Sign\n", "1 1.1 2 3"},
		"no list":            {"Fill it.\n", ""},
	} {
		p, err := prose.ParseProcedure([]byte(c.page))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := strings.Join(p.Numbers(), " "); got != c.want {
			t.Errorf("%s: the steps are %q, want %q", name, got, c.want)
		}
	}
}
