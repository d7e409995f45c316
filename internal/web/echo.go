package web

import (
	"net/http"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
)

func (s *Web) echoRoutes() []Route {
	return []Route{
		{Pattern: "GET /f/{n}/in", handler: s.member(s.showEcho)},
		{Pattern: "POST /f/{n}/tie", handler: s.member(s.tie)},
		{Pattern: "POST /f/{n}/untie", handler: s.member(s.untie)},
		{Pattern: "POST /f/{n}/step", handler: s.member(s.nameStep)},
	}
}

// echoPage is what comes after a report: first that it is in, and then, for
// whoever has another minute, what earlier ones share with it.
type echoPage struct {
	*Frame
	Failure  practice.Failure
	Echo     app.Echo
	Failed   bool // we could not look just now
	Convener string
	Yours    bool // the reader convenes this one
}

func (s *Web) showEcho(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	page := echoPage{Frame: f, Failure: failure, Yours: failure.Convener == actor.Member}
	if page.Echo, err = s.App.EchoOf(r.Context(), actor, failure.ID); err != nil {
		s.Log.Error("look for earlier ones", "err", err)
		page.Failed = true
	}
	if page.Convener, err = s.App.NameOf(r.Context(), actor, failure.Convener); err != nil {
		return err
	}
	f.Title = f.Say("echo.in")
	return s.show(w, http.StatusOK, "echo", page)
}

// failureAt reads the number in the address.
func (s *Web) failureAt(r *http.Request, actor practice.Actor) (practice.Failure, error) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return practice.Failure{}, practice.ErrNotFound
	}
	return s.App.Failure(r.Context(), actor, n)
}

// Same is the question to each of the earlier ones: three equal answers.
func (p echoPage) Same(l app.Likeness) Equal {
	return Equal{
		To: failureAddress(p.Failure.Number) + "/tie", Name: "same", Key: p.Once(),
		Label: p.Say("echo.same.ask", "title", l.Failure.Title),
		Answers: []Option{
			{Value: string(l.Failure.ID), Text: p.Say("echo.same")},
			{Value: "not", Text: p.Say("echo.not")},
			{Value: "unsure", Text: p.Say("echo.unsure")},
		},
	}
}

// Caught asks whether a step would have caught it.
func (p echoPage) Caught(m app.Meant) Equal {
	return Equal{
		To: failureAddress(p.Failure.Number) + "/step", Name: "step", Key: p.Once(), Label: p.Say("echo.step.ask"),
		Answers: []Option{
			{Value: string(m.Step.ID), Text: p.Say("form.yes")},
			{Value: "", Text: p.Say("form.no")},
			{Value: "unsure", Text: p.Say("form.unsure")},
		},
	}
}

// Origin is the line under an earlier failure.
func (p echoPage) Origin(f practice.Failure) string {
	if f.Source == practice.SourceImported {
		return p.Say("echo.imported", "org", f.Provenance.Org)
	}
	return p.Say("search.failure", "n", f.Number, "day", f.RecognisedAt)
}

// tie records "same again" with one tap. "Not the same" and "I don't know" are
// answers too and change nothing.
func (s *Web) tie(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := readForm(r, f, fields{"same": 64, "joined": 64, "back": 16})
	if err != nil {
		return err
	}
	kind, other := practice.TieSame, practice.FailureID(form.Typed("same"))
	if j := form.Typed("joined"); j != "" {
		kind, other = practice.TieJoined, practice.FailureID(j)
	}
	if other != "not" && other != "unsure" {
		if _, err := s.App.TieFailures(r.Context(), actor, failure.ID, other, kind); err != nil {
			return err
		}
	}
	redirect(w, r, failureAddress(failure.Number)+backTo(form))
	return nil
}

// backTo is the page a button stood on: the failure's own, or the one after a
// report.
func backTo(form *Form) string {
	if form.Typed("back") == "page" {
		return ""
	}
	return "/in"
}

func (s *Web) untie(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := readForm(r, f, fields{"tie": 64, "back": 16})
	if err != nil {
		return err
	}
	if err := s.App.UntieFailures(r.Context(), actor, practice.LinkID(form.Typed("tie"))); err != nil {
		return err
	}
	redirect(w, r, failureAddress(failure.Number)+backTo(form))
	return nil
}

func (s *Web) nameStep(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := readForm(r, f, fields{"step": 64})
	if err != nil {
		return err
	}
	if step := form.Typed("step"); step != "unsure" {
		if err := s.App.NameStep(r.Context(), actor, failure.ID, practice.StepID(step)); err != nil {
			return err
		}
	}
	redirect(w, r, failureAddress(failure.Number)+"/in")
	return nil
}
