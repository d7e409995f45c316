package loop

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// readHold reads what keeps a failure from going.
func (s *Pages) readHold(ctx context.Context, actor practice.Actor, p *failurePage) error {
	hold, err := s.App.HoldOn(ctx, actor, p.Failure.ID)
	p.Hold = p.holds(hold)
	return err
}

// holds says what keeps something from going, or nothing where nothing does.
func (p inLoop) holds(h app.Held) string {
	if !h.Lasts() {
		return ""
	}
	by := ""
	if h.By != "" {
		by = p.Say("failure.hold.by", "name", h.By)
	}
	line := p.Say("failure.hold", "since", h.At, "by", by, "why", h.Why)
	if h.Until.IsZero() {
		return line
	}
	return line + " " + p.Say("failure.hold.until", "until", h.Until)
}

// Keeps reports whether the reader may put the failure on hold.
func (p failurePage) Keeps() bool { return !p.Imported() && p.You != nil && p.You.Records }
