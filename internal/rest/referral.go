package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// referralView is a gap that was handed to somebody who can change it: its words, what
// the failure is called, and what each who was asked said.
type referralView struct {
	Gap      practice.GapID         `json:"gap"`
	State    practice.ReferralState `json:"state"`
	Failure  int                    `json:"failure"`
	Title    string                 `json:"title"`
	Team     practice.TeamID        `json:"team"`
	Intended string                 `json:"intended"`
	Actual   string                 `json:"actual"`
	Where    string                 `json:"where"`
	Why      string                 `json:"why"`
	Mine     bool                   `json:"mine"`
	Asked    []receiverView         `json:"asked"`
}

// receiverView is one who was asked.
type receiverView struct {
	Member practice.MemberID     `json:"member"`
	Name   string                `json:"name"`
	Mail   string                `json:"mail,omitempty"` // of somebody outside, for the team that asks them
	At     time.Time             `json:"at"`
	Until  time.Time             `json:"until"`
	Says   practice.ReferralSays `json:"says,omitempty"`
	Why    string                `json:"why,omitempty"`
	SaidAt time.Time             `json:"said_at,omitzero"`
}

func showReferral(r app.Referral) referralView {
	return referralView{r.Gap, r.State, r.Failure.Number, r.Failure.Title, r.Team.ID, r.Words.Intended, r.Words.Actual, r.Words.Where, r.Ask, r.Mine,
		shown(r.Asked, func(one practice.Receiver) receiverView {
			return receiverView{one.To, r.Names[one.To], one.Mail, one.At, one.Until, one.Says, one.Why, one.SaidAt}
		})}
}

// handedView is where a gap of a record stands that was handed over.
type handedView struct {
	State practice.ReferralState `json:"state"`
	Name  string                 `json:"name"` // of who is asked, or answered last
	Until time.Time              `json:"until,omitzero"`
	Why   string                 `json:"why,omitempty"`
}

// showHanded shows it where a gap was.
func showHanded(l app.Learned) *handedView {
	if l.Stands == "" {
		return nil
	}
	return &handedView{l.Stands, l.Receiver(), l.Referral.Last().Until, l.Referral.Last().Why}
}

// AtReferral is the address of a gap that was handed over.
type AtReferral struct {
	Gap practice.GapID `path:"gap"`
}

type referralAnswer struct {
	AtReferral
	Body struct {
		Says practice.ReferralSays `json:"says,omitempty" at:"do"`
		Why  string                `json:"why,omitempty"`
		Name string                `json:"name,omitempty"`
		Mail string                `json:"mail,omitempty"`
	}
}

type referredGap struct {
	AtGap
	Body struct {
		Name string `json:"name,omitempty"`
		Mail string `json:"mail,omitempty"`
		Why  string `json:"why,omitempty"`
	}
}

// referrals is the table of gaps that were handed to somebody who can change them.
func (s *Rest) referrals() {
	person(s, get("/referrals"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[referralView], error) {
		all, err := s.App.Referrals(ctx, actor)
		if err != nil {
			return page[referralView]{}, err
		}
		return pageOf(*in, all, func(r app.Referral) practice.GapID { return r.Gap }, showReferral)
	})
	person(s, get("/referrals/{gap}"), func(ctx context.Context, actor practice.Actor, in *AtReferral) (referralView, error) {
		r, err := s.App.Referral(ctx, actor, in.Gap)
		return showReferral(r), err
	})
	person(s, post("/referrals/{gap}"), func(ctx context.Context, actor practice.Actor, in *referralAnswer) (referralView, error) {
		b := in.Body
		if err := s.App.AnswerReferral(ctx, actor, in.Gap, app.ReferralAnswer{Says: b.Says, Why: b.Why,
			Next: practice.NewReceiver{Name: b.Name, Mail: b.Mail}}); err != nil {
			return referralView{}, err
		}
		r, err := s.App.Referral(ctx, actor, in.Gap)
		return showReferral(r), err
	})
	person(s, create("/referrals/{gap}/passes"), func(ctx context.Context, actor practice.Actor, in *AtReferral) (guestView, error) {
		g, err := s.App.ReferralPass(ctx, actor, in.Gap)
		return showGuest(g), err
	})
}
