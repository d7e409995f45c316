package room

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// Watch names what a change that the room put in place is to move, and from which day on
// whoever carries it is asked whether it did. It can be named anew, here and by them, and goes
// with the change where that is taken back. Nobody's name is kept with it.
func (rooms *Rooms) Watch(ctx context.Context, seat practice.Seat, at GapAt, what string, day time.Time) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if err := v.review.MayEmbed(); err != nil {
			return g, err
		}
		if !g.Route.Changes() {
			return g, practice.Refuse(practice.Conflict, "effect.change")
		}
		was, err := v.tx.Effect(g.ID)
		if err != nil {
			return g, err
		}
		e, err := was.Watch(what, day, v.tx.Now())
		if err != nil {
			return g, err
		}
		g.Version++
		return g, v.tx.SaveEffect(e, was)
	})
}
