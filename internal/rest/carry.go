package rest

import (
	"context"
	"errors"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type carryView struct {
	ID       practice.CarryID    `json:"id"`
	Review   practice.ReviewID   `json:"review"`
	Failure  practice.FailureID  `json:"failure"`
	Team     practice.TeamID     `json:"team"`
	Carrier  practice.MemberID   `json:"carrier"`
	Name     string              `json:"name,omitempty"`
	Moment   string              `json:"moment"`
	Act      string              `json:"act"`
	DueAt    time.Time           `json:"due_at,omitzero"`
	State    practice.CarryState `json:"state"`
	Proof    string              `json:"proof,omitempty"`
	Why      string              `json:"why,omitempty"`
	NamedAt  time.Time           `json:"named_at,omitzero"`
	SettleAt time.Time           `json:"settled_at,omitzero"`
	Offered  practice.MemberID   `json:"offered,omitempty"`
	Aloud    bool                `json:"aloud,omitempty"`
	Outcome  practice.Outcome    `json:"outcome,omitempty"`
}

func showCarry(c practice.Carry) carryView {
	return carryView{c.ID, c.Review, c.Failure, c.Team, c.Carrier, "", c.Moment, c.Act, c.DueAt, c.State, c.Proof, c.Why,
		c.NamedAt, c.SettleAt, c.Offered, c.Witness, ""}
}

func showCarried(c app.Carried) carryView {
	v := showCarry(c.Carry)
	v.Name, v.Outcome = c.Carrier.Name, c.Outcome
	return v
}

type settledCarry struct {
	One
	Body struct {
		State practice.CarryState `json:"state,omitempty"`
		Words string              `json:"words,omitempty" at:"proof why" example:"The crew knows it."` // what shows that it is done, or why it was dropped
	}
}

// carries is the table of promises.
func (s *Rest) carries() {
	person(s, get("/carries"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[carryView], error) {
		list, err := s.App.Carries(ctx, actor)
		if err != nil {
			return page[carryView]{}, err
		}
		return pageOf(*in, list, func(c app.Carried) practice.CarryID { return c.Carry.ID }, showCarried)
	})
	person(s, get("/carries/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (carryView, error) {
		c, err := s.App.Carry(ctx, actor, practice.CarryID(in.ID))
		return showCarried(c), err
	})
	person(s, post("/carries/{id}/accept"), func(ctx context.Context, actor practice.Actor, in *One) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.AcceptCarry(ctx, actor, practice.CarryID(in.ID)))
	})
	person(s, post("/carries/{id}/decline"), func(ctx context.Context, actor practice.Actor, in *One) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.DeclineCarry(ctx, actor, practice.CarryID(in.ID)))
	})
	person(s, post("/carries/{id}/unsay"), func(ctx context.Context, actor practice.Actor, in *One) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.UnsayCarry(ctx, actor, practice.CarryID(in.ID)))
	})
	person(s, post("/carries/{id}/finish"), func(ctx context.Context, actor practice.Actor, in *settledCarry) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.FinishCarry(ctx, actor, practice.CarryID(in.ID), in.Body.State, in.Body.Words))
	})
	person(s, put("/carries/{id}/carrier"), func(ctx context.Context, actor practice.Actor, in *handedTo) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.NameCarrier(ctx, actor, practice.CarryID(in.ID), in.Body.To))
	})
	person(s, post("/carries/{id}/hand"), func(ctx context.Context, actor practice.Actor, in *handedTo) (carryView, error) {
		return s.carryNow(ctx, actor, in.ID, s.App.HandCarry(ctx, actor, practice.CarryID(in.ID), in.Body.To))
	})
}

// carryNow shows a promise as it stands after an act that went well. Whoever
// said no to one may have no more to do with it.
func (s *Rest) carryNow(ctx context.Context, actor practice.Actor, id string, err error) (carryView, error) {
	if err != nil {
		return carryView{}, err
	}
	c, err := s.App.Carry(ctx, actor, practice.CarryID(id))
	if errors.Is(err, practice.ErrNotFound) {
		return carryView{ID: practice.CarryID(id)}, nil
	}
	return showCarried(c), err
}
