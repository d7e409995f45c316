package plan

import (
	"errors"
	"net/http"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// knownLine is something from before with what is said to it.
type knownLine struct {
	About, Title, To, Line string
	Kind                   string // what it is, in a line
	Wall                   bool   // it is a limit
	Seam                   frame.Seam
}

// lineOf says one of them, as far as the reader may read it.
func lineOf(f *frame.Frame, k app.Known, actor practice.Actor) knownLine {
	l := knownLine{About: k.About, Line: says(f, k.Inherited)}
	switch {
	case k.Constraint.ID != "":
		l.Title, l.To, l.Wall = k.Constraint.Text, practice.ConstraintPath(k.Constraint.Number), true
		l.Kind = f.Say("plan.fits.constraint", "assume", k.Constraint.Assume)
	case k.Finding.ID != "":
		l.Title, l.To, l.Seam = k.Finding.Tried, practice.FindingPath(k.Finding.Number), f.Seam(0)
		l.Kind = f.Say("plan.fits.finding", "known", k.Finding.Known)
	case k.Offer.ID != "":
		l.Title, l.To, l.Seam = f.PlainText(k.Offer.Heard()), practice.OfferPath(k.Offer.ID), f.Seam(0)
		l.Kind = f.Say("plan.fits.offer", "team", k.Offer.Team) + " " + f.OfferHolds(k.Offer)
	case k.Promise.Carry.ID != "":
		l.Title, l.To, l.Seam = words.Capital(k.Promise.Carry.Act), practice.CarryPath(k.Promise.Carry.ID), f.Seam(0)
		l.Kind = f.Say("legacy.promise", "name", k.Promise.Carrier.Name, "day", k.Promise.Carry.DueAt)
	case k.Change.Scar.ID != "":
		l.Title, l.Seam = k.Change.Safeguard.Text, f.Seam(1)
		if k.Change.Step.ID != "" {
			l.Title, l.To = f.PlainText(k.Change.Step.Text), practice.ProcedurePath(k.Change.Procedure.Slug)+"#"+string(k.Change.Step.ID)
		}
		scar := f.Scars([]practice.Scar{k.Change.Scar}, actor)[0]
		l.Kind = f.Say("legacy.change", "day", k.Change.Scar.At, "failure", strings.TrimSpace(scar.Number+" "+scar.Title))
	default:
		scar := f.Scars([]practice.Scar{k.Scar}, actor)[0]
		l.Title, l.Seam = scar.Title, f.Seam(1)
		if scar.Number != "" {
			l.Title, l.To = scar.Number+" "+scar.Title, scar.To
		}
	}
	return l
}

// says is what is said to something known, as a line; nothing where nothing is.
func says(f *frame.Frame, i practice.Inherited) string {
	switch {
	case i.Says == "":
		return ""
	case i.Text == "":
		return f.Say("plan.known.said." + string(i.Says) + ".only") // words:use plan.known.said.*
	}
	return f.Say("plan.known.said."+string(i.Says), "text", i.Text)
}

// sayForm is part/says: one thing from before, and the three answers to it.
type sayForm struct {
	To, About, Key string
	So             frame.Field
	Answers        []frame.Option
}

// sayTo is the form for something from before, with what was typed into it last.
func sayTo(f *frame.Frame, form *frame.Form, to, about string) sayForm {
	if form.Typed("about") != about {
		form = nil
	}
	s := sayForm{To: to, About: about, Key: f.Once(), So: f.Field(form, "so", "plan.known.so", "").Of(about).Little().Limited(practice.MaxAnswer)}
	for _, says := range []practice.Says{practice.SaysFits, practice.SaysApart, practice.SaysTest} {
		s.Answers = append(s.Answers, frame.Option{Value: string(says), Text: f.Say("plan.known." + string(says))}) // words:use plan.known.*
	}
	return s
}

// fitting is what is known and fits a plan that says nothing to it yet.
type fitting struct {
	*frame.Frame
	All     []app.Likeness
	Resting bool // nobody can look just now
}

func (s *Pages) fitting(r *http.Request, f *frame.Frame, actor practice.Actor, p practice.Plan, intent practice.Intent) (fitting, error) {
	all, err := s.App.Fitting(r.Context(), actor, p.Number, intent)
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
	case l.Offer.ID != "":
		return string(l.Offer.ID)
	}
	return string(l.Failure.ID)
}

// TitleOf is what it is called.
func (x fitting) TitleOf(l app.Likeness) string {
	switch {
	case l.Constraint.ID != "":
		return l.Constraint.Text
	case l.Finding.ID != "":
		return l.Finding.Tried
	case l.Offer.ID != "":
		return x.PlainText(l.Offer.Words)
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
	case l.Offer.ID != "":
		return practice.OfferPath(l.Offer.ID)
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
	case l.Offer.ID != "":
		line = x.Say("plan.fits.offer", "team", l.Offer.Team) + " " + l.Offer.Why + " " + x.OfferHolds(l.Offer)
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

// SayTo is the form for what a plan says to something that fits.
func (p planPage) SayTo(l app.Likeness) sayForm { return sayTo(p.Frame, p.Form, p.To, p.Fits.About(l)) }

// Refused reports whether it is this one to which something is missing.
func (p planPage) Refused(l app.Likeness) bool { return p.SayTo(l).So.Wrong != "" }

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
