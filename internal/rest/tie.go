package rest

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// tieView is a failure that people tied to another one: the same again, or the
// same event reported twice.
type tieView struct {
	ID    practice.LinkID  `json:"id"`
	Kind  practice.TieKind `json:"kind"`
	Other failureView      `json:"other"`
}

func showTie(t app.Tied) tieView { return tieView{t.ID, t.Kind, showFailure(t.Other)} }

type newTie struct {
	One
	Body struct {
		Other practice.FailureID `json:"other,omitempty"`
		Kind  practice.TieKind   `json:"kind,omitempty"`
	}
}

// echoView answers "has this happened before?" for a failure.
type echoView struct {
	NewGround   bool              `json:"new_ground"`
	Earlier     []earlierView     `json:"earlier"`
	Meant       []meantView       `json:"meant"`
	Constraints []knownConstraint `json:"constraints"`
}

// earlierView is an earlier failure like this one, or perhaps like it.
type earlierView struct {
	Failure failureView     `json:"failure"`
	Perhaps bool            `json:"perhaps"`
	Why     []string        `json:"why"`
	Tie     practice.LinkID `json:"tie,omitempty"`
	Tied    []failureView   `json:"tied"` // what people tied to it; none of them has a place of its own
}

// meantView is a line that was put there to prevent it.
type meantView struct {
	Procedure string         `json:"procedure,omitempty"`
	Step      *stepView      `json:"step,omitempty"`
	Safeguard *safeguardView `json:"safeguard,omitempty"`
	Scar      scarView       `json:"scar"`
}

type knownConstraint struct {
	Constraint constraintView `json:"constraint"`
	Why        []string       `json:"why"`
}

func showEcho(e app.Echo) echoView {
	return echoView{NewGround: e.NewGround(),
		Earlier: shown(e.Earlier, func(l app.Likeness) earlierView {
			return earlierView{showFailure(l.Failure), l.Perhaps, some(l.Words), l.Tie.ID, shown(l.Tied, showFailure)}
		}),
		Meant: shown(e.Meant, showMeant),
		Constraints: shown(e.Limits, func(l app.Likeness) knownConstraint {
			return knownConstraint{showConstraint(l.Constraint), some(l.Words)}
		})}
}

func showMeant(m app.Meant) meantView {
	v := meantView{Procedure: m.Procedure.Slug, Scar: showScar(m.Scar)}
	if m.Step.ID != "" {
		step := showStep(m.Step)
		v.Step = &step
	}
	if m.Safeguard.ID != "" {
		guard := showSafeguard(m.Safeguard)
		v.Safeguard = &guard
	}
	return v
}

// ties is the table of what people see as the same again.
func (s *Rest) ties() {
	onFailure(s, get("/failures/{id}/ties"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *listOfOne) (page[tieView], error) {
		ties, err := s.App.Ties(ctx, actor, f.ID)
		if err != nil {
			return page[tieView]{}, err
		}
		return pageOf(in.Paging, ties, func(t app.Tied) practice.LinkID { return t.ID }, showTie)
	})
	onFailure(s, create("/failures/{id}/ties"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newTie) (tieView, error) {
		t, err := s.App.TieFailures(ctx, actor, f.ID, in.Body.Other, in.Body.Kind)
		if err != nil {
			return tieView{}, err
		}
		other, err := s.App.FailureByID(ctx, actor, in.Body.Other)
		return showTie(app.Tied{Tie: t, Other: other}), err
	})
	person(s, remove("/ties/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.UntieFailures(ctx, actor, practice.LinkID(in.ID))
	})
	onFailure(s, get("/failures/{id}/earlier"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (echoView, error) {
		e, err := s.App.EchoOf(ctx, actor, f.ID)
		return showEcho(e), err
	})
}
