package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// partyView is a group of people whom procedures affect.
type partyView struct {
	ID      practice.PartyID    `json:"id"`
	Name    string              `json:"name"`
	Outside string              `json:"outside,omitempty"`
	Days    int                 `json:"days"`
	Members []practice.MemberID `json:"members"`
	Voice   *voiceView          `json:"voice,omitempty"`
	version int
}

func (g partyView) etag() string { return tag(g.version) }

// voiceView is who speaks for a group.
type voiceView struct {
	Member practice.MemberID `json:"member"`
	Name   string            `json:"name"`
	At     time.Time         `json:"at"`
	How    string            `json:"how"`
}

func showParty(g app.Grouped) partyView {
	v := partyView{ID: g.ID, Name: g.Name, Outside: g.Outside, Days: g.Days, Members: some(g.Members), version: g.Version}
	if one := g.Voice(); one.Member != "" {
		v.Voice = &voiceView{one.Member, g.Names[one.Member], one.At, one.How}
	}
	return v
}

// groupBody is what is said of a group.
type groupBody struct {
	Name    string              `json:"name,omitempty"`
	Outside string              `json:"outside,omitempty"`
	Days    int                 `json:"days,omitempty"`
	Members []practice.MemberID `json:"members,omitempty"`
}

func (b groupBody) party() practice.Party {
	return practice.Party{Name: b.Name, Outside: b.Outside, Days: b.Days, Members: b.Members}
}

type newGroup struct{ Body groupBody }

type editedGroup struct {
	One
	Edited
	Body groupBody
}

type chosenVoice struct {
	One
	Body struct {
		Name string    `json:"name,omitempty"`
		At   time.Time `json:"at,omitempty" at:"day"`
		How  string    `json:"how,omitempty"`
	}
}

// authorityView is who has a say about a procedure.
type authorityView struct {
	May   []practice.MemberID `json:"may"` // people of its team who change it; none: all of it
	Asked []practice.PartyID  `json:"asked"`
	Told  []string            `json:"told"`
}

type savedAuthority struct {
	Slugged
	Body struct {
		May   []practice.MemberID `json:"may,omitempty"`
		Asked []practice.PartyID  `json:"asked,omitempty"`
		Told  []string            `json:"told,omitempty"`
	}
}

// parties is the table of groups, and of who has a say about a procedure.
func (s *Rest) parties() {
	person(s, get("/groups"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[partyView], error) {
		all, err := s.App.Parties(ctx, actor)
		if err != nil {
			return page[partyView]{}, err
		}
		return pageOf(*in, all, func(g app.Grouped) practice.PartyID { return g.ID }, showParty)
	})
	person(s, create("/groups"), func(ctx context.Context, actor practice.Actor, in *newGroup) (partyView, error) {
		p, err := s.App.AddParty(ctx, actor, in.Body.party())
		if err != nil {
			return partyView{}, err
		}
		return s.party(ctx, actor, p.ID)
	})
	person(s, get("/groups/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (partyView, error) {
		return s.party(ctx, actor, practice.PartyID(in.ID))
	})
	person(s, put("/groups/{id}"), func(ctx context.Context, actor practice.Actor, in *editedGroup) (partyView, error) {
		p := in.Body.party()
		var err error
		if p.Version, err = in.version(); err != nil {
			return partyView{}, err
		}
		p.ID = practice.PartyID(in.ID)
		if err := s.App.EditParty(ctx, actor, p); err != nil {
			return partyView{}, err
		}
		return s.party(ctx, actor, p.ID)
	})
	person(s, put("/groups/{id}/voice"), func(ctx context.Context, actor practice.Actor, in *chosenVoice) (partyView, error) {
		id := practice.PartyID(in.ID)
		if err := s.App.ChooseVoice(ctx, actor, id, in.Body.Name, practice.Voice{At: in.Body.At, How: in.Body.How}); err != nil {
			return partyView{}, err
		}
		return s.party(ctx, actor, id)
	})
	person(s, get("/procedures/{slug}/authority"), func(ctx context.Context, actor practice.Actor, in *Slugged) (authorityView, error) {
		a, err := s.App.Authority(ctx, actor, in.Slug)
		return authorityView{some(a.May), some(a.Asked), some(a.Told)}, err
	})
	person(s, put("/procedures/{slug}/authority"), func(ctx context.Context, actor practice.Actor, in *savedAuthority) (authorityView, error) {
		a, err := s.App.Authority(ctx, actor, in.Slug)
		if err != nil {
			return authorityView{}, err
		}
		n := practice.Authority{Procedure: a.Of.ID, May: in.Body.May, Asked: in.Body.Asked, Told: in.Body.Told}
		return authorityView{some(n.May), some(n.Asked), some(n.Told)}, s.App.SaveAuthority(ctx, actor, n)
	})
}

func (s *Rest) party(ctx context.Context, actor practice.Actor, id practice.PartyID) (partyView, error) {
	g, err := s.App.Party(ctx, actor, id)
	return showParty(g), err
}
