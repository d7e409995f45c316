package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
)

// groundsView is where the failures of a team came to be. It has no person and no title
// of a failure, as what is measured.
type groundsView struct {
	Team    practice.TeamID `json:"team"`
	From    time.Time       `json:"from"`
	Until   time.Time       `json:"until"`
	Grounds []groundView    `json:"grounds"`
}

// groundView is one procedure with the failures that belong to it; the last one may be of
// none.
type groundView struct {
	Procedure practice.ProcedureID `json:"procedure,omitempty"`
	Slug      string               `json:"slug,omitempty"`
	Title     string               `json:"title,omitempty"`
	Shape     measure.Shape        `json:"shape"`
	Places    int                  `json:"places"`
	Again     int                  `json:"again"`
	After     int                  `json:"again_after_a_change"`
	Failures  []markView           `json:"failures"`
	Changed   []time.Time          `json:"changed"` // the days on which a change came into force
}

type markView struct {
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	Again  bool      `json:"again"`             // it came back; what it was before has no number where it is restricted
	Same   int       `json:"same_as,omitempty"` // the last one that people tied it to
	After  bool      `json:"after_a_change"`
}

func showGround(g measure.Ground) groundView {
	return groundView{g.Procedure, g.Slug, g.Title, g.Shape(), g.Places, g.Again, g.After,
		shown(g.Marks, func(m measure.Mark) markView { return markView{m.Number, m.At, m.Again(), m.Same, m.After} }), append([]time.Time{}, g.Changed...)}
}

// grounds is where the failures of a team came to be.
func (s *Rest) grounds() {
	person(s, get("/teams/{id}/grounds"), func(ctx context.Context, actor practice.Actor, in *One) (groundsView, error) {
		g, err := s.App.Grounds(ctx, actor, practice.TeamID(in.ID))
		return showGrounds(g), err
	})
}

func showGrounds(g app.Grounds) groundsView {
	return groundsView{g.Team.ID, g.From, g.Until, shown(g.All, showGround)}
}
