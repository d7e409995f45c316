package room

import "debrief/internal/room"

// prevents is something that was meant to prevent what the room is about.
type prevents struct {
	Where string // what it stands in
	Text  string
	Scars string // the failures it was put there for
	Use   string // since when it is in use, and what was said of that
}

// Prevents is what the room has in hand when a failure comes back.
func (p questionPage) Prevents() (all []prevents) {
	for _, m := range p.Q.Before {
		one := prevents{Where: p.Say("room.before.step", "procedure", m.Procedure.Title, "n", m.Step.Number), Text: m.Step.Text, Use: p.usedSince(m)}
		if m.Safeguard.ID != "" {
			one.Where, one.Text = p.Say("room.before.elsewhere"), m.Safeguard.Text
		}
		if len(m.Scars) > 0 {
			one.Scars = p.Say("room.before.scars", "failures", p.Numbers(m.Scars), "day", m.Scars[0].At)
		}
		all = append(all, one)
	}
	return all
}

// usedSince says since when something is in use, and what was last said of that.
func (p questionPage) usedSince(m room.Before) string {
	switch {
	case len(m.Scars) == 0:
		return p.Say("room.before.said")
	case !m.Scars[0].UsedAt.IsZero():
		return p.Say("room.before.used", "day", m.Scars[0].UsedAt)
	case m.Use.Round > 0 && !m.Use.Tally.InUse():
		return p.Used(m.Use)
	}
	return p.Say("room.before.unused")
}
