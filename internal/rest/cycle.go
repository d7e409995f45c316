package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// cycleView is one round of work of a team.
type cycleView struct {
	ID      practice.CycleID `json:"id"`
	Team    practice.TeamID  `json:"team"`
	Number  int              `json:"number"`
	StartAt time.Time        `json:"start_at"`
	EndAt   time.Time        `json:"end_at"`
}

func showCycle(c practice.Cycle) cycleView { return cycleView(c) }

// roundView is a round of work with what stands against it.
type roundView struct {
	Cycle    cycleView    `json:"cycle"`
	Carries  []carryView  `json:"carries"`
	Promised []pledgeView `json:"promised"`
	Reviews  []closedView `json:"reviews"`
	Changes  []changeView `json:"changes"`
	Plans    []planView   `json:"plans"`
}

// pledgeView is a change that was put off to a day.
type pledgeView struct {
	Failure practice.FailureID `json:"failure"`
	Gap     GapView            `json:"gap"`
	Outcome practice.Outcome   `json:"outcome"`
}

// closedView is a review that was closed.
type closedView struct {
	Failure  practice.FailureID `json:"failure"`
	Number   int                `json:"number"`
	At       time.Time          `json:"at"`
	Embedded bool               `json:"embedded"`
}

// changeView is a step or something elsewhere that changed because of a failure.
type changeView struct {
	Failure   practice.FailureID   `json:"failure"`
	Step      practice.StepID      `json:"step,omitempty"`
	Safeguard practice.SafeguardID `json:"safeguard,omitempty"`
	At        time.Time            `json:"at"`
}

func showRound(r app.Round) roundView {
	return roundView{showCycle(r.Cycle), shown(r.Carries, showCarried),
		shown(r.Promised, func(p app.Pledge) pledgeView { return pledgeView{p.Failure.ID, showGap(p.Gap), p.Outcome} }),
		shown(r.Reviews, func(c app.Closed) closedView { return closedView{c.Failure.ID, c.Failure.Number, c.At, c.Embedded} }),
		shown(r.Changes, func(m app.Meant) changeView {
			return changeView{m.Scar.Failure, m.Scar.Step, m.Scar.Safeguard, m.Scar.At}
		}), shown(r.Plans, showPlan)}
}

// cycles is the table of rounds of work.
func (s *Rest) cycles() {
	person(s, get("/teams/{id}/cycles"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[cycleView], error) {
		all, err := s.App.Cycles(ctx, actor, practice.TeamID(in.ID))
		if err != nil {
			return page[cycleView]{}, err
		}
		return pageOf(in.Paging, all, func(c practice.Cycle) practice.CycleID { return c.ID }, showCycle)
	})
	person(s, get("/cycles/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (roundView, error) {
		r, err := s.App.Cycle(ctx, actor, practice.CycleID(in.ID))
		return showRound(r), err
	})
}
