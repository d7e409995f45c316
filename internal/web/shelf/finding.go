package shelf

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// findingRoutes is what was tried, what it taught, and the next question.
func (s *Pages) findingRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /e", Handler: s.Member(s.showFindings)},
		{Pattern: "GET /e/{n}", Handler: s.Member(s.showFinding)},
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
	From []frame.ScarLine
}

func (s *Pages) showFindings(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	lines, err := s.App.Questions(r.Context(), actor)
	if err != nil {
		return err
	}
	in, err := s.inManual(r, f, actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("finding.title")
	return s.Show(w, http.StatusOK, "findings", findingsPage{inManual: in, Lines: lines})
}

func (s *Pages) showFinding(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	k, err := s.App.Finding(r.Context(), actor, frame.Number(r.PathValue("n")))
	if err != nil {
		return err
	}
	in, err := s.inManual(r, f, actor)
	if err != nil {
		return err
	}
	f.Title = k.Finding.Tried
	return s.Show(w, http.StatusOK, "finding", findingPage{inManual: in, K: k, From: f.Scars([]practice.Scar{k.Scar}, actor)})
}

// Nothing is what stands where nothing was tried yet.
func (p findingsPage) Nothing() frame.Empty {
	return frame.Empty{Title: p.Say("finding.none"), Why: p.Say("finding.none.why")}
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
