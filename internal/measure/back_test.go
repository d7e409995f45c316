package measure_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// changes adds a change for a failure, said to be in use so many days ago; 0 is not yet.
func (b builder) changes(what string, f practice.FailureID, days, used int) {
	c := practice.TrailChange{What: what, Guard: strings.HasPrefix(what, "sfg_"), Failure: f, At: ago(days)}
	if used > 0 {
		c.UsedAt = ago(used)
	}
	b.Changes = append(b.Changes, c)
}

func TestBack(t *testing.T) {
	b := builder{team()}
	first := b.fails(350)
	b.changes("stp_a", first, 340, 300)
	early := b.fails(310) // not in use yet: it says nothing of the change
	again := b.fails(260) // 40 days after it was in use
	inherent := b.fails(280)
	b.reviewed(inherent, 279)
	b.Gaps = append(b.Gaps, practice.TrailGap{Review: b.Reviews[0].ID, Verdict: practice.Inherent, Route: practice.RouteConstraint})
	b.Ties = append(b.Ties, practice.Tie{A: first, B: again}, practice.Tie{A: early, B: first}, practice.Tie{A: inherent, B: first})
	b.changes("sfg_b", again, 258, 220)
	b.changes("stp_a", again, 200, 190) // changed once more before anything came back
	b.changes("stp_z", again, 100, 0)
	other := b.fails(50)
	b.changes("stp_c", other, 49, 0)
	b.Ties = append(b.Ties, practice.Tie{A: other, B: b.fails(40)})
	quiet := b.fails(90)
	b.changes("stp_d", quiet, 80, 30)
	r := reads(t, b, measure.Back)
	const days = 24 * time.Hour
	want := []measure.Case{
		{How: measure.BackPlace, Took: measure.Spell{40 * days, true}, Counts: true, In: true},
		{How: measure.BackStep, Took: measure.Spell{40 * days, true}, Counts: true, In: true},
		{How: measure.BackGuard, Took: measure.Spell{220 * days, false}, In: true},
		{How: measure.BackStep, Took: measure.Spell{190 * days, false}, In: true},
		{How: measure.BackPlace, Took: measure.Spell{30 * days, false}},
		{How: measure.BackStep, Took: measure.Spell{30 * days, false}},
		{How: measure.BackUnused, Took: measure.Spell{9 * days, true}},
	}
	if len(r.Cases) != len(want) {
		t.Fatalf("the cases are %+v", r.Cases)
	}
	for i, w := range want {
		c := r.Cases[i]
		if c.How != w.How || (c.Took.Long-w.Took.Long).Abs() > time.Hour || c.Took.Over != w.Took.Over || c.Counts != w.Counts || c.In != w.In {
			t.Errorf("case %d is %+v, want %+v", i, c, w)
		}
	}
	wants(t, "of those whose time is over", r, measure.Share{1, 1}, measure.Few)
	if !reflect.DeepEqual(r.Apart, []measure.Apart{{"unused", 1}, {"early", 1}, {"young", 1}, {"soon", 0}}) {
		t.Errorf("apart are %+v", r.Apart)
	}
	if r.Rate.Count != 1 || r.Rate.Cycles < 9 || r.Rate.Cycles > 11 {
		t.Errorf("the rate is %+v", r.Rate)
	}
	if len(r.Places) != 2 || len(r.Places[1].Reported) != 3 || len(r.Places[1].Changed) != 4 || r.Places[1].Number != 1 {
		t.Errorf("the places are %+v", r.Places)
	}
	if steps := r.Parts[1]; steps.What != measure.BackStep || len(steps.Curve) != 3 || steps.Curve[1].Ended != 1 || steps.Share != (measure.Share{1, 2}) {
		t.Errorf("the steps are %+v", steps)
	}
	b.Team.CycleDays = 90 // three rounds take longer than 180 days
	if r := reads(t, b, measure.Back); r.Parts[2].Share.N != 0 {
		t.Errorf("of safeguards, %v are counted before three rounds are over", r.Parts[2].Share)
	}
}

// What came back soon and what has been quiet for as long count in the same share, or not
// at all yet: else a team of which one in four comes back would be told that all did.
func TestBack_countsOnlyWhatIsOver(t *testing.T) {
	b := builder{team()}
	for i := range 30 { // in use since the same day
		f := b.fails(40)
		b.changes(fmt.Sprint("stp_", i), f, 35, 30)
		if i < 8 {
			b.Ties = append(b.Ties, practice.Tie{A: f, B: b.fails(20)})
		}
	}
	r := reads(t, b, measure.Back)
	wants(t, "thirty that are young, eight of them back", r, measure.Share{}, measure.Few)
	if want := []measure.Apart{{What: "unused"}, {What: "early"}, {What: "young", N: 30}, {What: "soon", N: 8}}; !slices.Equal(r.Apart, want) {
		t.Errorf("apart are %v", r.Apart)
	}
	if r.Rate.Count != 8 || len(r.Curve) == 0 || r.Curve[0].Left != 30 || r.Curve[0].Ended != 8 {
		t.Errorf("the curve is %+v, the rate %+v", r.Curve, r.Rate)
	}
	b.At = now.AddDate(0, 0, 200)
	wants(t, "the same, once their time is over", reads(t, b, measure.Back), measure.Share{8, 30}, measure.Unclear)

	b = builder{team()}
	for i := range 60 { // one every six days, every fourth back after twenty
		days := 360 - 6*i
		f := b.fails(days)
		b.changes(fmt.Sprint("stp_", i), f, days, days-1)
		if i%4 == 0 && days > 20 {
			b.Ties = append(b.Ties, practice.Tie{A: f, B: b.fails(days - 21)})
		}
	}
	wants(t, "one in four, all the time", reads(t, b, measure.Back), measure.Share{8, 30}, measure.Unclear)
	if r := reads(t, b, measure.Back); r.Rate.Count != 15 || r.Rate.Cycles < 900 || r.Rate.Cycles > 915 {
		t.Errorf("a rate of %+v", r.Rate)
	}
}
