package shelf

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// constraintRoutes is what cannot be changed, and where it lives.
func (s *Pages) constraintRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /c", Handler: s.Member(s.showConstraints)},
		{Pattern: "GET /c/{n}", Handler: s.Member(s.showConstraint)},
		{Pattern: "POST /c/{n}", Handler: s.Member(s.lookAtConstraint)},
	}
}

// constraintsPage is every boundary.
type constraintsPage struct {
	inManual
	Stand, Moved []app.Bounded
}

// constraintPage is one of them.
type constraintPage struct {
	inManual
	Form *frame.Form
	B    app.Bounded
	From []frame.ScarLine
	Mine bool // of one of the reader's teams

	Offers     *frame.Offers // to other teams
	Registered []app.Assumed // as assumptions, taken from it
}

func (s *Pages) showConstraints(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	all, err := s.App.Constraints(r.Context(), actor)
	if err != nil {
		return err
	}
	page := constraintsPage{}
	if page.inManual, err = s.inManual(r, f, actor); err != nil {
		return err
	}
	for _, b := range all {
		if b.Constraint.Withdrawn.IsZero() {
			page.Stand = append(page.Stand, b)
		} else {
			page.Moved = append(page.Moved, b)
		}
	}
	f.Title = f.Say("constraint.title")
	return s.Show(w, http.StatusOK, "constraints", page)
}

func (s *Pages) showConstraint(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.constraintForm(w, r, f, actor, nil)
}

func (s *Pages) constraintForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	b, err := s.App.Constraint(r.Context(), actor, frame.Number(r.PathValue("n")))
	if err != nil {
		return err
	}
	in, err := s.inManual(r, f, actor)
	if err != nil {
		return err
	}
	taken, err := s.App.Assumptions(r.Context(), actor, app.AssumptionFilter{Limit: b.Constraint.Number})
	if err != nil {
		return err
	}
	f.Title = b.Constraint.Text
	page := constraintPage{inManual: in, Form: form, B: b, From: f.Scars(b.Scars, actor), Mine: actor.In(b.Constraint.Team), Registered: taken}
	if page.Offers, err = s.offersOf(r, f, string(b.Constraint.ID), actor); err != nil {
		return err
	}
	return s.Show(w, form.Status(), "constraint", page)
}

// term is one line of a list of facts.
type term struct {
	Name, Text, To string
	Due            bool
}

// Nothing is what stands where no boundary is named yet.
func (p constraintsPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("constraint.none"), Why: p.Say("constraint.none.why")}
}

func (s *Pages) lookAtConstraint(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 16, "why": practice.MaxAnswer, "place": 90, "link": 2048})
	if err != nil {
		return err
	}
	n, ctx := frame.Number(r.PathValue("n")), r.Context()
	switch form.Typed("do") {
	case "holds":
		err = s.App.LookAtConstraint(ctx, actor, n, true, "")
	case "moved":
		err = s.App.LookAtConstraint(ctx, actor, n, false, form.Typed("why"))
	case "place":
		err = s.App.PlaceConstraint(ctx, actor, n, form.Typed("place"), form.Typed("link"))
	default:
		return frame.ErrForm
	}
	switch {
	case form.Mark(err):
		return s.constraintForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.ConstraintPath(n))
	return nil
}

// AskAgain reports whether it is time to ask whether it still holds.
func (p inManual) AskAgain(b app.Bounded) bool {
	return b.Constraint.Due(p.Now)
}

// Lives says where a boundary stands, what it is made of and comes from, and
// whether it still holds.
func (p inManual) Lives(b app.Bounded) []term {
	c := b.Constraint
	out := []term{{Name: p.Say("constraint.lives"), Text: p.List(c.Places), To: c.Link}}
	if c.Kind != "" { // words:use constraint.kind.*
		out = append(out, term{Name: p.Say("constraint.kind"), Text: p.Say("constraint.kind." + string(c.Kind))})
	}
	out = append(out, term{Name: p.Say("constraint.from"), Text: p.Numbers(b.Scars)})
	if !c.Withdrawn.IsZero() {
		return out
	}
	asked := term{Name: p.Say("constraint.still"), Text: p.Say("constraint.still.checked", "day", p.Day(c.Asked()), "next", p.Date(c.LookAt))}
	if p.AskAgain(b) {
		asked = term{Name: asked.Name, Text: p.Say("constraint.still.never", "day", p.Day(c.LookAt)), Due: true}
	}
	return append(out, asked)
}

// Against says what other teams learned about the same, with the way to it as far as
// the reader may go it.
func (p constraintPage) Against() (all []term) {
	for _, a := range p.B.Against {
		one := term{Text: p.Say("constraint.against.finding", "team", a.Team, "tried", a.Finding.Tried), To: practice.FindingPath(a.Finding.Number)}
		if a.Finding.ID == "" {
			one.Text = p.Say("constraint.against.change", "team", a.Team, "failure", p.Numbers([]practice.Scar{a.Scar}), "day", a.Scar.UsedAt)
			one.To = ""
			if a.Scar.Number > 0 {
				one.To = practice.RecordPath(a.Scar.Number)
			}
		}
		all = append(all, one)
	}
	return all
}
