package room

import (
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// News is one line of what became of a report, as a code with what belongs to
// it: nothing in it says who.
type News struct {
	Code string    // "along", "noted", "kept", "called", "meets", "closed", "step", "in-use" …
	Day  time.Time // zero where none is known
	Text string    // the reason, the new wording, the limit, the next question
	In   string    // the procedure a step stands in
}

// news tells what became of a failure, in the order in which it did. What is
// said in an open room stays there. Of a report that goes along with another one it
// tells what became of that one.
func news(tx *store.Tx, f practice.Failure) ([]News, error) {
	var all []News
	with, err := leading(tx, f)
	if err != nil {
		return nil, err
	}
	if with != nil {
		f, all = *with, []News{{Code: "along"}}
	}
	all = append(all, decided(f)...)
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range reviews {
		if r.Phase != practice.PhaseClosed {
			all = append(all, News{Code: "meets", Day: r.MeetAt})
			continue
		}
		all = append(all, News{Code: "closed", Day: r.ClosedAt})
		if r.NothingWhy != "" {
			all = append(all, News{Code: "nothing", Text: r.NothingWhy})
		}
		gaps, err := tx.Gaps(r.ID)
		if err != nil {
			return nil, err
		}
		for _, g := range gaps {
			n, err := became(tx, g)
			if err != nil {
				return nil, err
			}
			if n.Code != "" {
				all = append(all, n)
			}
		}
		carried, err := carried(tx, r.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, carried...)
	}
	switch f.Standing {
	case practice.InUse:
		all = append(all, News{Code: "in-use"})
	case practice.Held:
		all = append(all, News{Code: "held"})
	}
	return all, nil
}

// leading is the failure another one goes along with, where all of its team read it;
// nil where there is none.
func leading(tx *store.Tx, f practice.Failure) (*practice.Failure, error) {
	all, err := tx.AlongWith(f.ID)
	if i := slices.IndexFunc(all, func(with practice.Failure) bool { return with.Team == f.Team && !with.Restricted() }); i >= 0 {
		return &all[i], err
	}
	return nil, err
}

// carried tells what came of the promise a review closed with.
func carried(tx *store.Tx, r practice.ReviewID) ([]News, error) {
	c, err := tx.CarryOf(r)
	if errors.Is(err, practice.ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	switch c.State {
	case practice.CarryDone:
		return []News{{Code: "done", Day: c.SettleAt, Text: c.Act}}, nil
	case practice.CarryDropped:
		return []News{{Code: "dropped", Day: c.SettleAt, Text: c.Act}}, nil
	}
	return []News{{Code: "carries", Day: c.DueAt, Text: c.Act}}, nil
}

// decided tells what the convener decided.
func decided(f practice.Failure) []News {
	switch f.Triage {
	case practice.TriageNoted:
		return []News{{Code: "noted", Text: f.TriageWhy}}
	case practice.TriageKept:
		return []News{{Code: "kept"}}
	case practice.TriageSignificant:
		return []News{{Code: "called"}}
	}
	return []News{{Code: "new"}}
}

// became tells what a gap of a closed review led to.
func became(tx *store.Tx, g practice.Gap) (News, error) {
	to := g.Route.To
	switch g.Route.Kind {
	case practice.RouteStep:
		s, err := tx.Step(practice.StepID(to))
		if err != nil {
			return gone(err)
		}
		p, err := tx.Procedure(s.Procedure)
		return News{Code: "step", Text: s.Text, In: p.Title}, err
	case practice.RouteSafeguard:
		s, err := tx.Safeguard(practice.SafeguardID(to))
		if err != nil {
			return gone(err)
		}
		return News{Code: "safeguard", Text: s.Text, Day: s.At}, nil
	case practice.RouteConstraint:
		c, err := tx.Constraint(practice.ConstraintID(to))
		if err != nil {
			return gone(err)
		}
		return News{Code: "constraint", Text: c.Text, Day: c.NamedAt}, nil
	case practice.RouteFinding:
		f, err := tx.Finding(practice.FindingID(to))
		if err != nil {
			return gone(err)
		}
		return News{Code: "finding", Text: f.Next, Day: f.At}, nil
	case practice.RouteWaiting:
		s, err := tx.Step(practice.StepID(to))
		if err != nil {
			return gone(err)
		}
		p, err := tx.Procedure(s.Procedure)
		return News{Code: "waiting", Text: s.Text, In: p.Title}, err
	case practice.RouteReferral: // to whom is the team's to know
		return News{Code: string(g.Route.Kind)}, nil
	case practice.RouteProposed:
		one, err := tx.Proposed(practice.ProposedID(to))
		if err != nil {
			return gone(err)
		}
		p, err := tx.Procedure(one.Change.Procedure)
		return News{Code: "proposed", Text: one.Change.Text, In: p.Title}, err
	case practice.RoutePromised, practice.RouteCovered, practice.RouteNothing, practice.RoutePutBack, practice.RouteDeclined:
		return News{Code: string(g.Route.Kind), Text: g.Route.Why, Day: g.Route.By}, nil
	}
	return News{}, nil
}

// gone is no news, where what a gap led to was taken back since.
func gone(err error) (News, error) {
	if errors.Is(err, practice.ErrNotFound) {
		err = nil
	}
	return News{}, err
}
