package practice

import (
	"strings"
	"time"
)

// Trial is a change of a step that rests on one failure: it is in use, and comes back
// to be kept, adjusted or put back (the pattern, section 5: one bad day can look like
// a pattern). Nothing goes back by itself.
type Trial struct {
	Gap       GapID // what was learned; where another team offered it, the id of the offer
	Failure   FailureID
	Procedure ProcedureID
	Step      StepID
	Revision  int       // the one it went into
	Harm      string    // why a core step could not wait for three failures; empty for any other step
	At        time.Time // since when it is in use
	Closed    time.Time // when its review closed; zero until then
	LookAt    time.Time // when it is looked at for the first time; zero once somebody did
	Until     time.Time // its term
	EndAt     time.Time // zero while it runs
	Kept      bool      // how it ended
	Why       string    // what was said last, to keep it or to put it back

	Latest int          // the last revision it went into, where its groups had it amended
	Groups ConsentStage // where the round of its groups stands; empty where nobody is asked
	DueAt  time.Time    // when the first of them is silent, or they are asked at the latest
	Proven bool         // enough speaks for it; it is on trial for its groups
}

// How long a trial runs, in days.
const (
	LookDays      = 2  // working days until it is looked at for the first time
	HarmDays      = 30 // what a core step is changed for at once
	MostTrialDays = 90 // that it may be kept for at a time
)

// NewTrial is the trial of a change of a team, which begins now: until the cycle is over
// in which it is looked at, or so many days for a core step.
func NewTrial(t Team, harm string, now time.Time, zone *time.Location) Trial {
	trial := Trial{Harm: strings.TrimSpace(harm), At: now, LookAt: workingDays(now.In(zone), LookDays).UTC()}
	if trial.Until = t.ComesBack(now, zone); trial.Harm != "" {
		trial.Until = now.AddDate(0, 0, HarmDays)
	}
	return trial
}

// ComesBack is when a change of the team that is made or agreed on now is looked at again: as
// the cycle ends in which so many working days of it are over.
func (t Team) ComesBack(now time.Time, zone *time.Location) time.Time {
	return t.NextCycle(workingDays(now.In(zone), LookDays).UTC())
}

// workingDays is so many days from Monday to Friday later.
func workingDays(at time.Time, n int) time.Time {
	for n > 0 {
		at = at.AddDate(0, 0, 1)
		if d := at.Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return at
}

// TrialAsk is what a trial asks for.
type TrialAsk string

// What it asks for.
const (
	TrialLooks TrialAsk = "look"    // does it hold so far?
	TrialOver  TrialAsk = "overdue" // its term is over, and nobody has said what becomes of it

	TrialPresents   TrialAsk = "present"   // its groups have not been asked
	TrialClarifies  TrialAsk = "clarify"   // one of them asked something
	TrialIntegrates TrialAsk = "integrate" // one of them sees a harm
)

// Runs reports whether nobody has said yet what becomes of it.
func (t Trial) Runs() bool { return t.Gap != "" && t.EndAt.IsZero() }

// Asks is what it asks for now, or nothing. A harm that a group sees stands before a term: it
// is not waited out.
func (t Trial) Asks(now time.Time) TrialAsk {
	switch {
	case !t.Runs() || t.Closed.IsZero():
	case t.Groups == AtIntegrate:
		return TrialIntegrates
	case t.Overdue(now):
		return TrialOver
	case t.Groups == AtClarify:
		return TrialClarifies
	case t.Groups == AtPresent:
		return TrialPresents
	case !t.LookAt.IsZero() && !now.Before(t.LookAt):
		return TrialLooks
	}
	return ""
}

// Overdue reports whether its term is over, or that of one of its groups, and nobody has said
// what becomes of it.
func (t Trial) Overdue(now time.Time) bool {
	return t.Runs() && !t.Closed.IsZero() && (t.over(now) || t.Waits() && !t.DueAt.IsZero() && !now.Before(t.DueAt))
}

// over reports whether its own term is.
func (t Trial) over(now time.Time) bool { return !t.Until.IsZero() && !now.Before(t.Until) }

// Waits reports whether not every group has said yes.
func (t Trial) Waits() bool { return t.Groups != "" && t.Groups != AtOver }

// Hushed is the trial for whoever may not read of its failure.
func (t Trial) Hushed() Trial {
	t.Harm, t.Why = "", ""
	return t
}

// Keep says that the change holds. Before its term it then goes on until that. After it,
// it stays for good and one line says why; at a core step for which too little speaks, and
// while a group has not said yes, so many days more. It refuses with "consent.harmed" while
// a group sees a harm that nobody has taken up.
func (t Trial) Keep(days int, why string, c Case, now time.Time) (Trial, error) {
	switch t.Asks(now) {
	case TrialLooks:
		t.LookAt = time.Time{}
		return t, nil
	case TrialOver:
	case TrialIntegrates:
		return t, Refuse(Conflict, "consent.harmed").At("why")
	default:
		return t, t.early()
	}
	if t.Groups == AtPresent {
		return t, Refuse(Conflict, "consent.begin").At("why")
	}
	t, err := t.say(why)
	if err != nil {
		return t, err
	}
	t.LookAt = time.Time{}
	if !t.Waits() && (t.Harm == "" || c.Opens()) {
		t.Kept, t.EndAt = true, now
		return t, nil
	}
	if days < 1 || days > MostTrialDays {
		return t, Refuse(Invalid, "trial.days").At("days").With("max", MostTrialDays)
	}
	if t.over(now) {
		t.Until = now.AddDate(0, 0, days)
	}
	return t, nil
}

// ForGroups is a trial for its groups alone: enough speaks for the change itself, which comes
// back once they have agreed, and not while they are asked.
func (t Trial) ForGroups() Trial {
	t.Proven, t.LookAt, t.Until = true, time.Time{}, time.Time{}
	return t
}

// Follow keeps what a round of its groups came to. What they agreed on comes back like every
// other provisional change: by the term that was agreed, or on the day next.
func (t Trial) Follow(c Consent, next time.Time) Trial {
	agreed := c.End == ConsentPassed && t.Proven && t.Runs() && t.Waits()
	t.Groups, t.DueAt, t.Latest = c.Stage(), c.DueAt(), c.Text().Revision
	if term := c.Text().Term; !term.IsZero() && (t.Until.IsZero() || term.Before(t.Until)) {
		t.Until = term
	}
	if agreed && t.Until.IsZero() {
		t.Until = next
	}
	return t
}

// PutBack says that the old wording counts again, and why.
func (t Trial) PutBack(why string, now time.Time) (Trial, error) {
	if !t.Runs() || t.Closed.IsZero() {
		return t, t.early()
	}
	t, err := t.say(why)
	t.EndAt = now
	return t, err
}

// early refuses what nobody asked for.
func (t Trial) early() error {
	if t.Runs() {
		return Refuse(Conflict, "trial.early")
	}
	return Refuse(Conflict, "trial.ended")
}

// say keeps one line why.
func (t Trial) say(why string) (Trial, error) {
	switch why = strings.TrimSpace(why); {
	case why == "":
		return t, Refuse(Invalid, "trial.why").At("why")
	case tooLong(why, MaxLine):
		return t, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	t.Why = why
	return t, nil
}

// MayDecide decides who says what becomes of the trials of a procedure: whoever looks
// after it, or anyone of its team where nobody does.
func (p Procedure) MayDecide(m MemberID) error {
	if p.Owner == "" || p.Owner == m {
		return nil
	}
	return Refuse(Forbidden, "trial.owner")
}

// Tries reports whether a change rests on the one failure it comes from: nothing else
// speaks for it.
func (c StepChange) Tries(steps []ProcedureStep) bool {
	for _, s := range steps {
		for _, id := range c.Changes() {
			if s.ID == id && len(s.Confirmed()) > 0 {
				return false
			}
		}
	}
	return true
}

// MayHasten decides whether one failure changes a core step at once: it could do serious
// harm, and one line says which. It refuses with "core.open" where nothing holds the step.
func (c StepChange) MayHasten(steps []ProcedureStep, f Speaks, harm string, zone *time.Location) error {
	switch harm = strings.TrimSpace(harm); {
	case c.MayChange(steps, f, zone) == nil:
		return Refuse(Conflict, "core.open")
	case harm == "":
		return Refuse(Invalid, "trial.harm").At("harm")
	case tooLong(harm, MaxLine):
		return Refuse(Invalid, "too.long").At("harm").With("max", MaxLine)
	}
	return nil
}
