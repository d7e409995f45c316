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

	Offers *frame.Offers // to other teams
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
	page := findingPage{inManual: in, K: k, From: f.Scars([]practice.Scar{k.Scar}, actor)}
	if page.Offers, err = s.offersOf(r, f, string(k.Finding.ID), actor); err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "finding", page)
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

// Holder says who carries on what a line's open question came from.
func (p findingsPage) Holder(line app.Question) string {
	c := line.Promise
	switch {
	case c == nil || !c.Carry.SettleAt.IsZero() || c.Carry.Unanswered(p.Now):
		return p.Say("finding.open.nobody")
	case c.Carry.State == practice.CarryOffered:
		return p.Say("carry.asked", "name", c.Carrier.Name)
	}
	return p.Say("finding.open.carried", "name", c.Carrier.Name)
}

// Take is where somebody can take the open question on: the promise nobody said
// yes to; empty where there is none.
func (p findingsPage) Take(line app.Question) string {
	if c := line.Promise; c != nil && c.Carry.Unanswered(p.Now) {
		return practice.CarryPath(c.Carry.ID)
	}
	return ""
}

// Next is the question at the end of a line.
func (p findingsPage) Next(line app.Question) string {
	return line.Findings[len(line.Findings)-1].Next
}
