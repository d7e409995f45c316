package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
)

// Unroute takes back what a gap led to, until the review closes. A promise, to whom it
// was handed, "already covered" and "nothing to change" are forgotten. A step has its old
// wording again, as a further version, and what waited at it waits again; what the gap
// itself let wait is gone; a safeguard, a boundary and a finding are
// gone. It refuses with "route.later" where something was built on it since.
func (rooms *Rooms) Unroute(ctx context.Context, seat practice.Seat, at GapAt) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if err := v.review.MayEmbed(); err != nil {
			return g, err
		}
		if err := errors.Join(v.tx.RemoveEffect(g.ID), v.takeBack(g)); err != nil {
			return g, err
		}
		g.Route = practice.Route{}
		g.Version++
		return g, nil
	})
}

// takeBack undoes what the route of a gap made.
func (v *visit) takeBack(g practice.Gap) error {
	to := g.Route.To
	if g.Route.Kind == practice.RouteWaiting {
		return v.tx.RemoveCoreChange(g.ID)
	}
	if g.Route.Kind == practice.RouteReferral {
		return v.tx.RemoveReferral(g.ID)
	}
	if g.Route.Kind == practice.RouteProposed {
		return v.unpropose(g.Route)
	}
	if !g.Route.Changes() {
		return nil
	}
	if g.Route.Kind == practice.RouteConstraint {
		return errors.Join(v.tx.RemoveEvidence(practice.ConstraintID(to), g.ID), v.tellUndone("constraint", to))
	}
	leans, err := v.tx.LeansOn(to, g.ID)
	switch {
	case err != nil:
		return err
	case leans:
		return practice.Refuse(practice.Conflict, "route.later")
	case g.Route.Kind == practice.RouteSafeguard:
		return errors.Join(v.tx.RemoveSafeguard(practice.SafeguardID(to)), v.tellUndone("safeguard", to))
	case g.Route.Kind == practice.RouteFinding:
		return errors.Join(v.tx.RemoveFinding(practice.FindingID(to)), v.tellUndone("finding", to))
	}
	if v.undone, err = v.tx.Unrevise(g.ID); err != nil {
		return err
	}
	return v.tellUndone("procedure", string(v.undone.ID))
}

// tellUndone tells whoever follows the log, such as the index, to look again.
func (v *visit) tellUndone(noun, id string) error {
	f, err := v.tx.Failure(v.review.Failure)
	if err != nil {
		return err
	}
	return v.tx.Emit(practice.Event{Kind: noun + ".undone", About: id, In: string(f.Team)})
}
