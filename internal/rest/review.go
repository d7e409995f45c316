package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
)

type reviewView struct {
	ID          practice.ReviewID   `json:"id"`
	Failure     practice.FailureID  `json:"failure"`
	Form        practice.Form       `json:"form"`
	MeetAt      time.Time           `json:"meet_at,omitzero"`
	BoxMinutes  int                 `json:"box_minutes"`
	Phase       practice.Phase      `json:"phase"`
	Open        bool                `json:"open"`
	Version     int                 `json:"version"`
	Sitting     int                 `json:"sitting"`
	StartedAt   time.Time           `json:"started_at,omitzero"`
	EndsAt      time.Time           `json:"ends_at,omitzero"`
	PhaseEndsAt time.Time           `json:"phase_ends_at,omitzero"`
	ClosedAt    time.Time           `json:"closed_at,omitzero"`
	Invited     []practice.MemberID `json:"invited,omitempty"`
	Trace       string              `json:"trace,omitempty"`
	Traceless   bool                `json:"traceless,omitempty"`
	NothingWhy  string              `json:"nothing_why,omitempty"` // where question three found no gap
	LateWhy     string              `json:"late_why,omitempty"`
	FewWhy      string              `json:"few_why,omitempty"`
	Deadlines   []deadlineView      `json:"deadlines,omitempty"` // in writing
	WrittenAt   time.Time           `json:"written_at,omitzero"`
	MetAt       time.Time           `json:"met_at,omitzero"`
	ReadyAt     time.Time           `json:"ready_at,omitzero"`
	Ready       practice.Readiness  `json:"ready,omitempty"`
	Guide       *guideView          `json:"guide,omitempty"`
	CameTrue    []int               `json:"came_true,omitempty"`
}

// deadlineView is until when a leg of a review in writing lasts.
type deadlineView struct {
	Leg practice.Leg `json:"leg"`
	At  time.Time    `json:"at"`
}

func showReview(r practice.Review) reviewView {
	return reviewView{r.ID, r.Failure, r.Form, r.MeetAt, int(r.Box / time.Minute), r.Phase, r.Open, r.Version, r.Sitting,
		r.StartedAt, r.EndsAt, r.PhaseEndsAt, r.ClosedAt, nil, r.Trace, r.Traceless, r.NothingWhy, r.LateWhy, r.FewWhy,
		shown(r.Deadlines(), func(d practice.Deadline) deadlineView { return deadlineView(d) }), r.WrittenAt, r.MetAt, r.ReadyAt, r.Ready, nil, r.CameTrue.Places()}
}

func (r reviewView) etag() string { return tag(r.Version) }

// showCalled shows a review with whom it was called for; who came is nobody's
// to know.
func showCalled(c app.Called) reviewView {
	v := showReview(c.Review)
	v.Guide = showGuide(c.Guide)
	for _, i := range c.Invited {
		v.Invited = append(v.Invited, i.Member)
	}
	return v
}

// proposalView is what a convener is shown before calling a review.
type proposalView struct {
	People  []closeView  `json:"people"`
	Times   []time.Time  `json:"times"`
	Running *reviewView  `json:"running,omitempty"`
	Guides  []memberView `json:"guides"`
}

// closeView is somebody who could be invited, and why they are proposed.
type closeView struct {
	Member  memberView `json:"member"`
	Because string     `json:"because,omitempty"`
}

func showProposal(p app.Proposal) proposalView {
	v := proposalView{Times: some(p.Times), Guides: shown(p.Guides, showMember), People: shown(p.People, func(m practice.Member) closeView {
		return closeView{showMember(m), p.Closest[m.ID]}
	})}
	if p.Open != nil {
		running := showCalled(*p.Open)
		v.Running = &running
	}
	return v
}

type newReview struct {
	Body struct {
		Failure    practice.FailureID  `json:"failure,omitempty"`
		Form       practice.Form       `json:"form,omitempty"`
		MeetAt     time.Time           `json:"meet_at,omitempty" at:"meet"`
		BoxMinutes int                 `json:"box_minutes,omitempty" at:"box" example:"30"`
		People     []practice.MemberID `json:"people,omitempty"`
		There      []practice.MemberID `json:"there,omitempty"`
		Guide      practice.MemberID   `json:"guide,omitempty"`
		Why        string              `json:"why,omitempty"`
	}
}

type calledOff struct {
	One
	Why string `query:"why"`
}

type movedReview struct {
	One
	Body struct {
		Form   practice.Form `json:"form,omitempty"`
		MeetAt time.Time     `json:"meet_at,omitempty" at:"meet"`
		Why    string        `json:"why,omitempty"`
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

// readinessView lets whoever holds it say go or not now, in a request without a token.
type readinessView struct {
	Ticket string `json:"ticket"`
	Few    bool   `json:"few,omitempty"` // are asked, so that the one word tells too much
}

// reviews is the table of rooms from outside, and of what a closed one leaves.
func (s *Rest) reviews() {
	person(s, get("/reviews"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[reviewView], error) {
		list, err := s.App.Reviews(ctx, actor)
		if err != nil {
			return page[reviewView]{}, err
		}
		return pageOf(*in, list, func(r practice.Review) practice.ReviewID { return r.ID }, showReview)
	})
	person(s, create("/reviews"), func(ctx context.Context, actor practice.Actor, in *newReview) (reviewView, error) {
		b := in.Body
		r, err := s.App.CallReview(ctx, actor, practice.NewReview{Failure: b.Failure, Form: b.Form, MeetAt: b.MeetAt,
			Box: time.Duration(b.BoxMinutes) * time.Minute, People: b.People, There: b.There, Guide: b.Guide, Why: b.Why})
		return showReview(r), err
	})
	person(s, get("/reviews/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (reviewView, error) {
		c, err := s.App.Review(ctx, actor, practice.ReviewID(in.ID))
		return showCalled(c), err
	})
	onFailure(s, get("/failures/{id}/reviews"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *listOfOne) (page[reviewView], error) {
		list, err := s.App.ReviewsOf(ctx, actor, f.ID)
		if err != nil {
			return page[reviewView]{}, err
		}
		return pageOf(in.Paging, list, func(c app.Called) practice.ReviewID { return c.Review.ID }, showCalled)
	})
	onFailure(s, get("/failures/{id}/proposal"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (proposalView, error) {
		p, err := s.App.ProposeReview(ctx, actor, f.ID)
		return showProposal(p), err
	})
	person(s, put("/reviews/{id}/time"), func(ctx context.Context, actor practice.Actor, in *movedReview) (reviewView, error) {
		r, err := s.App.MoveReview(ctx, actor, practice.ReviewID(in.ID), practice.NewReview{Form: in.Body.Form, MeetAt: in.Body.MeetAt, Why: in.Body.Why})
		return showReview(r), err
	})
	person(s, remove("/reviews/{id}"), func(ctx context.Context, actor practice.Actor, in *calledOff) (none, error) {
		return none{}, s.App.CallOff(ctx, actor, practice.ReviewID(in.ID), in.Why)
	})
	person(s, get("/reviews/{id}/readiness"), func(ctx context.Context, actor practice.Actor, in *One) (readinessView, error) {
		t, err := s.App.AskReady(ctx, actor, practice.ReviewID(in.ID))
		return readinessView{t.Ticket, t.Few}, err
	})
	person(s, post("/reviews/{id}/place"), func(ctx context.Context, actor practice.Actor, in *newPlace) (ticketView, error) {
		ticket, err := s.App.TakePlace(ctx, actor, practice.ReviewID(in.ID), in.Body.Closeness)
		return ticketView{ticket}, err
	})
	s.records()
	s.stops()
	s.askings()
	s.guides()
	s.uses()
}

// records is the table of what closed reviews leave.
func (s *Rest) records() {
	person(s, get("/failures/{id}/record"), func(ctx context.Context, actor practice.Actor, in *One) (recordView, error) {
		n, err := s.number(ctx, actor, in.ID)
		if err != nil {
			return recordView{}, err
		}
		r, err := s.App.Record(ctx, actor, n)
		return showRecord(r), err
	})
	person(s, post("/failures/{id}/record/answers"), func(ctx context.Context, actor practice.Actor, in *One) (openedView, error) {
		n, err := s.number(ctx, actor, in.ID)
		if err != nil {
			return openedView{}, err
		}
		o, err := s.App.OpenAnswers(ctx, actor, n)
		return showOpened(o), err
	})
}

// openedView is what was written alone, with who opened it.
type openedView struct {
	Answers []readView    `json:"answers"` // none once their time is over
	Opened  []openingView `json:"opened"`
}

// openingView is that somebody opened what was written alone, by the day.
type openingView struct {
	Member practice.MemberID `json:"member"`
	Name   string            `json:"name"`
	Day    time.Time         `json:"day"`
	Token  bool              `json:"by_token,omitempty"`
}

func showOpening(o practice.Opening) openingView {
	return openingView{o.Member, o.Name, o.Day, o.Token}
}

func showOpened(o app.Opened) openedView {
	return openedView{shown(o.Answers, func(a practice.Answer) readView { return showRead(room.Read{Answer: a}) }), shown(o.Seen, showOpening)}
}

// recordView is what a closed review leaves, without raw answers.
type recordView struct {
	Failure failureView   `json:"failure"`
	Review  reviewView    `json:"review"`
	Along   []int         `json:"along"`
	Facts   []factView    `json:"facts"`
	Texts   []textView    `json:"texts"`
	Plan    *frozenView   `json:"plan,omitempty"` // what was intended, where it was frozen before
	Opened  []openingView `json:"opened"`         // who opened what was written alone; for those who took part and the team
	Gaps    []learnedView `json:"gaps"`
	Carry   *carryView    `json:"carry,omitempty"`
	Use     *useView      `json:"use,omitempty"`     // whether it is really done that way, once somebody was asked
	LedBy   string        `json:"led_by,omitempty"`  // from outside
	LedWhy  string        `json:"led_why,omitempty"` // although they were part of it
	Whole   bool          `json:"whole"`             // the reader reads all of it
}

// textView is what a room stands behind.
type textView struct {
	Question practice.Phase `json:"question"`
	Text     string         `json:"text"`
	Differ   string         `json:"differ,omitempty"`
	Version  int            `json:"version"`
	Recalled bool           `json:"from_memory,omitempty"`
}

func (t textView) etag() string { return tag(t.Version) }

func showText(t practice.AgreedText) textView {
	return textView{t.Phase, t.Text, t.Differ, t.Version, t.Recalled}
}

// learnedView is a gap with what it led to.
type learnedView struct {
	GapView
	Was        string          `json:"was,omitempty"` // the step's wording before
	Procedure  string          `json:"procedure,omitempty"`
	Step       *stepView       `json:"step,omitempty"`
	Safeguard  *safeguardView  `json:"safeguard,omitempty"`
	Constraint *constraintView `json:"constraint,omitempty"`
	Finding    *findingView    `json:"finding,omitempty"`
	Handed     *handedView     `json:"handed,omitempty"` // to somebody who can change it
	Effect     *effectView     `json:"watched,omitempty"`
}

func showLearned(l app.Learned) learnedView {
	v := learnedView{GapView: showGap(l.Gap), Was: l.Was, Procedure: l.Procedure.Slug, Handed: showHanded(l), Effect: showEffect(l.Effect)}
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
	v := recordView{Failure: showFailure(r.Failure), Review: showReview(r.Review), Along: shown(r.Along, numberOf), Facts: shown(r.Facts, showFact),
		Texts: shown(r.Texts, showText), Opened: shown(r.Opened, showOpening), Gaps: shown(r.Gaps, showLearned), LedBy: r.Guide.Name, LedWhy: r.Guide.Why, Whole: r.Whole, Plan: showFrozen(r.Plan), Use: showUse(r.Use)}
	if r.Carried != nil {
		carry := showCarried(*r.Carried)
		v.Carry = &carry
	}
	return v
}
