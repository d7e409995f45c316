package rest

import (
	"context"
	"errors"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// assumptionView is what a team relies on, what was found about it, and what rests on it.
type assumptionView struct {
	ID           practice.AssumptionID    `json:"id"`
	Number       int                      `json:"number"`
	Team         practice.TeamID          `json:"team"`
	Text         string                   `json:"text"`
	State        practice.AssumptionState `json:"state"`
	Limit        practice.ConstraintID    `json:"limit,omitempty"`
	RegisteredBy practice.MemberID        `json:"registered_by"`
	RegisteredAt time.Time                `json:"registered_at"`
	Tests        []testView               `json:"tests"`
	Uses         []restingView            `json:"uses"`
	Version      int                      `json:"version"`
	Already      bool                     `json:"already,omitempty"`
}

func (v assumptionView) etag() string { return tag(v.Version) }

// testView is that somebody found out whether an assumption holds.
type testView struct {
	State   practice.AssumptionState `json:"state"`
	How     string                   `json:"how"`
	Gap     practice.GapID           `json:"gap,omitempty"`
	Failure int                      `json:"failure,omitempty"`
	Instead int                      `json:"instead,omitempty"`
	Member  practice.MemberID        `json:"member"`
	Day     time.Time                `json:"day"`
}

// restingView is something that rests on an assumption.
type restingView struct {
	ID         practice.AssumptionUseID `json:"id"`
	Assumption int                      `json:"assumption"`
	Procedure  string                   `json:"procedure,omitempty"`
	Step       practice.StepID          `json:"step,omitempty"`
	Plan       int                      `json:"plan,omitempty"`
	Open       bool                     `json:"open"`
	Fine       string                   `json:"fine,omitempty"`
}

func showResting(u app.AssumedUse) restingView {
	return restingView{u.ID, u.Of.Number, u.Procedure.Slug, u.Step.ID, u.Plan.Number, u.Open, u.Fine}
}

// showTest shows where it showed only to whoever reads the failure or its record.
func showTest(t app.AssumedTest) testView {
	v := testView{State: t.State, How: t.How, Failure: t.Scar.Number, Instead: t.Number, Member: t.By, Day: t.Day}
	if v.Failure > 0 {
		v.Gap = t.Gap
	}
	return v
}

func showAssumed(a app.Assumed) assumptionView {
	return assumptionView{a.ID, a.Number, a.Team, a.Text, a.State(), a.Limit, a.By, a.Day, shown(a.History, showTest), shown(a.Resting, showResting), a.Version(), a.Already}
}

type askedAssumptions struct {
	Paging
	State     practice.AssumptionState `query:"state"`
	Procedure string                   `query:"procedure"`
	Plan      int                      `query:"plan"`
	Limit     int                      `query:"constraint"`
}

// RestsBody names what rests on an assumption.
type RestsBody struct {
	Procedure string `json:"procedure,omitempty" at:"on" example:"locking-up"`
	Step      string `json:"step,omitempty"`
	Plan      int    `json:"plan,omitempty"`
}

type newAssumption struct {
	Body struct {
		Team       practice.TeamID `json:"team,omitempty"`
		Text       string          `json:"text,omitempty" example:"The courier comes before noon."`
		How        string          `json:"how,omitempty"`
		Constraint int             `json:"constraint,omitempty"`
		Gap        practice.GapID  `json:"gap,omitempty"`
		Uses       RestsBody       `json:"uses,omitzero"`
	}
}

type testedAssumption struct {
	Numbered
	Edited
	Body struct {
		State practice.AssumptionState `json:"state,omitempty"`
		How   string                   `json:"how,omitempty" example:"It came after one, three days in a row."`
		Gap   practice.GapID           `json:"gap,omitempty"`
		Next  int                      `json:"next,omitempty"`
		Text  string                   `json:"text,omitempty" at:"instead"`
	}
}

type usedAssumption struct {
	Numbered
	Body RestsBody
}

type lookedAtUse struct {
	Numbered
	Edited
	Use  practice.AssumptionUseID `path:"use"`
	Body struct {
		Act practice.AssumptionUseAct `json:"act,omitempty"`
		Why string                    `json:"why,omitempty"`
	}
}

// assumptions is the table of what teams rely on.
func (s *Rest) assumptions() {
	person(s, get("/assumptions"), func(ctx context.Context, actor practice.Actor, in *askedAssumptions) (page[assumptionView], error) {
		all, err := s.App.Assumptions(ctx, actor, app.AssumptionFilter{State: in.State, Procedure: in.Procedure, Plan: in.Plan, Limit: in.Limit})
		if err != nil {
			return page[assumptionView]{}, err
		}
		return pageOf(in.Paging, all, func(a app.Assumed) practice.AssumptionID { return a.ID }, showAssumed)
	})
	person(s, create("/assumptions"), func(ctx context.Context, actor practice.Actor, in *newAssumption) (assumptionView, error) {
		b := in.Body
		a, err := s.App.RegisterAssumption(ctx, actor, app.NewAssumption{Team: b.Team, Text: b.Text, How: b.How, Limit: b.Constraint, Broke: b.Gap,
			Rests: app.RestsOn(b.Uses)})
		return showAssumed(a), err
	})
	person(s, get("/assumptions/{number}"), func(ctx context.Context, actor practice.Actor, in *Numbered) (assumptionView, error) {
		a, err := s.App.Assumption(ctx, actor, in.Number)
		return showAssumed(a), err
	})
	person(s, create("/assumptions/{number}/tests"), func(ctx context.Context, actor practice.Actor, in *testedAssumption) (assumptionView, error) {
		version, err := in.version()
		if err != nil {
			return assumptionView{}, err
		}
		b := in.Body
		a, err := s.App.TestAssumption(ctx, actor, in.Number, app.AssumptionTested{State: b.State, How: b.How, Gap: b.Gap, Next: b.Next, Instead: b.Text, Version: version})
		return s.assumedNow(ctx, actor, in.Number, a, err)
	})
	person(s, create("/assumptions/{number}/uses"), func(ctx context.Context, actor practice.Actor, in *usedAssumption) (assumptionView, error) {
		a, err := s.App.RestOn(ctx, actor, in.Number, app.RestsOn(in.Body))
		return showAssumed(a), err
	})
	person(s, post("/assumptions/{number}/uses/{use}"), func(ctx context.Context, actor practice.Actor, in *lookedAtUse) (assumptionView, error) {
		version, err := in.version()
		if err != nil {
			return assumptionView{}, err
		}
		a, err := s.App.LookAtUse(ctx, actor, in.Number, app.AssumptionLook{Use: in.Use, Act: in.Body.Act, Why: in.Body.Why, Version: version})
		return s.assumedNow(ctx, actor, in.Number, a, err)
	})
}

// assumedNow shows it after an act that went well, and to whoever was slower as it is.
func (s *Rest) assumedNow(ctx context.Context, actor practice.Actor, number int, a app.Assumed, err error) (assumptionView, error) {
	if errors.Is(err, practice.ErrChanged) {
		is, failed := s.App.Assumption(ctx, actor, number)
		if failed != nil {
			return assumptionView{}, failed
		}
		return assumptionView{}, beside(err, showAssumed(is))
	}
	return showAssumed(a), err
}
