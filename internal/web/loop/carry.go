package loop

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// carryRoutes is the one person who carries a learning on.
func (s *Pages) carryRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /carry", Handler: s.Member(s.showCarries)},
		{Pattern: "GET /carry/{id}", Handler: s.Member(s.showCarry)},
		{Pattern: "POST /carry/{id}", Handler: s.Member(s.settleCarry)},
		{Pattern: "GET /cycle/{id}", Handler: s.Member(s.showCycle)},
	}
}

// carriesPage is every promise of the reader's teams.
type carriesPage struct {
	inLoop
	Mine, Team, Past []app.Carried
	Cycle            practice.Cycle   // the one the team is in; zero for who has none
	Before           []practice.Cycle // the last ones
}

// Nothing is what stands where nobody carries anything.
func (p carriesPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("carry.none"), Why: p.Say("carry.none.why")}
}

// carryPage is one promise and what its carrier may say.
type carryPage struct {
	inLoop
	Form   *frame.Form
	C      app.Carried
	People []practice.Member
	Me     practice.MemberID
}

func (s *Pages) showCarries(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	all, err := s.App.Carries(r.Context(), actor)
	if err != nil {
		return err
	}
	page := carriesPage{inLoop: inLoop{f}}
	for _, c := range all {
		switch {
		case !c.Carry.SettleAt.IsZero():
			page.Past = append(page.Past, c)
		case c.Carry.Carrier == actor.Member && !c.Carry.Refused():
			page.Mine = append(page.Mine, c)
		default:
			page.Team = append(page.Team, c)
		}
	}
	if page.Cycle, page.Before, err = s.cyclesOf(r, f, actor); err != nil {
		return err
	}
	f.Title = f.Say("carry.title")
	return s.Show(w, http.StatusOK, "carries", page)
}

func (s *Pages) showCarry(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.carryForm(w, r, f, actor, nil)
}

func (s *Pages) carryForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	c, err := s.App.Carry(r.Context(), actor, practice.CarryID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := carryPage{inLoop: inLoop{f}, Form: form, C: c, Me: actor.Member}
	if actor.In(c.Carry.Team) {
		if page.People, err = s.App.PeopleOf(r.Context(), actor, c.Carry.Team); err != nil {
			return err
		}
	}
	f.Title = page.Act(c)
	return s.Show(w, form.Status(), "carry", page)
}

// Asked reports whether the reader is asked for a yes.
func (p carryPage) Asked() bool { return p.C.Carry.Asks(p.Me) }

// First is until when the one who was named is asked alone; empty where they are
// not.
func (p carryPage) First() string {
	c := p.C.Carry
	if c.State != practice.CarryOffered || c.Unanswered(p.Now) {
		return ""
	}
	return p.Say("carry.first", "when", p.When(c.NamedAt.Add(practice.YesWithin), p.Now))
}

// Mine reports whether the reader carries it.
func (p carryPage) Mine() bool {
	return p.C.Carry.State == practice.CarryAccepted && p.C.Carry.Carrier == p.Me
}

func (s *Pages) settleCarry(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 16, "proof": practice.MaxAnswer, "why": practice.MaxAnswer, "to": 64})
	if err != nil {
		return err
	}
	id, ctx := practice.CarryID(r.PathValue("id")), r.Context()
	switch form.Typed("do") {
	case "yes":
		err = s.App.AcceptCarry(ctx, actor, id)
	case "no":
		err = s.App.DeclineCarry(ctx, actor, id)
	case "unsay":
		err = s.App.UnsayCarry(ctx, actor, id)
	case "done":
		err = s.App.FinishCarry(ctx, actor, id, practice.CarryDone, form.Typed("proof"))
	case "drop":
		err = s.App.FinishCarry(ctx, actor, id, practice.CarryDropped, form.Typed("why"))
	case "name":
		err = s.App.NameCarrier(ctx, actor, id, practice.MemberID(form.Typed("to")))
	case "hand":
		err = s.App.HandCarry(ctx, actor, id, practice.MemberID(form.Typed("to")))
	default:
		return frame.ErrForm
	}
	switch {
	case form.Mark(err):
		return s.carryForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.CarryPath(id))
	return nil
}

// inLoop is the frame of a page that shows promises: it says where they stand.
type inLoop struct{ *frame.Frame }

// Numbered is what a failure is called aloud.
func (p inLoop) Numbered(f practice.Failure) string { return p.Say("frame.number", "n", f.Number) }

// Due says by when a promise is to be kept, and where it stands.
func (p inLoop) Due(c app.Carried) string {
	if c.Carry.State == practice.CarryAccepted && c.Outcome == practice.OutcomeMissed {
		return p.State(c)
	}
	return p.Say("carry.by", "day", c.Carry.DueAt) + " · " + p.State(c)
}

// Word says whose word the yes was, where State does not: the room heard it.
func (p inLoop) Word(c app.Carried) string {
	word := p.Say("carry.aloud")
	if !c.Carry.Witness || p.State(c) == word {
		return ""
	}
	return word
}

// State says where a promise stands. words:use carry.state.*
func (p inLoop) State(c app.Carried) string {
	switch {
	case c.Carry.Refused():
		return p.Say("carry.refused", "name", c.Carrier.Name)
	case c.Carry.State == practice.CarryOffered:
		return p.Say("carry.asked", "name", c.Carrier.Name)
	}
	if c.Carry.State == practice.CarryAccepted && c.Outcome == practice.OutcomeMissed {
		return p.Say("carry.overdue", "day", p.Day(c.Carry.DueAt))
	}
	if c.Carry.State == practice.CarryAccepted && c.Carry.Witness {
		return p.Say("carry.aloud")
	}
	return p.Say("carry.state."+string(c.Carry.State), "day", c.Carry.SettleAt)
}

// Free reports whether anybody of the team may take it.
func (p inLoop) Free(c app.Carried) bool { return c.Carry.Unanswered(p.Now) }

// Act is what somebody promised to do, as a sentence of its own.
func (p inLoop) Act(c app.Carried) string { return words.Capital(c.Carry.Act) }
