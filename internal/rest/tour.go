package rest

import (
	"context"

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
