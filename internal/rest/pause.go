package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// pauseView is a pause of a team, or a proposal.
type pauseView struct {
	ID         practice.PauseID  `json:"id"`
	Team       practice.TeamID   `json:"team"`
	Why        string            `json:"why"`
	By         practice.MemberID `json:"proposed_by,omitempty"` // nobody where a guardian proposed it
	ProposedAt time.Time         `json:"proposed_at"`
	Agreed     practice.MemberID `json:"agreed_by,omitempty"`
	BeganAt    time.Time         `json:"began_at,omitzero"`
	LookAt     time.Time         `json:"look_at"`
	Ended      practice.MemberID `json:"ended_by,omitempty"`
	EndedAt    time.Time         `json:"ended_at,omitzero"`
	Said       string            `json:"said,omitempty"` // what changed; of a proposal, why not now
	Runs       bool              `json:"runs"`
	Guardian   bool              `json:"by_guardian"` // alone, or besides whoever proposed it
}

func showPause(p practice.Pause) pauseView {
	return pauseView{p.ID, p.Team, p.Why, p.By, p.ProposedAt, p.Agreed, p.BeganAt, p.LookAt, p.Ended, p.EndedAt, p.Said, p.Runs(), p.Guardian}
}

// alarmView is that most of a team's reviews changed nothing, with what most people said
// is in the way, never how many.
type alarmView struct {
	ID      practice.AlarmID  `json:"id"`
	Team    practice.TeamID   `json:"team"`
	Number  int               `json:"number"`
	At      time.Time         `json:"at"`
	Until   time.Time         `json:"until"` // until when people may say what is in the way
	Found   practice.Found    `json:"found,omitempty"`
	Aside   practice.MemberID `json:"set_aside_by,omitempty"`
	AsideAt time.Time         `json:"set_aside_at,omitzero"`
	Why     string            `json:"why,omitempty"`
	OverAt  time.Time         `json:"over_at,omitzero"`
}

func showAlarm(a practice.Alarm) alarmView {
	return alarmView{a.ID, a.Team, a.Nth, a.At, a.Until, a.Found, a.Aside, a.AsideAt, a.Why, a.OverAt}
}

type newPause struct {
	One
	Body struct {
		Why  string `json:"why,omitempty" example:"Nothing we agreed was done."`
		Days int    `json:"days,omitempty" example:"14"` // until when to look again
	}
}

// decidedPause is what somebody decides about a pause, with what it takes to.
type decidedPause struct {
	One
	Body struct {
		Said string `json:"said,omitempty"` // what changed, or why not now
		Days int    `json:"days,omitempty"`
	}
}

type asideAlarm struct {
	One
	Body struct {
		Why string `json:"why,omitempty"`
	}
}

// newCause is one answer to what is in the way.
type newCause struct {
	AtReview
	Body struct {
		Ticket string         `json:"ticket,omitempty"`
		Cause  practice.Cause `json:"cause,omitempty"`
	}
}

// pauses is the table of what a team is told of its own practice, and decides about it.
func (s *Rest) pauses() {
	person(s, get("/teams/{id}/pauses"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[pauseView], error) {
		all, err := s.App.Pauses(ctx, actor, practice.TeamID(in.ID))
		if err != nil {
			return page[pauseView]{}, err
		}
		return pageOf(in.Paging, all, func(p app.Paused) practice.PauseID { return p.ID }, func(p app.Paused) pauseView { return showPause(p.Pause) })
	})
	person(s, create("/teams/{id}/pauses"), func(ctx context.Context, actor practice.Actor, in *newPause) (pauseView, error) {
		p, err := s.App.ProposePause(ctx, actor, practice.TeamID(in.ID), in.Body.Why, in.Body.Days)
		return showPause(p), err
	})
	person(s, post("/pauses/{id}/agree"), func(ctx context.Context, actor practice.Actor, in *One) (pauseView, error) {
		p, err := s.App.AgreeToPause(ctx, actor, practice.PauseID(in.ID))
		return showPause(p), err
	})
	person(s, post("/pauses/{id}/decline"), func(ctx context.Context, actor practice.Actor, in *decidedPause) (pauseView, error) {
		p, err := s.App.TurnPauseDown(ctx, actor, practice.PauseID(in.ID), in.Body.Said)
		return showPause(p), err
	})
	person(s, post("/pauses/{id}/longer"), func(ctx context.Context, actor practice.Actor, in *decidedPause) (pauseView, error) {
		p, err := s.App.LengthenPause(ctx, actor, practice.PauseID(in.ID), in.Body.Days)
		return showPause(p), err
	})
	person(s, post("/pauses/{id}/resume"), func(ctx context.Context, actor practice.Actor, in *decidedPause) (pauseView, error) {
		p, err := s.App.ResumeFromPause(ctx, actor, practice.PauseID(in.ID), in.Body.Said)
		return showPause(p), err
	})
	s.alarms()
	s.start()
}

// startView is whether a team begins anew, and what suggests it.
type startView struct {
	Guides bool               `json:"guides"` // after a pause: others follow once one review changed something
	From   time.Time          `json:"from,omitzero"`
	Again  practice.FailureID `json:"again,omitempty"`
	Number int                `json:"number,omitempty"`
}

func showStart(r app.Rhythm) startView {
	return startView{r.Start.Guides(), r.Start.From, r.Again.ID, r.Again.Number}
}

type declinedStart struct {
	One
	Failure string `path:"failure"`
}

func (s *Rest) start() {
	person(s, get("/teams/{id}/start"), func(ctx context.Context, actor practice.Actor, in *One) (startView, error) {
		r, err := s.App.Rhythm(ctx, actor, practice.TeamID(in.ID))
		return showStart(r), err
	})
	person(s, post("/teams/{id}/start/{failure}/decline"), func(ctx context.Context, actor practice.Actor, in *declinedStart) (startView, error) {
		if err := s.App.NotAnew(ctx, actor, practice.TeamID(in.ID), practice.FailureID(in.Failure)); err != nil {
			return startView{}, err
		}
		r, err := s.App.Rhythm(ctx, actor, practice.TeamID(in.ID))
		return showStart(r), err
	})
}

func (s *Rest) alarms() {
	person(s, get("/teams/{id}/alarms"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[alarmView], error) {
		all, err := s.App.Alarms(ctx, actor, practice.TeamID(in.ID))
		if err != nil {
			return page[alarmView]{}, err
		}
		return pageOf(in.Paging, all, func(a practice.Alarm) practice.AlarmID { return a.ID }, showAlarm)
	})
	person(s, post("/alarms/{id}/aside"), func(ctx context.Context, actor practice.Actor, in *asideAlarm) (alarmView, error) {
		a, err := s.App.SetAlarmAside(ctx, actor, practice.AlarmID(in.ID), in.Body.Why)
		return showAlarm(a), err
	})
	person(s, post("/alarms/{id}/cause"), func(ctx context.Context, actor practice.Actor, in *One) (ticketView, error) {
		t, err := s.App.AskCause(ctx, actor, practice.AlarmID(in.ID))
		return ticketView{t.Ticket}, err
	})
	stranger(s, post("/seats/{review}/cause"), func(ctx context.Context, in *newCause) (none, error) {
		return none{}, s.Rooms.SayCause(ctx, practice.AlarmID(in.Review), in.Body.Ticket, in.Body.Cause)
	})
}
