package plan

import (
	"context"
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
	Kind                   string       // what it is, in a line
	Broken                 string       // how it stands, where it no longer holds
	Found                  *frame.Found // and what showed that
	Wall                   bool         // it is a limit
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
		l.Kind = f.Say("plan.fits.offer", "team", k.Offer.Team) + " " + holds(f, k.Offer)
	case k.Assumption.ID != "":
		l.Title, l.To, l.Seam = k.Assumption.Text, practice.AssumptionPath(k.Assumption.Number), f.Seam(0)
		l.Kind, l.Broken, l.Found = whose(f, k.Assumption), broken(f, k.Assumption), found(f, k.Assumption)
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
	if k.Here.Words != "" {
		l.Kind, l.Title = here(f, k.Here, l.Title, l.Kind), f.PlainText(k.Here.Words)
	}
	return l
}

// holds says how far something that is offered has come where it was learned, and how it
// reads there now.
func holds(f *frame.Frame, o app.Offered) string {
	return strings.TrimSpace(f.OfferHolds(o) + " " + f.OfferNow(o))
}

// here says of what a team took over in other words where it comes from and how it reads there.
func here(f *frame.Frame, h app.SaidHere, was, kind string) string {
	return f.Say("offer.heard", "team", h.Team, "words", was) + " " + kind
}

// says is what is said to something known, as a line; nothing where nothing is.
func says(f *frame.Frame, i practice.Inherited) string {
	switch {
	case i.Says == "":
		return ""
	case i.Text == "" && i.Says == practice.SaysFits && strings.HasPrefix(i.About, "asm_"):
		return f.Say("plan.known.said.rests")
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

// fitting is what is known from before, and a plan says nothing to it yet: what plans like it
// rested on, and what fits its words.
type fitting struct {
	*frame.Frame
	Rested  []app.Likeness // as many as are asked about at once
	More    int            // that follow once these are said
	All     []app.Likeness
	Resting bool // nobody can look just now
}

// fitGroup is some of that under one line.
type fitGroup struct {
	Head, Short string // said with the answers to it, and while somebody writes
	All         []app.Likeness
}

// Groups are both, what plans like it rested on first.
func (x fitting) Groups() (all []fitGroup) {
	if n := len(x.Rested); n > 0 {
		head := x.Say("plan.rested", "n", n+x.More)
		if x.More > 0 {
			head += " " + x.Say("plan.rested.more", "n", n)
		}
		all = append(all, fitGroup{head + " " + x.Say("plan.rested.say"), head, x.Rested})
	}
	if n := len(x.All); n > 0 {
		all = append(all, fitGroup{x.Say("plan.fits", "n", n), x.Say("plan.fits.so-far", "n", n), x.All})
	}
	return all
}

// mostRested is how many are asked about at once.
const mostRested = 7

func (s *Pages) fitting(r *http.Request, f *frame.Frame, actor practice.Actor, p practice.Plan, intent practice.Intent) (fitting, error) {
	rested, err := s.App.Rested(r.Context(), actor, p.Number)
	if err != nil {
		return fitting{}, err
	}
	x := fitting{Frame: f, Rested: rested[:min(len(rested), mostRested)]}
	x.More = len(rested) - len(x.Rested)
	x.All, err = s.App.Fitting(r.Context(), actor, p.Number, intent)
	if errors.Is(err, app.ErrResting) {
		x.Resting, err = true, nil
	}
	return x, err
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
	case l.Assumption.ID != "":
		return string(l.Assumption.ID)
	}
	return string(l.Failure.ID)
}

// TitleOf is what it is called.
func (x fitting) TitleOf(l app.Likeness) string {
	if l.Here.Words != "" {
		return x.PlainText(l.Here.Words)
	}
	return x.original(l)
}

// original is what it is called where it comes from.
func (x fitting) original(l app.Likeness) string {
	switch {
	case l.Constraint.ID != "":
		return l.Constraint.Text
	case l.Finding.ID != "":
		return l.Finding.Tried
	case l.Offer.ID != "":
		return x.PlainText(l.Offer.Words)
	case l.Assumption.ID != "":
		return l.Assumption.Text
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
	case l.Assumption.ID != "":
		return practice.AssumptionPath(l.Assumption.Number)
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
		line = x.Say("plan.fits.offer", "team", l.Offer.Team) + " " + l.Offer.Why + " " + holds(x.Frame, l.Offer)
	case l.Under.ID != "":
		line = restedOn(x.Frame, l)
	case l.Assumption.ID != "":
		line = assumedBy(x.Frame, l.Assumption)
	default:
		line = x.Say("frame.number", "n", l.Failure.Number)
		if l.Team != "" {
			line += " · " + l.Team
		}
	}
	if l.Here.Words != "" {
		line = here(x.Frame, l.Here, x.original(l), line)
	}
	if l.Perhaps {
		line += " · " + x.Say("echo.perhaps")
	}
	return line
}

// Broken says how something stands that no longer holds; nothing where it does.
func (x fitting) Broken(l app.Likeness) string { return broken(x.Frame, l.Assumption) }

// broken says how an assumption stands that no longer holds. words:use assumption.state.*
func broken(f *frame.Frame, a app.Assumed) string {
	if a.State() == practice.AssumptionHeld {
		return ""
	}
	return f.Say("assumption.state." + string(a.State()))
}

// Found is what showed that; nil where it holds.
func (x fitting) Found(l app.Likeness) *frame.Found { return found(x.Frame, l.Assumption) }

func found(f *frame.Frame, a app.Assumed) *frame.Found {
	if a.State() == practice.AssumptionHeld || len(a.History) == 0 {
		return nil
	}
	is := f.FoundOut(a.History[0])
	return &is
}

// whose says whose assumption it is to which something is said, and when it was tested.
func whose(f *frame.Frame, a app.Assumed) string {
	key := "plan.known.assumption"
	if a.State() != practice.AssumptionHeld {
		key = "plan.known.assumed"
	}
	return f.Say(key, "team", a.Name, "tested", tested(f, a)) // words:use plan.known.assumption plan.known.assumed
}

// assumedBy says of one that fits whose it is, when it was tested, and what it means if it is
// said to fit.
func assumedBy(f *frame.Frame, a app.Assumed) string {
	key := "plan.fits.assumption"
	if a.State() != practice.AssumptionHeld {
		key = "plan.fits.assumed"
	}
	return f.Say(key, "team", a.Name, "tested", tested(f, a)) // words:use plan.fits.assumption plan.fits.assumed
}

// restedOn says of an assumption which plan done before rested on it.
func restedOn(f *frame.Frame, l app.Likeness) string {
	key := "plan.rested.assumption"
	if l.Assumption.State() != practice.AssumptionHeld {
		key = "plan.rested.assumed"
	}
	return f.Say(key, "title", l.Under.Intent.Title, "day", f.Day(l.Under.BegunAt), "tested", tested(f, l.Assumption)) // words:use plan.rested.assumption plan.rested.assumed
}

func tested(f *frame.Frame, a app.Assumed) string {
	if last := a.Last(); last.Place > 0 {
		return f.Say("assumption.tested", "day", f.Day(last.Day))
	}
	return f.Say("assumption.untested")
}

// SayTo is the form for what a plan says to something that fits.
func (p planPage) SayTo(l app.Likeness) sayForm { return sayTo(p.Frame, p.Form, p.To, p.Fits.About(l)) }

// Refused reports whether it is this one to which something is missing.
func (p planPage) Refused(l app.Likeness) bool { return p.SayTo(l).So.Wrong != "" }

// say says what a draft makes of something known, or takes that back.
func (s *Pages) say(ctx context.Context, actor practice.Actor, n int, form *frame.Form) error {
	if form.Typed("do") == "forget" {
		return s.App.Disinherit(ctx, actor, n, form.Typed("about"))
	}
	return s.App.Inherit(ctx, actor, n, practice.Inherited{About: form.Typed("about"), Says: practice.Says(form.Typed("says")), Text: form.Typed("so")})
}

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
