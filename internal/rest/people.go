package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type teamView struct {
	ID        practice.TeamID `json:"id"`
	Name      string          `json:"name"`
	Pack      string          `json:"pack"`
	Emergency string          `json:"emergency,omitempty"`
	CycleDays int             `json:"cycle_days"`
	Groups    []groupView     `json:"groups"`
	Triggers  []triggerView   `json:"triggers"`
}

type groupView struct {
	ID   practice.GroupID `json:"id"`
	Name string           `json:"name"`
}

type triggerView struct {
	Kind practice.TriggerKind `json:"kind"`
	Text string               `json:"text"`
}

func showTeam(t practice.Team) teamView {
	return teamView{t.ID, t.Name, t.Pack, t.Emergency, t.CycleDays,
		shown(t.Groups, func(g practice.Group) groupView { return groupView{g.ID, g.Name} }),
		shown(t.Triggers, func(g practice.Trigger) triggerView { return triggerView{g.Kind, g.Text} })}
}

type memberView struct {
	ID      practice.MemberID `json:"id"`
	Name    string            `json:"name"`
	Active  bool              `json:"active"`
	Steward bool              `json:"steward"`
	Teams   []practice.TeamID `json:"teams"`
}

func showMember(m practice.Member) memberView {
	return memberView{m.ID, m.Name, m.Active, m.Steward, some(m.Teams)}
}

type noticeView struct {
	ID   practice.NoticeID `json:"id"`
	Code string            `json:"code"`
	Args map[string]any    `json:"args"`
	Link string            `json:"link,omitempty"`
	At   time.Time         `json:"at"`
}

func showNotice(n practice.Notice) noticeView {
	return noticeView{n.ID, n.Code, n.Args, n.Link, n.At}
}

type newMembers struct {
	One
	Body struct {
		Names []string `json:"names,omitempty"`
	}
}

type addedView struct {
	Member memberView   `json:"member"`
	Was    app.AddedWas `json:"was"`
}

// people is the table of teams, members and notices.
func (s *Rest) people() {
	person(s, get("/teams"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[teamView], error) {
		list, err := s.App.Teams(ctx, actor)
		if err != nil {
			return page[teamView]{}, err
		}
		return pageOf(*in, list, func(t practice.Team) string { return string(t.ID) }, showTeam)
	})
	person(s, get("/teams/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (teamView, error) {
		t, err := s.App.Team(ctx, actor, practice.TeamID(in.ID))
		return showTeam(t), err
	})
	person(s, post("/teams/{id}/members"), func(ctx context.Context, actor practice.Actor, in *newMembers) (page[addedView], error) {
		added, err := s.App.AddMembers(ctx, actor, practice.TeamID(in.ID), in.Body.Names)
		return page[addedView]{Items: shown(added, func(a app.Added) addedView {
			return addedView{showMember(a.Member), a.Was}
		})}, err
	})
	person(s, get("/members"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[memberView], error) {
		list, err := s.App.Members(ctx, actor)
		if err != nil {
			return page[memberView]{}, err
		}
		return pageOf(*in, list, func(m practice.Member) string { return string(m.ID) }, showMember)
	})
	person(s, get("/members/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (memberView, error) {
		if in.ID == "me" {
			in.ID = string(actor.Member)
		}
		m, err := s.App.Member(ctx, actor, practice.MemberID(in.ID))
		return showMember(m), err
	})
	person(s, get("/notices"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[noticeView], error) {
		home, err := s.App.Home(ctx, actor)
		if err != nil {
			return page[noticeView]{}, err
		}
		return pageOf(*in, home.Notices, func(n practice.Notice) string { return string(n.ID) }, showNotice)
	})
	person(s, post("/notices/{id}/seen"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.SeeNotice(ctx, actor, practice.NoticeID(in.ID))
	})
}
