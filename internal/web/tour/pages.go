// Package tour is how a team got here, in six stops, for whoever is new to it: told from
// what was recorded and from nothing else. It asks app, knows actors and no seats, and
// imports no other pages.
package tour

import (
	"embed"
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Templates are the pages of this package: page/*.html.
//
//go:embed page
var Templates embed.FS

// Pages answers for the tour.
type Pages struct{ *frame.Kit }

// Routes is every address of these pages.
func (s *Pages) Routes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /tour", Handler: s.Member(s.show)},
		{Pattern: "GET /tour/all", Handler: s.Member(s.showAll)},
		{Pattern: "GET /tour/{n}", Handler: s.Member(s.showStop)},
		{Pattern: "POST /tour/away", Handler: s.Member(s.away)},
		{Pattern: "POST /tour/answer", Handler: s.Member(s.answer)},
		{Pattern: "GET /tour/ran/{slug}", Handler: s.Member(s.showRan)},
		{Pattern: "POST /tour/ran/{slug}", Handler: s.Member(s.state)},
		{Pattern: "GET /tour/seen/{id}", Handler: s.Member(s.showSeen)},
		{Pattern: "POST /tour/seen/{id}", Handler: s.Member(s.see)},
	}
}

// tourPage is the way, one stop of it, or all of them on one sheet.
type tourPage struct {
	*frame.Frame
	Stops []stop
	Used  []trodden
	Here  *stop // the one that is shown; nil for the way
	Left  int   // minutes, from here on
	All   bool
	New   bool // the reader is in their first days: one tap says whether a question was answered
	Said  bool // they just did
}

// Young reports whether the story is still short: fewer things were changed than it
// takes to choose between.
func (p tourPage) Young() bool { return len(p.Stops) > lineStop && p.Stops[lineStop].few }

// Empty reports whether nothing was recorded at all.
func (p tourPage) Empty() bool {
	for _, s := range p.Stops {
		if s.Waits == "" && s.Name != "vitality" {
			return false
		}
	}
	return true
}

// First is what stands where nothing was recorded: the way to the first report.
func (p tourPage) First() frame.Empty {
	return frame.Empty{Title: p.Say("tour.empty.title"), Why: p.Say("tour.empty"), Ways: []frame.Way{{Text: p.Say("tour.empty.report"), To: "/report", Go: true}}}
}

// minutes is how long all six take.
const minutes = 8

// page tells the tour of the team the reader is with.
func (s *Pages) page(r *http.Request, f *frame.Frame, actor practice.Actor) (tourPage, error) {
	t, err := s.App.Tour(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return tourPage{}, err
	}
	f.Title = f.Say("tour.title")
	n, err := s.App.Newcomer(r.Context(), actor, f.Place.Team.ID)
	if n.ID != "" && !n.Led {
		// Where nothing can be written the page is there all the same.
		_ = s.App.SeeTour(r.Context(), actor, f.Place.Team.ID)
	}
	_, said := r.URL.Query()["said"]
	return tourPage{Frame: f, Stops: stopsOf(f, t, actor), Used: troddenOf(f, t, actor), New: n.NewHere(f.Now), Said: said}, err
}

func (s *Pages) show(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.page(r, f, actor)
	if err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "tour", page)
}

func (s *Pages) showAll(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.page(r, f, actor)
	if err != nil {
		return err
	}
	page.All = true
	return s.Show(w, http.StatusOK, "tour", page)
}

func (s *Pages) showStop(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	page, err := s.page(r, f, actor)
	if err != nil {
		return err
	}
	if n < 1 || n > len(page.Stops) {
		return practice.ErrNotFound
	}
	page.at(n, r.URL.Query().Get("pick"))
	return s.Show(w, http.StatusOK, "tour", page)
}

// at puts the page at a stop, with what its reader picked before looking.
func (p *tourPage) at(n int, pick string) {
	here := p.Stops[n-1].picked(pick)
	p.Here, p.Left = &here, left(n)
	p.Title = p.Say("tour.at", "stop", here.Kind)
}

// left is how many minutes are left at a stop.
func left(n int) int { return minutes - (n-1)*minutes/6 }

// Back is the stop before.
func (p tourPage) Back() int { return p.Here.N - 1 }

// On is the next stop.
func (p tourPage) On() int { return p.Here.N + 1 }
