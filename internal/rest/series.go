package rest

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// seriesView is plans that do the same again, side by side.
type seriesView struct {
	Series  practice.PlanID `json:"series"`
	Earlier int             `json:"earlier"`
	Plans   []workView      `json:"plans"`
	Repeats []repeatView    `json:"repeats"`
}

// workView is one plan of a series with what went differently in it.
type workView struct {
	Plan planView   `json:"plan"`
	Went []wentView `json:"went"`
}

// wentView is what went differently once, with the record of its closed review.
type wentView struct {
	Failure failureView `json:"failure"`
	Record  *recordView `json:"record,omitempty"`
}

// repeatView is what came back in more than one plan of a series.
type repeatView struct {
	Works      int              `json:"works"`
	Tied       bool             `json:"tied"`
	Procedure  string           `json:"procedure,omitempty"`
	Step       *stepView        `json:"step,omitempty"`
	Safeguard  *safeguardView   `json:"safeguard,omitempty"`
	Constraint *constraintView  `json:"constraint,omitempty"`
	Cases      []repeatCaseView `json:"cases"`
}

// repeatCaseView is one time that it was so.
type repeatCaseView struct {
	Plan    int              `json:"plan"`
	Failure int              `json:"failure"`
	Gaps    []practice.GapID `json:"gaps"`
}

func showSeries(s app.Series) seriesView {
	return seriesView{s.Of.InSeries(), s.Earlier, shown(s.Plans, showWork), shown(s.Repeats, showRepeat)}
}

func showWork(w app.Work) workView {
	return workView{showPlan(w.Plan), shown(w.Went, func(w app.Went) wentView {
		v := wentView{Failure: showFailure(w.Failure)}
		if w.Record.Review.ID != "" {
			r := showRecord(w.Record)
			v.Record = &r
		}
		return v
	})}
}

func showRepeat(r app.Repeat) repeatView {
	led := showLearned(r.Led)
	return repeatView{r.Works, r.Tied, led.Procedure, led.Step, led.Safeguard, led.Constraint, shown(r.Cases, func(c app.RepeatCase) repeatCaseView {
		return repeatCaseView{c.Plan.Number, c.Failure.Number, shown(c.Gaps, func(g practice.Gap) practice.GapID { return g.ID })}
	})}
}

type likened struct {
	Numbered
	Body struct {
		Like int `json:"like,omitempty"`
	}
}

// series is the table of what is done again.
func (s *Rest) series() {
	person(s, get("/plans/{number}/series"), func(ctx context.Context, actor practice.Actor, in *Numbered) (seriesView, error) {
		all, err := s.App.Series(ctx, actor, in.Number)
		return showSeries(all), err
	})
	person(s, put("/plans/{number}/series"), func(ctx context.Context, actor practice.Actor, in *likened) (planView, error) {
		p, err := s.App.LikePlan(ctx, actor, in.Number, in.Body.Like)
		return showPlan(p), err
	})
}
