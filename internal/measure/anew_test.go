package measure_test

import (
	"slices"
	"testing"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// A team is told from the second time on that the same came back after a change for it
// was in use, of the last time alone, and only while nobody meets about that.
func TestAnew(t *testing.T) {
	back := func(change func(b *builder)) []practice.FailureID {
		b := builder{team()}
		first := b.fails(150)
		b.Changes = append(b.Changes, practice.TrailChange{What: "stp_1", Failure: first, At: ago(148), UsedAt: ago(120)})
		b.same(b.fails(130), first) // before it was in use: says nothing of it
		b.same(b.fails(60), first)
		b.same(b.fails(10), first)
		if change != nil {
			change(&b)
		}
		return measure.Anew(*b.Trail)
	}
	for what, c := range map[string]struct {
		change func(*builder)
		want   []practice.FailureID
	}{
		"twice":                    {nil, []practice.FailureID{"flr_4"}},
		"a third time":             {func(b *builder) { b.same(b.fails(2), "flr_4") }, []practice.FailureID{"flr_5"}},
		"reported twice":           {func(b *builder) { b.fails(9, joined("flr_4")) }, []practice.FailureID{"flr_4"}},
		"once":                     {func(b *builder) { b.Ties = b.Ties[:2] }, nil},
		"nothing in use":           {func(b *builder) { b.Changes[0].UsedAt = b.Changes[0].UsedAt.AddDate(-3000, 0, 0) }, nil},
		"long after":               {func(b *builder) { b.Changes[0].UsedAt = ago(345) }, nil},
		"somebody called a review": {func(b *builder) { b.reviewed("flr_4", 1) }, nil},
		"one of them was unavoidable": {func(b *builder) {
			b.Gaps = append(b.Gaps, practice.TrailGap{Review: b.reviewed("flr_3", 55), Verdict: practice.Inherent})
		}, nil},
		"four people": {func(b *builder) { b.People = 4 }, nil},
	} {
		if got := back(c.change); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}
