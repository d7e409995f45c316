package measure_test

import (
	"reflect"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// Both sides of the balance, against what is counted by hand: one of eight unmet, one of
// two open for longer than a cycle, and 12 hours and 40 minutes of people in rooms.
func TestSpent(t *testing.T) {
	b := builder{team()}
	room := func(f practice.FailureID, days, people int, took time.Duration) {
		b.reviewed(f, days)
		r := &b.Reviews[len(b.Reviews)-1]
		r.People, r.Sittings, r.ClosedAt = people, 1, r.MetAt.Add(took)
	}
	var all []practice.FailureID
	for i := range 6 { // 6 x 4 people x 30 minutes are 12 hours
		all = append(all, b.fails(30+i, significant))
		room(all[i], 29+i, 4, 30*time.Minute)
	}
	long := b.fails(25, significant)
	room(long, 24, 1, 72*time.Hour) // somebody forgot to close it: 40 minutes
	b.fails(20, significant)        // nobody wrote about it
	b.Reviews = append(b.Reviews, practice.TrailReview{ID: "rev_w", Failure: long, StartedAt: ago(12), WrittenAt: ago(11), ClosedAt: ago(10), People: 5},
		practice.TrailReview{ID: "rev_o", Failure: long, StartedAt: ago(8)}, practice.TrailReview{ID: "rev_p", Failure: long, StartedAt: ago(6)},
		practice.TrailReview{ID: "rev_b", Failure: long, StartedAt: ago(99), MetAt: ago(99), ClosedAt: ago(98), People: 5, Sittings: 1})
	b.Changes = []practice.TrailChange{{What: "stp_a", Failure: all[0], At: ago(29), UsedAt: ago(20)}, {What: "stp_b", Failure: all[1], At: ago(29)},
		{What: "sfg_a", Guard: true, Failure: all[2], At: ago(29), UsedAt: ago(20)}, {What: "stp_c", Failure: all[3], At: ago(200), UsedAt: ago(190)}}
	again := b.fails(5, stage(practice.StageEarly))
	b.Ties = []practice.Tie{{A: all[2], B: again}}
	b.Limits, b.Findings = []time.Time{ago(100), ago(3)}, []time.Time{ago(89), ago(3), ago(91)}
	wants(t, "the side of acting", reads(t, b, measure.Unmet), measure.Share{1, 8}, measure.Unclear)
	wants(t, "the side of looking back", reads(t, b, measure.Long), measure.Share{1, 2}, measure.Few)
	want := map[string]int{measure.SpentReviews: 8, measure.SpentWritten: 1, measure.SpentMinutes: 760, measure.SpentSteps: 2, measure.SpentGuards: 1,
		measure.SpentLimits: 1, measure.SpentFindings: 2, measure.SpentUsed: 2, measure.SpentHeld: 1}
	got := func() map[string]int {
		all := map[string]int{}
		for _, a := range reads(t, b, measure.Spent).Apart {
			all[a.What] = a.N
		}
		return all
	}
	if all := got(); !reflect.DeepEqual(all, want) {
		t.Errorf("counted %v, want %v", all, want)
	}
	wants(t, "nobody said how much they work", reads(t, b, measure.Spent), measure.Share{}, measure.Few)
	b.Team.WorkHours, want[measure.SpentWorked] = 40, 2571 // 5 x 40 x 90/7; 12.7 of them are half of one in 100
	if all := got(); !reflect.DeepEqual(all, want) {
		t.Errorf("counted %v, want %v", all, want)
	}
	wants(t, "much is worked", reads(t, b, measure.Spent), measure.Share{}, measure.Unclear)
	b.Team.WorkHours = 3 // 192; 12.7 of them are 6.6 in 100
	wants(t, "little is worked", reads(t, b, measure.Spent), measure.Share{}, measure.Decaying)
	b.Team.WorkHours = 4 // 257; 4.9 in 100
	wants(t, "a little more", reads(t, b, measure.Spent), measure.Share{}, measure.Unclear)
}
