package practice

import (
	"strings"
	"time"
)

// Alarm says to a team that most of its last reviews changed nothing: what was counted,
// and no finding about anyone. It asks what is in the way, unnamed, until a moment that
// everybody is told. It stands until as many reviews changed something as did not, or
// until somebody sets it aside and says why.
type Alarm struct {
	ID    AlarmID
	Team  TeamID
	Nth   int       // of the team, from 1
	At    time.Time // when it rose
	Until time.Time // until when people may say what is in the way
	Found Found     // what they said; empty until then

	Aside   MemberID // who set it aside
	AsideAt time.Time
	Why     string    // and why
	OverAt  time.Time // zero while it stands
}

// Cause is what may be in the way of changes.
type Cause string

// The causes that are offered.
const (
	CauseUndone Cause = "undone" // changes get undone
	CauseTime   Cause = "time"   // there is no time
	CauseUnsafe Cause = "unsafe" // it is not safe to say
	CauseOther  Cause = "other"  // something else
)

// Causes are all of them, in the order in which they are offered.
var Causes = []Cause{CauseUndone, CauseTime, CauseUnsafe, CauseOther}

// Check refuses what is none of them.
func (c Cause) Check() error {
	for _, known := range Causes {
		if c == known {
			return nil
		}
	}
	return Refuse(Invalid, "required").At("cause")
}

// Found is what is shown of what people said: the cause that most of them named, that
// they named different ones, or that there were too few. Never how many.
type Found string

// What it can come to.
const (
	FoundFew     Found = "few"
	FoundDiffers Found = "differs"
	FoundUndone  Found = "undone"
	FoundTime    Found = "time"
	FoundUnsafe  Found = "unsafe"
	FoundOther   Found = "other"
)

// FewCauses is how many have to answer before anything of it is shown.
const FewCauses = 5

// AlarmDays is how long people may say what is in the way. It ends at noon.
const AlarmDays = 7

// RaiseAlarm is the alarm as it rises, in a place with a clock.
func RaiseAlarm(a Alarm, now time.Time, zone *time.Location) Alarm {
	y, m, d := now.In(zone).Date()
	a.At, a.Until = now, time.Date(y, m, d+AlarmDays, 12, 0, 0, 0, zone).UTC()
	return a
}

// Stands reports whether the team is told of it on its start page.
func (a Alarm) Stands() bool { return a.ID != "" && a.OverAt.IsZero() && a.AsideAt.IsZero() }

// Asks reports whether people may say what is in the way.
func (a Alarm) Asks(now time.Time) bool {
	return a.ID != "" && a.OverAt.IsZero() && a.Found == "" && now.Before(a.Until)
}

// MayAnswer refuses an answer when the question is not open.
func (a Alarm) MayAnswer(now time.Time) error {
	if !a.Asks(now) {
		return Refuse(Conflict, "alarm.over")
	}
	return nil
}

// Find says what people said comes to: with five answers or more the cause that more
// than half of them named.
func Find(said []Cause) Found {
	if len(said) < FewCauses {
		return FoundFew
	}
	count := map[Cause]int{}
	for _, c := range said {
		if count[c]++; 2*count[c] > len(said) {
			return Found(c)
		}
	}
	return FoundDiffers
}

// SetAside takes an alarm off the start page, with one line why not now.
func (a Alarm) SetAside(m MemberID, why string, now time.Time) (Alarm, error) {
	why = strings.TrimSpace(why)
	switch {
	case !a.Stands():
		return a, Refuse(Conflict, "alarm.aside")
	case why == "":
		return a, Refuse(Invalid, "alarm.why").At("why")
	case tooLong(why, MaxLine):
		return a, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	a.Aside, a.AsideAt, a.Why = m, now, why
	return a, nil
}
