package room

import (
	"strings"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Yours says that what the room writes is proposed to those who change the open procedure,
// where only some people do. Guests are told no names.
func (p changePage) Yours() string {
	m := p.Manual()
	switch {
	case m == nil || !m.Named:
		return ""
	case len(m.Who) == 0:
		return p.Say("proposal.room.yours.bare")
	}
	return p.Say("proposal.room.yours", "names", p.List(m.Who), "n", len(m.Who))
}

// DoneAs is the heading over what a gap led to.
func (p changePage) DoneAs() string {
	switch p.E.Gap.Route.Kind {
	case practice.RouteProposed:
		return p.Say("proposal.done")
	case practice.RouteDeclined:
		return p.Say("proposal.done.declined")
	}
	return p.Say("embed.done")
}

// ProposedWhere says which line the room's proposal is about.
func (p changePage) ProposedWhere() string {
	d := p.E.Done
	if d.Step.ID == "" {
		return d.Page.Procedure.Title
	}
	return p.Say("embed.step.where", "procedure", d.Page.Procedure.Title, "n", d.Step.Number)
}

// ProposedAs is what would change.
func (p changePage) ProposedAs() *frame.Diff {
	c, was := p.E.Done.Proposed.Change, p.E.Done.Step.Text
	if c.Act == practice.ActAdd {
		was = ""
	}
	d := p.Changed(was, strings.TrimSpace(c.Text+"\n"+c.Rest))
	return &d
}

// ProposedTo says for whom it waits, or why it does not come.
func (p changePage) ProposedTo() string {
	one, who := p.E.Done.Proposed, p.E.Done.Page.Who
	switch {
	case one.State == practice.ProposedDeclined:
		return p.Say("proposal.declined", "day", p.Day(one.EndAt), "why", one.Why)
	case len(who) == 0:
		return p.Say("proposal.room.done.bare")
	}
	return p.Say("proposal.room.done", "names", p.List(who))
}
