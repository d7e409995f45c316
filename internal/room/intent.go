package room

import "debrief/internal/practice"

// readPlan puts beside a question what was intended, as it was frozen before the
// outcome, and what was added since.
func (v *visit) readPlan(q *Question) error {
	var err error
	q.Plan, err = v.tx.PlanOf(q.Failure)
	q.Plan.Reasons = nil
	q.Text.Recalled = q.Asked == practice.PhaseIntended && q.Plan.ID == ""
	return err
}
