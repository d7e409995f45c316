package loop

import (
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) readerRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/readers", Handler: s.Member(s.showReaders)},
		{Pattern: "POST /f/{n}/readers", Handler: s.Member(s.saveReaders)},
		{Pattern: "POST /f/{n}/drill", Handler: s.Member(s.markDrill)},
		{Pattern: "POST /f/{n}/severe", Handler: s.Member(s.markSevere)},
		{Pattern: "POST /f/{n}/clear", Handler: s.Member(s.clearDrill)},
	}
}

// readersPage names the only people who read a failure.
type readersPage struct {
	*frame.Frame
	Form    *frame.Form
	Failure practice.Failure
	People  []practice.Member // of its team
}

func (s *Pages) showReaders(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.readersForm(w, r, f, actor, nil)
}

func (s *Pages) readersForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	page := readersPage{Frame: f, Form: form, Failure: failure}
	if page.People, err = s.App.PeopleOf(r.Context(), actor, failure.Team); err != nil {
		return err
	}
	f.Title = f.Say("failure.readers.title")
	return s.Show(w, form.Status(), "readers", page)
}

// To is the address of the failure.
func (p readersPage) To() string { return practice.FailurePath(p.Failure.Number) }

// Only offers the people of the team.
func (p readersPage) Only() frame.Choices {
	var all []frame.Option
	for _, m := range p.People {
		if m.Active {
			all = append(all, frame.Option{Value: string(m.ID), Text: m.Name, On: slices.Contains(p.Failure.Only, m.ID)})
		}
	}
	c := p.Choices(p.Form, "only", "readers.who", all...)
	c.Many = true
	return c
}

// saveReaders takes the names, or with "all" lets the whole team read it again.
func (s *Pages) saveReaders(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"only": 64, "all": 8})
	if err != nil {
		return err
	}
	var only []practice.MemberID
	if form.Typed("all") == "" {
		only = []practice.MemberID{actor.Member}
		for _, m := range form.All("only") {
			only = append(only, practice.MemberID(m))
		}
	}
	_, err = s.App.RestrictFailure(r.Context(), actor, failure.ID, only)
	switch {
	case form.Mark(err):
		return s.readersForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

func (s *Pages) markDrill(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"drill": 8})
	if err != nil {
		return err
	}
	f.Lead("record", practice.RecordPath(failure.Number))
	if _, err := s.App.MarkDrill(r.Context(), actor, failure.ID, form.Typed("drill") == "yes"); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

func (s *Pages) markSevere(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"severe": 8})
	if err != nil {
		return err
	}
	if _, err := s.App.MarkSevere(r.Context(), actor, failure.ID, form.Typed("severe") == "yes"); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

func (s *Pages) clearDrill(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.ClearDrill(r.Context(), actor, failure.ID); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}

// ReadersLine says who reads a failure that is restricted.
func (p failurePage) ReadersLine() string {
	var names []string
	for _, m := range p.People {
		if slices.Contains(p.Failure.Only, m.ID) {
			names = append(names, m.Name)
		}
	}
	return p.Say("failure.readers.only", "who", names)
}

// InHand reports whether the reader decides who reads it, and whether it is
// practice.
func (p failurePage) InHand() bool { return !p.Imported() && p.Failure.InHandOf(p.reader) }

// Mends reports whether the reader may edit it or take it back.
func (p failurePage) Mends() bool {
	if p.Failure.Reporter == "" || p.Failure.Reporter != p.reader {
		return false
	}
	return !practice.Begun(p.reviews())
}

// reviews are those there were and there will be.
func (p failurePage) reviews() []practice.Review {
	var all []practice.Review
	for _, c := range p.Reviews {
		all = append(all, c.Review)
	}
	return all
}
