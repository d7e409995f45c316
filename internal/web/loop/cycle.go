package loop

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// mostCycles is how many cycles the page of all promises leads back to.
const mostCycles = 6

// cyclesOf are the cycle that the reader's team is in, and the last ones before it.
func (s *Pages) cyclesOf(r *http.Request, f *frame.Frame, actor practice.Actor) (now practice.Cycle, before []practice.Cycle, err error) {
	if !actor.In(f.Place.Team.ID) {
		return now, nil, nil
	}
	all, err := s.App.Cycles(r.Context(), actor, f.Place.Team.ID)
	if err != nil || len(all) == 0 {
		return now, nil, err
	}
	return all[0], all[1:min(len(all), 1+mostCycles)], nil
}

// cyclePage is one round of work with what was promised for it, and what came of
// that.
type cyclePage struct {
	inLoop
	R app.Round
}

func (s *Pages) showCycle(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	round, err := s.App.Cycle(r.Context(), actor, practice.CycleID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := cyclePage{inLoop: inLoop{f}, R: round}
	f.Title = page.Span(round.Cycle)
	return s.Show(w, http.StatusOK, "cycle", page)
}

// Span says from when to when a cycle goes.
func (p inLoop) Span(c practice.Cycle) string {
	return p.Say("cycle.span", "from", c.StartAt, "to", c.EndAt)
}

// CyclePath is where a cycle stands.
func (inLoop) CyclePath(c practice.Cycle) string { return practice.CyclePath(c.ID) }

// CarryPath is where a promise stands.
func (inLoop) CarryPath(c app.Carried) string { return practice.CarryPath(c.Carry.ID) }

// Stands says whether the round is over, or when it will be.
func (p cyclePage) Stands() string {
	if p.R.Over(p.Now) {
		return p.Say("cycle.over", "team", p.R.Name)
	}
	return p.Say("cycle.runs", "team", p.R.Name, "days", p.Days(p.Now, p.R.EndAt))
}

// LegacyPath is where its people read what it inherits.
func (p cyclePage) LegacyPath() string { return practice.LegacyPath(p.R.ID) }

// Came says in one line what came of all that was promised.
func (p cyclePage) Came() string {
	n := p.R.Promises()
	if n == 0 {
		return p.Say("cycle.none")
	}
	var parts []string
	for _, o := range practice.Outcomes() {
		if k := p.R.Count(o); k > 0 {
			parts = append(parts, p.Say("cycle.count."+string(o), "n", k)) // words:use cycle.count.*
		}
	}
	return p.Say("cycle.came", "n", n, "parts", p.List(parts))
}

// Outcome says what came of a promise.
func (p cyclePage) Outcome(o practice.Outcome) string {
	return p.Say("cycle.outcome." + string(o)) // words:use cycle.outcome.*
}

// Missed reports whether it was missed.
func (cyclePage) Missed(o practice.Outcome) bool { return o == practice.OutcomeMissed }

// Pledged is what was to change, as a sentence.
func (cyclePage) Pledged(g app.Pledge) string { return words.Capital(g.Gap.Name()) }

// Gate says whether all that a review sorted is in place.
func (p cyclePage) Gate(c app.Closed) string {
	if c.Embedded {
		return p.Say("cycle.review.embedded", "day", c.At)
	}
	return p.Say("cycle.review.captured", "day", c.At)
}
