package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Reviews returns the reviews of the actor's teams, the latest first. Called
// or open, it is when and about what; what is said inside stays there.
func (a *App) Reviews(ctx context.Context, actor practice.Actor) ([]practice.Review, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Review, error) { return tx.ReviewsOfTeams(actor.Teams) })
}

// Gaps returns the gaps of closed reviews whose whole record the actor reads.
func (a *App) Gaps(ctx context.Context, actor practice.Actor) ([]practice.Gap, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Gap, error) {
		all, err := tx.ClosedGaps()
		if err != nil {
			return nil, err
		}
		whole := map[practice.ReviewID]bool{}
		for _, g := range all {
			if _, known := whole[g.Review]; known {
				continue
			}
			if whole[g.Review], err = readsGap(tx, actor, g); err != nil {
				return nil, err
			}
		}
		return slices.DeleteFunc(all, func(g practice.Gap) bool { return !whole[g.Review] }), nil
	})
}

// readsGap reports whether the actor reads the whole record of the closed review
// that a gap is from.
func readsGap(tx *store.Tx, actor practice.Actor, g practice.Gap) (bool, error) {
	r, err := tx.Review(g.Review)
	if err != nil || r.Phase != practice.PhaseClosed {
		return false, err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return false, err
	}
	_, whole, err := reads(tx, actor, f, r)
	return whole, err
}
