package rest

import (
	"context"
	"fmt"
	"time"

	"debrief/internal/app"
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

type planOf struct {
	One
	Body struct {
		Plan practice.PlanID `json:"plan,omitempty"`
	}
}

type drilled struct {
	One
	Body struct {
		Drill bool `json:"drill,omitempty"`
	}
}

type severed struct {
	One
	Body struct {
		Severe bool `json:"severe,omitempty"`
	}
}

type stopped struct {
	One
	Body struct {
		Why practice.Stop `json:"why,omitempty"`
	}
}

// stops is the table of what goes on in another procedure.
func (s *Rest) stops() {
	onFailure(s, post("/failures/{id}/stop"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *stopped) (failureView, error) {
		_, err := s.App.StopReview(ctx, actor, f.ID, in.Body.Why)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, post("/failures/{id}/stop/end"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (failureView, error) {
		_, err := s.App.ResumeReviews(ctx, actor, f.ID)
		return s.failureNow(ctx, actor, f.ID, err)
	})
}

// redactionView says who took personal data out, when, and from how many places.
type redactionView struct {
	Member practice.MemberID `json:"member,omitempty"`
	Places int               `json:"places"`
	At     time.Time         `json:"at"`
}

func showRedaction(r practice.Redaction) redactionView {
	return redactionView{r.Member, r.Places, r.At}
}

type newRedaction struct {
	One
	Body struct {
		Words    string `json:"words,omitempty" example:"Ilse Brandt"`
		Pictures bool   `json:"pictures,omitempty"`
		Sure     bool   `json:"sure,omitempty"`
	}
}

// redactions is the table of personal data that is taken out.
func (s *Rest) redactions() {
	onFailure(s, post("/failures/{id}/redactions"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newRedaction) (redactionView, error) {
		r, err := s.App.RemovePersonalData(ctx, actor, f.ID, practice.NewRedaction{Words: in.Body.Words, Pictures: in.Body.Pictures, Sure: in.Body.Sure})
		return showRedaction(r), err
	})
	person(s, get("/failures/{id}/redactions"), func(ctx context.Context, actor practice.Actor, in *listOfOne) (page[redactionView], error) {
		f, err := s.failure(ctx, actor, in.ID)
		if err != nil {
			return page[redactionView]{}, err
		}
		all, err := s.App.Redactions(ctx, actor, f.ID)
		if err != nil {
			return page[redactionView]{}, err
		}
		return pageOf(in.Paging, all.Done, func(r app.Redacted) string { return r.At.Format(time.RFC3339Nano) },
			func(r app.Redacted) redactionView { return showRedaction(r.Redaction) })
	})
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
	onFailure(s, put("/failures/{id}/plan"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *planOf) (failureView, error) {
		_, err := s.App.SetPlan(ctx, actor, f.ID, in.Body.Plan)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, put("/failures/{id}/drill"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *drilled) (failureView, error) {
		_, err := s.App.MarkDrill(ctx, actor, f.ID, in.Body.Drill)
		return s.failureNow(ctx, actor, f.ID, err)
	})
	onFailure(s, put("/failures/{id}/severe"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *severed) (failureView, error) {
		_, err := s.App.MarkSevere(ctx, actor, f.ID, in.Body.Severe)
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
