package frame

import (
	"strconv"
	"time"
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

// HoursOf says how long ago something happened, beside the aim and the limit.
func (f *Frame) HoursOf(happened time.Time) Hours {
	gone := max(0, int(f.Now.Sub(happened).Hours()))
	return Hours{Gone: f.Say("axis.gone", "n", gone), Aim: f.Say("axis.aim"), Limit: f.Say("axis.tick.limit")}
}

// windowHours is the limit; the aim is two thirds of it.
const windowHours = 72

// Axis draws the window of a failure. A zero meeting means no time yet.
func (f *Frame) Axis(happened, meeting time.Time) Axis {
	gone := f.Now.Sub(happened)
	a := Axis{Gone: share(gone)}
	hours := int(gone.Hours())
	if meeting.IsZero() {
		a.Label = f.Say("axis.open", "gone", hours, "left", max(0, windowHours-hours))
		return a
	}
	met := meeting.Sub(happened)
	a.Meet, a.Clock = share(met), f.Clock(meeting)
	a.Left = met.Hours() > windowHours*0.8
	a.Label = f.Say("axis.set", "gone", hours, "meet", int(met.Hours()))
	return a
}

// share is where on the axis a length of time ends, never outside of it.
func share(d time.Duration) string {
	p := min(max(d.Hours()/windowHours*100, 0), 100)
	return strconv.FormatFloat(p, 'f', 1, 64) + "%"
}
