package rest

import (
	"context"
	"strconv"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

type failureView struct {
	ID           practice.FailureID  `json:"id"`
	Number       int                 `json:"number"`
	Team         practice.TeamID     `json:"team,omitempty"`
	Title        string              `json:"title"`
	Text         string              `json:"text"`
	Stage        practice.Stage      `json:"stage,omitempty"`
	RecognisedAt time.Time           `json:"recognised_at,omitzero"`
	ReportedAt   time.Time           `json:"reported_at,omitzero"`
	DueAt        time.Time           `json:"due_at,omitzero"`
	Touched      []practice.GroupID  `json:"touched"`
	TouchedOther string              `json:"touched_other,omitempty"`
	Source       practice.Source     `json:"source,omitempty"`
	Triage       practice.Triage     `json:"triage,omitempty"`
	TriageWhy    string              `json:"triage_why,omitempty"`
	Convener     practice.MemberID   `json:"convener,omitempty"`
	JoinedTo     practice.FailureID  `json:"joined_to,omitempty"`
	Step         practice.StepID     `json:"step,omitempty"`
	Plan         practice.PlanID     `json:"plan,omitempty"`
	Standing     practice.Standing   `json:"standing"`
	Version      int                 `json:"version"`
	Drill        bool                `json:"drill,omitempty"`
	Severe       bool                `json:"severe,omitempty"`
	Stopped      practice.Stop       `json:"stopped,omitempty"`
	Only         []practice.MemberID `json:"only,omitempty"`
	Imported     *importedView       `json:"imported,omitempty"`
}

func (f failureView) etag() string { return tag(f.Version) }

// importedView is where an imported failure was written, and on which terms.
type importedView struct {
	Ref         string `json:"ref"`
	Number      string `json:"number,omitempty"`
	Org         string `json:"org,omitempty"`
	URL         string `json:"url,omitempty"`
	Source      string `json:"source,omitempty"`
	Licence     string `json:"licence,omitempty"`
	Attribution string `json:"attribution,omitempty"`
	Kind        string `json:"kind,omitempty"`
}

func showFailure(f practice.Failure) failureView {
	v := failureView{ID: f.ID, Number: f.Number, Team: f.Team, Title: f.Title, Text: f.Text, Stage: f.Stage,
		RecognisedAt: f.RecognisedAt, ReportedAt: f.ReportedAt, Touched: some(f.Touched), TouchedOther: f.TouchedOther,
		Source: f.Source, Triage: f.Triage, TriageWhy: f.TriageWhy, Convener: f.Convener, JoinedTo: f.JoinedTo,
		Step: f.Step, Plan: f.Plan, Standing: f.Standing, Version: f.Version,
		Drill: f.Drill, Severe: f.Severe, Stopped: f.Stopped, Only: f.Only}
	if due, runs := f.DueAt(); runs {
		v.DueAt = due
	}
	if p := f.Provenance; f.Source == practice.SourceImported {
		v.Imported = &importedView{p.Ref, p.Number, p.Org, p.URL, p.Source, p.Licence, p.Attribution, p.Kind}
	}
	return v
}

// some is a list that is written as one even where it is empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// shown shows every one of a list.
func shown[T, V any](list []T, show func(T) V) []V {
	out := make([]V, len(list))
	for i, one := range list {
		out[i] = show(one)
	}
	return out
}

// One is the address of one failure: its number, or its id.
type One struct {
	ID string `path:"id"`
}

// failure reads a failure by the number people say aloud, or by its id.
func (s *Rest) failure(ctx context.Context, actor practice.Actor, ref string) (practice.Failure, error) {
	if n, err := strconv.Atoi(ref); err == nil {
		return s.App.Failure(ctx, actor, n)
	}
	return s.App.FailureByID(ctx, actor, practice.FailureID(ref))
}

type failureList struct {
	Paging
	Triage   practice.Triage   `query:"triage"`
	Source   practice.Source   `query:"source"`
	Standing practice.Standing `query:"standing"`
}

// listFailures reads failures on by their number, so a page costs what it shows.
func (s *Rest) listFailures(ctx context.Context, actor practice.Actor, in *failureList) (page[failureView], error) {
	f := store.FailureFilter{Triage: in.Triage, Source: in.Source, Standing: in.Standing, AtMost: in.Limit + 1}
	after, err := in.after()
	if err == nil && after != "" {
		f.Before, err = strconv.Atoi(after)
	}
	if err != nil {
		return page[failureView]{}, errCursor
	}
	list, err := s.App.Failures(ctx, actor, f)
	if err != nil {
		return page[failureView]{}, err
	}
	out := page[failureView]{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Next = cursorAt(strconv.Itoa(list[in.Limit-1].Number))
	}
	out.Items = shown(list, showFailure)
	return out, nil
}

type newFailure struct {
	Body struct {
		Team         practice.TeamID    `json:"team,omitempty"`
		Text         string             `json:"text,omitempty" at:"what" example:"The pump ran dry at ten."`
		Stage        practice.Stage     `json:"stage,omitempty"`
		At           time.Time          `json:"at,omitempty" at:"when"`
		Touched      []practice.GroupID `json:"touched,omitempty"`
		TouchedOther string             `json:"touched_other,omitempty"`
		Convene      bool               `json:"convene,omitempty"`
		Drill        bool               `json:"drill,omitempty"`
		Severe       bool               `json:"severe,omitempty"`
		Plan         practice.PlanID    `json:"plan,omitempty"`
	}
}

func (s *Rest) reportFailure(ctx context.Context, actor practice.Actor, in *newFailure) (failureView, error) {
	b := in.Body
	f, err := s.App.ReportFailure(ctx, actor, practice.NewFailure{Team: b.Team, Text: b.Text, Stage: b.Stage, At: b.At,
		Touched: b.Touched, TouchedOther: b.TouchedOther, Convene: b.Convene, Drill: b.Drill, Severe: b.Severe, Plan: b.Plan})
	return showFailure(f), err
}

// number reads the number of a failure that the actor need not be able to read:
// its record may be the whole organisation's.
func (s *Rest) number(ctx context.Context, actor practice.Actor, ref string) (int, error) {
	if n, err := strconv.Atoi(ref); err == nil {
		return n, nil
	}
	f, err := s.failure(ctx, actor, ref)
	return f.Number, err
}

type newTriage struct {
	One
	Body struct {
		Decision practice.Triage `json:"decision,omitempty"`
		Triggers []string        `json:"triggers,omitempty" at:"trigger"`
		Why      string          `json:"why,omitempty"`
	}
}

// noted are failures that are put away together, with one reason.
type noted struct {
	Body struct {
		Failures []practice.FailureID `json:"failures,omitempty"`
		Why      string               `json:"why,omitempty" example:"Known, and too small for half an hour."`
	}
}

type namedStep struct {
	One
	Body struct {
		Step practice.StepID `json:"step,omitempty"`
	}
}

type handedTo struct {
	One
	Body struct {
		To practice.MemberID `json:"to,omitempty" at:"convener"`
	}
}

// failures is the table of reports, triage, facts and ties.
func (s *Rest) failures() {
	person(s, get("/failures"), s.listFailures)
	person(s, create("/failures").with(practice.ScopeReport), s.reportFailure)
	person(s, get("/failures/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (failureView, error) {
		f, err := s.failure(ctx, actor, in.ID)
		return showFailure(f), err
	})
	onFailure(s, post("/failures/{id}/triage"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newTriage) (failureView, error) {
		_, err := s.App.TriageFailure(ctx, actor, f.ID, app.Triage{Decision: in.Body.Decision, Triggers: in.Body.Triggers, Why: in.Body.Why})
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, put("/failures/{id}/convener"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *handedTo) (failureView, error) {
		err := s.App.HandConvening(ctx, actor, f.ID, in.Body.To)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, put("/failures/{id}/step"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *namedStep) (failureView, error) {
		err := s.App.NameStep(ctx, actor, f.ID, in.Body.Step)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	person(s, post("/failures/noted"), func(ctx context.Context, actor practice.Actor, in *noted) (none, error) {
		return none{}, s.App.NoteFailures(ctx, actor, in.Body.Failures, in.Body.Why)
	})
	s.hot()
	s.reports()
	s.redactions()
	s.facts()
	s.ties()
}

// failureNow shows a failure as it stands after an act that went well.
func (s *Rest) failureNow(ctx context.Context, actor practice.Actor, id practice.FailureID, err error) (failureView, error) {
	if err != nil {
		return failureView{}, err
	}
	f, err := s.App.FailureByID(ctx, actor, id)
	return showFailure(f), err
}

// addressed is an input that names one noun in its address.
type addressed interface{ address() string }

func (o One) address() string { return o.ID }

// onFailure adds an operation on one failure, read with the actor's rights.
func onFailure[I, B any](s *Rest, r route, do func(context.Context, practice.Actor, practice.Failure, *I) (B, error)) {
	person(s, r, func(ctx context.Context, actor practice.Actor, in *I) (B, error) {
		var nothing B
		where, _ := any(in).(addressed)
		f, err := s.failure(ctx, actor, where.address())
		if err != nil {
			return nothing, err
		}
		return do(ctx, actor, f, in)
	})
}
