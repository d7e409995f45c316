package rest

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// askedView names who was asked to let somebody in.
type askedView struct {
	Names []string `json:"names"`
}

// askingView is somebody who was there and is not invited.
type askingView struct {
	Member  memberView        `json:"member"`
	Review  practice.ReviewID `json:"review"`
	Invited bool              `json:"invited"` // by now
}

type atAsking struct {
	One
	Member practice.MemberID `path:"member"`
}

type newGuest struct {
	One
	Body struct {
		Member practice.MemberID `json:"member,omitempty" at:"people"`
		There  bool              `json:"there,omitempty"`
	}
}

// asking is the table of who was there and asks in.
func (s *Rest) askings() {
	onFailure(s, post("/failures/{id}/asks"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (askedView, error) {
		names, err := s.App.AskIn(ctx, actor, f.Number)
		return askedView{some(names)}, err
	})
	onFailure(s, get("/failures/{id}/asks/{member}"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *atAsking) (askingView, error) {
		a, err := s.App.Asking(ctx, actor, f.Number, in.Member)
		return askingView{showMember(a.Member), a.Review.ID, a.Invited}, err
	})
	onFailure(s, remove("/failures/{id}/asks/{member}"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *atAsking) (none, error) {
		return none{}, s.App.LeaveOut(ctx, actor, f.Number, in.Member)
	})
	onFailure(s, create("/failures/{id}/guests"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newGuest) (none, error) {
		return none{}, s.App.InviteOne(ctx, actor, f.Number, app.NewGuest{Member: in.Body.Member, There: in.Body.There})
	})
}
