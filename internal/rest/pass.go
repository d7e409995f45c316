package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// guestView is somebody without an account, with the signed link to hand them.
type guestView struct {
	ID     practice.PassID   `json:"id"`
	Member practice.MemberID `json:"member"`
	Name   string            `json:"name"`
	Pass   string            `json:"pass"`
	Path   string            `json:"path"` // where it opens in a browser
	EndsAt time.Time         `json:"ends_at"`
	Came   bool              `json:"came"`
}

func showGuest(g app.Guest) guestView {
	return guestView{g.Pass.ID, g.Member.ID, g.Member.Name, g.Sealed, g.Path(), g.Pass.EndsAt, g.Came}
}

// passView is all that somebody sees who came by a signed link.
type passView struct {
	Name   string              `json:"name"`
	Use    practice.PassUse    `json:"use"`
	Team   string              `json:"team"`
	Review practice.ReviewID   `json:"review,omitempty"`
	MeetAt time.Time           `json:"meet_at,omitzero"`
	Moment string              `json:"moment,omitempty"`
	Act    string              `json:"act,omitempty"`
	DueAt  time.Time           `json:"due_at,omitzero"`
	State  practice.CarryState `json:"state,omitempty"`
	Hold   string              `json:"hold,omitempty"`
	LedBy  string              `json:"led_by,omitempty"`  // from outside
	LedWhy string              `json:"led_why,omitempty"` // although they were part of it
	Talk   bool                `json:"talk,omitempty"`
}

type newPass struct {
	One
	Body struct {
		Name string `json:"name,omitempty" example:"Tariq"`
	}
}

type heldPass struct {
	Body struct {
		Pass string           `json:"pass,omitempty"`
		Use  practice.PassUse `json:"use,omitempty"`
	}
}

type openPass struct {
	Body struct {
		Pass string `json:"pass,omitempty"`
	}
}

type placeByPass struct {
	Body struct {
		Pass      string             `json:"pass,omitempty"`
		Closeness practice.Closeness `json:"closeness,omitempty"`
	}
}

type talkByPass struct {
	Body struct {
		Pass string `json:"pass,omitempty"`
		Talk bool   `json:"talk"`
	}
}

type answerByPass struct {
	Body struct {
		Pass   string `json:"pass,omitempty"`
		Answer string `json:"answer,omitempty" enum:"yes,no,unsay,done"`
		Words  string `json:"words,omitempty" at:"proof" example:"The pump was serviced."`
	}
}

// passes is the table of signed links: what lets somebody without an account do
// one thing.
func (s *Rest) passes() {
	onFailure(s, get("/failures/{id}/passes"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *listOfOne) (page[guestView], error) {
		list, err := s.App.Guests(ctx, actor, f.Number)
		if err != nil {
			return page[guestView]{}, err
		}
		return pageOf(in.Paging, list, func(g app.Guest) practice.PassID { return g.Pass.ID }, showGuest)
	})
	onFailure(s, create("/failures/{id}/passes"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newPass) (guestView, error) {
		g, err := s.App.InviteGuest(ctx, actor, f.Number, in.Body.Name)
		return showGuest(g), err
	})
	person(s, create("/carries/{id}/passes"), func(ctx context.Context, actor practice.Actor, in *One) (guestView, error) {
		g, err := s.App.CarryPass(ctx, actor, practice.CarryID(in.ID))
		return showGuest(g), err
	})
	person(s, remove("/passes/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.EndPass(ctx, actor, practice.PassID(in.ID))
	})
	stranger(s, post("/passes/look"), func(ctx context.Context, in *heldPass) (passView, error) {
		guest, err := s.Auth.ByPass(ctx, in.Body.Pass, in.Body.Use)
		if err != nil {
			return passView{}, err
		}
		p, err := s.App.PassAbout(ctx, guest)
		return passView{guest.Name, guest.Pass.Use, p.Team.Name, p.Review.ID, p.Review.MeetAt, p.Carry.Moment, p.Carry.Act, p.Carry.DueAt, p.Carry.State, p.Hold, p.Guide.Name, p.Guide.Why, p.Talk}, err
	})
	stranger(s, post("/passes/place"), func(ctx context.Context, in *placeByPass) (ticketView, error) {
		guest, err := s.Auth.ByPass(ctx, in.Body.Pass, practice.PassSeat)
		if err != nil {
			return ticketView{}, err
		}
		ticket, err := s.App.TakePlace(ctx, guest, practice.ReviewID(guest.Pass.About), in.Body.Closeness)
		return ticketView{Ticket: ticket}, err
	})
	stranger(s, put("/passes/talk"), s.talkByPass)
	stranger(s, post("/passes/answer"), s.answerByPass)
	s.passRecords()
}

// passRecords is what somebody reads by a signed link of the review they were in.
func (s *Rest) passRecords() {
	stranger(s, post("/passes/record"), func(ctx context.Context, in *openPass) (recordView, error) {
		guest, err := s.Auth.ByPass(ctx, in.Body.Pass, practice.PassSeat)
		if err != nil {
			return recordView{}, err
		}
		record, err := s.App.RecordByPass(ctx, guest)
		return showRecord(record), err
	})
	stranger(s, post("/passes/record/answers"), func(ctx context.Context, in *openPass) (openedView, error) {
		guest, err := s.Auth.ByPass(ctx, in.Body.Pass, practice.PassSeat)
		if err != nil {
			return openedView{}, err
		}
		o, err := s.App.OpenAnswers(ctx, guest, 0)
		return showOpened(o), err
	})
}

// talkByPass asks whoever leads the room to talk first, or asks that no more.
func (s *Rest) talkByPass(ctx context.Context, in *talkByPass) (none, error) {
	guest, err := s.Auth.ByPass(ctx, in.Body.Pass, practice.PassSeat)
	if err != nil {
		return none{}, err
	}
	return none{}, s.App.AskTalk(ctx, guest, practice.ReviewID(guest.Pass.About), in.Body.Talk)
}

// answerByPass is what a carrier without an account says to a promise.
func (s *Rest) answerByPass(ctx context.Context, in *answerByPass) (none, error) {
	guest, err := s.Auth.ByPass(ctx, in.Body.Pass, practice.PassCarry)
	if err != nil {
		return none{}, err
	}
	id := practice.CarryID(guest.Pass.About)
	switch in.Body.Answer {
	case "yes":
		return none{}, s.App.AcceptCarry(ctx, guest, id)
	case "no":
		return none{}, s.App.DeclineCarry(ctx, guest, id)
	case "unsay":
		return none{}, s.App.UnsayCarry(ctx, guest, id)
	case "done":
		return none{}, s.App.FinishCarry(ctx, guest, id, practice.CarryDone, in.Body.Words)
	}
	return none{}, practice.Refuse(practice.Invalid, "required").At("answer")
}
