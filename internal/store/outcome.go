package store

import (
	"slices"

	"debrief/internal/practice"
)

// Outcome says what came of a failure's review, a line for each thing that
// changed, or one line that nothing did and why. The lines are addressed to nobody yet.
func (tx *Tx) Outcome(f practice.Failure, r practice.Review, gaps []practice.Gap) ([]practice.Notice, error) {
	var lines []practice.Notice
	why := r.NothingWhy
	for _, g := range gaps {
		if !g.Taken || !g.Sorted() {
			continue
		}
		if g.Route.Kind == practice.RouteNothing {
			why = g.Route.Why
		}
		if !g.Route.Changes() {
			continue
		}
		n, err := tx.outcome(g.Route)
		if err != nil {
			return nil, err
		}
		lines = append(lines, n)
	}
	switch {
	case len(lines) > 0:
	case why != "":
		lines = []practice.Notice{{Code: "notice.nothing", Args: practice.Args{"title": f.Title, "why": why}}}
	default:
		lines = []practice.Notice{{Code: "notice.closed", Args: practice.Args{"title": f.Title, "number": f.Number}}}
	}
	for i := range lines {
		lines[i].Link = practice.RecordPath(f.Number)
	}
	return lines, nil
}

// outcome is one thing that changed.
func (tx *Tx) outcome(r practice.Route) (practice.Notice, error) {
	switch r.Kind {
	case practice.RouteStep:
		s, err := tx.Step(practice.StepID(r.To))
		if err != nil {
			return practice.Notice{}, err
		}
		p, err := tx.Procedure(s.Procedure)
		return practice.Notice{Code: "notice.changed", Args: practice.Args{"procedure": p.Title, "n": s.Number}}, err
	case practice.RoutePutBack:
		s, err := tx.Step(practice.StepID(r.To))
		if err != nil {
			return practice.Notice{}, err
		}
		p, err := tx.Procedure(s.Procedure)
		return practice.Notice{Code: "notice.put-back", Args: practice.Args{"procedure": p.Title, "n": s.Number, "why": r.Why}}, err
	case practice.RouteDeclined:
		one, err := tx.Proposed(practice.ProposedID(r.To))
		if err != nil {
			return practice.Notice{}, err
		}
		p, err := tx.Procedure(one.Change.Procedure)
		return practice.Notice{Code: "notice.proposed-none", Args: practice.Args{"procedure": p.Title, "why": r.Why}}, err
	case practice.RouteSafeguard:
		s, err := tx.Safeguard(practice.SafeguardID(r.To))
		return practice.Notice{Code: "notice.safeguard", Args: practice.Args{"text": s.Text}}, err
	case practice.RouteConstraint:
		c, err := tx.Constraint(practice.ConstraintID(r.To))
		return practice.Notice{Code: "notice.constraint", Args: practice.Args{"text": c.Text}}, err
	default:
		f, err := tx.Finding(practice.FindingID(r.To))
		return practice.Notice{Code: "notice.finding", Args: practice.Args{"text": f.Known}}, err
	}
}

// TellContributors tells everybody who had a part in a review, but those whose own
// doing it was, what came of it. Whoever reported without a name is not among them:
// they come back by themselves, and what they then read is [Tx.Outcome].
func (tx *Tx) TellContributors(r practice.Review, lines []practice.Notice, but ...practice.MemberID) error {
	people, err := tx.Contributors(r)
	if err != nil {
		return err
	}
	for _, m := range people {
		if slices.Contains(but, m) {
			continue
		}
		if err := tx.TellOutcome(m, r.ID, lines); err != nil {
			return err
		}
	}
	return nil
}

// TellOutcome tells one of them. The first line goes out as a message, all of
// them stand on the start page.
func (tx *Tx) TellOutcome(m practice.MemberID, r practice.ReviewID, lines []practice.Notice) error {
	for i, n := range lines {
		n.Member = m
		put := tx.AddNotice
		if i == 0 {
			put = func(n practice.Notice) error { return tx.Tell(n, r) }
		}
		if err := put(n); err != nil {
			return err
		}
	}
	return nil
}
