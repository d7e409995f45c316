package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
)

// readPlan puts beside a question what was intended, as it was frozen before the
// outcome, and what was added since. Why it may fail comes once everybody reads what
// gaps people see.
func (v *visit) readPlan(q *Question) error {
	var err error
	q.Plan, err = v.tx.PlanOf(q.Failure)
	if q.Asked != practice.PhaseGap || !q.Open() {
		q.Plan.Reasons = nil
	}
	q.Text.Recalled = q.Asked == practice.PhaseIntended && q.Plan.ID == ""
	return err
}

// Prove says that one of the reasons why the plan may fail came true, by its place,
// or takes that back. Anybody in the room may, and nobody is kept with it.
func (rooms *Rooms) Prove(ctx context.Context, seat practice.Seat, reason int, is bool) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		f, err := v.tx.Failure(v.review.Failure)
		if err != nil {
			return err
		}
		p, err := v.tx.PlanOf(f)
		if err != nil {
			return err
		}
		r, err := v.review.Prove(reason, len(p.Reasons), is)
		if err != nil {
			return err
		}
		return errors.Join(v.save(r), v.emit("room.proved", nil))
	})
}
