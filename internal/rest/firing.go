package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// firingView is a condition of a plan that came true.
type firingView struct {
	Signal  int                `json:"signal,omitempty"`
	Stop    bool               `json:"stop,omitempty"`
	Failure practice.FailureID `json:"failure"`
	Count   int                `json:"count"`
	FirstAt time.Time          `json:"first_at"`
	LastAt  time.Time          `json:"last_at"`
}

func showFiring(f practice.Firing) firingView {
	return firingView{f.Signal, f.Signal == practice.StopSignal, f.Failure, f.Count, f.FirstAt, f.LastAt}
}

// firedList is all that came true of a plan.
type firedList struct {
	Firings []firingView `json:"firings"`
}

type fired struct {
	Numbered
	Body struct {
		Signal int    `json:"signal,omitempty" example:"1"`
		Stop   bool   `json:"stop,omitempty"`
		Text   string `json:"text,omitempty" example:"Three cans are empty."`
	}
}

// monitorView is a program outside that may say so.
type monitorView struct {
	Path    string    `json:"path"`
	MadeAt  time.Time `json:"made_at"`
	Until   time.Time `json:"former_until,omitzero"`
	HeardAt time.Time `json:"heard_at,omitzero"`
}

func showMonitor(m practice.Monitor) monitorView {
	v := monitorView{Path: practice.MonitorPath(m.ID), MadeAt: m.MadeAt, HeardAt: m.HeardAt}
	if m.Former != "" {
		v.Until = m.Until
	}
	return v
}

// madeMonitor is one with its secret, which is shown this once.
type madeMonitor struct {
	Monitor monitorView `json:"monitor"`
	Secret  string      `json:"secret"`
}

// firings is the table of what comes true of a plan, and who may say so.
func (s *Rest) firings() {
	person(s, get("/plans/{number}/firings"), func(ctx context.Context, actor practice.Actor, in *Numbered) (firedList, error) {
		all, err := s.App.Firings(ctx, actor, in.Number)
		return firedList{shown(all, showFiring)}, err
	})
	person(s, create("/plans/{number}/firings"), func(ctx context.Context, actor practice.Actor, in *fired) (firingView, error) {
		f := practice.Fired{Signal: in.Body.Signal, Text: in.Body.Text}
		if in.Body.Stop == (f.Signal != practice.StopSignal) {
			f.Signal = -1 // neither, or both
		}
		made, err := s.App.Fire(ctx, actor, in.Number, f)
		return showFiring(made), err
	})
	s.looks()
	person(s, get("/plans/{number}/monitor"), func(ctx context.Context, actor practice.Actor, in *Numbered) (monitorView, error) {
		m, err := s.App.Monitor(ctx, actor, in.Number)
		if err == nil && m.ID == "" {
			err = practice.ErrNotFound
		}
		return showMonitor(m), err
	})
	person(s, create("/plans/{number}/monitor"), func(ctx context.Context, actor practice.Actor, in *Numbered) (madeMonitor, error) {
		m, secret, err := s.App.ConnectMonitor(ctx, actor, in.Number)
		return madeMonitor{showMonitor(m), secret}, err
	})
	person(s, remove("/plans/{number}/monitor"), func(ctx context.Context, actor practice.Actor, in *Numbered) (none, error) {
		return none{}, s.App.EndMonitor(ctx, actor, in.Number)
	})
}
