package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// ownerView is who looks after a procedure, and who still signs it off.
type ownerView struct {
	Team    practice.TeamID   `json:"team,omitempty"`
	Title   string            `json:"title"`
	Owner   practice.MemberID `json:"owner,omitempty"`
	SignOff *signOffView      `json:"sign_off,omitempty"`
}

func (o ownerView) etag() string { return fingerprint(o) }

func showOwner(p practice.Procedure) ownerView {
	v := showProcedure(p)
	return ownerView{v.Team, v.Title, v.Owner, v.SignOff}
}

type owned struct {
	Slugged
	Edited
	Body struct {
		Team      practice.TeamID   `json:"team,omitempty"`
		Title     string            `json:"title,omitempty" example:"Opening the hall"`
		Owner     practice.MemberID `json:"owner,omitempty"`
		SignBy    practice.MemberID `json:"sign_by,omitempty" at:"signby"`
		SignUntil time.Time         `json:"sign_until,omitempty" at:"until"`
	}
}

type retired struct {
	Slugged
	Body struct {
		Retired bool `json:"retired,omitempty"`
	}
}

// currentView answers whether a print or a memory is still what people use.
type currentView struct {
	Revision  int       `json:"revision"`
	ChangedAt time.Time `json:"changed_at"`
	Current   bool      `json:"current"` // the revision that was asked about is the one in use
}

type askedRevision struct {
	Slugged
	Revision int `query:"revision"`
}

// owners is the table of who looks after a procedure and whether it is in use.
func (s *Rest) owners() {
	person(s, get("/procedures/{slug}/owner"), func(ctx context.Context, actor practice.Actor, in *Slugged) (ownerView, error) {
		m, err := s.App.Procedure(ctx, actor, in.Slug)
		return showOwner(m.Procedure), err
	})
	person(s, put("/procedures/{slug}/owner"), func(ctx context.Context, actor practice.Actor, in *owned) (ownerView, error) {
		m, err := s.App.Procedure(ctx, actor, in.Slug)
		if err != nil {
			return ownerView{}, err
		}
		b := in.Body
		err = s.App.EditOwner(ctx, actor, m.Procedure.ID, func(was practice.Procedure) (practice.Procedure, error) {
			return practice.Procedure{ID: was.ID, Team: b.Team, Title: b.Title, Owner: b.Owner,
				SignOff: practice.SignOff{By: b.SignBy, Until: b.SignUntil}}, in.over(showOwner(was))
		})
		if err != nil {
			return ownerView{}, err
		}
		m, err = s.App.Procedure(ctx, actor, in.Slug)
		return showOwner(m.Procedure), err
	})
	onProcedure(s, post("/procedures/{slug}/sign-off"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, _ *Slugged) error {
		return s.App.SignProcedure(ctx, actor, p.ID)
	})
	onProcedure(s, put("/procedures/{slug}/retired"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *retired) error {
		return s.App.RetireProcedure(ctx, actor, p.ID, in.Body.Retired)
	})
	onProcedure(s, post("/procedures/{slug}/use"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, _ *Slugged) error {
		return s.App.UseProcedure(ctx, actor, p.ID)
	})
	person(s, get("/procedures/{slug}/current"), func(ctx context.Context, actor practice.Actor, in *askedRevision) (currentView, error) {
		m, err := s.App.Procedure(ctx, actor, in.Slug)
		return currentView{m.Procedure.Revision, m.Revision.At, m.Procedure.RetireAt.IsZero() && in.Revision == m.Procedure.Revision}, err
	})
}

func (in Slugged) slug() string { return in.Slug }

// onProcedure adds an act on a procedure, and shows it as it stands then.
func onProcedure[I any](s *Rest, r route, do func(context.Context, practice.Actor, practice.Procedure, *I) error) {
	person(s, r, func(ctx context.Context, actor practice.Actor, in *I) (procedureView, error) {
		where, _ := any(in).(interface{ slug() string })
		m, err := s.App.Procedure(ctx, actor, where.slug())
		if err != nil {
			return procedureView{}, err
		}
		if err := do(ctx, actor, m.Procedure, in); err != nil {
			return procedureView{}, err
		}
		return s.procedure(ctx, actor, where.slug())
	})
}
