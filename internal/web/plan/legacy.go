package plan

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// legacyPage is what a round of work inherits, as it begins: to each its team says
// what it makes of it, one after the other.
type legacyPage struct {
	*frame.Frame
	Form   *frame.Form
	O      app.Legacy
	To     string
	Unread []knownLine
	Read   []knownLine
}

func (s *Pages) showLegacy(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.legacyForm(w, r, f, actor, nil)
}

func (s *Pages) legacyForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	o, err := s.App.Legacy(r.Context(), actor, practice.CycleID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f.Title = f.Say("legacy.title")
	page := legacyPage{Frame: f, Form: form, O: o, To: practice.LegacyPath(o.ID)}
	for _, k := range o.Items {
		if k.Says == "" {
			page.Unread = append(page.Unread, lineOf(f, k, actor))
		} else {
			page.Read = append(page.Read, lineOf(f, k, actor))
		}
	}
	return s.Show(w, form.Status(), "legacy", page)
}

// open says something to what a round inherits, or begins it.
func (s *Pages) open(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10, "about": 40, "says": 8, "so": practice.MaxAnswer})
	if err != nil {
		return err
	}
	id, ctx := practice.CycleID(r.PathValue("id")), r.Context()
	to := practice.LegacyPath(id)
	f.Lead("legacy", to)
	if !form.Marked() {
		switch form.Typed("do") {
		case "inherit":
			_, err = s.App.ReadInherited(ctx, actor, id, []practice.Inherited{{About: form.Typed("about"), Says: practice.Says(form.Typed("says")), Text: form.Typed("so")}})
			to += "#left"
		case "forget":
			_, err = s.App.UnreadInherited(ctx, actor, id, form.Typed("about"))
			to += "#left"
		case "begin":
			_, err = s.App.BeginCycle(ctx, actor, id)
		default:
			return frame.ErrForm
		}
	}
	switch {
	case form.Mark(err), form.Marked():
		return s.legacyForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, to)
	return nil
}

// Span says from when to when the round goes.
func (p legacyPage) Span() string {
	return p.Say("cycle.span", "from", p.O.StartAt, "to", p.O.EndAt)
}

// Round is the page of the round.
func (p legacyPage) Round() string { return practice.CyclePath(p.O.ID) }

// Opens reports whether something can still be said.
func (p legacyPage) Opens() bool { return p.O.Opens(p.Now) == nil }

// Stands says how far it has come.
func (p legacyPage) Stands() string {
	switch {
	case p.O.Begun():
		return p.Say("legacy.begun", "at", p.O.BegunAt)
	case !p.Opens():
		return p.Say("legacy.past")
	case len(p.O.Items) == 0:
		return p.Say("legacy.none")
	}
	return p.Say("legacy.left", "n", len(p.Unread), "all", len(p.O.Items))
}

// SayTo is the form for one thing.
func (p legacyPage) SayTo(l knownLine) sayForm { return sayTo(p.Frame, p.Form, p.To, l.About) }

// Refused reports whether it is this one to which something is missing.
func (p legacyPage) Refused(l knownLine) bool { return p.SayTo(l).So.Wrong != "" }
