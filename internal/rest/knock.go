package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
)

// codeView is what a team hands out so that people can ask to come in.
type codeView struct {
	Code   string    `json:"code" example:"alder copper heron mill"`
	Path   string    `json:"path"` // where it leads in a browser
	EndsAt time.Time `json:"ends_at"`
}

func showCode(c practice.TeamCode) codeView { return codeView{c.Words, c.Path(), c.EndsAt} }

// knockView is somebody at the door, as whoever may let them in sees them.
type knockView struct {
	ID     practice.KnockID    `json:"id"`
	Team   practice.TeamID     `json:"team"`
	Name   string              `json:"name"`
	Member practice.MemberID   `json:"member,omitempty"`
	Words  string              `json:"words"`
	Label  string              `json:"label"`
	State  practice.KnockState `json:"state"`
	At     time.Time           `json:"at"`
	EndsAt time.Time           `json:"ends_at"`
	May    bool                `json:"may"`
}

func showKnocking(k app.Knocking) knockView {
	return knockView{k.ID, k.Team.ID, k.Name, k.Known.ID, k.Words, k.Label, k.State, k.At, k.EndsAt, k.May}
}

// waitView is what the device sees that asked. Whom the team knows is not in it.
type waitView struct {
	Knock  string              `json:"knock,omitempty"` // what the device shows to come in; once, when it asks
	Team   string              `json:"team"`
	Words  string              `json:"words"`
	State  practice.KnockState `json:"state"`
	EndsAt time.Time           `json:"ends_at"`
}

func showWait(k practice.Knock, t practice.Team, secret string) waitView {
	return waitView{secret, t.Name, k.Words, k.State, k.EndsAt}
}

type newKnock struct {
	Body struct {
		Code string `json:"code,omitempty" example:"alder copper heron mill"`
		Name string `json:"name,omitempty" example:"Amal"`
	}
}

type heldCode struct {
	Body struct {
		Code string `json:"code,omitempty" example:"alder copper heron mill"`
	}
}

type heldKnock struct {
	Body struct {
		Knock string `json:"knock,omitempty"`
	}
}

// knocks is the table of asking to come in, and of the yes to it.
func (s *Rest) knocks() {
	stranger(s, create("/knocks"), func(ctx context.Context, in *newKnock) (waitView, error) {
		r := requestIn(ctx)
		k, secret, err := s.Auth.Knock(ctx, auth.Asking{Code: in.Body.Code, Name: in.Body.Name, Remote: r.RemoteAddr, Agent: r.UserAgent()})
		if err != nil {
			return waitView{}, err
		}
		_, t, err := s.Auth.Knocked(ctx, secret)
		return showWait(k, t, secret), err
	})
	stranger(s, post("/knocks/look"), func(ctx context.Context, in *heldKnock) (waitView, error) {
		k, t, err := s.Auth.Knocked(ctx, in.Body.Knock)
		return showWait(k, t, ""), err
	})
	stranger(s, post("/knocks/take-back"), func(ctx context.Context, in *heldKnock) (none, error) {
		return none{}, s.Auth.TakeKnockBack(ctx, in.Body.Knock)
	})
	person(s, create("/knocks/mine"), func(ctx context.Context, actor practice.Actor, in *heldCode) (waitView, error) {
		k, err := s.Auth.KnockAs(ctx, actor, in.Body.Code)
		if err != nil {
			return waitView{}, err
		}
		t, err := s.App.Team(ctx, actor, k.Team)
		return showWait(k, t, ""), err
	})
	person(s, get("/knocks"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[knockView], error) {
		list, err := s.App.Knocks(ctx, actor)
		if err != nil {
			return page[knockView]{}, err
		}
		return pageOf(*in, list, func(k app.Knocking) practice.KnockID { return k.ID }, showKnocking)
	})
	person(s, post("/knocks/{id}/let-in"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.LetIn(ctx, actor, practice.KnockID(in.ID))
	})
	person(s, post("/knocks/{id}/turn-away"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.TurnAway(ctx, actor, practice.KnockID(in.ID))
	})
	person(s, get("/teams/{id}/code"), func(ctx context.Context, actor practice.Actor, in *One) (codeView, error) {
		c, err := s.Auth.TeamCode(ctx, actor, practice.TeamID(in.ID))
		return showCode(c), err
	})
	person(s, post("/teams/{id}/code"), func(ctx context.Context, actor practice.Actor, in *One) (codeView, error) {
		c, err := s.Auth.RenewTeamCode(ctx, actor, practice.TeamID(in.ID))
		return showCode(c), err
	})
}
