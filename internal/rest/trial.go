package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// trialView is a change of a step that rests on one failure, until somebody says what
// becomes of it.
type trialView struct {
	Gap      practice.GapID        `json:"gap"`
	Failure  practice.FailureID    `json:"failure"`
	Revision int                   `json:"revision"`
	Harm     string                `json:"harm,omitempty"` // why a core step could not wait
	LookAt   time.Time             `json:"look_at,omitzero"`
	Until    time.Time             `json:"until,omitzero"`
	Why      string                `json:"why,omitempty"`    // what was said last
	Groups   practice.ConsentStage `json:"groups,omitempty"` // where the round of its groups stands
	DueAt    time.Time             `json:"due_at,omitzero"`
}

// showTrial is nil where no change of the step comes back.
func showTrial(t practice.Trial) *trialView {
	if !t.Runs() {
		return nil
	}
	return &trialView{t.Gap, t.Failure, t.Revision, t.Harm, t.LookAt, t.Until, t.Why, t.Groups, t.DueAt}
}

type triedChange struct {
	Slugged
	Gap  practice.GapID `path:"gap"`
	Body struct {
		Days int    `json:"days,omitempty"`
		Why  string `json:"why,omitempty"`
	}
}

// trials is the table of changes that come back.
func (s *Rest) trials() {
	onProcedure(s, post("/procedures/{slug}/trials/{gap}/keep"), func(ctx context.Context, actor practice.Actor, _ practice.Procedure, in *triedChange) error {
		return s.App.KeepTrial(ctx, actor, in.Gap, in.Body.Days, in.Body.Why)
	})
	onProcedure(s, post("/procedures/{slug}/trials/{gap}/put-back"), func(ctx context.Context, actor practice.Actor, _ practice.Procedure, in *triedChange) error {
		return s.App.PutBack(ctx, actor, in.Gap, in.Body.Why)
	})
}
