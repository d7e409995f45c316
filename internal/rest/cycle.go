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
	BegunAt time.Time        `json:"begun_at,omitzero"`
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

func showChange(m app.Meant) changeView {
	return changeView{m.Scar.Failure, m.Scar.Step, m.Scar.Safeguard, m.Scar.At}
}

func showRound(r app.Round) roundView {
	return roundView{showCycle(r.Cycle), shown(r.Carries, showCarried),
		shown(r.Promised, func(p app.Pledge) pledgeView { return pledgeView{p.Failure.ID, showGap(p.Gap), p.Outcome} }),
		shown(r.Reviews, func(c app.Closed) closedView { return closedView{c.Failure.ID, c.Failure.Number, c.At, c.Embedded} }),
		shown(r.Changes, showChange), shown(r.Plans, showPlan)}
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
	s.legacies()
}

// inheritedView is something that a round inherits, with what was said to it.
type inheritedView struct {
	About      string          `json:"about"`
	Says       practice.Says   `json:"says,omitempty"`
	Text       string          `json:"text,omitempty"`
	Constraint *constraintView `json:"constraint,omitempty"`
	Promise    *carryView      `json:"carry,omitempty"`
	Change     *changeView     `json:"change,omitempty"`
	Finding    *findingView    `json:"finding,omitempty"`
}

// legacyView is what a round inherits.
type legacyView struct {
	Cycle  cycleView       `json:"cycle"`
	Unread int             `json:"unread"`
	Items  []inheritedView `json:"inherited"`
}

func showLegacy(o app.Legacy) legacyView {
	return legacyView{showCycle(o.Cycle), o.Unread(), shown(o.Items, func(k app.Known) inheritedView {
		known := showKnown(k)
		v := inheritedView{About: k.About, Says: k.Says, Text: k.Text, Constraint: known.Constraint, Finding: known.Finding}
		if k.Promise.Carry.ID != "" {
			c := showCarried(k.Promise)
			v.Promise = &c
		}
		if k.Change.Scar.ID != "" {
			c := showChange(k.Change)
			v.Change = &c
		}
		return v
	})}
}

// AboutInherited is the address of something that a round inherits.
type AboutInherited struct {
	One
	About string `path:"about"`
}

type readInherited struct {
	AboutInherited
	Body struct {
		Says practice.Says `json:"says,omitempty"`
		Text string        `json:"text,omitempty" at:"so" example:"The bridge is open again."`
	}
}

// legacies is the table of how rounds begin.
func (s *Rest) legacies() {
	person(s, get("/cycles/{id}/inherited"), func(ctx context.Context, actor practice.Actor, in *One) (legacyView, error) {
		o, err := s.App.Legacy(ctx, actor, practice.CycleID(in.ID))
		return showLegacy(o), err
	})
	person(s, put("/cycles/{id}/inherited/{about}"), func(ctx context.Context, actor practice.Actor, in *readInherited) (legacyView, error) {
		o, err := s.App.ReadInherited(ctx, actor, practice.CycleID(in.ID), []practice.Inherited{{About: in.About, Says: in.Body.Says, Text: in.Body.Text}})
		return showLegacy(o), err
	})
	person(s, remove("/cycles/{id}/inherited/{about}"), func(ctx context.Context, actor practice.Actor, in *AboutInherited) (legacyView, error) {
		o, err := s.App.UnreadInherited(ctx, actor, practice.CycleID(in.ID), in.About)
		return showLegacy(o), err
	})
	person(s, post("/cycles/{id}/begin"), func(ctx context.Context, actor practice.Actor, in *One) (legacyView, error) {
		o, err := s.App.BeginCycle(ctx, actor, practice.CycleID(in.ID))
		return showLegacy(o), err
	})
}
