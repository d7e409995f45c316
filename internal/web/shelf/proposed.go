package shelf

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// proposedRoutes are the changes that somebody else proposed than those who change a procedure.
func (s *Pages) proposedRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /p/{slug}/proposals/{id}", Handler: s.Member(s.showProposed)},
		{Pattern: "POST /p/{slug}/proposals/{id}", Handler: s.Member(s.answerProposed)},
	}
}

// proposedPage is one of them, for whoever takes it to say so, and for all to read.
type proposedPage struct {
	*frame.Frame
	P    app.ProposedChange
	To   string
	Form *frame.Form // what was sent, by either form
	Both *frame.BothSaid
}

func (s *Pages) showProposed(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.proposed(asker{w, r, f, actor, ""}, nil, nil)
}

func (s *Pages) proposed(a asker, form *frame.Form, both *frame.BothSaid) error {
	p, err := s.App.Proposal(a.r.Context(), a.actor, a.r.PathValue("slug"), practice.ProposedID(a.r.PathValue("id")))
	if err != nil {
		return err
	}
	a.f.Title = a.f.Say("proposal.title")
	return s.Show(a.w, form.Status(), "proposed", proposedPage{a.f, p, practice.ProcedurePath(p.Of.Slug), form, both})
}

func (s *Pages) answerProposed(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8, "base": 9, "text": practice.MaxStep, "rest": practice.MaxStep, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	id := practice.ProposedID(r.PathValue("id"))
	p, err := s.App.Proposal(r.Context(), actor, r.PathValue("slug"), id)
	if err != nil {
		return err
	}
	actor.Once = form.Key
	to, both := r.URL.Path, (*frame.BothSaid)(nil)
	if !form.Marked() {
		switch form.Typed("do") {
		case "take":
			done, failed := s.App.TakeProposal(r.Context(), actor, p.Of.ID, id, app.Words{Text: form.Typed("text"), Rest: form.Typed("rest"), Base: frame.Number(form.Typed("base"))})
			to, err = practice.ProcedurePath(p.Of.Slug)+"?done="+strconv.Itoa(done.Revision.Number), failed
			leadToRound(f, err)
			both = f.BothSaid(err, form.Typed("text"), to)
		case "decline":
			err = s.App.DeclineProposal(r.Context(), actor, p.Of.ID, id, form.Typed("why"))
		case "withdraw":
			err = s.App.WithdrawProposal(r.Context(), actor, p.Of.ID, id)
		default:
			return frame.ErrForm
		}
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		if !form.Mark(frame.Beside(err, "text")) {
			return err
		}
	}
	return s.proposed(asker{w, r, f, actor, ""}, form, both)
}

// From says who proposed it, when, and what it rests on.
func (p proposedPage) From() string {
	day := p.Day(p.P.At)
	switch c := p.P.Change; {
	case p.P.Gap != "":
		return p.Say("proposal.room", "day", day)
	case c.Source != "":
		return p.Say("proposal.by.source", "name", p.P.Name, "day", day, "reason", p.Say("other."+string(c.Reason)), "source", c.Source, "from", p.Date(c.From)) // words:use other.law other.contract other.instruction other.offer
	}
	return p.Say("proposal.by", "name", p.P.Name, "day", day)
}

// Scars is the failure behind it, where a room proposed it.
func (p proposedPage) Scars() []frame.ScarLine {
	if p.P.Gap == "" {
		return nil
	}
	return p.Frame.Scars([]practice.Scar{p.P.Scar}, practice.Actor{Teams: []practice.TeamID{p.Place.Team.ID}})
}

// Where says which line it is about.
func (p proposedPage) Where() string {
	switch n := p.P.Line.Number; {
	case p.P.Gone:
		return p.Say("proposal.gone")
	case n == "":
		return p.Say("proposal.front")
	case p.P.Change.Act == practice.ActAdd:
		return p.Say("proposal.behind", "n", n)
	default:
		return p.Say("procedure.step", "n", n)
	}
}

// Act says what is done to the line, where its words stay.
// words:use core.act.*
func (p proposedPage) Act() string {
	if p.Writes() {
		return ""
	}
	return p.Say("core.act." + string(p.P.Change.Act))
}

// Writes reports whether it has words.
func (p proposedPage) Writes() bool {
	return p.P.Change.Act != practice.ActRemove && p.P.Change.Act != practice.ActMove
}

// Diff is what would change.
func (p proposedPage) Diff() frame.Diff {
	c, was := p.P.Change, p.P.Line.Text
	if c.Act == practice.ActAdd {
		was = ""
	}
	return p.Changed(was, strings.TrimSpace(c.Text+"\n"+c.Rest))
}

// State says what became of it, or for whom it waits.
func (p proposedPage) State() string {
	day := p.Day(p.P.EndAt)
	switch p.P.State {
	case practice.ProposedTaken:
		return p.Say("proposal.taken", "n", p.P.Revision, "day", day)
	case practice.ProposedDeclined:
		return p.Say("proposal.declined", "day", day, "why", p.P.Why)
	case practice.ProposedWithdrawn:
		return p.Say("proposal.withdrawn", "day", day)
	}
	if len(p.P.Who) == 0 {
		return p.Say("proposal.waits.team")
	}
	return p.Say("proposal.waits", "names", p.List(p.P.Who))
}

// mayLine says who changes a procedure, and what whoever else writes comes to.
func mayLine(f *frame.Frame, a app.Say) string {
	switch {
	case len(a.Who) == 0:
		return f.Say("authority.may.all")
	case a.Changes || !a.Team:
		return f.Say("authority.may.said", "names", f.List(a.Who), "n", len(a.Who))
	}
	return f.Say("proposal.yours", "names", f.List(a.Who), "n", len(a.Who))
}

// proposalsOf are those that wait at a procedure, as links.
func proposalsOf(f *frame.Frame, all []app.ProposedChange) (links []frame.Link) {
	for _, p := range slices.Backward(all) {
		if !p.Waits() {
			continue
		}
		says := proposedPage{Frame: f, P: p}
		links = append(links, frame.Link{To: practice.ProposedPath(p.Of.Slug, p.ID), Text: f.Say("proposal.link", "where", says.Where())})
	}
	return links
}
