package tour

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// away puts the way to the tour off the start page.
func (s *Pages) away(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.SeeTour(r.Context(), actor, f.Place.Team.ID); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}

// answer counts that something answered a question, or that nothing did.
func (s *Pages) answer(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"about": 64})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	if err := s.App.SayAnswered(r.Context(), actor, f.Place.Team.ID, form.Typed("about")); err != nil {
		return err
	}
	frame.Redirect(w, r, "/tour?said")
	return nil
}

// ranPage asks whoever did a procedure alone who was there.
type ranPage struct {
	*frame.Frame
	Of     practice.Procedure
	Me     practice.MemberID
	People []practice.Member
	Asked  string // who is asked already
	Form   *frame.Form
}

func (s *Pages) showRan(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.ranForm(w, r, f, actor, nil)
}

func (s *Pages) ranForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	page := ranPage{Frame: f, Of: m.Procedure, Me: actor.Member, Form: form}
	if page.People, err = s.App.PeopleOf(r.Context(), actor, f.Place.Team.ID); err != nil {
		return err
	}
	n, err := s.App.Newcomer(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	for _, one := range page.People {
		if one.ID == n.Witness {
			page.Asked = one.Name
		}
	}
	f.Title = f.Say("ran.title")
	return s.Show(w, form.Status(), "ran", page)
}

func (s *Pages) state(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"witness": 64})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	err = s.App.StateRun(r.Context(), actor, m.Procedure.ID, practice.MemberID(form.Typed("witness")))
	switch {
	case form.Mark(err):
		return s.ranForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, r.URL.Path)
	return nil
}

// seenPage asks one person whether they saw it.
type seenPage struct {
	*frame.Frame
	Run app.Run
}

func (s *Pages) showSeen(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	run, err := s.App.Run(r.Context(), actor, practice.NewcomerID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f.Title = f.Say("seen.title")
	return s.Show(w, http.StatusOK, "seen", seenPage{f, run})
}

func (s *Pages) see(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 3})
	if err != nil {
		return err
	}
	if err := s.App.WitnessRun(r.Context(), actor, practice.NewcomerID(r.PathValue("id")), form.Typed("do") == "yes"); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}
