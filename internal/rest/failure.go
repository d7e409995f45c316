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
	ID           practice.FailureID `json:"id"`
	Number       int                `json:"number"`
	Team         practice.TeamID    `json:"team,omitempty"`
	Title        string             `json:"title"`
	Text         string             `json:"text"`
	Stage        practice.Stage     `json:"stage"`
	RecognisedAt time.Time          `json:"recognised_at,omitzero"`
	ReportedAt   time.Time          `json:"reported_at,omitzero"`
	DueAt        time.Time          `json:"due_at,omitzero"`
	Touched      []practice.GroupID `json:"touched"`
	TouchedOther string             `json:"touched_other,omitempty"`
	Source       practice.Source    `json:"source"`
	Triage       practice.Triage    `json:"triage"`
	TriageWhy    string             `json:"triage_why,omitempty"`
	Convener     practice.MemberID  `json:"convener,omitempty"`
	JoinedTo     practice.FailureID `json:"joined_to,omitempty"`
	Step         practice.StepID    `json:"step,omitempty"`
	Standing     practice.Standing  `json:"standing"`
	Imported     *importedView      `json:"imported,omitempty"`
}

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
		Step: f.Step, Standing: f.Standing}
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

type factView struct {
	ID     practice.FactID `json:"id"`
	At     time.Time       `json:"at"`
	Text   string          `json:"text"`
	Link   string          `json:"link,omitempty"`
	Pasted string          `json:"pasted,omitempty"`
	File   practice.FileID `json:"file,omitempty"`
}

func showFact(f practice.Fact) factView {
	return factView{f.ID, f.At, f.Text, f.Link, f.Pasted, f.File}
}

type tieView struct {
	ID    practice.LinkID  `json:"id"`
	Kind  practice.TieKind `json:"kind"`
	Other failureView      `json:"other"`
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
	if in.Cursor != "" {
		n, err := strconv.Atoi(in.Cursor)
		if err != nil || n < 1 {
			return page[failureView]{}, practice.Refuse(practice.Invalid, "api.cursor").At("cursor")
		}
		f.Before = n
	}
	list, err := s.App.Failures(ctx, actor, f)
	if err != nil {
		return page[failureView]{}, err
	}
	out := page[failureView]{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Next = strconv.Itoa(list[in.Limit-1].Number)
	}
	out.Items = shown(list, showFailure)
	return out, nil
}

type newFailure struct {
	Body struct {
		Team         practice.TeamID    `json:"team,omitempty"`
		Text         string             `json:"text,omitempty"`
		Stage        practice.Stage     `json:"stage,omitempty"`
		At           time.Time          `json:"at,omitempty"`
		Touched      []practice.GroupID `json:"touched,omitempty"`
		TouchedOther string             `json:"touched_other,omitempty"`
		Convene      bool               `json:"convene,omitempty"`
	}
}

func (s *Rest) reportFailure(ctx context.Context, actor practice.Actor, in *newFailure) (failureView, error) {
	b := in.Body
	if b.Team == "" && len(actor.Teams) == 1 {
		b.Team = actor.Teams[0]
	}
	f, err := s.App.ReportFailure(ctx, actor, practice.NewFailure{Team: b.Team, Text: b.Text, Stage: b.Stage, At: b.At,
		Touched: b.Touched, TouchedOther: b.TouchedOther, Convene: b.Convene})
	return showFailure(f), err
}

type newTriage struct {
	One
	Body struct {
		Decision practice.Triage `json:"decision,omitempty"`
		Triggers []string        `json:"triggers,omitempty"`
		Why      string          `json:"why,omitempty"`
	}
}

type newFact struct {
	One
	Body struct {
		At     time.Time `json:"at,omitempty"`
		Text   string    `json:"text,omitempty"`
		Link   string    `json:"link,omitempty"`
		Pasted string    `json:"pasted,omitempty"`
	}
}

type newTie struct {
	One
	Body struct {
		Other practice.FailureID `json:"other,omitempty"`
		Kind  practice.TieKind   `json:"kind,omitempty"`
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
		To practice.MemberID `json:"to,omitempty"`
	}
}

// failures is the table of reports, triage, facts and ties.
func (s *Rest) failures() {
	person(s, get("/failures"), s.listFailures)
	person(s, route{"POST", "/failures", practice.ScopeReport}, s.reportFailure)
	person(s, get("/failures/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (failureView, error) {
		f, err := s.failure(ctx, actor, in.ID)
		return showFailure(f), err
	})
	onFailure(s, post("/failures/{id}/triage"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newTriage) (failureView, error) {
		f, err := s.App.TriageFailure(ctx, actor, f.ID, app.Triage{Decision: in.Body.Decision, Triggers: in.Body.Triggers, Why: in.Body.Why})
		return showFailure(f), err
	})
	onFailure(s, post("/failures/{id}/convener"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *handedTo) (none, error) {
		return none{}, s.App.HandConvening(ctx, actor, f.ID, in.Body.To)
	})
	onFailure(s, post("/failures/{id}/step"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *namedStep) (none, error) {
		return none{}, s.App.NameStep(ctx, actor, f.ID, in.Body.Step)
	})
	s.facts()
	s.ties()
}

func (s *Rest) facts() {
	onFailure(s, get("/failures/{id}/facts"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (page[factView], error) {
		facts, err := s.App.Facts(ctx, actor, f.ID)
		return page[factView]{Items: shown(facts, showFact)}, err
	})
	onFailure(s, post("/failures/{id}/facts"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newFact) (factView, error) {
		fact, err := s.App.AddFact(ctx, actor, practice.Fact{Failure: f.ID, At: in.Body.At, Text: in.Body.Text,
			Link: in.Body.Link, Pasted: in.Body.Pasted}, nil)
		return showFact(fact), err
	})
	person(s, route{"DELETE", "/facts/{id}", practice.ScopeWrite}, func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.RemoveFact(ctx, actor, practice.FactID(in.ID))
	})
}

func (s *Rest) ties() {
	onFailure(s, get("/failures/{id}/ties"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (page[tieView], error) {
		ties, err := s.App.Ties(ctx, actor, f.ID)
		return page[tieView]{Items: shown(ties, func(t app.Tied) tieView {
			return tieView{t.ID, t.Kind, showFailure(t.Other)}
		})}, err
	})
	onFailure(s, post("/failures/{id}/ties"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newTie) (tieView, error) {
		t, err := s.App.TieFailures(ctx, actor, f.ID, in.Body.Other, in.Body.Kind)
		if err != nil {
			return tieView{}, err
		}
		other, err := s.App.FailureByID(ctx, actor, in.Body.Other)
		return tieView{t.ID, t.Kind, showFailure(other)}, err
	})
	person(s, route{"DELETE", "/ties/{id}", practice.ScopeWrite}, func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.UntieFailures(ctx, actor, practice.LinkID(in.ID))
	})
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
