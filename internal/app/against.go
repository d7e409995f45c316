package app

import (
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Against is what another team learned where a limit was met, and what speaks against
// it: it lifts no limit, and asks for a test of it. It has one of the two.
type Against struct {
	Team    string
	Scar    practice.Scar // of a change that is in use, and after which the same did not come back
	Finding practice.Finding
}

// against finds what other teams learned about the same as a limit that stands, the
// changes before the findings. What is restricted to others than the reader says nothing.
func (r reader) against(tx *store.Tx, c practice.Constraint) ([]Against, error) {
	if !c.Withdrawn.IsZero() {
		return nil, nil
	}
	ids, err := r.around(tx, c.Failures)
	if err != nil || len(ids) <= len(c.Failures) {
		return nil, err
	}
	scars, err := tx.ScarsFrom(ids)
	if err != nil {
		return nil, err
	}
	var out []Against
	r.scars(scars)
	for _, s := range scars {
		one := slices.ContainsFunc(out, func(a Against) bool { return a.Scar.Failure == s.Failure })
		if s.Team != c.Team && !s.UsedAt.IsZero() && !s.Back() && !one {
			out = append(out, Against{Team: s.Of, Scar: s})
		}
	}
	findings, err := tx.Findings()
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		if f.Team == c.Team || !slices.Contains(ids, f.Failure) {
			continue
		}
		team, err := tx.Team(f.Team)
		if err != nil {
			return nil, err
		}
		out = append(out, Against{Team: team.Name, Finding: f})
	}
	return out, nil
}

// around are some failures with all that people said is the same.
func (r reader) around(tx *store.Tx, some []practice.FailureID) (ids []practice.FailureID, err error) {
	var apart []practice.FailureID
	for id := range r.withheld {
		apart = append(apart, practice.FailureID(id))
	}
	slices.Sort(apart)
	for _, f := range some {
		if slices.Contains(ids, f) || r.withheld[string(f)] {
			continue
		}
		reached, err := tx.Territory(f, apart)
		if err != nil {
			return nil, err
		}
		ids = append(ids, reached...)
	}
	return ids, nil
}
