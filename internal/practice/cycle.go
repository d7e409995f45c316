package practice

import "time"

// Cycle is one round of a team's work, as long as the team chose. What was learned
// has to be in place when the next one starts, so a promise for that day belongs to
// the cycle that it ends.
type Cycle struct {
	ID      CycleID
	Team    TeamID
	Number  int // the first one the team worked in here is 1
	StartAt time.Time
	EndAt   time.Time // when the next one starts
	BegunAt time.Time // when its people had read what it inherits; zero until they say so
}

// longestCycle is how long a cycle may be, in days.
const longestCycle = 366

const day = 24 * time.Hour

// Over reports whether the next cycle has started.
func (c Cycle) Over(now time.Time) bool { return !c.EndAt.After(now) }

// Holds reports whether something that happened falls into the cycle.
func (c Cycle) Holds(at time.Time) bool { return !at.Before(c.StartAt) && at.Before(c.EndAt) }

// Begun reports whether its people said that they begin it.
func (c Cycle) Begun() bool { return !c.BegunAt.IsZero() }

// Opens reports whether they can still say to what it inherits what they make of it.
func (c Cycle) Opens(now time.Time) error {
	switch {
	case c.Begun():
		return Refuse(Conflict, "cycle.begun").With("at", c.BegunAt)
	case c.Over(now):
		return Refuse(Conflict, "cycle.past")
	}
	return nil
}

// Begin marks a round as begun. It refuses while something that it inherits is left
// unread. Nothing else waits for that mark: whoever is late with it still reports,
// plans and reviews.
func (c Cycle) Begin(left int, now time.Time) (Cycle, error) {
	if err := c.Opens(now); err != nil {
		return c, err
	}
	if left > 0 {
		return c, Refuse(Conflict, "cycle.unread").At("left").With("n", left)
	}
	c.BegunAt = now
	return c, nil
}

// Takes reports whether what is due then is due for the cycle. The first one takes
// all that was due before it, too.
func (c Cycle) Takes(due time.Time) bool {
	return !due.After(c.EndAt) && (due.After(c.StartAt) || c.Number == 1)
}

// Next is the cycle that starts where this one ends, so many days long, as the
// calendar of a place counts them.
func (c Cycle) Next(days int, zone *time.Location) Cycle {
	return Cycle{Team: c.Team, Number: c.Number + 1, StartAt: c.EndAt, EndAt: c.EndAt.In(zone).AddDate(0, 0, days).UTC()}
}

// FirstCycle is the one a new team works in now: it began when the team says that
// one of its cycles began or will begin, or on the day now where nobody said. It
// inherits nothing, so it is begun.
func (t Team) FirstCycle(now time.Time, zone *time.Location) Cycle {
	start := t.CycleStartAt.In(zone)
	if t.CycleStartAt.IsZero() {
		y, m, d := now.In(zone).Date()
		start = time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
	days := max(t.CycleDays, 1)
	whole := int(now.Sub(start)/day) / days
	start = start.AddDate(0, 0, whole*days)
	for start.After(now) {
		start = start.AddDate(0, 0, -days)
	}
	for !start.AddDate(0, 0, days).After(now) {
		start = start.AddDate(0, 0, days)
	}
	return Cycle{Team: t.ID, Number: 1, StartAt: start.UTC(), EndAt: start.AddDate(0, 0, days).UTC(), BegunAt: now}
}

// CheckNext refuses a start of the next cycle that is not ahead, or further than the
// longest cycle.
func CheckNext(next, now time.Time) error {
	if !next.After(now) || next.After(now.AddDate(0, 0, longestCycle)) {
		return Refuse(Invalid, "cycle.next").At("next")
	}
	return nil
}

// Outcome is what came of a promise.
type Outcome string

// The outcomes. One that was missed stays missed in its cycle, whatever comes of it
// in a later one.
const (
	OutcomeKept    Outcome = "kept"    // by the end of its day
	OutcomeLate    Outcome = "late"    // done, after its day
	OutcomeDropped Outcome = "dropped" // with a reason
	OutcomeMissed  Outcome = "missed"  // its day is over, and it is not done
	OutcomeAhead   Outcome = "ahead"   // its day is not over
)

// Outcomes are all there are, what was missed first.
func Outcomes() []Outcome {
	return []Outcome{OutcomeMissed, OutcomeAhead, OutcomeKept, OutcomeLate, OutcomeDropped}
}

// Outcome says what came of the promise by now. Its day is over where the calendar of the
// place says so: one on which the clocks turn is an hour longer or shorter.
func (c Carry) Outcome(on Today) Outcome {
	over, now := midnight(c.DueAt.In(on.Zone).AddDate(0, 0, 1), on.Zone), on.Now
	switch {
	case c.State == CarryDropped:
		return OutcomeDropped
	case c.State == CarryDone && c.SettleAt.Before(over):
		return OutcomeKept
	case c.State == CarryDone:
		return OutcomeLate
	case !now.Before(over):
		return OutcomeMissed
	}
	return OutcomeAhead
}
