package plan

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// paperPage is a plan on paper: what it says already, and room to write what it does
// not.
type paperPage struct {
	*frame.Frame
	P     practice.Plan
	Known []knownLine
	Fits  fitting
}

// paperPart is one question of a plan, with what it says to that.
type paperPart struct{ Title, Says string }

// To is the address of the plan.
func (p paperPage) To() string { return practice.PlanPath(p.P.Number) }

// Stands says how far the plan has come, and since when.
func (p paperPage) Stands() string { return stands(p.Frame, p.P) }

// Before are the questions that stand above the signals.
func (p paperPage) Before() []paperPart {
	i := p.P.Intent
	return p.asked(paperPart{"plan.aim", i.Aim}, paperPart{"plan.hard", i.Hard}, paperPart{"plan.notice", i.Notice})
}

// After are those below.
func (p paperPage) After() []paperPart {
	return p.asked(paperPart{"plan.ask", p.P.Intent.Ask}, paperPart{"plan.stop", p.P.Intent.Stop})
}

// asked puts words in the place of their keys. What a frozen plan does not say is no
// question any more.
func (p paperPage) asked(parts ...paperPart) []paperPart {
	var all []paperPart
	for _, one := range parts {
		if one.Says != "" || !p.P.Frozen() {
			all = append(all, paperPart{p.Say(one.Title), one.Says}) // words:use plan.*
		}
	}
	return all
}

// Rooms are the lines of a signal that is written by hand.
func (p paperPage) Rooms() []string {
	if p.P.Frozen() {
		return nil
	}
	var all []string
	for _, part := range parts {
		all = append(all, p.Say("plan.signal."+part)) // words:use plan.signal.*
	}
	return all
}

func (s *Pages) showPaper(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	f.Title = p.Intent.Title
	page := paperPage{Frame: f, P: p}
	known, err := s.App.KnownTo(r.Context(), actor, p.Number)
	if err != nil {
		return err
	}
	for _, k := range known {
		page.Known = append(page.Known, lineOf(f, k, actor))
	}
	if page.Fits, err = s.fitting(r, f, actor, p, p.Intent); err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "planpaper", page)
}
