package practice

import (
	"testing"
	"time"
)

// The cycles of a team begin at midnight where it works, whatever the clocks do, in
// leap years too, and none of them leaves a moment out.
func TestCycle_goesOnForYears(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 2, 3, 15, 0, 0, 0, berlin)
	for days := 1; days <= longestCycle; days += 5 {
		c := Team{ID: "tea_a", CycleDays: days}.FirstCycle(now, berlin)
		if !c.Holds(now) || c.Number != 1 || c.Team != "tea_a" {
			t.Fatalf("of %d days: %+v", days, c)
		}
		for range 1200 / days {
			next := c.Next(days, berlin)
			start, end := next.StartAt.In(berlin), next.EndAt.In(berlin)
			if start.Hour() != 0 || end.Hour() != 0 || !next.StartAt.Equal(c.EndAt) || next.Number != c.Number+1 || end.Before(start.AddDate(0, 0, days)) || end.After(start.AddDate(0, 0, days)) {
				t.Fatalf("after %+v of %d days: %+v", c, days, next)
			}
			if c.Holds(c.EndAt) || !next.Holds(c.EndAt) || !c.Takes(c.EndAt) || next.Takes(c.EndAt) {
				t.Fatalf("%s is not in one of the two", c.EndAt)
			}
			c = next
		}
	}
}

// A new team may say when one of its cycles began, long ago or not yet.
func TestTeam_FirstCycle(t *testing.T) {
	now := time.Date(2027, 2, 3, 15, 0, 0, 0, time.UTC)
	first := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, weeks := range []int{-500, -2, -1, 0, 1, 2, 500} {
		c := Team{CycleDays: 7, CycleStartAt: first.AddDate(0, 0, 7*weeks)}.FirstCycle(now, time.UTC)
		if !c.StartAt.Equal(first) || !c.EndAt.Equal(first.AddDate(0, 0, 7)) {
			t.Errorf("%d weeks: %+v", weeks, c)
		}
	}
	if c := (Cycle{StartAt: first, EndAt: first.AddDate(0, 0, 7), Number: 1}); !c.Takes(first.AddDate(0, 0, -3)) || c.Takes(first.AddDate(0, 0, 8)) {
		t.Error("what was due before the first cycle belongs to none")
	}
}

func TestCarry_Outcome(t *testing.T) {
	due := time.Date(2027, 2, 3, 0, 0, 0, 0, time.UTC)
	for _, one := range []struct {
		state    CarryState
		settled  time.Duration
		now      time.Duration
		want     Outcome
		anything string
	}{
		{CarryAccepted, 0, -day, OutcomeAhead, "before"},
		{CarryAccepted, 0, day - 1, OutcomeAhead, "its day"},
		{CarryAccepted, 0, day, OutcomeMissed, "after it"},
		{CarryOffered, 0, day, OutcomeMissed, "nobody said yes"},
		{CarryDone, day - 1, 9 * day, OutcomeKept, "in time"},
		{CarryDone, day, 9 * day, OutcomeLate, "late"},
		{CarryDropped, 5 * day, 9 * day, OutcomeDropped, "dropped"},
	} {
		c := Carry{DueAt: due, State: one.state, SettleAt: due.Add(one.settled)}
		if got := c.Outcome(Today{due.Add(one.now), time.UTC}); got != one.want {
			t.Errorf("%s: %s", one.anything, got)
		}
	}
}

// On a night on which the clocks turn a day is an hour longer or shorter.
func TestCarry_Outcome_clocksTurn(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		day   time.Time
		hours time.Duration
	}{
		{time.Date(2027, 10, 31, 0, 0, 0, 0, berlin), 25},
		{time.Date(2027, 3, 28, 0, 0, 0, 0, berlin), 23},
		{time.Date(2027, 6, 1, 0, 0, 0, 0, berlin), 24},
	} {
		end := one.day.Add(one.hours * time.Hour)
		for at, want := range map[time.Duration][2]Outcome{-time.Second: {OutcomeAhead, OutcomeKept}, 0: {OutcomeMissed, OutcomeLate}} {
			on := Today{end.Add(at).UTC(), berlin}
			if got := (Carry{DueAt: one.day.UTC(), State: CarryAccepted}).Outcome(on); got != want[0] {
				t.Errorf("%s %s: %s", one.day, at, got)
			}
			if got := (Carry{DueAt: one.day.UTC(), State: CarryDone, SettleAt: on.Now}).Outcome(on); got != want[1] {
				t.Errorf("%s, done %s: %s", one.day, at, got)
			}
		}
	}
}

func TestCheckNext(t *testing.T) {
	now := time.Date(2027, 2, 3, 15, 0, 0, 0, time.UTC)
	for next, fine := range map[time.Time]bool{now: false, now.Add(1): true, now.AddDate(0, 0, 366): true, now.AddDate(0, 0, 366).Add(1): false, {}: false} {
		if err := CheckNext(next, now); (err == nil) != fine {
			t.Errorf("%s: %v", next, err)
		}
	}
}
