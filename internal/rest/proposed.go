package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// proposedView is a change that somebody else proposed than those who change a procedure.
type proposedView struct {
	ID       practice.ProposedID    `json:"id"`
	Act      practice.StepAct       `json:"act"`
	Step     practice.StepID        `json:"step,omitempty"`
	Text     string                 `json:"text"`
	Rest     string                 `json:"rest,omitempty"`
	To       practice.StepID        `json:"to,omitempty"`
	Checked  string                 `json:"checked,omitempty"`
	Reason   practice.Reason        `json:"reason"`
	Source   string                 `json:"source,omitempty"`
	From     time.Time              `json:"from,omitzero"`
	Failure  practice.FailureID     `json:"failure,omitempty"` // behind it, where a room proposed it
	By       practice.MemberID      `json:"by,omitempty"`      // who proposed it, where no room did
	At       time.Time              `json:"at"`
	State    practice.ProposedState `json:"state"`
	Why      string                 `json:"why,omitempty"`
	EndedAt  time.Time              `json:"ended_at,omitzero"`
	Revision int                    `json:"revision,omitempty"`
	May      bool                   `json:"may"` // the reader takes or declines it
}

func showProposed(p app.ProposedChange) proposedView {
	c := p.Change
	v := proposedView{p.ID, c.Act, c.Step, c.Text, c.Rest, c.To, c.Checked, c.Reason, c.Source, c.From, p.Scar.Failure, p.By, p.At, p.State, p.Why,
		p.EndAt, p.Revision, p.May}
	if p.Scar.Number == 0 {
		v.Failure = ""
	}
	return v
}

// proposedChange is a change that comes from no failure, for those who change the
// procedure to take.
type proposedChange struct {
	Slugged
	Edited
	Body struct {
		StepChange
		Reason practice.Reason `json:"reason,omitempty"`
		Source string          `json:"source,omitempty"`
		From   time.Time       `json:"from,omitempty"`
	}
}

// AtProposal is the address of a proposal.
type AtProposal struct {
	Slugged
	Proposal practice.ProposedID `path:"proposal"`
}

type takenProposal struct {
	AtProposal
	Edited
	Body struct {
		Text string `json:"text,omitempty"`
		Rest string `json:"rest,omitempty"`
	}
}

type declinedProposal struct {
	AtProposal
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

// proposals is the table of changes that wait for those who change a procedure.
func (s *Rest) proposals() {
	person(s, get("/procedures/{slug}/proposals"), func(ctx context.Context, actor practice.Actor, in *listOfSlug) (page[proposedView], error) {
		all, err := s.App.Proposals(ctx, actor, in.Slug)
		if err != nil {
			return page[proposedView]{}, err
		}
		return pageOf(in.Paging, all, func(p app.ProposedChange) practice.ProposedID { return p.ID }, showProposed)
	})
	person(s, create("/procedures/{slug}/proposals"), func(ctx context.Context, actor practice.Actor, in *proposedChange) (proposedView, error) {
		base, err := in.version()
		if err != nil {
			return proposedView{}, err
		}
		m, err := s.App.Procedure(ctx, actor, in.Slug)
		if err != nil {
			return proposedView{}, err
		}
		b := in.Body
		made, err := s.App.ProposeChange(ctx, actor, practice.OtherChange{StepChange: b.on(m.Procedure.ID, base), Reason: b.Reason, Source: b.Source, From: b.From})
		if err != nil {
			return proposedView{}, beside(err, showManual(m))
		}
		return s.proposal(ctx, actor, in.Slug, made.ID)
	})
	onProcedure(s, post("/procedures/{slug}/proposals/{proposal}/take"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *takenProposal) error {
		base, err := in.version()
		if err != nil {
			return err
		}
		_, err = s.App.TakeProposal(ctx, actor, p.ID, in.Proposal, app.Words{Text: in.Body.Text, Rest: in.Body.Rest, Base: base})
		return err
	})
	onProcedure(s, post("/procedures/{slug}/proposals/{proposal}/decline"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *declinedProposal) error {
		return s.App.DeclineProposal(ctx, actor, p.ID, in.Proposal, in.Body.Why)
	})
	onProcedure(s, post("/procedures/{slug}/proposals/{proposal}/withdraw"), func(ctx context.Context, actor practice.Actor, p practice.Procedure, in *AtProposal) error {
		return s.App.WithdrawProposal(ctx, actor, p.ID, in.Proposal)
	})
}

func (s *Rest) proposal(ctx context.Context, actor practice.Actor, slug string, id practice.ProposedID) (proposedView, error) {
	p, err := s.App.Proposal(ctx, actor, slug, id)
	return showProposed(p), err
}
