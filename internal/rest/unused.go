package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// usesView is how long a list is, and when it and its lines were used: the days, and nobody.
type usesView struct {
	Lines    int           `json:"lines"`
	LastUsed time.Time     `json:"last_used_on,omitzero"`
	Since    time.Time     `json:"unticked_since,omitzero"` // the first day of the rounds that count; absent while there are too few
	May      bool          `json:"may"`                     // the reader says what becomes of unused lines
	Steps    []stepUseView `json:"steps"`
}

// stepUseView is one line of it.
type stepUseView struct {
	Step     practice.StepID `json:"step"`
	Number   string          `json:"number"`
	TickedOn time.Time       `json:"ticked_on,omitzero"`
	SparedOn time.Time       `json:"not_needed_on,omitzero"`
	KeptOn   time.Time       `json:"kept_on,omitzero"`
	Why      string          `json:"kept_because,omitempty"`
	Unused   bool            `json:"unused"` // it is proposed for retirement
	Scars    []scarView      `json:"scars"`
}

func showUses(u app.Usage) usesView {
	v := usesView{Lines: len(u.Lines), LastUsed: u.LastOn, Since: u.Since, May: u.May, Steps: []stepUseView{}}
	for _, s := range u.Lines {
		use := u.Steps[s.ID]
		v.Steps = append(v.Steps, stepUseView{s.ID, s.Number, use.TickedOn, use.SparedOn, use.KeptOn, use.Why, u.MayRetire(s.ID) == nil, shown(s.Scars, showScar)})
	}
	return v
}

type endedUse struct {
	Slugged
	Body struct {
		Ticked    []practice.StepID `json:"ticked,omitempty"`
		NotNeeded []practice.StepID `json:"not_needed,omitempty"`
	}
}

type retiredStep struct {
	AtStep
	Edited
}

type keptStep struct {
	AtStep
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

// listUses is the table of when the lines of a list were used, and of those that may go.
func (s *Rest) listUses() {
	person(s, get("/procedures/{slug}/uses"), func(ctx context.Context, actor practice.Actor, in *Slugged) (usesView, error) {
		return s.usesOf(ctx, actor, in.Slug)
	})
	onUses(s, post("/procedures/{slug}/uses"), func(ctx context.Context, actor practice.Actor, p practice.ProcedureID, in *endedUse) error {
		return s.App.EndUse(ctx, actor, p, app.Ticked{Done: in.Body.Ticked, Spared: in.Body.NotNeeded})
	})
	onUses(s, post("/procedures/{slug}/steps/{step}/retire"), func(ctx context.Context, actor practice.Actor, p practice.ProcedureID, in *retiredStep) error {
		base, err := in.version()
		if err != nil {
			return err
		}
		_, err = s.App.RetireUnused(ctx, actor, p, practice.StepChange{Step: in.Step, Base: base})
		return err
	})
	onUses(s, post("/procedures/{slug}/steps/{step}/keep"), func(ctx context.Context, actor practice.Actor, p practice.ProcedureID, in *keptStep) error {
		return s.App.KeepUnused(ctx, actor, p, in.Step, in.Body.Why)
	})
}

// onUses adds an act on the use of a list, and shows that as it stands then.
func onUses[I any](s *Rest, r route, do func(context.Context, practice.Actor, practice.ProcedureID, *I) error) {
	person(s, r, func(ctx context.Context, actor practice.Actor, in *I) (usesView, error) {
		where, _ := any(in).(interface{ slug() string })
		m, err := s.App.Procedure(ctx, actor, where.slug())
		if err != nil {
			return usesView{}, err
		}
		if err := do(ctx, actor, m.Procedure.ID, in); err != nil {
			return usesView{}, err
		}
		return s.usesOf(ctx, actor, where.slug())
	})
}

func (s *Rest) usesOf(ctx context.Context, actor practice.Actor, slug string) (usesView, error) {
	u, err := s.App.Usage(ctx, actor, slug)
	return showUses(u), err
}
