package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// useView is what people who do the work said: in use, or not; never who or how many.
type useView struct {
	InUse  bool      `json:"in_use"`
	Asking bool      `json:"asking"`
	SaidAt time.Time `json:"said_at,omitzero"`
	DueAt  time.Time `json:"due_at,omitzero"` // when people are asked again
}

// showUse shows it once somebody was asked.
func showUse(c practice.UseCheck) *useView {
	if c.Round == 0 {
		return nil
	}
	return &useView{c.Tally.InUse(), !c.Until.IsZero(), c.SaidAt, c.DueAt}
}

// newUse is one answer to whether a change is in use.
type newUse struct {
	AtReview
	Body struct {
		Ticket string             `json:"ticket,omitempty"`
		Device string             `json:"device,omitempty"`
		Answer practice.UseAnswer `json:"answer,omitempty"`
	}
}

// uses is the table of whether changes are really made use of.
func (s *Rest) uses() {
	s.effects()
	person(s, get("/reviews/{id}/use"), func(ctx context.Context, actor practice.Actor, in *One) (ticketView, error) {
		t, err := s.App.AskUse(ctx, actor, practice.ReviewID(in.ID))
		return ticketView{t.Ticket}, err
	})
	stranger(s, post("/seats/{review}/use"), func(ctx context.Context, in *newUse) (heldDevice, error) {
		return fromDevice(in.Body.Device, func(device []byte) ([]byte, error) {
			return s.Rooms.SayUse(ctx, practice.ReviewID(in.Review), in.Body.Ticket, device, in.Body.Answer)
		})
	})
}
