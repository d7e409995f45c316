package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// tourView is how a team got here: what each of six stops is about, in their order.
type tourView struct {
	Team    practice.TeamID `json:"team"`
	Changed int             `json:"changed"`
	Stops   []stopView      `json:"stops"`
	Used    []stopView      `json:"used"`
}

// stopView is one stop; it has no id while there is nothing to tell.
type stopView struct {
	Stop  string `json:"stop"`
	ID    string `json:"id,omitempty"`
	Path  string `json:"path,omitempty"`
	Again int    `json:"again,omitempty"`
}

// showTour shows what a tour stops at. Whose words stand there is read under each
// address.
func showTour(t app.Tour) tourView {
	v := tourView{Team: t.Team.ID, Changed: t.Changed, Used: []stopView{}}
	all := []stopView{{Stop: "failure", ID: string(t.Failure.ID), Again: t.Again}, {Stop: "line"}, {Stop: "limit"}, {Stop: "finding"},
		{Stop: "promise"}, {Stop: "vitality", Path: "/vitality"}}
	if t.Failure.ID != "" {
		all[0].Path = practice.FailurePath(t.Failure.Number)
	}
	if m := t.Line; m != nil {
		all[1].ID, all[1].Path = m.ID(), "/p"
		if m.Step.ID != "" {
			all[1].Path = practice.ProcedurePath(m.Procedure.Slug) + "#" + m.ID()
		}
	}
	if t.Limit != nil {
		all[2].ID, all[2].Path = string(t.Limit.Constraint.ID), practice.ConstraintPath(t.Limit.Constraint.Number)
	}
	if t.Finding != nil {
		all[3].ID, all[3].Path = string(t.Finding.Finding.ID), practice.FindingPath(t.Finding.Finding.Number)
	}
	if t.Promise != nil {
		all[4].ID, all[4].Path = string(t.Promise.Carry.ID), practice.CarryPath(t.Promise.Carry.ID)
	}
	v.Stops = all
	for _, u := range t.Used {
		one := stopView{"procedure", string(u.Procedure.ID), practice.ProcedurePath(u.Procedure.Slug), 0}
		if u.Constraint.ID != "" {
			one = stopView{"limit", string(u.Constraint.ID), practice.ConstraintPath(u.Constraint.Number), 0}
		}
		v.Used = append(v.Used, one)
	}
	return v
}

// tour is how a team got here.
func (s *Rest) tour() {
	person(s, get("/teams/{id}/tour"), func(ctx context.Context, actor practice.Actor, in *One) (tourView, error) {
		t, err := s.App.Tour(ctx, actor, practice.TeamID(in.ID))
		return showTour(t), err
	})
}

// newView is what is kept of one's own first time in a team.
type newView struct {
	ID      practice.NewcomerID  `json:"id,omitempty"` // empty: one is not new there
	Since   time.Time            `json:"since,omitzero"`
	NewHere bool                 `json:"new_here"` // the first days are not over
	Ran     bool                 `json:"ran"`
	Asked   practice.MemberID    `json:"asked,omitempty"`
	Of      practice.ProcedureID `json:"of,omitempty"`
}

// newcomerAnswer says what answered a question of somebody new.
type newcomerAnswer struct {
	One
	Body struct {
		About string `json:"about,omitempty"`
	}
}

// newRun says that somebody did a procedure alone, and who saw it.
type newRun struct {
	Slugged
	Body struct {
		Witness practice.MemberID `json:"witness"`
	}
}

// newSeen is what whoever is asked says.
type newSeen struct {
	One
	Body struct {
		Yes bool `json:"yes"`
	}
}

// newcomers is what is kept of one's own first time, and what is counted of it.
func (s *Rest) newcomers() {
	person(s, get("/teams/{id}/newcomer"), func(ctx context.Context, actor practice.Actor, in *One) (newView, error) {
		n, err := s.App.Newcomer(ctx, actor, practice.TeamID(in.ID))
		return newView{n.ID, n.Since, n.NewHere(s.Now()), n.Ran, n.Witness, n.Procedure}, err
	})
	person(s, post("/teams/{id}/newcomer/answers"), func(ctx context.Context, actor practice.Actor, in *newcomerAnswer) (none, error) {
		return none{}, s.App.SayAnswered(ctx, actor, practice.TeamID(in.ID), in.Body.About)
	})
	onProcedure(s, post("/procedures/{slug}/runs"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *newRun) error {
		return s.App.StateRun(ctx, actor, p.ID, in.Body.Witness)
	})
	person(s, post("/newcomers/{id}/seen"), func(ctx context.Context, actor practice.Actor, in *newSeen) (none, error) {
		return none{}, s.App.WitnessRun(ctx, actor, practice.NewcomerID(in.ID), in.Body.Yes)
	})
}
