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
	inManual
	Lines []app.Question
}

// findingPage is one try.
type findingPage struct {
	inManual
	K    app.Kept
	From []scarLine
}

func (s *Web) showFindings(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	lines, err := s.App.Questions(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("finding.title")
	return s.show(w, http.StatusOK, "findings", findingsPage{inManual: inManual{f}, Lines: lines})
}

func (s *Web) showFinding(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	k, err := s.App.Finding(r.Context(), actor, number(r.PathValue("n")))
	if err != nil {
		return err
	}
	f.Title = k.Finding.Tried
	return s.show(w, http.StatusOK, "finding", findingPage{inManual: inManual{f}, K: k, From: f.Scars([]practice.Scar{k.Scar}, actor)})
}

// Nothing is what stands where nothing was tried yet.
func (p findingsPage) Nothing() Empty {
	return Empty{Title: p.Say("finding.none"), Why: p.Say("finding.none.why")}
}

// Asks reports whether a finding's next question stands with it: the open one of
// a line stands at its end.
func (p findingsPage) Asks(line app.Question, n practice.Finding) bool {
	return n.Next != "" && n.ID != line.Findings[len(line.Findings)-1].ID
}

// Next is the question at the end of a line.
func (p findingsPage) Next(line app.Question) string {
	return line.Findings[len(line.Findings)-1].Next
}
