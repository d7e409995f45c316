package rest

import (
	"context"

	"debrief/internal/practice"
)

// waitingView is a change that waits at a step, with the failure that speaks for it. Its
// words are told to those who may read that.
type waitingView struct {
	Gap     practice.GapID     `json:"gap"`
	Failure practice.FailureID `json:"failure"`
	Number  int                `json:"number"`
	Act     practice.StepAct   `json:"act"`
	Text    string             `json:"text"`
	Rest    string             `json:"rest,omitempty"`
	To      practice.StepID    `json:"to,omitempty"`
}

func showWaiting(w practice.CoreChange) waitingView {
	c := w.Change
	return waitingView{w.Gap, w.Failure, w.Number, c.Act, c.Text, c.Rest, c.To}
}

// AtStep is the address of a step.
type AtStep struct {
	Slugged
	Step practice.StepID `path:"step"`
}

type markedStep struct {
	AtStep
	Body struct {
		Core bool   `json:"core,omitempty"`
		Why  string `json:"why,omitempty"`
	}
}

type placedChange struct {
	AtStep
	Edited
	Gap practice.GapID `path:"gap"`
}

// cores is the table of steps that take three failures to change.
func (s *Rest) cores() {
	onProcedure(s, put("/procedures/{slug}/steps/{step}/core"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *markedStep) error {
		return s.App.MarkStep(ctx, actor, p.ID, practice.CoreMark{Step: in.Step, Core: in.Body.Core, Why: in.Body.Why})
	})
	onProcedure(s, post("/procedures/{slug}/steps/{step}/waits/{gap}/place"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *placedChange) error {
		base, err := in.version()
		if err != nil {
			return err
		}
		_, err = s.App.PlaceCoreChange(ctx, actor, p.ID, in.Step, in.Gap, base)
		return err
	})
}
