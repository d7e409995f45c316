package rest

import (
	"context"
	"net/url"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// channelView is what of a team goes out. The address of its chat is a secret
// and is not read back.
type channelView struct {
	Titles  bool           `json:"titles"`
	Host    string         `json:"host,omitempty"`
	Fault   practice.Fault `json:"fault,omitempty"`
	TriedAt time.Time      `json:"tried_at,omitzero"`
}

func showChannel(c practice.Channel) channelView {
	v := channelView{Titles: c.Titles, Fault: c.Fault, TriedAt: c.TriedAt}
	if u, err := url.Parse(c.Address); err == nil {
		v.Host = u.Host
	}
	return v
}

type editedChannel struct {
	One
	Body struct {
		Titles  bool   `json:"titles"`
		Address string `json:"address,omitempty" example:"https://chat.example.org/hooks/x"`
	}
}

// outgoingView is how messages fare that leave the house.
type outgoingView struct {
	Mails    bool          `json:"mails"`
	Waiting  int           `json:"waiting"`
	LastMail time.Time     `json:"last_mail,omitzero"`
	Troubled []troubleView `json:"troubled"`
}

type troubleView struct {
	To       string         `json:"to"`
	Fault    practice.Fault `json:"fault"`
	GaveUpAt time.Time      `json:"gave_up_at,omitzero"`
}

func showOutgoing(o app.Outgoing) outgoingView {
	return outgoingView{o.Mails, o.Waiting, o.LastMail, shown(o.Troubled, func(t app.Trouble) troubleView {
		return troubleView{t.To, t.Dispatch.Fault, t.Dispatch.GaveUpAt}
	})}
}

// channels is the table of what leaves the house, and whether it arrives.
func (s *Rest) channels() {
	person(s, get("/teams/{id}/channel"), func(ctx context.Context, actor practice.Actor, in *One) (channelView, error) {
		c, err := s.App.Channel(ctx, actor, practice.TeamID(in.ID))
		return showChannel(c), err
	})
	person(s, put("/teams/{id}/channel"), func(ctx context.Context, actor practice.Actor, in *editedChannel) (none, error) {
		return none{}, s.App.SaveChannel(ctx, actor, practice.Channel{Team: practice.TeamID(in.ID), Titles: in.Body.Titles, Address: in.Body.Address})
	})
	person(s, remove("/teams/{id}/channel"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.EndChannel(ctx, actor, practice.TeamID(in.ID))
	})
	person(s, post("/teams/{id}/channel/try"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.TryChannel(ctx, actor, practice.TeamID(in.ID))
	})
	person(s, get("/outgoing"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (outgoingView, error) {
		o, err := s.App.Outgoing(ctx, actor)
		return showOutgoing(o), err
	})
}
