package room

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// moveRoutes is what takes a room on: its phases, its time, its two buttons, its
// seats.
func (s *Pages) moveRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "POST /seat/{review}/move", Handler: s.seat(s.moveRoom)},
		{Pattern: "POST /seat/{review}/time", Handler: s.seat(s.timeRoom)},
		{Pattern: "POST /seat/{review}/form", Handler: s.seat(s.changeRoom)},
		{Pattern: "POST /seat/{review}/press", Handler: s.seat(s.pressRoom)},
		{Pattern: "POST /seat/{review}/park", Handler: s.seat(s.parkIdea)},
		{Pattern: "POST /seat/{review}/roll", Handler: s.seat(s.rollRoom)},
		{Pattern: "POST /seat/{review}/leave", Handler: s.seat(s.leaveRoom)},
	}
}

// Clock is part/roomclock: what is left, on the server's time. Without script it
// says until when.
type Clock struct {
	Left  string // "17:40"
	Small string // what it is left of
	Till  string // until when, on the wall's clock
	Label string // for the ear
	Until time.Time
	Over  bool
	Says  [3]string // at five minutes, at one, at the end
}

// TimeLeft is what is left of the silence, or else of the box; before the room
// begins, until it meets. Nobody watches a clock for hours, or one that has run
// out before anybody began: then there is none.
func (p inSeat) TimeLeft() *Clock {
	r := p.Room.Review
	until, key := r.EndsAt, "room.clock.box"
	switch {
	case r.InWriting():
		return nil
	case r.Phase == practice.PhaseArrive:
		until, key = r.MeetAt, "room.clock.begins"
	case r.Phase.Number() > 0 && !r.Open && r.PhaseEndsAt.After(p.Now):
		until, key = r.PhaseEndsAt, "room.clock.write"
		if r.Phase == practice.PhaseSort {
			key = "room.clock.judge"
		}
	}
	left := max(0, until.Sub(p.Now).Round(time.Second))
	if r.Phase == practice.PhaseArrive && (left > time.Hour || left == 0) {
		return nil
	}
	c := &Clock{Until: until, Left: fmt.Sprintf("%d:%02d", int(left.Minutes()), int(left.Seconds())%60), Over: left == 0,
		Small: p.Say(key, "minutes", int(r.Box.Minutes())), Till: p.Say("room.clock.until", "at", until)}
	c.Label = p.Say("room.clock.label", "minutes", int(left.Minutes()), "seconds", int(left.Seconds())%60, "of", c.Small)
	if key == "room.clock.box" {
		c.Says = [3]string{p.Say("room.clock.five"), p.Say("room.clock.one"), p.Say("room.clock.over")}
	}
	return c
}

// Bar is the line under the title: what everybody does, and how many are here.
func (p inSeat) Bar() string {
	r := p.Room.Review
	switch {
	case p.Plain:
		return p.Say("room.plain")
	case r.InWriting():
		return p.inWriting()
	case r.Phase == practice.PhaseSort && !r.Open:
		return p.Say("room.judging")
	case r.Phase.HasAnswers() && !r.Open:
		return p.Say("room.alone")
	}
	return p.Say("room.bar", "n", p.Room.Progress.Seats)
}

// BoxOver reports whether the time of this sitting is over.
func (p inSeat) BoxOver() bool {
	r := p.Room.Review
	return !r.InWriting() && !r.StartedAt.IsZero() && !p.Now.Before(r.EndsAt)
}

// Overdue reports whether the time to write is over and nobody has.
func (p inSeat) Overdue() bool {
	return p.Room.Progress.Written == 0 && !p.Silent()
}

// Silent reports whether the time to write or judge alone still runs.
func (p inSeat) Silent() bool { return p.Now.Before(p.Room.Review.PhaseEndsAt) }

// RollOver reports whether a roll call has run long enough to free seats.
func (p inSeat) RollOver() bool {
	r := p.Room.Review
	return !r.FreeAt.IsZero() && (!p.Now.Before(r.FreeAt) || p.Room.Here >= p.Room.Progress.Seats)
}

// QuestionStep is one of the four above a question.
type QuestionStep struct{ Name, Short, State, To string }

// Four are the four questions, and how far the room is. Those before stay
// readable; a later one is not.
func (p inSeat) Four() []QuestionStep {
	var steps []QuestionStep
	now := p.Room.Review.Phase
	for i, q := range practice.Questions() {
		n := strconv.Itoa(i + 1)
		step := QuestionStep{Name: p.Say("question." + n + ".name"), Short: p.Say("question." + n + ".short")}
		if q.Before(now) {
			step.State = "done"
		}
		if q == now {
			step.State = "now"
		}
		if !now.Before(q) {
			step.To = p.Base + "/" + n
		}
		steps = append(steps, step)
	}
	return steps
}

// Prompts are the questions anyone may ask aloud.
func (p inSeat) Prompts() []string {
	var prompts []string
	for _, l := range p.Lines("script.bank") {
		if l.Name != "title" {
			prompts = append(prompts, l.Text)
		}
	}
	return prompts
}

// Where is the page of the room's present phase.
func (p inSeat) Where() string { return phaseAddress(p.Room.Review) }

// afterwards leads back to the room once something was done in it, or answers
// with nothing where the script asked: the news tells everybody.
func afterwards(w http.ResponseWriter, r *http.Request, to string) error {
	if r.Header.Get("X-Fragment") != "" {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	frame.Redirect(w, r, to)
	return nil
}

// moveRoom takes the room to its next phase.
func (s *Pages) moveRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"version": 10, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return frame.ErrForm
	}
	now, err := s.Rooms.Move(r.Context(), seat, version, form.Typed("why"))
	if err == nil {
		frame.Redirect(w, r, phaseAddress(now))
		return nil
	}
	if errors.Is(err, practice.ErrChanged) || !waits(form, err) {
		return err
	}
	return s.stay(asked{w, r, f, seat}, now.Phase, form, err)
}

// waits reports whether the room only has to do something first: the page it
// stays at then says what.
func waits(form *frame.Form, err error) bool {
	refusal := frame.Refused(err)
	if refusal != nil && refusal.Field == "" {
		refusal = refusal.At("main")
	}
	form.Passes = true
	return refusal != nil && form.Mark(refusal)
}

// tried says once more what the room waits for at a phase, to a page that said so
// before: no news takes it away while it holds, and it goes when it does not.
func tried(r *http.Request, p inSeat, at practice.Phase) *frame.Form {
	if !asksFor(r, "tried") || p.Room.Review.Phase != at {
		return nil
	}
	form, err := frame.ReadForm(r, p.Frame, frame.Fields{})
	if err == nil {
		_, err = p.Room.Review.Advance(p.Room.Progress, p.Now)
	}
	if form == nil || !waits(form, err) {
		return nil
	}
	return form
}

// stay shows the page of the phase that the room cannot leave yet.
func (s *Pages) stay(a asked, phase practice.Phase, form *frame.Form, err error) error {
	switch phase {
	case practice.PhaseArrive:
		return s.arrivalForm(a.w, a.r, a.f, a.seat, form)
	case practice.PhaseSort:
		return s.sortForm(a.w, a.r, a.f, a.seat, sortSent{Form: form})
	case practice.PhaseChange:
		return s.changeForm(a, changePage{Form: form})
	}
	if !phase.HasAnswers() {
		return err
	}
	p, err := s.question(a.r, a.f, a.seat, phase)
	if err != nil {
		return err
	}
	return s.again(a.w, p, "move", form)
}

// timeRoom gives the room more time: a minute of silence, ten of talk, or a
// further sitting.
func (s *Pages) timeRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"what": 10, "version": 10})
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Typed("version"))
	switch form.Typed("what") {
	case "silence":
		err = s.once(seat, form.Key, func() error { return s.Rooms.MoreTime(r.Context(), seat) })
	case "box":
		err = s.Rooms.Extend(r.Context(), seat)
	case "sitting":
		err = s.Rooms.SitAgain(r.Context(), seat, version)
	default:
		err = frame.ErrForm
	}
	return s.back(w, r, seat, err)
}

// pressRoom presses one of the two buttons everybody has, or puts it back.
func (s *Pages) pressRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"what": 10, "heard": 10})
	if err != nil {
		return err
	}
	press := s.Rooms.Press
	if form.Typed("heard") != "" {
		press = func(ctx context.Context, seat practice.Seat, _ string) error {
			return s.Rooms.Heard(ctx, seat, form.Typed("heard"))
		}
	}
	return s.back(w, r, seat, press(r.Context(), seat, form.Typed("what")))
}

// parkIdea keeps an idea until every gap is sorted, or takes one back.
func (s *Pages) parkIdea(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"idea": practice.MaxLine, "take": 40})
	if err != nil {
		return err
	}
	if take := form.Typed("take"); take != "" {
		err = s.Rooms.Unpark(r.Context(), seat, practice.AnswerID(take))
	} else {
		err = s.once(seat, form.Key, func() error { return s.Rooms.Park(r.Context(), seat, form.Typed("idea")) })
	}
	if err != nil {
		return err
	}
	return afterwards(w, r, practice.SeatPath(seat.Review)+"#park") // which opens the folds around it
}

// Parking reports whether ideas still wait: every gap is to be sorted first.
func (p inSeat) Parking() bool { return p.Room.Review.Phase.Before(practice.PhaseChange) }

// rollRoom calls the roll, says "here", or frees the seats that did not.
func (s *Pages) rollRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"what": 10})
	if err != nil {
		return err
	}
	if form.Typed("what") == "free" {
		return s.back(w, r, seat, s.Rooms.FreeSeats(r.Context(), seat))
	}
	return s.back(w, r, seat, s.Rooms.CallRoll(r.Context(), seat))
}

// leaveRoom gives a seat back. The others go on.
func (s *Pages) leaveRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.Rooms.Leave(r.Context(), seat); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: frame.SeatCookie, Path: seatHere(r), MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	frame.Redirect(w, r, "/")
	return nil
}

// back leads to where the room is, after something that has no page of its own.
func (s *Pages) back(w http.ResponseWriter, r *http.Request, seat practice.Seat, err error) error {
	if err != nil {
		return err
	}
	return afterwards(w, r, practice.SeatPath(seat.Review))
}

// Minutes is how long the box is.
func (p inSeat) Minutes() int { return int(p.Room.Review.Box.Minutes()) }

// Missing is how many are invited and have no seat yet.
func (p inSeat) Missing() int { return max(0, p.Room.Asked()-p.Room.Progress.Seats) }
