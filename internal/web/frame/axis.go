package frame

import (
	"strconv"
	"time"

	"debrief/internal/practice"
)

// Axis is part/axis: the 72 hours since something happened. Stitched is what has
// passed, pinholes are still to come, a bar stands where people meet.
//
// Positions are shares of the width, so the picture needs neither script nor
// style attribute.
type Axis struct {
	Gone  string // "34.7%"
	Meet  string // empty: no time yet
	Clock string // beside the bar
	Left  bool   // the clock stands left of its bar, where the right has no room
	Label string // for whoever does not see it
}

// Hours is part/hours: what stands below the axis.
type Hours struct{ Gone, Aim, Limit string }

// HoursOf says how long ago a failure happened, beside the aim and the limit.
func (f *Frame) HoursOf(x practice.Failure) Hours {
	h := Hours{Gone: f.Say("axis.gone", "n", max(0, int(f.Now.Sub(x.ClockAt()).Hours()))), Aim: f.Say("axis.aim"), Limit: f.Say("axis.tick.limit")}
	if x.KnowsDayOnly() {
		h.Gone, h.Aim = f.Say("axis.day", "day", x.RecognisedAt), f.Say("axis.tick.aim") // both fit on a phone
	}
	return h
}

// windowHours is the limit; the aim is two thirds of it.
const windowHours = 72

// Axis draws the window of a failure. A zero meeting means no time yet.
func (f *Frame) Axis(x practice.Failure, meeting time.Time) Axis {
	gone, met := f.Now.Sub(x.ClockAt()), meeting.Sub(x.ClockAt())
	hours := int(gone.Hours())
	a := Axis{Gone: share(gone)}
	if !meeting.IsZero() {
		a.Meet, a.Clock, a.Left = share(met), f.Clock(meeting), met.Hours() > windowHours*0.8
	}
	switch {
	case x.KnowsDayOnly() && meeting.IsZero():
		a.Label = f.Say("axis.day.open", "day", x.RecognisedAt)
	case x.KnowsDayOnly():
		a.Label = f.Say("axis.day.set", "day", x.RecognisedAt, "meet", meeting)
	case meeting.IsZero():
		a.Label = f.Say("axis.open", "gone", hours, "left", max(0, windowHours-hours))
	default:
		a.Label = f.Say("axis.set", "gone", hours, "meet", int(met.Hours()))
	}
	return a
}

// share is where on the axis a length of time ends, never outside of it.
func share(d time.Duration) string {
	p := min(max(d.Hours()/windowHours*100, 0), 100)
	return strconv.FormatFloat(p, 'f', 1, 64) + "%"
}
