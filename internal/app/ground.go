package app

import (
	"context"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Grounds is where the failures of a team came to be, over time.
type Grounds struct {
	Team  practice.Team
	From  time.Time
	Until time.Time
	All   []measure.Ground
}

// Grounds returns those of one of the actor's teams, the same to everybody in it. The
// operator reads those of every team.
func (a *App) Grounds(ctx context.Context, actor practice.Actor, team practice.TeamID) (Grounds, error) {
	if !actor.Operator && !actor.In(team) {
		return Grounds{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (Grounds, error) {
		trail, err := trailOf(tx, team)
		if err != nil {
			return Grounds{}, err
		}
		on, err := tx.Grounds(team)
		return Grounds{trail.Team, trail.At.AddDate(0, 0, -measure.GroundDays), trail.At, measure.Grounds(trail, on)}, err
	})
}
