package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// effectView is what is watched of a change, and whether it moved.
type effectView struct {
	Gap    practice.GapID `json:"gap"`
	What   string         `json:"what"`
	AskAt  time.Time      `json:"ask_at"`
	Moved  practice.Moved `json:"moved,omitempty"`
	Text   string         `json:"text,omitempty"`
	SaidAt time.Time      `json:"said_at,omitzero"`
}

// showEffect shows it, or nothing where nothing is watched.
func showEffect(e practice.Effect) *effectView {
	if e.What == "" {
		return nil
	}
	return &effectView{e.Gap, e.What, e.AskAt, e.Said, e.Text, e.SaidAt}
}

type watchedEffect struct {
	One
	Body struct {
		What  string    `json:"what,omitempty" example:"Refunds in a month"`
		AskAt time.Time `json:"ask_at,omitzero" at:"day"`
	}
}

type saidEffect struct {
	One
	Body struct {
		Moved practice.Moved `json:"moved,omitempty" at:"said"`
		Text  string         `json:"text,omitempty"`
	}
}

// effects is the table of what is watched of changes.
func (s *Rest) effects() {
	person(s, put("/gaps/{id}/effect"), func(ctx context.Context, actor practice.Actor, in *watchedEffect) (none, error) {
		return none{}, s.App.WatchEffect(ctx, actor, practice.GapID(in.ID), in.Body.What, in.Body.AskAt)
	})
	person(s, post("/gaps/{id}/effect"), func(ctx context.Context, actor practice.Actor, in *saidEffect) (none, error) {
		return none{}, s.App.SayEffect(ctx, actor, practice.GapID(in.ID), in.Body.Moved, in.Body.Text)
	})
}
