package room

import (
	"encoding/base64"
	"net/http"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// readyAnswer is part/readyanswer: two buttons of one size, and nothing chosen. They
// go to an address that looks at no session.
type readyAnswer struct {
	*frame.Frame
	To, Ticket, Tag string
}

// readyForm is the question before a room.
type readyForm struct {
	readyAnswer
	Review practice.Review
}

// Begins says when the people would meet.
func (p readyForm) Begins() string { return p.Moment(p.Review.MeetAt) }

// readyForm puts the question to whoever is invited, while it is open.
func (s *Pages) readyForm(r *http.Request, f *frame.Frame, actor practice.Actor, review practice.Review) (*readyForm, error) {
	if !review.AsksReady(f.Now) {
		return nil, nil
	}
	t, err := s.App.AskReady(r.Context(), actor, review.ID)
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "ready.over" { // in this moment
		return nil, nil
	}
	return &readyForm{readyAnswer{f, practice.SeatPath(review.ID) + "/ready", t.Ticket, t.Tag}, review}, err
}

// notNow is what everybody reads when it is no go, and the ways on.
type notNow struct {
	*frame.Frame
	Number   int
	Guardian string    // whom people can talk with; may be empty
	Until    time.Time // until when they may meet instead
}

// Failure is the page from which somebody else convenes, or says why nobody meets.
func (n notNow) Failure() string { return practice.FailurePath(n.Number) }

// wayOn is there where the last word on a review was "not now".
func wayOn(f *frame.Frame, d app.Door) *notNow {
	if d.Review.Ready != practice.NotNow {
		return nil
	}
	return &notNow{f, d.Failure.Number, d.Guardian, d.Review.WaitUntil()}
}

// saidPage is what somebody answered: on this browser, and nowhere else.
type saidPage struct {
	readyAnswer
	NotNow bool
}

// deviceCookie begins the name of the cookie with a browser's secret. Its path is
// that of the answer.
const deviceCookie = "ready-"

// sayReady keeps an answer. It knows a ticket and a browser, and no person.
func (s *Pages) sayReady(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ticket": 400, "tag": 16, "answer": 10})
	if err != nil {
		return err
	}
	name := deviceCookie + form.Typed("tag")
	if !practice.IsDeviceTag(form.Typed("tag")) {
		return frame.ErrForm
	}
	var device []byte
	if kept, err := r.Cookie(name); err == nil {
		device, _ = base64.RawURLEncoding.DecodeString(kept.Value)
	}
	said := practice.Readiness(form.Typed("answer"))
	device, err = s.Rooms.SayReady(r.Context(), practice.ReviewID(r.PathValue("review")), form.Typed("ticket"), device, said)
	if err != nil {
		return err
	}
	s.setCookie(w, r, name, base64.RawURLEncoding.EncodeToString(device))
	f.Title = f.Say("ready.said")
	again := readyAnswer{f, seatHere(r) + "/ready", form.Typed("ticket"), form.Typed("tag")}
	return s.Show(w, http.StatusOK, "ready", saidPage{again, said == practice.NotNow})
}
