package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// consentView is a round in which every group that a change affects is asked.
type consentView struct {
	Gap       practice.GapID        `json:"gap"`
	Procedure practice.ProcedureID  `json:"procedure"`
	Step      practice.StepID       `json:"step"`
	Stage     practice.ConsentStage `json:"stage"`
	End       practice.ConsentEnd   `json:"end,omitempty"`
	At        time.Time             `json:"at"`
	PresentBy time.Time             `json:"present_by"`
	BegunAt   time.Time             `json:"begun_at,omitzero"`
	Late      bool                  `json:"late"`
	DueAt     time.Time             `json:"due_at,omitzero"`
	EndAt     time.Time             `json:"end_at,omitzero"`
	Referred  practice.MemberID     `json:"referred,omitempty"`
	Checks    practice.PartyID      `json:"checks,omitempty"`
	Groups    []askedGroupView      `json:"groups"`
	Texts     []putView             `json:"texts"`
	Said      []spokenView          `json:"said"`
}

type askedGroupView struct {
	Group practice.PartyID     `json:"group"`
	Name  string               `json:"name"`
	Until time.Time            `json:"until,omitzero"`
	Says  practice.ConsentSays `json:"says,omitempty"`
}

type putView struct {
	Number   int                  `json:"number"`
	Revision int                  `json:"revision"`
	At       time.Time            `json:"at"`
	How      practice.Integration `json:"how,omitempty"`
	Text     string               `json:"text"`
}

type spokenView struct {
	ID     string               `json:"id"`
	Number int                  `json:"number"`
	Kind   practice.SpokenKind  `json:"kind"`
	Group  practice.PartyID     `json:"group,omitempty"`
	By     practice.MemberID    `json:"by,omitempty"`
	Re     string               `json:"re,omitempty"`
	Text   string               `json:"text,omitempty"`
	How    practice.Integration `json:"how,omitempty"`
	At     time.Time            `json:"at"`
}

func showConsent(r app.ConsentRound, now time.Time) consentView {
	v := consentView{Gap: r.Gap, Procedure: r.Procedure, Step: r.Step, Stage: r.Stage(), End: r.End, At: r.At, PresentBy: r.PresentBy(),
		BegunAt: r.BegunAt, Late: r.Late(now), DueAt: r.DueAt(), EndAt: r.EndAt, Referred: r.Referred, Checks: r.Checks}
	v.Groups = shown(r.Groups, func(g practice.Asked) askedGroupView {
		return askedGroupView{g.Party, r.Party(g.Party).Name, g.Until, g.Says}
	})
	v.Texts = shown(r.Texts, func(p practice.Proposal) putView { return putView{p.Number, p.Revision, p.At, p.How, p.Text} })
	v.Said = shown(r.Said, func(s practice.Spoken) spokenView {
		return spokenView{s.ID, s.Number, s.Kind, s.Party, s.By, s.Re, s.Text, s.How, s.At}
	})
	return v
}

// AtConsent is the address of a round.
type AtConsent struct {
	Gap practice.GapID `path:"gap"`
}

type statement struct {
	AtConsent
	Body struct {
		Kind  practice.SpokenKind  `json:"kind,omitempty" at:"do"`
		Group practice.PartyID     `json:"group,omitempty" at:"party"`
		Text  string               `json:"text,omitempty"`
		Re    string               `json:"re,omitempty" at:"reply"`
		How   practice.Integration `json:"how,omitempty"`
		Words string               `json:"words,omitempty"`
		Base  int                  `json:"base,omitempty"`
		Days  int                  `json:"days,omitempty"`
		Until time.Time            `json:"until,omitempty"`
		Who   practice.MemberID    `json:"who,omitempty"`
	}
}

// consents is the table of consent rounds.
func (s *Rest) consents() {
	person(s, get("/consents"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[consentView], error) {
		all, err := s.App.Consents(ctx, actor)
		if err != nil {
			return page[consentView]{}, err
		}
		return pageOf(*in, all, func(r app.ConsentRound) practice.GapID { return r.Gap }, func(r app.ConsentRound) consentView { return showConsent(r, s.Now()) })
	})
	person(s, create("/consents/{gap}/passes"), func(ctx context.Context, actor practice.Actor, in *newVoicePass) (guestView, error) {
		g, err := s.App.VoicePass(ctx, actor, in.Gap, in.Body.Group)
		return showGuest(g), err
	})
	person(s, get("/consents/{gap}"), func(ctx context.Context, actor practice.Actor, in *AtConsent) (consentView, error) {
		return s.round(ctx, actor, in.Gap)
	})
	person(s, post("/consents/{gap}"), func(ctx context.Context, actor practice.Actor, in *statement) (consentView, error) {
		b := in.Body
		err := s.App.SayInConsent(ctx, actor, in.Gap, app.Statement{Kind: b.Kind, Party: b.Group, Text: b.Text, Re: b.Re, How: b.How,
			Words: b.Words, Base: b.Base, Days: b.Days, Until: b.Until, Who: b.Who})
		if err != nil {
			return consentView{}, err
		}
		return s.round(ctx, actor, in.Gap)
	})
}

type newVoicePass struct {
	AtConsent
	Body struct {
		Group practice.PartyID `json:"group,omitempty"`
	}
}

func (s *Rest) round(ctx context.Context, actor practice.Actor, id practice.GapID) (consentView, error) {
	r, err := s.App.Consent(ctx, actor, id)
	if err != nil {
		return consentView{}, err
	}
	return showConsent(r, s.Now()), nil
}
