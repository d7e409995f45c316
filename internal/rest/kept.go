package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// keptView is how long one class of what is kept stays.
type keptView struct {
	Class practice.Class  `json:"class"`
	Days  int             `json:"days,omitempty"`
	Set   practice.KeptBy `json:"set_by,omitempty"`
	Next  time.Time       `json:"next,omitzero"`
	Count int             `json:"count,omitempty"`
}

// disposalView is one line of what went.
type disposalView struct {
	Class practice.Class `json:"class"`
	Count int            `json:"count,omitempty"`
	Day   time.Time      `json:"day"`
	Days  int            `json:"days,omitempty"`
}

// holdView is what keeps something from going.
type holdView struct {
	Number   int       `json:"number"`
	Why      string    `json:"why"`
	By       string    `json:"held_by,omitempty"`
	At       time.Time `json:"at"`
	Until    time.Time `json:"until,omitzero"`
	EndedBy  string    `json:"ended_by,omitempty"`
	EndedAt  time.Time `json:"ended_at,omitzero"`
	EndedWhy string    `json:"ended_why,omitempty"`
}

func showHold(h app.Held) holdView {
	return holdView{h.Number, h.Why, h.By, h.At, h.Until, h.EndedName, h.EndedAt, h.EndedWhy}
}

// retentionView is what is kept, what is on hold and what went.
type retentionView struct {
	Kept      []keptView     `json:"kept"`
	Holds     []holdView     `json:"holds"`
	Disposals []disposalView `json:"disposals"`
}

type newHold struct {
	One
	Body struct {
		Why   string    `json:"why,omitempty" example:"The inspectors asked for it."`
		Until time.Time `json:"until,omitzero"`
	}
}

type endedHold struct {
	One
	Body struct {
		Why string `json:"why,omitempty" example:"The court has closed the case."`
	}
}

// kept is the table of what is kept, and for how long.
func (s *Rest) kept() {
	person(s, get("/kept"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (retentionView, error) {
		r, err := s.App.Retention(ctx, actor)
		return retentionView{
			Kept:      shown(r.Kept, func(k practice.Kept) keptView { return keptView{k.Class, k.Days, k.Set, k.Next, k.Count} }),
			Holds:     shown(r.Holds, showHold),
			Disposals: shown(r.Disposals, func(d practice.Disposal) disposalView { return disposalView(d) }),
		}, err
	})
	person(s, get("/failures/{id}/hold"), func(ctx context.Context, actor practice.Actor, in *One) (holdView, error) {
		f, err := s.failure(ctx, actor, in.ID)
		if err != nil {
			return holdView{}, err
		}
		h, err := s.App.HoldOn(ctx, actor, f.ID)
		if err == nil && !h.Lasts() {
			err = practice.ErrNotFound
		}
		return showHold(h), err
	})
	person(s, put("/failures/{id}/hold"), func(ctx context.Context, actor practice.Actor, in *newHold) (none, error) {
		n, err := s.number(ctx, actor, in.ID)
		if err != nil {
			return none{}, err
		}
		return none{}, s.App.HoldFailure(ctx, actor, n, practice.NewHold{Why: in.Body.Why, Until: in.Body.Until})
	})
	person(s, post("/failures/{id}/hold/end"), func(ctx context.Context, actor practice.Actor, in *endedHold) (none, error) {
		n, err := s.number(ctx, actor, in.ID)
		if err != nil {
			return none{}, err
		}
		return none{}, s.App.EndHold(ctx, actor, n, in.Body.Why)
	})
}
