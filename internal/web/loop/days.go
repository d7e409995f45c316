package loop

import (
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// due is when something of a review happens next: people meet, or what they write
// is due.
func due(r practice.Review) practice.Deadline {
	if r.InWriting() && r.Phase != practice.PhaseArrive {
		return practice.Deadline{Leg: r.Leg(), At: r.PhaseEndsAt}
	}
	return practice.Deadline{At: r.MeetAt}
}

// Meets says when a review meets, or in writing what is to be done until when.
// words:use days.do.*
func (p failurePage) Meets(r practice.Review) string {
	d := due(r)
	switch {
	case !r.InWriting():
		return p.Say("failure.meet", "when", p.When(r.MeetAt, p.Now))
	case d.Leg == "":
		return p.Say("failure.days.opens", "at", r.MeetAt)
	case !p.Now.Before(d.At):
		return p.Say("failure.days.late", "what", p.Say("days.do."+string(d.Leg)), "at", d.At)
	}
	return p.Say("failure.days", "what", p.Say("days.do."+string(d.Leg)), "at", d.At)
}

// inWriting is the button beside a review in writing that is open.
func (p homePage) inWriting(r practice.Review, to string) frame.Link {
	if r.Leg() == practice.LegWrite {
		return frame.Link{Text: p.Say("home.item.write"), To: to + "/room"}
	}
	return frame.Link{Text: p.Say("home.item.in-writing"), To: to + "/room"}
}

// InWriting says what is to be done in writing until when; nothing for a room.
// words:use days.do.*
func (p homePage) InWriting(r practice.Review) string {
	d := due(r)
	if d.Leg == "" {
		return ""
	}
	return p.Say("home.days", "what", p.Say("days.do."+string(d.Leg)), "when", p.When(d.At, p.Now))
}

// clocks are by when people had written alone, and when they met.
func (p recordPage) clocks() string {
	r := p.R.Review
	written := p.After(p.R.Failure, r.WrittenAt)
	switch met := p.After(p.R.Failure, r.MetAt); {
	case r.MetAt.IsZero():
		return p.Say("record.not-met", "written", written)
	case !r.DaysFrom.IsZero():
		return p.Say("record.in-both", "written", written, "met", met, "when", p.At(r.MetAt))
	default:
		return p.Say("record.met", "met", met, "when", p.when())
	}
}
