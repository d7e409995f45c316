package app

import (
	"slices"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// readings are what is measured of a trail. Whether an agreed text names something that
// somebody else could look at is read by the phrases of its team, as the remarks beside
// a text are, for as many reviews as are measured by it.
func (a *App) readings(t *practice.Trail) []measure.Reading {
	phrases := a.phrases
	if own, err := phrases.With(t.Team.Phrases); err == nil {
		phrases = own
	}
	seen := map[practice.ReviewID]bool{}
	for i := range slices.Backward(t.Gaps) {
		g := &t.Gaps[i]
		if seen[g.Review] = true; len(seen) > measure.BareReviews {
			break
		}
		g.Bare = !phrases.Anchored(g.Text)
	}
	return measure.Readings(*t)
}
