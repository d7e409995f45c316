package practice

import "time"

// FormDays is a review in writing, over two days: the same questions under the
// same rules, with hours where a room has minutes. A review can go over from one
// form to the other, and loses nothing.
const FormDays Form = "days"

// Leg is a part of a review in writing, which lasts until a moment.
type Leg string

// The legs of a review in writing, in their order.
const (
	LegWrite  Leg = "write"  // questions one and two, alone
	LegAgree  Leg = "agree"  // reading, and one text for each of the two
	LegGap    Leg = "gap"    // question three, alone
	LegTake   Leg = "take"   // which gaps are taken up
	LegSort   Leg = "sort"   // question four, alone
	LegSettle Leg = "settle" // of what kind each gap is
	LegChange Leg = "change" // what changes; ten minutes together are better
	LegYes    Leg = "yes"    // one person says yes; from then on only the close is due
	LegClose  Leg = "close"
)

// timetable is until which hour of a review in writing each leg lasts.
var timetable = []struct {
	leg   Leg
	hours time.Duration
}{
	{LegWrite, 12}, {LegAgree, 16}, {LegGap, 20}, {LegTake, 24}, {LegSort, 28}, {LegSettle, 32},
	{LegChange, 40}, {LegYes, 44}, {LegClose, 48},
}

// Times of a review in writing.
const (
	WriteTime   = 12 * time.Hour   // to write alone, and once as much again where few did
	LeastTime   = 2 * time.Hour    // every other leg has at least that
	LateTime    = 4 * time.Hour    // a leg that begins too late has at least that
	RemindAhead = 3 * time.Hour    // before the end of a leg everybody is reminded of it
	MeetBox     = 10 * time.Minute // what people meet for instead of writing the change
	MinWriters  = 3                // who wrote, for answers to open before everybody has
	MaxReminded = 2                // reminders to everybody

	dayBegins, dayEnds = 8, 22 // hours on the wall's clock between which a leg may end
)

// Deadline is until when a leg lasts.
type Deadline struct {
	Leg Leg
	At  time.Time
}

// Deadlines are those of a review in writing, in their order; none for a room.
// They never fall into the night.
func (r Review) Deadlines() []Deadline {
	if !r.InWriting() || r.DaysFrom.IsZero() {
		return nil
	}
	zone := Organisation{Zone: r.Zone}.Location()
	var all []Deadline
	for i, t := range timetable {
		at := r.DaysFrom.Add(t.hours * time.Hour)
		if i > 0 && at.Before(all[i-1].At.Add(LeastTime)) {
			at = all[i-1].At.Add(LeastTime)
		}
		all = append(all, Deadline{t.leg, daytime(at, zone)})
	}
	return all
}

// WriteBy is until when people write alone in a review in writing.
func (r Review) WriteBy() time.Time {
	if r.DaysFrom.IsZero() {
		r.DaysFrom = fullHour(r.MeetAt)
	}
	return r.DueAt(LegWrite)
}

// Foreseen are the deadlines of a review in writing that opens at a moment.
func Foreseen(opens time.Time, zone string) []Deadline {
	return Review{Form: FormDays, Zone: zone, DaysFrom: fullHour(opens)}.Deadlines()
}

// InWriting reports whether the review is held in writing now.
func (r Review) InWriting() bool { return r.Form == FormDays }

// Leg is where a review in writing is; empty for a room, before it opens, and
// after the close.
func (r Review) Leg() Leg {
	legs := map[Phase][2]Leg{PhaseIntended: {LegWrite, LegAgree}, PhaseHappened: {LegWrite, LegAgree}, PhaseGap: {LegGap, LegTake},
		PhaseSort: {LegSort, LegSettle}, PhaseChange: {LegChange, LegChange}, PhaseCarry: {LegClose, LegClose}}
	switch both := legs[r.Phase]; {
	case !r.InWriting():
		return ""
	case r.Open:
		return both[1]
	default:
		return both[0]
	}
}

// DueAt is when a leg ends; zero for a room.
func (r Review) DueAt(leg Leg) time.Time {
	for _, d := range r.Deadlines() {
		if d.Leg == leg {
			return d.At
		}
	}
	return time.Time{}
}

// enter sets until when the leg lasts that a review in writing came to. Where that
// is too soon for anybody to come, it moves, and with it what follows.
func (r Review) enter(from Leg, now time.Time) Review {
	leg, least, late := r.Leg(), LeastTime, LateTime
	if leg == LegWrite {
		least, late = WriteTime, WriteTime
	}
	if leg != from && r.DueAt(leg).Before(now.Truncate(time.Hour).Add(least)) {
		return r.timed(leg, now.Add(late))
	}
	r.PhaseEndsAt, r.EndsAt = r.DueAt(leg), r.DueAt(LegClose)
	return r
}

// timed moves the timetable so that a leg ends at the full hour after a moment,
// or the next morning.
func (r Review) timed(leg Leg, at time.Time) Review {
	for _, t := range timetable {
		if t.leg == leg {
			r.DaysFrom = fullHour(at).Add(-t.hours * time.Hour)
		}
	}
	r.PhaseEndsAt, r.EndsAt = r.DueAt(leg), r.DueAt(LegClose)
	return r
}

// GoOnInWriting continues a room in writing from where it is, with half a day for
// the leg it comes to. zone is the IANA name of the clock its deadlines keep.
func (r Review) GoOnInWriting(zone string, now time.Time) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case r.InWriting():
		return r, Refuse(Conflict, "form.days")
	}
	r.Form, r.Zone, r.Extended, r.FreeAt = FormDays, zone, false, time.Time{}
	if r.Phase == PhaseArrive {
		r.MeetAt = now
		return r.Advance(Progress{}, now)
	}
	r.Version++
	return r.timed(r.Leg(), now.Add(WriteTime)), nil
}

// Meet turns a review in writing into a sitting of ten minutes, from the change
// on: writing alone loses what people tell each other.
func (r Review) Meet(now time.Time) (Review, error) {
	switch {
	case r.Phase == PhaseClosed:
		return r, Refuse(Conflict, "review.closed")
	case !r.InWriting():
		return r, Refuse(Conflict, "form.live")
	case r.Phase.Before(PhaseChange):
		return r, Refuse(Conflict, "meet.early")
	}
	r.Form, r.Box, r.Extended, r.FreeAt = FormLive, MeetBox, false, time.Time{}
	if r.MetAt.IsZero() {
		r.MetAt = now
	}
	r.Sitting++
	r.EndsAt, r.PhaseEndsAt = now.Add(MeetBox), time.Time{}
	r.Version++
	return r, nil
}

// mayOpen decides whether a review in writing opens its answers: at the fixed
// moment, and the first ones only if three wrote, or everybody. After half a day
// more they open for the two, or the one, who are there.
func (r Review) mayOpen(p Progress, now time.Time) error {
	switch {
	case p.Written == 0:
		return Refuse(Conflict, "reveal.empty")
	case now.Before(r.PhaseEndsAt):
		return Refuse(Conflict, "days.early").With("at", r.PhaseEndsAt)
	case r.fewWrote(p):
		return Refuse(Conflict, "reveal.few")
	}
	return nil
}

// openInWriting opens the answers of a review in writing: of the first two
// questions together.
func (r Review) openInWriting(p Progress, now time.Time) (Review, error) {
	if err := r.mayOpen(p, now); err != nil {
		return r, err
	}
	from := r.Leg()
	if from == LegWrite && r.WrittenAt.IsZero() {
		r.WrittenAt = r.PhaseEndsAt
	}
	r.Both = r.Both || r.Phase == PhaseIntended
	r.Open = true
	r.Version++
	return r.enter(from, now), nil
}

func (r Review) fewWrote(p Progress) bool {
	return r.Leg() == LegWrite && !r.Extended && p.Written < min(MinWriters, p.Asked)
}

// Lengthen gives a review in writing half a day more to write, once, where its
// moment has come and too few wrote. It reports whether that is so.
func (r Review) Lengthen(p Progress, now time.Time) (Review, bool) {
	if !r.fewWrote(p) || now.Before(r.PhaseEndsAt) {
		return r, false
	}
	r.Extended = true
	r.Version++
	return r.timed(LegWrite, now.Add(WriteTime)), true
}

// Hasten lets the answers of a review in writing open at the next full hour, once
// there is nobody to wait for. That it is not at once keeps to themselves when the
// last one wrote. It reports whether that moved anything.
func (r Review) Hasten(p Progress, now time.Time) (Review, bool) {
	soon := fullHour(now.Add(time.Second))
	all := p.Written >= p.Asked && soon.Before(r.PhaseEndsAt)
	late := !now.Before(r.PhaseEndsAt) && r.mayOpen(p, now) == nil
	if !r.InWriting() || r.Phase.Number() == 0 || r.Open || !all && !late {
		return r, false
	}
	r.PhaseEndsAt = soon
	r.Version++
	return r, true
}

// RemindAt is when everybody is reminded of the leg a review in writing is at:
// some hours before its end, by day. It is zero where nobody is. There are two
// reminders at most: of the writing, and of half a day more, or else of the change.
func (r Review) RemindAt() time.Time {
	first := r.Leg() == LegWrite && !r.Extended
	second := r.Leg() == LegWrite && r.Extended || r.Leg() == LegChange
	if !(first && r.Reminded == 0 || second && r.Reminded < MaxReminded) {
		return time.Time{}
	}
	at := r.PhaseEndsAt.Add(-RemindAhead).In(Organisation{Zone: r.Zone}.Location())
	if at.Hour() < dayBegins {
		at = time.Date(at.Year(), at.Month(), at.Day()-1, dayEnds, 0, 0, 0, at.Location())
	}
	return at
}

// Remind keeps that everybody was reminded, to all alike, since nobody knows who
// wrote. It reports false where it is not the time for it, or nothing is missing.
func (r Review) Remind(p Progress, now time.Time) (Review, bool) {
	at := r.RemindAt()
	if at.IsZero() || now.Before(at) || !now.Before(r.PhaseEndsAt) || r.Leg() == LegWrite && p.Written >= p.Asked {
		return r, false
	}
	if r.Reminded++; r.Leg() == LegChange || r.Extended {
		r.Reminded = MaxReminded
	}
	return r, true
}

// fullHour is the next moment at which an hour begins, or this one.
func fullHour(now time.Time) time.Time {
	return now.Add(time.Hour - 1).Truncate(time.Hour)
}

// daytime is a moment, or the next morning where it is at night.
func daytime(at time.Time, zone *time.Location) time.Time {
	at = at.In(zone)
	hour := func(day, hour int) time.Time {
		return time.Date(at.Year(), at.Month(), at.Day()+day, hour, 0, 0, 0, zone)
	}
	switch {
	case at.Before(hour(0, dayBegins)):
		return hour(0, dayBegins)
	case at.After(hour(0, dayEnds)):
		return hour(1, dayBegins)
	}
	return at
}
