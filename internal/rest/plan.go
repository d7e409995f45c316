package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// signalView is one condition that a plan watches.
type signalView struct {
	What  string `json:"what,omitempty" example:"Shortfalls after a suggestion"`
	From  string `json:"from,omitempty" example:"2% in any week"`
	Where string `json:"where,omitempty" example:"The dashboard, row 4"`
	Who   string `json:"who,omitempty" example:"Wen, every Monday"`
	Every int    `json:"every_days,omitempty" example:"7"`
}

// PlanBody is what a team intends, as it writes it.
type PlanBody struct {
	Title   string       `json:"title,omitempty" example:"Payout days on the home screen"`
	Aim     string       `json:"aim,omitempty" example:"By 31 July half of them keep the suggested day."`
	Hard    string       `json:"hard,omitempty"`
	Notice  string       `json:"notice,omitempty"`
	Signals []signalView `json:"signals,omitempty" at:"what from where who every"`
	Ask     string       `json:"ask,omitempty"`
	Stop    string       `json:"stop,omitempty"`
	Learns  bool         `json:"learns,omitempty"`
}

func (b PlanBody) intent() practice.Intent {
	return practice.Intent{Title: b.Title, Aim: b.Aim, Hard: b.Hard, Notice: b.Notice, Ask: b.Ask, Stop: b.Stop, Learns: b.Learns,
		Signals: shown(b.Signals, func(s signalView) practice.Signal { return practice.Signal(s) })}
}

// planView is a plan as its team reads it.
type planView struct {
	ID          practice.PlanID `json:"id"`
	Number      int             `json:"number"`
	Team        practice.TeamID `json:"team"`
	Title       string          `json:"title"`
	Aim         string          `json:"aim,omitempty"`
	Hard        string          `json:"hard,omitempty"`
	Notice      string          `json:"notice,omitempty"`
	Signals     []signalView    `json:"signals"`
	Ask         string          `json:"ask,omitempty"`
	Stop        string          `json:"stop,omitempty"`
	Learns      bool            `json:"learns,omitempty"`
	BegunAt     time.Time       `json:"begun_at"`
	Reasons     []string        `json:"reasons"`
	OpenedAt    time.Time       `json:"opened_at,omitzero"`
	FrozenAt    time.Time       `json:"frozen_at,omitzero"`
	Fingerprint string          `json:"fingerprint,omitempty"`
	Added       []laterView     `json:"added"`
	LookAt      time.Time       `json:"look_at,omitzero"`
	Series      practice.PlanID `json:"series"`
	Version     int             `json:"version"`
}

// laterView is what was known only later.
type laterView struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

func (p planView) etag() string { return tag(p.Version) }

func showPlan(p practice.Plan) planView {
	i := p.Intent
	return planView{p.ID, p.Number, p.Team, i.Title, i.Aim, i.Hard, i.Notice,
		shown(i.Signals, func(s practice.Signal) signalView { return signalView(s) }), i.Ask, i.Stop, i.Learns,
		p.BegunAt, some(p.Reasons), p.OpenedAt, p.FrozenAt, p.Print, shown(p.Added, func(a practice.Addition) laterView { return laterView(a) }), p.LookAt, p.InSeries(), p.Version}
}

// apartView is what went differently in the work of a plan.
type apartView struct {
	Failure  failureView `json:"failure"`
	CameTrue []int       `json:"came_true"`
}

func showApart(a app.Apart) apartView {
	return apartView{showFailure(a.Failure), some(a.CameTrue.Places())}
}

// frozenView is what was intended, as a review finds it.
type frozenView struct {
	PlanBody
	Number   int         `json:"number,omitempty"`
	FrozenAt time.Time   `json:"frozen_at"`
	Added    []laterView `json:"added"`
	Reasons  []string    `json:"reasons"`
}

// showFrozen shows what was frozen before, or nothing.
func showFrozen(p practice.Plan) *frozenView {
	if !p.Frozen() {
		return nil
	}
	all := showPlan(p)
	return &frozenView{PlanBody{all.Title, all.Aim, all.Hard, all.Notice, all.Signals, all.Ask, all.Stop, all.Learns}, all.Number, all.FrozenAt, all.Added, all.Reasons}
}

type listOfNumber struct {
	Numbered
	Paging
}

type newPlan struct {
	Body struct {
		Team  practice.TeamID `json:"team,omitempty"`
		Title string          `json:"title,omitempty" example:"Payout days on the home screen"`
		Like  int             `json:"like,omitempty"`
	}
}

type editedPlan struct {
	Numbered
	Edited
	Body PlanBody
}

type supposed struct {
	Numbered
	Body struct {
		Text string `json:"text,omitempty" at:"reason" example:"Nobody looked at the dashboard."`
	}
}

type planRedaction struct {
	Numbered
	Body struct {
		Words string `json:"words,omitempty" example:"Ilse Brandt"`
		Sure  bool   `json:"sure,omitempty"`
	}
}

type addedToPlan struct {
	Numbered
	Body struct {
		Text string `json:"text,omitempty" at:"addition" example:"The bank closes at noon."`
	}
}

// plans is the table of what teams mean to do.
func (s *Rest) plans() {
	person(s, get("/plans"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[planView], error) {
		all, err := s.App.Plans(ctx, actor)
		if err != nil {
			return page[planView]{}, err
		}
		return pageOf(*in, all, func(p practice.Plan) practice.PlanID { return p.ID }, showPlan)
	})
	person(s, create("/plans"), func(ctx context.Context, actor practice.Actor, in *newPlan) (planView, error) {
		p, err := s.App.BeginPlan(ctx, actor, app.NewPlan{Team: in.Body.Team, Title: in.Body.Title, Like: in.Body.Like})
		return showPlan(p), err
	})
	person(s, get("/plans/{number}"), func(ctx context.Context, actor practice.Actor, in *Numbered) (planView, error) {
		p, err := s.App.Plan(ctx, actor, in.Number)
		return showPlan(p), err
	})
	person(s, put("/plans/{number}"), func(ctx context.Context, actor practice.Actor, in *editedPlan) (planView, error) {
		p, err := s.App.WritePlan(ctx, actor, in.Number, func(was practice.Plan) (practice.Intent, error) {
			return in.Body.intent(), in.over(showPlan(was))
		})
		return showPlan(p), err
	})
	person(s, remove("/plans/{number}"), func(ctx context.Context, actor practice.Actor, in *Numbered) (none, error) {
		return none{}, s.App.DropPlan(ctx, actor, in.Number)
	})
	person(s, get("/plans/{number}/failures"), func(ctx context.Context, actor practice.Actor, in *listOfNumber) (page[apartView], error) {
		all, err := s.App.FailuresOf(ctx, actor, in.Number)
		if err != nil {
			return page[apartView]{}, err
		}
		return pageOf(in.Paging, all, func(f app.Apart) practice.FailureID { return f.ID }, showApart)
	})
	s.planned()
}

// planned is the table of what is done with a plan that is written.
func (s *Rest) planned() {
	person(s, post("/plans/{number}/freeze"), func(ctx context.Context, actor practice.Actor, in *Numbered) (planView, error) {
		p, err := s.App.FreezePlan(ctx, actor, in.Number)
		return showPlan(p), err
	})
	person(s, create("/plans/{number}/reasons"), func(ctx context.Context, actor practice.Actor, in *supposed) (none, error) {
		return none{}, s.App.SupposeFailed(ctx, actor, in.Number, in.Body.Text)
	})
	person(s, post("/plans/{number}/reasons/open"), func(ctx context.Context, actor practice.Actor, in *Numbered) (planView, error) {
		p, err := s.App.OpenReasons(ctx, actor, in.Number)
		return showPlan(p), err
	})
	person(s, create("/plans/{number}/additions"), func(ctx context.Context, actor practice.Actor, in *addedToPlan) (planView, error) {
		p, err := s.App.AddToPlan(ctx, actor, in.Number, in.Body.Text)
		return showPlan(p), err
	})
	person(s, post("/plans/{number}/redactions"), func(ctx context.Context, actor practice.Actor, in *planRedaction) (redactionView, error) {
		r, err := s.App.RemoveFromPlan(ctx, actor, in.Number, practice.NewRedaction{Words: in.Body.Words, Sure: in.Body.Sure})
		return showRedaction(r), err
	})
	person(s, get("/plans/{number}/redactions"), func(ctx context.Context, actor practice.Actor, in *listOfNumber) (page[redactionView], error) {
		all, err := s.App.PlanRedactions(ctx, actor, in.Number)
		if err != nil {
			return page[redactionView]{}, err
		}
		return pageOf(in.Paging, all, func(r app.Redacted) string { return r.At.Format(time.RFC3339Nano) },
			func(r app.Redacted) redactionView { return showRedaction(r.Redaction) })
	})
	s.known()
	s.series()
	s.firings()
}

// knownView is something from before that a plan says something to.
type knownView struct {
	About      string          `json:"about"`
	Says       practice.Says   `json:"says"`
	Text       string          `json:"text,omitempty"`
	Cites      bool            `json:"cites"`
	Number     int             `json:"number,omitempty"`
	Title      string          `json:"title,omitempty"`
	Constraint *constraintView `json:"constraint,omitempty"`
	Finding    *findingView    `json:"finding,omitempty"`
	Offer      *offerView      `json:"offer,omitempty"`
	Here       string          `json:"here,omitempty"` // in the words of the team that took it over
	Assumption *assumptionView `json:"assumption,omitempty"`
}

func showKnown(k app.Known) knownView {
	v := knownView{Here: k.Here.Words, About: k.About, Says: k.Says, Text: k.Text, Cites: k.Counts(), Number: k.Scar.Number, Title: k.Scar.Title}
	if k.Constraint.ID != "" {
		c := showConstraint(k.Constraint)
		v.Constraint = &c
	}
	if k.Finding.ID != "" {
		f := showFinding(k.Finding)
		v.Finding = &f
	}
	if k.Offer.ID != "" {
		o := showOffer(k.Offer)
		v.Offer = &o
	}
	if k.Assumption.ID != "" {
		a := showAssumed(k.Assumption)
		v.Assumption = &a
	}
	return v
}

// fittingView is something from before that fits a plan.
type fittingView struct {
	Failure    *failureView    `json:"failure,omitempty"`
	Constraint *constraintView `json:"constraint,omitempty"`
	Finding    *findingView    `json:"finding,omitempty"`
	Offer      *offerView      `json:"offer,omitempty"`
	Here       string          `json:"here,omitempty"`
	Assumption *assumptionView `json:"assumption,omitempty"`
	Plan       int             `json:"plan,omitempty"`
	Perhaps    bool            `json:"perhaps"`
	Words      []string        `json:"words"`
}

func showFitting(l app.Likeness) fittingView {
	v := fittingView{Here: l.Here.Words, Plan: l.Under.Number, Perhaps: l.Perhaps, Words: some(l.Words)}
	switch {
	case l.Constraint.ID != "":
		c := showConstraint(l.Constraint)
		v.Constraint = &c
	case l.Finding.ID != "":
		f := showFinding(l.Finding)
		v.Finding = &f
	case l.Offer.ID != "":
		o := showOffer(l.Offer)
		v.Offer = &o
	case l.Assumption.ID != "":
		a := showAssumed(l.Assumption)
		v.Assumption = &a
	default:
		f := showFailure(l.Failure)
		v.Failure = &f
	}
	return v
}

// knownTo is the list of what a plan says to what is known.
type knownTo struct {
	Known []knownView `json:"known"`
}

// fittingFor is the list of what fits a plan.
type fittingFor struct {
	Earlier []fittingView `json:"earlier"`
}

// AboutKnown is the address of something known, within a plan.
type AboutKnown struct {
	Numbered
	About string `path:"about"`
}

type inherited struct {
	AboutKnown
	Body struct {
		Says practice.Says `json:"says,omitempty"`
		Text string        `json:"text,omitempty" at:"so" example:"We split by shop type before averaging."`
	}
}

// known is the table of what plans start from.
func (s *Rest) known() {
	person(s, get("/plans/{number}/earlier"), func(ctx context.Context, actor practice.Actor, in *Numbered) (fittingFor, error) {
		p, err := s.App.Plan(ctx, actor, in.Number)
		if err != nil {
			return fittingFor{}, err
		}
		rested, err := s.App.Rested(ctx, actor, in.Number)
		if err != nil {
			return fittingFor{}, err
		}
		all, err := s.App.Fitting(ctx, actor, in.Number, p.Intent)
		return fittingFor{shown(append(rested, all...), showFitting)}, err
	})
	person(s, get("/plans/{number}/known"), func(ctx context.Context, actor practice.Actor, in *Numbered) (knownTo, error) {
		return s.knownTo(ctx, actor, in.Number, nil)
	})
	person(s, put("/plans/{number}/known/{about}"), func(ctx context.Context, actor practice.Actor, in *inherited) (knownTo, error) {
		return s.knownTo(ctx, actor, in.Number, s.App.Inherit(ctx, actor, in.Number, practice.Inherited{About: in.About, Says: in.Body.Says, Text: in.Body.Text}))
	})
	person(s, remove("/plans/{number}/known/{about}"), func(ctx context.Context, actor practice.Actor, in *AboutKnown) (knownTo, error) {
		return s.knownTo(ctx, actor, in.Number, s.App.Disinherit(ctx, actor, in.Number, in.About))
	})
}

// knownTo shows what a plan says to what is known, after an act that went well.
func (s *Rest) knownTo(ctx context.Context, actor practice.Actor, number int, err error) (knownTo, error) {
	if err != nil {
		return knownTo{}, err
	}
	all, err := s.App.KnownTo(ctx, actor, number)
	return knownTo{shown(all, showKnown)}, err
}
