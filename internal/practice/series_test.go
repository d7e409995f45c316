package practice

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

// Whoever says what is like what, in whatever order: a plan is in one series, and those
// that nobody named stay where they were.
func TestPlan_series(t *testing.T) {
	all := map[PlanID]Plan{}
	for _, id := range []PlanID{"a", "b", "c", "d"} {
		all[id] = Plan{ID: id, Team: "tea"}
	}
	like := func(p, other PlanID) {
		t.Helper()
		is, err := all[p].Like(all[other])
		if err != nil {
			t.Fatal(err)
		}
		all[p] = is
	}
	together := func(want bool, ids ...PlanID) {
		t.Helper()
		is := true
		for _, id := range ids {
			is = is && all[id].InSeries() == all[ids[0]].InSeries()
		}
		if is != want {
			t.Errorf("%v in one series: %v", ids, is)
		}
	}
	together(false, "a", "b")
	like("b", "a")
	like("c", "b")
	together(true, "a", "b", "c")
	like("a", "c") // once around
	together(true, "a", "b", "c")
	all["a"] = all["a"].Unlike("x")
	together(true, "b", "c")
	together(false, "a", "b")
	like("d", "a")
	together(true, "a", "d")
	together(false, "c", "d")
	like("d", "c")
	together(true, "b", "c", "d")
	for _, c := range []struct {
		other Plan
		want  string
	}{{all["a"], "series.itself"}, {Plan{ID: "e", Team: "others"}, "plan.unknown"}} {
		if _, err := all["a"].Like(c.other); code(err) != c.want {
			t.Errorf("like %+v: %v, want %s", c.other, err, c.want)
		}
	}
}

// Plans stand in the order in which their work began, and drafts after them.
func TestByWork(t *testing.T) {
	day := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	all := []Plan{{Number: 5}, {Number: 4}, {Number: 3, FrozenAt: day}, {Number: 2, FrozenAt: day.AddDate(0, 0, 7)}, {Number: 1, FrozenAt: day.AddDate(0, 0, -7)}}
	ByWork(all)
	var got []int
	for _, p := range all {
		got = append(got, p.Number)
	}
	for i, want := range []int{1, 3, 2, 4, 5} {
		if got[i] != want {
			t.Fatalf("in the order %v", got)
		}
	}
}

// A plan that does an earlier one again begins with its words, save its title and what personal
// data was taken out of; what is written anew no longer reads as it did there.
func TestIntent_Again(t *testing.T) {
	was := Intent{Title: "One", Aim: "Move 9 by May", Hard: "Rain", Ask: "Ask " + Removed, Stop: "Wind", Learns: true,
		Signals: []Signal{{What: "Queue", From: "5", Who: "Ada"}, {What: "Doors", Who: Removed}}}
	next := was.Again("Two")
	want := Intent{Title: "Two", Aim: "Move 9 by May", Hard: "Rain", Stop: "Wind", Learns: true, Signals: []Signal{{What: "Queue", From: "5", Who: "Ada"}}}
	if !reflect.DeepEqual(next, want) {
		t.Errorf("carried on: %+v", next)
	}
	if got := next.As(was); !slices.Equal(got, []IntentPart{PartAim, PartHard, PartStop, PartSignals}) {
		t.Errorf("the same: %v", got)
	}
	next.Aim, next.Stop, next.Signals[0].From = "Move 12 by June", "", "9"
	if got := next.As(was); !slices.Equal(got, []IntentPart{PartHard}) {
		t.Errorf("after rewriting: %v", got)
	}
	if got := (Intent{Title: "One"}).As(Intent{Title: "One"}); len(got) > 0 {
		t.Errorf("nothing is the same as nothing: %v", got)
	}
	if !reflect.DeepEqual(Intent{}.Again("New"), Intent{Title: "New"}) {
		t.Error("a plan of its own begins with words")
	}
}
