package plan

import (
	"errors"
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// knownLine is something from before with what the plan says to it.
type knownLine struct {
	About, Title, To, Line string
	Wall                   bool // it is a limit
	Seam                   frame.Seam
}

// line says one of them, as far as the reader may read it.
func (p planPage) line(k app.Known, actor practice.Actor) knownLine {
	l := knownLine{About: k.About, Line: p.says(k.Inherited)}
	switch {
	case k.Constraint.ID != "":
		l.Title, l.To, l.Wall = k.Constraint.Text, practice.ConstraintPath(k.Constraint.Number), true
	case k.Finding.ID != "":
		l.Title, l.To, l.Seam = k.Finding.Tried, practice.FindingPath(k.Finding.Number), p.Seam(0)
	default:
		scar := p.Scars([]practice.Scar{k.Scar}, actor)[0]
		l.Title, l.Seam = scar.Title, p.Seam(1)
		if scar.Number != "" {
			l.Title, l.To = scar.Number+" "+scar.Title, scar.To
		}
	}
	return l
}

// says is what a plan says to something known, as a line.
func (p planPage) says(i practice.Inherited) string {
	if i.Text == "" {
		return p.Say("plan.known.said." + string(i.Says) + ".only") // words:use plan.known.said.*
	}
	return p.Say("plan.known.said."+string(i.Says), "text", i.Text)
}

// fitting is what is known and fits a plan that says nothing to it yet.
type fitting struct {
	*frame.Frame
	All     []app.Likeness
	Resting bool // nobody can look just now
}

func (s *Pages) fitting(r *http.Request, f *frame.Frame, actor practice.Actor, p practice.Plan, words practice.Intent) (fitting, error) {
	all, err := s.App.Fitting(r.Context(), actor, p.Number, words)
	if errors.Is(err, app.ErrResting) {
		return fitting{Frame: f, Resting: true}, nil
	}
	return fitting{Frame: f, All: all}, err
}

// About is the id of something that fits.
func (fitting) About(l app.Likeness) string {
	switch {
	case l.Constraint.ID != "":
		return string(l.Constraint.ID)
	case l.Finding.ID != "":
		return string(l.Finding.ID)
	}
	return string(l.Failure.ID)
}

// TitleOf is what it is called.
func (fitting) TitleOf(l app.Likeness) string {
	switch {
	case l.Constraint.ID != "":
		return l.Constraint.Text
	case l.Finding.ID != "":
		return l.Finding.Tried
	}
	return l.Failure.Title
}

// To is its page.
func (fitting) To(l app.Likeness) string {
	switch {
	case l.Constraint.ID != "":
		return practice.ConstraintPath(l.Constraint.Number)
	case l.Finding.ID != "":
		return practice.FindingPath(l.Finding.Number)
	}
	return practice.FailurePath(l.Failure.Number)
}

// KindOf says what it is, whose, and whether it only perhaps fits.
func (x fitting) KindOf(l app.Likeness) string {
	var line string
	switch {
	case l.Constraint.ID != "":
		line = x.Say("plan.fits.constraint", "assume", l.Constraint.Assume)
	case l.Finding.ID != "":
		line = x.Say("plan.fits.finding", "known", l.Finding.Known)
	default:
		line = x.Say("frame.number", "n", l.Failure.Number)
		if l.Team != "" {
			line += " · " + l.Team
		}
	}
	if l.Perhaps {
		line += " · " + x.Say("echo.perhaps")
	}
	return line
}

// So is the field for what a plan says to something that fits.
func (p planPage) So(l app.Likeness) frame.Field {
	form := p.Form
	if form.Typed("about") != p.Fits.About(l) {
		form = nil
	}
	return p.Field(form, "so", "plan.known.so", "").Of(p.Fits.About(l)).Little().Limited(practice.MaxAnswer)
}

// Refused reports whether it is this one to which something is missing.
func (p planPage) Refused(l app.Likeness) bool { return p.So(l).Wrong != "" }

// previewKnown finds what fits while somebody types.
func (s *Pages) previewKnown(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, writeFields)
	if err != nil {
		return err
	}
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	page := writePage{Frame: f, Form: form, P: p, To: practice.PlanPath(p.Number), Now: texts(p.Intent)}
	if page.Fits, err = s.fitting(r, f, actor, p, readIntent(form)); err != nil {
		return err
	}
	return s.Fragment(w, "writeplan", "fits", page)
}
