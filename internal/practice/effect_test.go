package practice

import (
	"testing"
	"time"
)

// What is watched can be named anew until somebody said whether it moved; who could not
// tell can say so later.
func TestEffect(t *testing.T) {
	now := time.Date(2026, 6, 8, 10, 0, 0, 0, time.UTC)
	day := now.AddDate(0, 3, 0)
	e, err := Effect{Gap: "gap_a"}.Watch(" Refunds in a month ", day, now)
	again, err2 := e.Watch("Refunds in a week", day.AddDate(0, 0, 1), now)
	if e.What != "Refunds in a month" || again.What != "Refunds in a week" || e.Due(day.Add(-1)) || !e.Due(day) || (Effect{}).Due(day) {
		t.Errorf("watched: %+v, then %+v", e, again)
	}
	_, none := Effect{}.Watch(" ", day, now)
	_, much := Effect{}.Watch(long(MaxLine+1), day, now)
	_, past := Effect{}.Watch("x", now, now)
	_, far := Effect{}.Watch("x", now.AddDate(0, 0, LongestEffect+1), now)
	_, early := e.Answer(MovedYes, "", day.Add(-1), time.UTC)
	_, unwatched := Effect{}.Answer(MovedYes, "", day, time.UTC)
	_, nothing := e.Answer("perhaps", "", day, time.UTC)
	unsure, err3 := e.Answer(MovedUnsure, " Nobody counted. ", day.Add(10*time.Hour), time.UTC)
	moved, err4 := unsure.Answer(MovedYes, "", day.AddDate(0, 1, 0), time.UTC)
	_, twice := moved.Answer(MovedNo, "", day, time.UTC)
	_, renamed := unsure.Watch("Complaints", day, now)
	check(t, []refused{{err, ""}, {err2, ""}, {none, "effect.what"}, {much, "too.long"}, {past, "effect.day"}, {far, "effect.day"}, {early, "effect.early"},
		{unwatched, "not.found"}, {nothing, "required"}, {err3, ""}, {err4, ""}, {twice, "effect.said"}, {renamed, "effect.said"}})
	west, err5 := e.Answer(MovedYes, "", time.Date(2027, 1, 2, 3, 0, 0, 0, time.UTC), time.FixedZone("", -5*60*60))
	if err5 != nil || !west.SaidAt.Equal(time.Date(2027, 1, 1, 5, 0, 0, 0, time.UTC)) { // an evening there
		t.Errorf("said in the west: %v %v", west.SaidAt, err5)
	}
	if unsure.Text != "Nobody counted." || unsure.SaidAt != day.Truncate(24*time.Hour) || unsure.Due(day) || moved.Said != MovedYes {
		t.Errorf("said: %+v, then %+v", unsure, moved)
	}
}
