package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// lookView is that somebody looked.
type lookView struct {
	Member    practice.MemberID `json:"member"`
	Day       time.Time         `json:"day"`
	Something bool              `json:"something"`
}

// watchView is a signal that is looked at every so often.
type watchView struct {
	Plan   int        `json:"plan"`
	Signal int        `json:"signal"`
	What   string     `json:"what"`
	Who    string     `json:"who,omitempty"`
	Every  int        `json:"every_days"`
	DueAt  time.Time  `json:"due_at"`
	Due    bool       `json:"due"`
	Mine   bool       `json:"mine"`
	Looks  []lookView `json:"looks"`
}

func showWatch(w app.Watched) watchView {
	return watchView{w.Plan.Number, w.Signal, w.Of.What, w.Of.Who, w.Of.Every, w.DueAt.UTC(), w.Due, w.Mine,
		shown(w.Looks, func(l app.Looked) lookView { return lookView{l.Member, l.Day, l.Something} })}
}

// watchList is every signal of a plan that is looked at every so often.
type watchList struct {
	Signals []watchView `json:"signals"`
}

type newLook struct {
	Numbered
	Body struct {
		Signal int `json:"signal,omitempty" example:"1"`
	}
}

type watching struct {
	Numbered
	Body struct {
		On bool `json:"on,omitempty"`
	}
}

// looks is the table of who looks at the signals of a plan.
func (s *Rest) looks() {
	list := func(ctx context.Context, actor practice.Actor, number int, err error) (watchList, error) {
		if err != nil {
			return watchList{}, err
		}
		all, err := s.App.Watches(ctx, actor, number)
		return watchList{shown(all, showWatch)}, err
	}
	person(s, get("/plans/{number}/looks"), func(ctx context.Context, actor practice.Actor, in *Numbered) (watchList, error) {
		return list(ctx, actor, in.Number, nil)
	})
	person(s, create("/plans/{number}/looks"), func(ctx context.Context, actor practice.Actor, in *newLook) (watchList, error) {
		return list(ctx, actor, in.Number, s.App.Look(ctx, actor, in.Number, in.Body.Signal))
	})
	person(s, put("/plans/{number}/looks"), func(ctx context.Context, actor practice.Actor, in *watching) (watchList, error) {
		return list(ctx, actor, in.Number, s.App.WatchPlan(ctx, actor, in.Number, in.Body.On))
	})
}
