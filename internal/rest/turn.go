package rest

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// rotaView is who convenes in turn, in order.
type rotaView struct {
	Conveners []practice.MemberID `json:"conveners"`
	ThisWeek  practice.MemberID   `json:"this_week,omitempty"`
	Away      []practice.MemberID `json:"away"`
}

func showRota(r app.Rota) rotaView {
	return rotaView{some(r.Turns.Members()), r.Up, some(r.Away)}
}

type newRota struct {
	One
	Body struct {
		Conveners []practice.MemberID `json:"conveners,omitempty" at:"members"`
	}
}

type skipped struct {
	One
	Member practice.MemberID `path:"member"`
	Body   struct {
		Away bool `json:"away,omitempty"`
	}
}

// turns is the table of who convenes in turn.
func (s *Rest) turns() {
	person(s, get("/teams/{id}/conveners"), func(ctx context.Context, actor practice.Actor, in *One) (rotaView, error) {
		r, err := s.App.Rota(ctx, actor, practice.TeamID(in.ID))
		return showRota(r), err
	})
	person(s, put("/teams/{id}/conveners"), func(ctx context.Context, actor practice.Actor, in *newRota) (rotaView, error) {
		r, err := s.App.SaveRota(ctx, actor, practice.TeamID(in.ID), in.Body.Conveners)
		return showRota(r), err
	})
	person(s, put("/teams/{id}/conveners/{member}"), func(ctx context.Context, actor practice.Actor, in *skipped) (rotaView, error) {
		r, err := s.App.SkipWeek(ctx, actor, practice.TeamID(in.ID), in.Member, in.Body.Away)
		return showRota(r), err
	})
}
