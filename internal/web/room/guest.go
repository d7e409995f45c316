package room

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// guestRoutes is what somebody without an account opens: a place in one room, or
// one promise. Their signed link is all that lets them in. The team makes such
// links at the door of the room.
func (s *Pages) guestRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{number}/guests", Handler: s.Member(s.showGuests)},
		{Pattern: "POST /f/{number}/guests", Handler: s.Member(s.inviteGuest)},
		{Pattern: "POST /f/{number}/guests/{pass}", Handler: s.Member(s.endGuest)},
		{Pattern: "POST /carry/{id}/link", Handler: s.Member(s.linkForCarrier)},
		{Pattern: "GET /pass/seat/{pass}", Handler: s.Open(s.showGuestPlace)},
		{Pattern: "POST /pass/seat/{pass}", Handler: s.Open(s.takeGuestPlace)},
		{Pattern: "GET /pass/carry/{pass}", Handler: s.Open(s.showPromise)},
		{Pattern: "POST /pass/carry/{pass}", Handler: s.Open(s.answerPromise)},
	}
}

// guestsPage is where a team invites people without an account to one room.
type guestsPage struct {
	*frame.Frame
	Form   *frame.Form
	Number int
	Guests []app.Guest
	Base   string // of this server, before each link
	Ended  bool   // a link was taken back just now
}

func (s *Pages) showGuests(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.guests(w, r, f, actor, nil)
}

func (s *Pages) guests(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	list, err := s.App.Guests(r.Context(), actor, number)
	if err != nil {
		return err
	}
	f.Title = f.Say("guest.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, form.Status(), "guests", guestsPage{Frame: f, Form: form, Number: number, Guests: list, Base: s.Origin(r), Ended: asksFor(r, "ended")})
}

func (s *Pages) inviteGuest(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName})
	if err != nil {
		return err
	}
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	if !form.Marked() {
		_, err = s.App.InviteGuest(r.Context(), actor, number, form.Typed("name"))
	}
	if form.Mark(err) || form.Marked() {
		return s.guests(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(number)+"/guests")
	return nil
}

func (s *Pages) endGuest(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.EndPass(r.Context(), actor, practice.PassID(r.PathValue("pass"))); err != nil {
		return err
	}
	frame.Redirect(w, r, "/f/"+r.PathValue("number")+"/guests?ended")
	return nil
}

// handedPage is the link for a carrier without an account, to pass on.
type handedPage struct {
	*frame.Frame
	Name, Link, Back string
}

func (s *Pages) linkForCarrier(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	id := practice.CarryID(r.PathValue("id"))
	g, err := s.App.CarryPass(r.Context(), actor, id)
	if err != nil {
		return err
	}
	f.Title = f.Say("guest.link", "name", g.Member.Name)
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "handed", handedPage{Frame: f, Name: g.Member.Name, Link: s.Origin(r) + g.Path(), Back: practice.CarryPath(id)})
}

// guestPage is all that somebody sees who came by a signed link.
type guestPage struct {
	*frame.Frame
	Form  *frame.Form
	Here  string // the address of the link
	Guest practice.Actor
	About app.Passed
	Ready *readyForm
}

// NotNow is there where it was no go, and the review goes on in writing.
func (p guestPage) NotNow() *notNow {
	if p.Over() {
		return nil
	}
	return wayOn(p.Frame, p.About.Review, 0, p.About.Guardian)
}

// Meets says when they meet, or until when they write.
func (p guestPage) Meets() string { return meets(p.Frame, p.About.Review) }

// came opens a signed link.
func (s *Pages) came(r *http.Request, f *frame.Frame, use practice.PassUse) (guestPage, error) {
	p := guestPage{Frame: f, Here: "/pass/" + string(use) + "/" + r.PathValue("pass")}
	var err error
	if p.Guest, err = s.Auth.ByPass(r.Context(), r.PathValue("pass"), use); err == nil {
		p.About, err = s.App.PassAbout(r.Context(), p.Guest)
	}
	return p, err
}

func (s *Pages) showGuestPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	p, err := s.came(r, f, practice.PassSeat)
	if err != nil {
		return err
	}
	if p.Ready, err = s.readyForm(r, f, p.Guest, p.About.Review); err != nil {
		return err
	}
	return s.guestPlace(w, p)
}

func (s *Pages) guestPlace(w http.ResponseWriter, p guestPage) error {
	p.Title = p.Say("guest.place", "name", p.Guest.Name)
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, p.Form.Status(), "guest", p)
}

// Talk is the question to talk first with whoever leads the room.
func (p guestPage) Talk() *talk {
	return talkFirst(talk{p.Frame, p.About.Guide, p.About.Talk, p.Here + "/talk"}, p.About.Review)
}

// Near is how close somebody was.
func (p guestPage) Near() []frame.Option { return nearness(p.Frame) }

// Over reports whether the room is closed.
func (p guestPage) Over() bool {
	return p.About.Review.Phase == practice.PhaseClosed || p.About.Review.Phase == practice.PhaseOff
}

// Record is where the guest reads what came of the room they sat in.
func (p guestPage) Record() string {
	if !p.About.Came || p.About.Review.Phase != practice.PhaseClosed {
		return ""
	}
	return p.Here + "/record"
}

// Seat is where the seat of the room is.
func (p guestPage) Seat() string { return practice.SeatPath(p.About.Review.ID) }

func (s *Pages) takeGuestPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	p, err := s.came(r, f, practice.PassSeat)
	if err != nil {
		return err
	}
	if p.Form, err = frame.ReadForm(r, f, frame.Fields{"closeness": 20}); err != nil {
		return err
	}
	ticket, err := s.App.TakePlace(r.Context(), p.Guest, p.About.Review.ID, practice.Closeness(p.Form.Typed("closeness")))
	if p.Form.Mark(err) {
		return s.guestPlace(w, p)
	}
	if err != nil {
		return err
	}
	return s.handTicket(w, ticketPage{Frame: f, Seat: p.Seat(), Ticket: ticket, From: fromGuest})
}

func (s *Pages) showPromise(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	p, err := s.came(r, f, practice.PassCarry)
	if err != nil {
		return err
	}
	return s.promise(w, p)
}

func (s *Pages) promise(w http.ResponseWriter, p guestPage) error {
	switch {
	case p.Asked():
		p.Title = p.Say("guest.carry", "name", p.Guest.Name, "team", p.About.Team.Name)
	case p.Carries():
		p.Title = p.Say("guest.carries", "name", p.Guest.Name)
	default:
		p.Title = p.Say("guest.carried", "name", p.Guest.Name)
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, p.Form.Status(), "promise", p)
}

// Asked reports whether the guest is asked for a yes.
func (p guestPage) Asked() bool { return p.About.Carry.Asks(p.Guest.Member) }

// Carries reports whether the guest said yes, and nothing has come of it yet.
func (p guestPage) Carries() bool { return p.About.Carry.State == practice.CarryAccepted }

func (s *Pages) answerPromise(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	p, err := s.came(r, f, practice.PassCarry)
	if err != nil {
		return err
	}
	if p.Form, err = frame.ReadForm(r, f, frame.Fields{"do": 16, "proof": practice.MaxAnswer}); err != nil {
		return err
	}
	ctx, id := r.Context(), p.About.Carry.ID
	switch p.Form.Typed("do") {
	case "yes":
		err = s.App.AcceptCarry(ctx, p.Guest, id)
	case "no":
		err = s.App.DeclineCarry(ctx, p.Guest, id)
	case "unsay":
		err = s.App.UnsayCarry(ctx, p.Guest, id)
	case "done":
		err = s.App.FinishCarry(ctx, p.Guest, id, practice.CarryDone, p.Form.Typed("proof"))
	default:
		return frame.ErrForm
	}
	switch {
	case p.Form.Mark(err):
		return s.promise(w, p)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, p.Here)
	return nil
}
