package practice

import (
	"strings"
	"time"
)

// Look is that somebody looked at what a signal of a plan watches, on a day: a number
// that nobody looks at says nothing (the pattern, section 7).
type Look struct {
	Plan      PlanID
	Signal    int // the first is 1
	Member    MemberID
	Day       time.Time // its first moment, where the organisation is
	Something bool      // they saw that it came true; else there was nothing to see
}

// MostDaysBetween is how many days may lie between two looks at most.
const MostDaysBetween = 366

// Watch is a signal of a frozen plan that is looked at every so often.
type Watch struct {
	Signal int       // the first is 1
	DueAt  time.Time // the day of the next look
}

// Due reports whether it is the day of a look, or later.
func (w Watch) Due(now time.Time) bool { return !now.Before(w.DueAt) }

// LateAt is when the day of a look is over, and nobody looked.
func (w Watch) LateAt() time.Time { return w.DueAt.AddDate(0, 0, 1) }

// Watches are the signals that are looked at every so often, with the day of the next
// look: so many days after the last one, or after the work began. last has the latest
// look of each signal.
func (p Plan) Watches(last []Look, zone *time.Location) []Watch {
	if !p.Frozen() {
		return nil
	}
	var all []Watch
	for n, s := range p.Intent.Signals {
		if s.Every == 0 {
			continue
		}
		from := p.FrozenAt
		for _, l := range last {
			if l.Signal == n+1 && l.Day.After(from) {
				from = l.Day
			}
		}
		all = append(all, Watch{n + 1, midnight(from, zone).AddDate(0, 0, s.Every)})
	}
	return all
}

// Looked sets the day on which the first of its signals is looked at next, after last
// has the latest look of each.
func (p Plan) Looked(last []Look, zone *time.Location) Plan {
	p.LookAt = time.Time{}
	for _, w := range p.Watches(last, zone) {
		if p.LookAt.IsZero() || w.DueAt.Before(p.LookAt) {
			p.LookAt = w.DueAt
		}
	}
	return p
}

// Watched reports whether somebody looks at its signals now.
func (p Plan) Watched() bool { return !p.LookAt.IsZero() }

// MayLook refuses a look at a signal that nobody is asked to look at.
func (p Plan) MayLook(signal int) error {
	if _, err := p.Condition(signal); err != nil {
		return err
	}
	if signal == StopSignal || p.Intent.Signals[signal-1].Every == 0 || !p.Watched() {
		return Refuse(Conflict, "look.unasked").At("signal")
	}
	return nil
}

// Names reports whether a signal says of somebody that they look.
func (s Signal) Names(m Member) bool {
	first, _, _ := strings.Cut(m.Name, " ")
	return m.Name != "" && holds(s.Who, m.Name, anywhere) || mayStandAlone(first) && holds(s.Who, first, anywhere)
}

// Lookers are those of some people who are asked to look at a signal: whoever is named, or
// all of them where nobody is.
func (s Signal) Lookers(people []Member) []Member {
	var named, all []Member
	for _, m := range people {
		if !m.Active || m.Guest {
			continue
		}
		if all = append(all, m); s.Names(m) {
			named = append(named, m)
		}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

// midnight is the first moment of a day.
func midnight(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// DayOf is the day of a moment, where days alone are kept: its first moment.
func DayOf(at time.Time, zone *time.Location) time.Time { return midnight(at, zone).UTC() }
