package practice

import (
	"slices"
	"time"
)

// UnusedRounds is how many rounds of a team a line of a list has to go unticked until it
// is proposed to retire it. Rounds in which nobody used the list do not count.
const UnusedRounds = 2

// StepUse is what uses of a list said of one of its lines, by the day and by nobody:
// when somebody last ticked it, and last said that it was not needed. A safeguard against
// something rare is kept, with its reason.
type StepUse struct {
	Step     StepID
	TickedOn time.Time // the first moment of that day; zero for never
	SparedOn time.Time
	KeptOn   time.Time
	Why      string // it was kept
}

// Tick keeps that the line was ticked on a day, or not needed.
func (u StepUse) Tick(spared bool, day time.Time) StepUse {
	if spared {
		u.SparedOn = latest(u.SparedOn, day)
	} else {
		u.TickedOn = latest(u.TickedOn, day)
	}
	return u
}

// Keep says that the line stays although nobody ticked it, and why.
func (u StepUse) Keep(why string, day time.Time) (StepUse, error) {
	why, err := words(why, "unused.why", "why")
	if err == nil && tooLong(why, MaxLine) {
		err = Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	if err != nil {
		return u, err
	}
	u.KeptOn, u.Why = day, why
	return u, nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Uses is what is known of the use of a list.
type Uses struct {
	LastOn time.Time // the day of the last one; zero for none
	Since  time.Time // the first day of the rounds that count; zero while there are too few
	Steps  map[StepID]StepUse
	Unused []StepID // the lines that are proposed for retirement, in their order
}

// ListUse is what is kept of the use of a list, and what it is held against.
type ListUse struct {
	Days   []time.Time // on which it was used, one for each round at least
	Steps  []StepUse
	Rounds []Cycle              // of its team
	Worded map[StepID]time.Time // when each line got the words it has
}

// Uses says which lines of a list nobody ticked for so long that they may go. Nobody
// proposes to retire a core step, a change on trial, or a line that others stand under.
func (l ListUse) Uses(steps []ProcedureStep, on Today) Uses {
	u := Uses{Steps: map[StepID]StepUse{}}
	for _, one := range l.Steps {
		u.Steps[one.Step] = one
	}
	for _, d := range l.Days {
		u.LastOn = latest(u.LastOn, d)
	}
	if u.Since = l.since(on); u.Since.IsZero() {
		return u
	}
	for i, s := range steps {
		under := i+1 < len(steps) && steps[i+1].Depth > s.Depth
		use := u.Steps[s.ID]
		last := latest(latest(use.TickedOn, use.KeptOn), l.Worded[s.ID])
		if s.Retired == 0 && !s.Core() && !s.Trial.Runs() && !under && last.Before(u.Since) {
			u.Unused = append(u.Unused, s.ID)
		}
	}
	return u
}

// Today is a moment, and where its days begin.
type Today struct {
	Now  time.Time
	Zone *time.Location
}

// since is the first day of the last so many rounds that are over and in which the list
// was used.
func (l ListUse) since(on Today) time.Time {
	over := slices.DeleteFunc(slices.Clone(l.Rounds), func(c Cycle) bool {
		return !c.Over(on.Now) || !slices.ContainsFunc(l.Days, c.onItsDays(on.Zone))
	})
	slices.SortFunc(over, func(a, b Cycle) int { return b.StartAt.Compare(a.StartAt) })
	if len(over) < UnusedRounds {
		return time.Time{}
	}
	return DayOf(over[UnusedRounds-1].StartAt, on.Zone)
}

// onItsDays tells of a day whether it is one of the cycle.
func (c Cycle) onItsDays(zone *time.Location) func(time.Time) bool {
	from, to := midnight(c.StartAt, zone), midnight(c.EndAt, zone)
	return func(d time.Time) bool { return !d.Before(from) && d.Before(to) }
}

// MayRetire decides whether a line is proposed for retirement, so that it can go or be
// kept for that.
func (u Uses) MayRetire(s StepID) error {
	if !slices.Contains(u.Unused, s) {
		return Refuse(Conflict, "unused.used")
	}
	return nil
}
