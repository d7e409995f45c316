package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type reviewView struct {
	ID          practice.ReviewID  `json:"id"`
	Failure     practice.FailureID `json:"failure"`
	Form        practice.Form      `json:"form"`
	MeetAt      time.Time          `json:"meet_at,omitzero"`
	BoxMinutes  int                `json:"box_minutes"`
	Phase       practice.Phase     `json:"phase"`
	Open        bool               `json:"open"`
	Version     int                `json:"version"`
	Sitting     int                `json:"sitting"`
	StartedAt   time.Time          `json:"started_at,omitzero"`
	EndsAt      time.Time          `json:"ends_at,omitzero"`
	PhaseEndsAt time.Time          `json:"phase_ends_at,omitzero"`
	ClosedAt    time.Time          `json:"closed_at,omitzero"`
	LateWhy     string             `json:"late_why,omitempty"`
	FewWhy      string             `json:"few_why,omitempty"`
}

func showReview(r practice.Review) reviewView {
	return reviewView{r.ID, r.Failure, r.Form, r.MeetAt, int(r.Box / time.Minute), r.Phase, r.Open, r.Version, r.Sitting,
		r.StartedAt, r.EndsAt, r.PhaseEndsAt, r.ClosedAt, r.LateWhy, r.FewWhy}
}

type newReview struct {
	Body struct {
		Failure    practice.FailureID  `json:"failure,omitempty"`
		MeetAt     time.Time           `json:"meet_at,omitempty"`
		BoxMinutes int                 `json:"box_minutes,omitempty"`
		People     []practice.MemberID `json:"people,omitempty"`
		There      []practice.MemberID `json:"there,omitempty"`
		Why        string              `json:"why,omitempty"`
	}
}

type movedReview struct {
	One
	Body struct {
		MeetAt time.Time `json:"meet_at,omitempty"`
		Why    string    `json:"why,omitempty"`
	}
}

type newPlace struct {
	One
	Body struct {
		Closeness practice.Closeness `json:"closeness,omitempty"`
	}
}

// ticketView lets whoever holds it draw one seat, in a request without a token.
type ticketView struct {
	Ticket string `json:"ticket"`
}

// reviews is the table of rooms from outside, and of what a closed one leaves.
func (s *Rest) reviews() {
	person(s, get("/reviews"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[reviewView], error) {
		list, err := s.App.Reviews(ctx, actor)
		if err != nil {
			return page[reviewView]{}, err
		}
		return pageOf(*in, list, func(r practice.Review) string { return string(r.ID) }, showReview)
	})
	person(s, post("/reviews"), func(ctx context.Context, actor practice.Actor, in *newReview) (reviewView, error) {
		b := in.Body
		r, err := s.App.CallReview(ctx, actor, practice.NewReview{Failure: b.Failure, MeetAt: b.MeetAt,
			Box: time.Duration(b.BoxMinutes) * time.Minute, People: b.People, There: b.There, Why: b.Why})
		return showReview(r), err
	})
	person(s, get("/reviews/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (reviewView, error) {
		c, err := s.App.Review(ctx, actor, practice.ReviewID(in.ID))
		return showReview(c.Review), err
	})
	person(s, post("/reviews/{id}/time"), func(ctx context.Context, actor practice.Actor, in *movedReview) (reviewView, error) {
		r, err := s.App.MoveReview(ctx, actor, practice.ReviewID(in.ID), practice.NewReview{MeetAt: in.Body.MeetAt, Why: in.Body.Why})
		return showReview(r), err
	})
	person(s, post("/reviews/{id}/place"), func(ctx context.Context, actor practice.Actor, in *newPlace) (ticketView, error) {
		ticket, err := s.App.TakePlace(ctx, actor, practice.ReviewID(in.ID), in.Body.Closeness)
		return ticketView{ticket}, err
	})
	onFailure(s, get("/failures/{id}/record"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (recordView, error) {
		r, err := s.App.Record(ctx, actor, f.Number)
		return showRecord(r), err
	})
}

// recordView is what a closed review leaves, without raw answers.
type recordView struct {
	Failure failureView   `json:"failure"`
	Review  reviewView    `json:"review"`
	Facts   []factView    `json:"facts"`
	Texts   []textView    `json:"texts"`
	Gaps    []learnedView `json:"gaps"`
	Carry   *carryView    `json:"carry,omitempty"`
	Whole   bool          `json:"whole"` // the reader reads all of it
}

// textView is what a room stands behind.
type textView struct {
	Question practice.Phase `json:"question"`
	Text     string         `json:"text"`
	Differ   string         `json:"differ,omitempty"`
	Version  int            `json:"version"`
}

func (t textView) etag() string { return tag(t.Version) }

func showText(t practice.AgreedText) textView { return textView{t.Phase, t.Text, t.Differ, t.Version} }

// learnedView is a gap with what it led to.
type learnedView struct {
	GapView
	Was        string          `json:"was,omitempty"` // the step's wording before
	Procedure  string          `json:"procedure,omitempty"`
	Step       *stepView       `json:"step,omitempty"`
	Safeguard  *safeguardView  `json:"safeguard,omitempty"`
	Constraint *constraintView `json:"constraint,omitempty"`
	Finding    *findingView    `json:"finding,omitempty"`
}

func showLearned(l app.Learned) learnedView {
	v := learnedView{GapView: showGap(l.Gap), Was: l.Was, Procedure: l.Procedure.Slug}
	if l.Step.ID != "" {
		step := showStep(l.Step)
		v.Step = &step
	}
	if l.Safeguard.ID != "" {
		guard := showSafeguard(l.Safeguard)
		v.Safeguard = &guard
	}
	if l.Constraint.ID != "" {
		limit := showConstraint(l.Constraint)
		v.Constraint = &limit
	}
	if l.Finding.ID != "" {
		found := showFinding(l.Finding)
		v.Finding = &found
	}
	return v
}

func showRecord(r app.Record) recordView {
	v := recordView{Failure: showFailure(r.Failure), Review: showReview(r.Review), Facts: shown(r.Facts, showFact),
		Texts: shown(r.Texts, showText), Gaps: shown(r.Gaps, showLearned), Whole: r.Whole}
	if r.Carried != nil {
		carry := showCarried(*r.Carried)
		v.Carry = &carry
	}
	return v
}
