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
	return read(ctx, a, func(tx *store.Tx) ([]practice.Review, error) {
		all, err := tx.ReviewsOfTeams(actor.Member, actor.Teams)
		for i := range all {
			all[i] = all[i].Outside()
		}
		return all, err
	})
}

// Gaps returns the gaps of closed reviews whose whole record the actor reads.
func (a *App) Gaps(ctx context.Context, actor practice.Actor) ([]practice.Gap, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Gap, error) {
		all, err := tx.ClosedGaps()
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		return slices.DeleteFunc(all, func(g practice.Gap) bool { return r.records[g.Review] < practice.ReadsWhole }), err
	})
}
