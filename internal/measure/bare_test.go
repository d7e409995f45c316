package measure_test

import (
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

func TestBare(t *testing.T) {
	b := builder{team()}
	agreed := func(days, bare, of int) {
		id := b.reviewed(b.fails(days+1), days)
		for i := range of {
			b.Gaps = append(b.Gaps, practice.TrailGap{Review: id, Verdict: practice.Inherent, Bare: i < bare})
		}
	}
	agreed(60, 9, 9) // before the last eight
	for i := range 7 {
		agreed(50-i, 0, 1)
	}
	b.reviewed(b.fails(21), 20) // nothing was agreed in it
	agreed(10, 0, 1)
	wants(t, "eight of eight name something", reads(t, b, measure.Bare), measure.Share{0, 8}, measure.Unclear) // up to 0.25
	agreed(9, 0, 4)
	wants(t, "eleven", reads(t, b, measure.Bare), measure.Share{0, 11}, measure.Healthy) // 2.71 / (11 + 2.71) = 0.197
	agreed(8, 5, 5)
	wants(t, "five of fifteen", reads(t, b, measure.Bare), measure.Share{5, 15}, measure.Unclear) // from 0.17
	agreed(7, 3, 3)
	wants(t, "eight of seventeen", reads(t, b, measure.Bare), measure.Share{8, 17}, measure.Decaying)
}

// What stands beside a review in which nothing changed is listed and changes no count.
func TestHollow_sides(t *testing.T) {
	b := builder{team()}
	words := func(text string) { b.Gaps[len(b.Gaps)-1].Text = text }
	b.reviewed(b.fails(61), 60, practice.RouteStep)
	words("Nobody had the key.\nAt the gate")
	b.reviewed(b.fails(51), 50, practice.RouteStep)
	words("nobody had the KEY\nat the gate!")
	b.reviewed(b.fails(41), 40, practice.RouteStep)
	words("Nobody had the list.\nAt the gate")
	last := &b.Reviews[len(b.Reviews)-1]
	last.ClosedAt = last.MetAt.Add(7 * time.Minute)
	b.reviewed(b.fails(31), 30, practice.RouteStep, practice.RouteStep)
	last = &b.Reviews[len(b.Reviews)-1]
	last.ClosedAt, last.Sittings = last.MetAt.Add(time.Minute), 2
	b.reviewed(b.fails(21), 20, practice.RouteStep)
	last = &b.Reviews[len(b.Reviews)-1]
	last.ClosedAt, last.MetAt = last.MetAt.Add(time.Minute), time.Time{}
	r := reads(t, b, measure.Hollow)
	for i, want := range []string{"", measure.SideSame, measure.SideQuick, "", ""} {
		if r.Cases[i].How != want {
			t.Errorf("beside the one %d stands %q", i, r.Cases[i].How)
		}
	}
	if n, _ := r.Beside(measure.SideQuick); n != 1 || r.Share != (measure.Share{0, 5}) {
		t.Errorf("%d quick ones, %v", n, r.Share)
	}
}
