package room

import (
	"errors"
	"net/http"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// bothPage is questions one and two of a review in writing, on one page: alone,
// and changeable until their moment.
type bothPage struct {
	questionPage // of question two, with the facts beside it
	One          room.Question
	first        *frame.Nudge
}

// Here is the address of the page, wherever a form of it was sent to.
func (p bothPage) Here() string { return p.Base + "/1" }

// In reports whether this seat has written both.
func (p bothPage) In() bool { return p.One.Mine.ID != "" && p.Q.Mine.ID != "" }

// nudgeOn is a remark on the answer to a question, by its number.
type nudgeOn struct {
	N     int
	Key   string
	Nudge *frame.Nudge
}

// Nudges are the remarks on the two answers, for whoever wrote them.
func (p bothPage) Nudges() (all []nudgeOn) {
	for i, n := range []*frame.Nudge{p.first, p.Nudge} {
		if n != nil {
			all = append(all, nudgeOn{i + 1, "question." + strconv.Itoa(i+1), n})
		}
	}
	return all
}

// Since is after how long people have written, once it opens.
func (p bothPage) Since() string {
	return p.After(p.Room.Failure, p.Room.Review.PhaseEndsAt)
}

// Intended and Happened are the two fields.
func (p bothPage) Intended() frame.Field {
	return p.Field(p.Form, "intended", "question.1.remind", p.One.Mine.Text).Limited(practice.MaxAnswer).Tall(2)
}

// Happened is the second one.
func (p bothPage) Happened() frame.Field {
	return p.Field(p.Form, "happened", "question.2.remind", p.Q.Mine.Text).Limited(practice.MaxAnswer).Tall(5)
}

// Shows is what shows it.
func (p bothPage) Shows() frame.Field {
	return p.Field(p.Form, "shows", "question.2.shows", p.Q.Mine.Shows).Limited(practice.MaxAnswer).Little()
}

// Silent reports whether the seat has nothing to add to a question, by its number.
func (p bothPage) Silent(n int) bool {
	if p.Form != nil && p.Form.Sent {
		return p.Form.Typed("nothing"+strconv.Itoa(n)) != ""
	}
	return n == 1 && p.One.Mine.Nothing || n == 2 && p.Q.Mine.Nothing
}

// showBoth answers with the page of questions one and two.
func (s *Pages) showBoth(a asked, form *frame.Form) error {
	one, err := s.Rooms.Question(a.r.Context(), a.seat, practice.PhaseIntended)
	if err != nil {
		return err
	}
	two, err := s.question(a.r, a.f, a.seat, practice.PhaseHappened)
	if err != nil {
		return err
	}
	two.Form = form
	return s.showRoom(a.w, a.r, form, "both", bothPage{two, one, s.remark(a.r, a.f, one)})
}

// writeBoth keeps what a seat wrote to questions one and two.
func (s *Pages) writeBoth(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"intended": practice.MaxAnswer, "happened": practice.MaxAnswer, "shows": practice.MaxAnswer,
		"nothing1": 5, "nothing2": 5})
	if err != nil {
		return err
	}
	one := room.NewAnswer{Question: practice.PhaseIntended, Text: form.Typed("intended"), Nothing: form.Typed("nothing1") != ""}
	two := room.NewAnswer{Question: practice.PhaseHappened, Text: form.Typed("happened"), Shows: form.Typed("shows"), Nothing: form.Typed("nothing2") != ""}
	form.Mark(checked(one, "intended"))
	form.Mark(checked(two, "happened"))
	if !form.Marked() {
		err = s.once(seat, form.Key, func() error { return s.Rooms.Write(r.Context(), seat, one, two) })
	}
	if form.Mark(err) || form.Marked() {
		return s.showBoth(asked{w, r, f, seat}, form)
	}
	if err != nil {
		return err
	}
	return s.onward(asked{w, r, f, seat}, form, practice.SeatPath(seat.Review)+"/1")
}

// checked refuses an answer that says nothing, or too much, about the field with
// that name: there are two texts on one page.
func checked(n room.NewAnswer, field string) error {
	err := practice.Answer{Phase: n.Question, Text: n.Text, Shows: n.Shows, Nothing: n.Nothing}.Check()
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Field == "text" {
		return refusal.At(field)
	}
	return err
}

// meets says when people meet, or until when they write; nothing once they do.
func meets(f *frame.Frame, r practice.Review) string {
	switch {
	case r.Leg() == practice.LegWrite:
		return f.Say("days.title", "at", r.PhaseEndsAt)
	case !r.StartedAt.IsZero() || !r.MeetAt.After(f.Now):
		return ""
	case r.InWriting():
		return f.Say("days.begins", "at", r.MeetAt)
	}
	return f.Say("room.place.meets", "at", f.Moment(r.MeetAt))
}

// changeRoom goes on in writing, or meets for ten minutes.
func (s *Pages) changeRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"version": 10, "form": 10})
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return frame.ErrForm
	}
	now, err := s.Rooms.Change(r.Context(), seat, practice.Form(form.Typed("form")), version)
	if err != nil {
		return err
	}
	frame.Redirect(w, r, phaseAddress(now))
	return nil
}

// inWriting is the line under the title of a review in writing: never who is there.
func (p inSeat) inWriting() string {
	r := p.Room.Review
	if r.Phase.HasAnswers() && !r.Open {
		return p.Say("days.bar", "hours", p.After(p.Room.Failure, p.Now))
	}
	if r.Phase == practice.PhaseArrive {
		return p.Say("days.begins", "at", r.MeetAt)
	}
	return p.Say("days.bar.together", "at", r.PhaseEndsAt)
}

// Days reports whether it is held in writing now.
func (p inSeat) Days() bool { return p.Room.Review.InWriting() }

// Late reports whether the moment of this leg is over, and it is still open.
func (p inSeat) Late() bool { return p.Days() && !p.Now.Before(p.Room.Review.PhaseEndsAt) }

// Due is what is to be done now; nothing in a room. words:use days.do.*
func (p inSeat) Due() string {
	if leg := p.Room.Review.Leg(); leg != "" {
		return p.Say("days.do." + string(leg))
	}
	return ""
}

// Writes reports whether this is the page of questions one and two, which says
// itself until when.
func (p inSeat) Writes() bool {
	return p.Room.Review.Leg() == practice.LegWrite && p.Room.Review.Phase == practice.PhaseIntended
}

// MayMeet reports whether ten minutes together can take the place of writing.
func (p inSeat) MayMeet() bool {
	_, err := p.Room.Review.Meet(p.Now)
	return err == nil
}

// MayGoOnInWriting reports whether the room can go on in writing.
func (p inSeat) MayGoOnInWriting() bool {
	_, err := p.Room.Review.GoOnInWriting(p.Room.House.Zone, p.Now)
	return err == nil
}

// Few reports whether going on from here needs a reason: few were there.
func (p inSeat) Few() bool { return p.Room.Review.Few(p.Room.Progress) }

// then is a moment that comes, and what it brings.
type then struct{ When, What string }

// Then are the moments that come, as people know them. words:use days.then.*
func (p inSeat) Then() []then {
	var all []then
	for _, d := range p.Room.Review.Deadlines() {
		if key := "days.then." + string(d.Leg); p.Has(key) && d.At.After(p.Now) {
			all = append(all, then{p.Moment(d.At), p.Say(key)})
		}
	}
	return all
}

// Turn reports whether this is the question the room goes on from: of two that are
// open together, first the one and then the other.
func (p questionPage) Turn() bool { return p.Q.Asked == p.Q.Review.Phase }
