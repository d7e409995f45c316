package web

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// constraintRoutes is what cannot be changed, and where it lives.
func (s *Web) constraintRoutes() []Route {
	return []Route{
		{Pattern: "GET /c", handler: s.member(s.showConstraints)},
		{Pattern: "GET /c/{n}", handler: s.member(s.showConstraint)},
		{Pattern: "POST /c/{n}", handler: s.member(s.lookAtConstraint)},
	}
}

// constraintsPage is every boundary.
type constraintsPage struct {
	*Frame
	Stand, Moved []app.Bounded
}

// constraintPage is one of them.
type constraintPage struct {
	*Frame
	Form *Form
	B    app.Bounded
	From []scarLine
	Mine bool // of one of the reader's teams
}

func (s *Web) showConstraints(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	all, err := s.App.Constraints(r.Context(), actor)
	if err != nil {
		return err
	}
	page := constraintsPage{Frame: f}
	for _, b := range all {
		if b.Constraint.Withdrawn.IsZero() {
			page.Stand = append(page.Stand, b)
		} else {
			page.Moved = append(page.Moved, b)
		}
	}
	f.Title = f.Say("constraint.title")
	return s.show(w, http.StatusOK, "constraints", page)
}

func (s *Web) showConstraint(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	return s.constraintForm(w, r, f, actor, nil)
}

func (s *Web) constraintForm(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor, form *Form) error {
	b, err := s.App.Constraint(r.Context(), actor, number(r.PathValue("n")))
	if err != nil {
		return err
	}
	f.Title = b.Constraint.Text
	return s.show(w, form.Status(), "constraint", constraintPage{Frame: f, Form: form, B: b, From: f.Scars(b.Scars, actor), Mine: actor.In(b.Constraint.Team)})
}

// AskAgain reports whether it is time to ask whether it still holds.
func (f *Frame) AskAgain(b app.Bounded) bool {
	return b.Constraint.Withdrawn.IsZero() && b.Constraint.LookAt.Before(f.Now)
}

// term is one line of a list of facts.
type term struct {
	Name, Text, To string
	Due            bool
}

// Lives says where a boundary stands, what it is made of and comes from, and
// whether it still holds.
func (f *Frame) Lives(b app.Bounded) []term {
	c := b.Constraint
	out := []term{{Name: f.Say("constraint.lives"), Text: f.List(c.Places), To: c.Link}, {Name: f.Say("constraint.kind"), Text: f.MadeOf(c)},
		{Name: f.Say("constraint.from"), Text: f.Numbers(b.Scars)}}
	if !c.Withdrawn.IsZero() {
		return out
	}
	asked := term{Name: f.Say("constraint.still"), Text: f.Say("constraint.still.checked", "day", f.Day(c.NamedAt), "next", f.Day(c.LookAt))}
	if f.AskAgain(b) {
		asked = term{Name: asked.Name, Text: f.Say("constraint.still.never", "day", f.Day(c.LookAt)), Due: true}
	}
	return append(out, asked)
}

// Nothing is what stands where no boundary is named yet.
func (p constraintsPage) Nothing() Empty {
	return Empty{Title: p.Say("constraint.none"), Why: p.Say("constraint.none.why")}
}

// MadeOf says what a boundary is made of. words:use constraint.kind.*
func (f *Frame) MadeOf(c practice.Constraint) string {
	return f.Say("constraint.kind." + string(c.Kind))
}

func (s *Web) lookAtConstraint(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := readForm(r, f, fields{"do": 16, "why": practice.MaxAnswer, "place": 90, "link": 2048})
	if err != nil {
		return err
	}
	n, ctx := number(r.PathValue("n")), r.Context()
	switch form.Typed("do") {
	case "holds":
		err = s.App.LookAtConstraint(ctx, actor, n, true, "")
	case "moved":
		err = s.App.LookAtConstraint(ctx, actor, n, false, form.Typed("why"))
	case "place":
		err = s.App.PlaceConstraint(ctx, actor, n, form.Typed("place"), form.Typed("link"))
	default:
		return errForm
	}
	switch {
	case form.Mark(err):
		return s.constraintForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	redirect(w, r, practice.ConstraintPath(n))
	return nil
}
