package loop

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) stopRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/stop", Handler: s.Member(s.showStop)},
		{Pattern: "POST /f/{n}/stop", Handler: s.Member(s.stop)},
		{Pattern: "POST /f/{n}/stop/end", Handler: s.Member(s.endStop)},
	}
}

// stopPage says what this is not, and what happens when a review stops for another
// procedure.
type stopPage struct {
	*frame.Frame
	Form    *frame.Form
	Failure practice.Failure
	House   practice.Organisation
}

// To is the address of the failure.
func (p stopPage) To() string { return practice.FailurePath(p.Failure.Number) }

// Why asks which of the two it is.
func (p stopPage) Why() frame.Choices {
	return p.Choices(p.Form, "why", "stop.why",
		frame.Option{Value: string(practice.StopFormal), Text: p.Say("stop.formal"), Small: p.Say("stop.formal.small")},
		frame.Option{Value: string(practice.StopRisk), Text: p.Say("stop.risk"), Small: p.Say("stop.risk.small")})
}

func (s *Pages) showStop(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.stopForm(w, r, f, actor, nil)
}

func (s *Pages) stopForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	house, err := s.App.Organisation(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("stop.title")
	return s.Show(w, form.Status(), "stop", stopPage{f, form, failure, house})
}

func (s *Pages) stop(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"why": 16})
	if err != nil {
		return err
	}
	_, err = s.App.StopReview(r.Context(), actor, failure.ID, practice.Stop(form.Typed("why")))
	switch {
	case form.Mark(err):
		return s.stopForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

func (s *Pages) endStop(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if _, err := s.App.ResumeReviews(r.Context(), actor, failure.ID); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

// Stopped says that another procedure goes on, and no review does. words:use stopped.*
func (p failurePage) Stopped() string {
	if p.Failure.Stopped == "" {
		return ""
	}
	return p.Say("stopped."+string(p.Failure.Stopped), "day", p.Failure.StoppedAt)
}
