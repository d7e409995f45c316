package room

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// readyAnswer is part/readyanswer: two buttons of one size, and nothing chosen but what
// was said in this browser. They go to an address that looks at no session, and so do
// the script and the third button, which ask it what that was.
type readyAnswer struct {
	*frame.Frame
	To, Ticket, Tag string
	Few             bool // are asked: then the one word tells too much
	Said            practice.Readiness
}

// SaidIt says what was said in this browser. words:use ready.said.*
func (p readyAnswer) SaidIt() string {
	if p.Said == "" {
		return p.Say("ready.said.none")
	}
	return p.Say("ready.said." + string(p.Said))
}

// Seen says who sees an answer.
func (p readyAnswer) Seen() string {
	if p.Few {
		return p.Say("ready.few")
	}
	return p.Say("ready.nobody")
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
	return &readyForm{readyAnswer{f, practice.SeatPath(review.ID) + "/ready", t.Ticket, t.Tag, t.Few, ""}, review}, err
}

// notNow is what everybody reads when it is no go, and the ways on.
type notNow struct {
	*frame.Frame
	Number   int       // of the failure; 0 for a guest, for whom no page of it opens
	Guardian string    // whom people can talk with, and how; may be empty
	Until    time.Time // until when they may meet instead
}

// wayOn is there where the last word on a review was "not now".
func wayOn(f *frame.Frame, r practice.Review, number int, guardian string) *notNow {
	if r.Ready != practice.NotNow {
		return nil
	}
	return &notNow{f, number, guardian, r.WaitUntil()}
}

// way is one thing that people can do instead, and where; without a place to go it
// is only said.
type way struct{ What, Why, Do, To string }

// mailAddress finds how to reach a guardian.
var mailAddress = regexp.MustCompile(`[^\s<>()]+@[^\s<>()]+\.\w+`)

// Ways stand beside writing alone.
func (n notNow) Ways() []way {
	var guide, invite, mail string
	if n.Number != 0 {
		invite = practice.FailurePath(n.Number) + "/invite"
		guide = invite + "#leads"
	}
	if at := mailAddress.FindString(n.Guardian); at != "" {
		mail = "mailto:" + at
	}
	guardian := n.way("guardian", mail, "guardian", n.Guardian)
	if n.Guardian == "" {
		guardian.Why = n.Say("notnow.guardian.none")
	}
	return []way{n.way("lead", guide), n.way("without", invite), guardian, n.way("wait", invite, "at", n.Until), n.way("none", invite)}
}

// way is one of them by its name: notnow.lead. words:use notnow.*
func (n notNow) way(name, to string, args ...any) way {
	key := "notnow." + name
	return way{n.Say(key), n.Say(key+".why", args...), n.Say(key + ".do"), to}
}

// sayReady keeps an answer, or shows the one that was given. It knows a ticket and a
// browser, and no person.
func (s *Pages) sayReady(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ticket": 400, "tag": 16, "answer": 10, "few": 3})
	if err != nil {
		return err
	}
	id := practice.ReviewID(r.PathValue("review"))
	said := readyAnswer{f, seatHere(r) + "/ready", form.Typed("ticket"), form.Typed("tag"), form.Typed("few") != "", practice.Readiness(form.Typed("answer"))}
	err = s.fromBrowser(w, r, "ready-", form, func(device []byte) (kept []byte, err error) {
		if said.Said == "" {
			said.Said, err = s.Rooms.SaidReady(r.Context(), id, device)
			return nil, err
		}
		return s.Rooms.SayReady(r.Context(), id, said.Ticket, device, said.Said)
	})
	if err != nil {
		return err
	}
	if r.Header.Get("X-Fragment") != "" {
		return s.Fragment(w, "ready", "part/readysaid", said)
	}
	f.Title = said.SaidIt()
	return s.Show(w, http.StatusOK, "ready", said)
}

// fromBrowser says something without a name: with the secret of this browser, which it
// keeps for the next time. The name of its cookie begins with the question's and ends
// with the tag of whoever uses the browser; its path is that of the answer.
func (s *Pages) fromBrowser(w http.ResponseWriter, r *http.Request, name string, form *frame.Form, say func(device []byte) (keep []byte, err error)) error {
	tag := form.Typed("tag")
	if !practice.IsDeviceTag(tag) {
		return frame.ErrForm
	}
	var device []byte
	if kept, err := r.Cookie(name + tag); err == nil {
		device, _ = base64.RawURLEncoding.DecodeString(kept.Value)
	}
	keep, err := say(device)
	if err == nil && len(keep) > 0 {
		s.KeepCookie(w, r, http.Cookie{Name: name + tag, Value: base64.RawURLEncoding.EncodeToString(keep), Path: seatHere(r)}, seatDays*24*time.Hour)
	}
	return err
}
