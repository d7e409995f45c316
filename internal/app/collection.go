package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Reviews returns the reviews of the actor's teams, the latest first. Called
// or open, it is when and about what; what is said inside stays there.
func (a *App) Reviews(ctx context.Context, actor practice.Actor) ([]practice.Review, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Review, error) { return tx.ReviewsOfTeams(actor.Teams) })
}

// Gaps returns the gaps of closed reviews, which the whole organisation reads.
func (a *App) Gaps(ctx context.Context, _ practice.Actor) ([]practice.Gap, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Gap, error) { return tx.ClosedGaps() })
}
