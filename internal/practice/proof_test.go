package practice

import (
	"slices"
	"testing"
)

// A room says which of the reasons came true once it has read what gaps people see.
func TestReview_prove(t *testing.T) {
	r := Review{Phase: PhaseGap}
	_, early := r.Prove(0, 3, true)
	_, late := Review{Phase: PhaseClosed}.Prove(0, 3, true)
	r.Open = true
	_, none := r.Prove(3, 3, true)
	_, below := r.Prove(-1, 3, true)
	check(t, []refused{{early, "question.order"}, {late, "review.closed"}, {none, "not.found"}, {below, "not.found"}})
	for _, c := range []struct {
		reason int
		is     bool
		want   []int
	}{{2, true, []int{2}}, {0, true, []int{0, 2}}, {0, true, []int{0, 2}}, {2, false, []int{0}}, {1, false, []int{0}}} {
		var err error
		if r, err = r.Prove(c.reason, 3, c.is); err != nil || !slices.Equal(r.CameTrue.Places(), c.want) {
			t.Errorf("%d, %v: %v, %v", c.reason, c.is, r.CameTrue, err)
		}
	}
	if out := r.Outside(); out.CameTrue != 0 {
		t.Errorf("outside: %v", out.CameTrue)
	}
}
