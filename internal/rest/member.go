package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type memberView struct {
	ID      practice.MemberID   `json:"id"`
	Name    string              `json:"name"`
	Active  bool                `json:"active"`
	Steward bool                `json:"steward"`
	Records bool                `json:"records,omitempty"`
	Guest   bool                `json:"guest,omitempty"`
	Teams   []practice.TeamID   `json:"teams"`
	Leads   []practice.MemberID `json:"leads"`
}

func showMember(m practice.Member) memberView {
	return memberView{m.ID, m.Name, m.Active, m.Steward, m.Records, m.Guest, some(m.Teams), some(m.Leads)}
}

func memberKey(m practice.Member) practice.MemberID { return m.ID }

type newMembers struct {
	One
	Body struct {
		Names []string `json:"names,omitempty" at:"name" example:"[\"Amal\",\"Ben\"]"`
	}
}

// addedView is what became of one name: whose it is, and whether it was new.
type addedView struct {
	Member memberView   `json:"member"`
	Was    app.AddedWas `json:"was"`
}

type atMembership struct {
	One
	Member practice.MemberID `path:"member"`
}

type renamed struct {
	One
	Body struct {
		Name string `json:"name,omitempty" example:"Amal"`
	}
}

type led struct {
	One
	Body struct {
		Leads []practice.MemberID `json:"leads,omitempty"`
	}
}

type hat struct {
	One
	Body struct {
		Steward bool `json:"steward,omitempty"`
	}
}

type keeper struct {
	One
	Body struct {
		Records bool `json:"records,omitempty"`
	}
}

// holdingView is something that waits for one person, and where it is read.
type holdingView struct {
	Kind  string          `json:"kind"`
	ID    string          `json:"id"`
	Team  practice.TeamID `json:"team,omitempty"`
	Title string          `json:"title"`
	Link  string          `json:"link"`
}

// HandoverBody says to whom one holding goes; to nobody means that it is open
// again.
type HandoverBody struct {
	Kind string            `json:"kind,omitempty" enum:"carry,procedure,signoff,review,failure"`
	ID   string            `json:"id,omitempty"`
	To   practice.MemberID `json:"to,omitempty"`
}

type partedMember struct {
	One
	Body struct {
		Handover []HandoverBody `json:"handover,omitempty"`
	}
}

// partingView is how somebody stood who was let go, while they can be brought
// back.
type partingView struct {
	At     time.Time         `json:"at"`
	Until  time.Time         `json:"until"`
	Teams  []practice.TeamID `json:"teams"`
	Handed []HandoverBody    `json:"handover"`
}

func showParting(p practice.Parting) partingView {
	return partingView{p.At, p.BackUntil(), some(p.Teams), shown(p.Handed, func(h practice.Handed) HandoverBody {
		return HandoverBody(h.Handover)
	})}
}

// memberID reads the id in an address; "me" is whoever asks.
func memberID(actor practice.Actor, in string) practice.MemberID {
	if in == "me" {
		return actor.Member
	}
	return practice.MemberID(in)
}

// members is the table of people.
func (s *Rest) members() {
	person(s, get("/members"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[memberView], error) {
		list, err := s.App.Members(ctx, actor)
		if err != nil {
			return page[memberView]{}, err
		}
		return pageOf(*in, list, memberKey, showMember)
	})
	person(s, get("/members/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (memberView, error) {
		return s.memberNow(ctx, actor, memberID(actor, in.ID), nil)
	})
	person(s, get("/members/{id}/holdings"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[holdingView], error) {
		list, err := s.App.Holdings(ctx, actor, memberID(actor, in.ID))
		if err != nil {
			return page[holdingView]{}, err
		}
		return pageOf(in.Paging, list, func(h practice.Holding) string { return h.To + " " + h.Title },
			func(h practice.Holding) holdingView { return holdingView{h.Kind, h.ID, h.Team, h.Title, h.To} })
	})
	person(s, put("/members/{id}/name"), func(ctx context.Context, actor practice.Actor, in *renamed) (memberView, error) {
		id := memberID(actor, in.ID)
		return s.memberNow(ctx, actor, id, s.App.RenameMember(ctx, actor, id, in.Body.Name))
	})
	person(s, put("/members/{id}/leads"), func(ctx context.Context, actor practice.Actor, in *led) (memberView, error) {
		id := memberID(actor, in.ID)
		return s.memberNow(ctx, actor, id, s.App.SaveLeads(ctx, actor, id, in.Body.Leads))
	})
	person(s, put("/members/{id}/steward"), func(ctx context.Context, actor practice.Actor, in *hat) (memberView, error) {
		id := memberID(actor, in.ID)
		return s.memberNow(ctx, actor, id, s.App.SetSteward(ctx, actor, id, in.Body.Steward))
	})
	person(s, put("/members/{id}/records"), func(ctx context.Context, actor practice.Actor, in *keeper) (memberView, error) {
		id := memberID(actor, in.ID)
		return s.memberNow(ctx, actor, id, s.App.SetRecords(ctx, actor, id, in.Body.Records))
	})
	s.partings()
	s.memberships()
	s.turns()
}

// partings is the table of letting somebody go, and of the day in which they
// can be brought back.
func (s *Rest) partings() {
	person(s, post("/members/{id}/let-go"), func(ctx context.Context, actor practice.Actor, in *partedMember) (memberView, error) {
		id := memberID(actor, in.ID)
		var handover []practice.Handover
		for _, h := range in.Body.Handover {
			handover = append(handover, practice.Handover(h))
		}
		return s.memberNow(ctx, actor, id, s.App.LetGo(ctx, actor, id, handover))
	})
	person(s, get("/members/{id}/parting"), func(ctx context.Context, actor practice.Actor, in *One) (partingView, error) {
		p, err := s.App.PartingOf(ctx, actor, memberID(actor, in.ID))
		return showParting(p), err
	})
	person(s, post("/members/{id}/bring-back"), func(ctx context.Context, actor practice.Actor, in *One) (memberView, error) {
		id := memberID(actor, in.ID)
		return s.memberNow(ctx, actor, id, s.App.BringBack(ctx, actor, id))
	})
}

// memberNow shows a person as they stand after an act that went well.
func (s *Rest) memberNow(ctx context.Context, actor practice.Actor, id practice.MemberID, err error) (memberView, error) {
	if err != nil {
		return memberView{}, err
	}
	m, err := s.App.Member(ctx, actor, id)
	return showMember(m), err
}

// memberships is the table of who is in which team.
func (s *Rest) memberships() {
	person(s, get("/teams/{id}/members"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[memberView], error) {
		list, err := s.App.PeopleOf(ctx, actor, practice.TeamID(in.ID))
		if err != nil {
			return page[memberView]{}, err
		}
		return pageOf(in.Paging, list, memberKey, showMember)
	})
	person(s, create("/teams/{id}/members"), func(ctx context.Context, actor practice.Actor, in *newMembers) (page[addedView], error) {
		added, err := s.App.AddMembers(ctx, actor, practice.TeamID(in.ID), in.Body.Names)
		return page[addedView]{Items: shown(added, func(a app.Added) addedView {
			return addedView{showMember(a.Member), a.Was}
		})}, err
	})
	person(s, remove("/teams/{id}/members/{member}"), func(ctx context.Context, actor practice.Actor, in *atMembership) (memberView, error) {
		return s.memberNow(ctx, actor, in.Member, s.App.LeaveTeam(ctx, actor, in.Member, practice.TeamID(in.ID), nil))
	})
}
