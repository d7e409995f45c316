package practice

import (
	"slices"
	"testing"
)

func TestStepNumbers(t *testing.T) {
	for _, c := range []struct {
		depths []int
		want   []string
	}{
		{nil, nil},
		{[]int{0, 1, 1, 2, 0, 1}, []string{"1", "1.1", "1.2", "1.2.1", "2", "2.1"}},
		{[]int{2, 0}, []string{"1", "2"}}, // nothing stands under what is not there
	} {
		if got := StepNumbers(c.depths); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c.depths, got)
		}
	}
	for after, want := range map[string]string{"": "1", "9": "10", "3.1": "3.2", "3.1.9": "3.1.10"} {
		if got := NextStep(after); got != want {
			t.Errorf("behind %q comes %q", after, got)
		}
	}
}
