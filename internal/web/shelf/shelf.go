package shelf

import (
	"net/http"
	"path"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web/frame"
)

// shelfPage lists the procedures, and the changes that were made elsewhere.
type shelfPage struct {
	inManual
	Procedures []shelved
	Safeguards []safeguardLine
}

// shelved is one procedure in the list.
type shelved struct {
	To, Title, Line string
}

// safeguardLine is a change made elsewhere, with the failures behind it.
type safeguardLine struct {
	Text, To, Where string
	Scars           []frame.ScarLine
	Side            string
	Seam            frame.Seam
}

func (s *Pages) showShelf(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	f.Title = f.Say("procedure.list.title")
	in, err := s.inManual(r, f, actor)
	if err != nil {
		return err
	}
	page := shelfPage{inManual: in}
	all, err := s.App.Shelf(r.Context(), actor)
	if err != nil {
		return err
	}
	for _, p := range all {
		page.Procedures = append(page.Procedures, shelve(f, p))
	}
	safeguards, err := s.App.Safeguards(r.Context(), actor)
	if err != nil {
		return err
	}
	for _, g := range safeguards {
		l := safeguardLine{Text: g.Text, To: g.Link, Where: frame.HostOf(g.Link), Scars: f.Scars(g.Scars, actor), Side: f.Since(g.Scars)}
		l.Seam = f.Seam(len(l.Scars))
		page.Safeguards = append(page.Safeguards, l)
	}
	return s.Show(w, http.StatusOK, "shelf", page)
}

func shelve(f *frame.Frame, p store.Shelved) shelved {
	return shelved{To: practice.ProcedurePath(p.Procedure.Slug), Title: p.Title, Line: strings.Join([]string{
		f.Say("procedure.list.steps", "n", p.Steps), f.Say("procedure.list.scars", "n", p.Failures),
		f.Say("procedure.list.changed", "day", f.Day(p.ChangedAt)),
	}, " · ")}
}

// newProcedurePage brings in a checklist: typed, pasted or as a file.
type newProcedurePage struct {
	*frame.Frame
	Form  *frame.Form
	Teams []practice.Team // the reader's; more than one: the form asks which
}

func (s *Pages) showNewProcedure(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.newProcedureForm(w, r, f, actor, nil)
}

func (s *Pages) newProcedureForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	f.Title = f.Say("procedure.new.title")
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	page := newProcedurePage{Frame: f, Form: form}
	for _, t := range teams {
		if actor.In(t.ID) {
			page.Teams = append(page.Teams, t)
		}
	}
	return s.Show(w, form.Status(), "newprocedure", page)
}

func (s *Pages) addProcedure(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"title": practice.MaxLine, "markdown": practice.MaxProcedure, "file": 0, "team": 40})
	if err != nil {
		return err
	}
	n := app.NewProcedure{Team: f.Place.Team.ID, Title: form.Typed("title")}
	if form.Typed("team") != "" {
		n.Team = practice.TeamID(form.Typed("team"))
	}
	if !form.Marked() {
		n.Markdown, n.Name = readMarkdown(form)
		n.Typed = n.Name == ""
		actor.Once = form.Key
		var p practice.Procedure
		if p, err = s.App.CreateProcedure(r.Context(), actor, n); err == nil {
			frame.Redirect(w, r, practice.ProcedurePath(p.Slug))
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.newProcedureForm(w, r, f, actor, form)
}

// readMarkdown takes the text of a form from the file that was chosen, byte for
// byte, or from its field. name is the file's, without its ending.
func readMarkdown(form *frame.Form) (text, name string) {
	file, err := form.File("file")
	if err != nil {
		text = form.Typed("markdown")
		if strings.Contains(text, "\n") {
			text += "\n" // which the browser's field does not keep
		}
		return text, ""
	}
	cut := min(len(file.Data), practice.MaxProcedure+1)
	return string(file.Data[:cut]), strings.TrimSuffix(path.Base(file.Name), path.Ext(file.Name))
}

// TeamChoices asks whose it is, where the reader has more than one team.
func (p newProcedurePage) TeamChoices() frame.Choices {
	var options []frame.Option
	for _, t := range p.Teams {
		options = append(options, frame.Option{Value: string(t.ID), Text: t.Name, On: t.ID == p.Place.Team.ID})
	}
	c := p.Choices(p.Form, "team", "procedure.new.team", options...)
	c.Look = "inline"
	return c
}

// Nothing is what stands where there is no procedure yet.
func (p shelfPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("procedure.list.none"), Why: p.Say("procedure.list.none.why"),
		Ways: []frame.Way{{Text: p.Say("procedure.list.import"), To: "/p/new", Go: true}}}
}

// inManual is the frame of a page on a shelf of the manual.
type inManual struct {
	*frame.Frame
	On app.OnShelf // how many stand on each shelf
}

// inManual begins a page on a shelf.
func (s *Pages) inManual(r *http.Request, f *frame.Frame, actor practice.Actor) (inManual, error) {
	on, err := s.App.OnShelf(r.Context(), actor)
	return inManual{Frame: f, On: on}, err
}

// Shelves is part/tabs: what stands in the manual, and how many of each.
func (p inManual) Shelves(here string) frame.Tabs {
	return frame.Tabs{Label: p.Say("nav.manual"), Tabs: []frame.Link{
		{Text: p.Say("procedure.list.tab"), To: "/p", Here: here == "p", N: p.On.Procedures},
		{Text: p.Say("constraint.title"), To: "/c", Here: here == "c", N: p.On.Constraints},
		{Text: p.Say("finding.title"), To: "/e", Here: here == "e", N: p.On.Findings},
		{Text: p.Say("assumption.title"), To: "/a", Here: here == "a", N: p.On.Assumptions},
	}}
}
