package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// offerView is something that one team learned and put to another, and what came of it.
type offerView struct {
	ID         practice.OfferID    `json:"id"`
	About      string              `json:"about"` // the scar, the constraint or the finding
	Team       practice.TeamID     `json:"team"`
	To         practice.TeamID     `json:"to"`
	Words      string              `json:"words"`
	Now        string              `json:"reworded,omitempty"`
	NowAt      time.Time           `json:"reworded_at,omitzero"`
	Why        string              `json:"why"`
	At         time.Time           `json:"at"`
	State      practice.OfferState `json:"state"`
	Said       string              `json:"said,omitempty"`
	Reason     string              `json:"reason,omitempty"`
	EndedAt    time.Time           `json:"ended_at,omitzero"`
	Failure    int                 `json:"failure,omitempty"` // behind it, where the reader reads of it
	UsedAt     time.Time           `json:"in_use_since,omitzero"`
	CameBack   time.Time           `json:"came_back,omitzero"`
	Gone       bool                `json:"gone,omitempty"`
	Constraint int                 `json:"constraint,omitempty"`
	Finding    int                 `json:"finding,omitempty"`
	Procedure  string              `json:"procedure,omitempty"`
	Step       practice.StepID     `json:"step,omitempty"`
	Revision   int                 `json:"revision,omitempty"`
	Proposal   practice.ProposedID `json:"proposal,omitempty"`
	Trial      *trialView          `json:"trial,omitempty"`     // on which it is there; its gap is the offer
	WaitsFor   []string            `json:"waits_for,omitempty"` // the groups that have not said yes
	Mine       bool                `json:"mine"`                // it was offered to a team of the reader
}

func showOffer(o app.Offered) offerView {
	v := offerView{ID: o.ID, About: o.About, Team: o.From, To: o.To, Words: o.Words, Now: o.Now, NowAt: o.NowAt, Why: o.Why, At: o.At, State: o.State, Said: o.Said,
		Reason: o.Reason, EndedAt: o.EndAt, Failure: o.Scar.Number, Gone: o.Gone, Constraint: o.Constraint.Number, Finding: o.Finding.Number,
		Procedure: o.Of.Slug, Step: o.Step, Revision: o.Revision, Proposal: o.Proposal, WaitsFor: o.Asks, Mine: o.Mine}
	if o.OfStep() {
		v.UsedAt, v.CameBack = o.Scar.UsedAt, o.Scar.CameBack
	}
	if o.Mine {
		v.Trial = showTrial(o.Trial)
	}
	return v
}

// AtOffer is the address of an offer.
type AtOffer struct {
	Offer practice.OfferID `path:"offer"`
}

type newOffer struct {
	Body struct {
		About string            `json:"about,omitempty"`
		To    []practice.TeamID `json:"to,omitempty"`
		Why   string            `json:"why,omitempty"`
	}
}

type offerAnswer struct {
	AtOffer
	Body struct {
		Says      practice.OfferSays `json:"says,omitempty" at:"do"`
		Text      string             `json:"text,omitempty" at:"text"`
		Why       string             `json:"why,omitempty"`
		Procedure string             `json:"procedure,omitempty" at:"place"`
		Act       practice.StepAct   `json:"act,omitempty"`
		Step      practice.StepID    `json:"step,omitempty"`
		Revision  int                `json:"revision,omitempty"`
		Checked   string             `json:"checked,omitempty"`
	}
}

// offers is the table of what teams of one organisation offer each other.
func (s *Rest) offers() {
	person(s, get("/offers"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[offerView], error) {
		all, err := s.App.Offers(ctx, actor)
		if err != nil {
			return page[offerView]{}, err
		}
		return pageOf(*in, all, func(o app.Offered) practice.OfferID { return o.ID }, showOffer)
	})
	person(s, create("/offers"), func(ctx context.Context, actor practice.Actor, in *newOffer) (offersFor, error) {
		if err := s.App.Offer(ctx, actor, app.NewOffer{About: in.Body.About, To: in.Body.To, Why: in.Body.Why}); err != nil {
			return offersFor{}, err
		}
		all, _, err := s.App.OffersAbout(ctx, actor, in.Body.About)
		return offersFor{shown(all, showOffer)}, err
	})
	person(s, get("/offers/{offer}"), func(ctx context.Context, actor practice.Actor, in *AtOffer) (offerView, error) {
		o, err := s.App.OfferByID(ctx, actor, in.Offer)
		return showOffer(o), err
	})
	person(s, post("/offers/{offer}"), func(ctx context.Context, actor practice.Actor, in *offerAnswer) (offerView, error) {
		if err := s.answerOffer(ctx, actor, in); err != nil {
			return offerView{}, err
		}
		o, err := s.App.OfferByID(ctx, actor, in.Offer)
		return showOffer(o), err
	})
}

// offersFor is to whom one thing was offered.
type offersFor struct {
	Offers []offerView `json:"offers"`
}

func (s *Rest) answerOffer(ctx context.Context, actor practice.Actor, in *offerAnswer) error {
	b := in.Body
	says := app.OfferAnswer{Says: b.Says, Text: b.Why, Act: b.Act, Step: b.Step, Base: b.Revision, Checked: b.Checked}
	if b.Says == practice.OfferAdapt {
		says.Text = b.Text
	}
	if b.Procedure != "" {
		m, err := s.App.Procedure(ctx, actor, b.Procedure)
		if err != nil {
			return err
		}
		says.Procedure = m.Procedure.ID
	}
	return s.App.AnswerOffer(ctx, actor, in.Offer, says)
}
