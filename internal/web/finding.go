package web

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// findingRoutes is what was tried, what it taught, and the next question.
func (s *Web) findingRoutes() []Route {
	return []Route{
		{Pattern: "GET /e", handler: s.member(s.showFindings)},
		{Pattern: "GET /e/{n}", handler: s.member(s.showFinding)},
	}
}

// findingsPage is every line of questions.
type findingsPage struct {
	*Frame
	Lines []app.Question
}

// findingPage is one try.
type findingPage struct {
	*Frame
	K app.Kept
}

func (s *Web) showFindings(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	lines, err := s.App.Questions(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("finding.title")
	return s.show(w, http.StatusOK, "findings", findingsPage{Frame: f, Lines: lines})
}

func (s *Web) showFinding(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	k, err := s.App.Finding(r.Context(), actor, number(r.PathValue("n")))
	if err != nil {
		return err
	}
	f.Title = k.Finding.Tried
	return s.show(w, http.StatusOK, "finding", findingPage{Frame: f, K: k})
}
