package rest

import (
	"context"
	"fmt"
	"time"

	"debrief/internal/practice"
)

// formerView is what a report said before it was edited.
type formerView struct {
	Version      int            `json:"version"`
	Text         string         `json:"text"`
	Stage        practice.Stage `json:"stage"`
	RecognisedAt time.Time      `json:"recognised_at,omitzero"`
	Until        time.Time      `json:"until"`
}

func showFormer(f practice.Former) formerView {
	return formerView{f.Version, f.Text, f.Stage, f.RecognisedAt, f.Until}
}

type editedReport struct {
	One
	Edited
	Body struct {
		Text         string             `json:"text,omitempty" at:"what" example:"The pump ran dry at eleven."`
		Stage        practice.Stage     `json:"stage,omitempty"`
		At           time.Time          `json:"at,omitempty" at:"when"`
		Touched      []practice.GroupID `json:"touched,omitempty"`
		TouchedOther string             `json:"touched_other,omitempty"`
	}
}

// restricted names the only people who read a failure.
type restricted struct {
	One
	Body struct {
		Only []practice.MemberID `json:"only,omitempty"`
	}
}

type drilled struct {
	One
	Body struct {
		Drill bool `json:"drill,omitempty"`
	}
}

// reports is the table of what whoever reported something does about it, and
// who reads it.
func (s *Rest) reports() {
	onFailure(s, put("/failures/{id}"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *editedReport) (failureView, error) {
		b := in.Body
		f, err := s.App.EditReport(ctx, actor, f.ID, func(was practice.Failure) (practice.NewFailure, error) {
			return practice.NewFailure{Text: b.Text, Stage: b.Stage, At: b.At, Touched: b.Touched, TouchedOther: b.TouchedOther},
				in.over(showFailure(was))
		})
		return showFailure(f), err
	})
	onFailure(s, remove("/failures/{id}"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (failureView, error) {
		f, err := s.App.TakeBackReport(ctx, actor, f.ID)
		return showFailure(f), err
	})
	onFailure(s, put("/failures/{id}/readers"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *restricted) (failureView, error) {
		_, err := s.App.RestrictFailure(ctx, actor, f.ID, in.Body.Only)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, put("/failures/{id}/drill"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *drilled) (failureView, error) {
		_, err := s.App.MarkDrill(ctx, actor, f.ID, in.Body.Drill)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, remove("/failures/{id}/drill"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (none, error) {
		return none{}, s.App.ClearDrill(ctx, actor, f.ID)
	})
	person(s, get("/failures/{id}/former"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[formerView], error) {
		f, err := s.failure(ctx, actor, in.ID)
		if err != nil {
			return page[formerView]{}, err
		}
		all, err := s.App.Formers(ctx, actor, f.ID)
		if err != nil {
			return page[formerView]{}, err
		}
		return pageOf(in.Paging, all, func(f practice.Former) string { return fmt.Sprintf("%09d", f.Version) }, showFormer)
	})
}
