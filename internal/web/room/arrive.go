package room

import (
	"net/http"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// placeRoutes is the door of a room, where people still have names: it spends
// an invitation and hands out a ticket. The seat is drawn on the other side.
func (s *Pages) placeRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{number}/room", Handler: s.Member(s.showPlace)},
		{Pattern: "POST /f/{number}/room", Handler: s.Member(s.takePlace)},
	}
}

// placePage is the door of a room: how near somebody was, and in.
type placePage struct {
	*frame.Frame
	Form   *frame.Form
	Number int
	Spent  bool   // they took their place before
	Seat   string // where their seat is
	Near   []frame.Option
	Meets  string // when they meet, or until when they write
	Severe bool   // somebody was hurt or worse
	Few    bool   // two or three people: unnamed is not really unnamed
	Ready  *readyForm
	NotNow *notNow
	Talk   *talk
}

func (s *Pages) showPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.placeForm(w, r, f, actor, nil)
}

func (s *Pages) placeForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	f.Lead("failure", practice.FailurePath(number))
	f.Lead("record", practice.RecordPath(number))
	door, err := s.App.Door(r.Context(), actor, number)
	if err != nil {
		if _, none := s.App.Guided(r.Context(), actor, number); none == nil { // they lead it, and have no seat
			frame.Redirect(w, r, practice.GuidePath(number))
			return nil
		}
	}
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "room.yours" {
		return s.uninvited(w, f, number, refusal)
	}
	if err != nil {
		return err
	}
	if door.Review.Phase == practice.PhaseClosed {
		frame.Redirect(w, r, practice.RecordPath(number))
		return nil
	}
	f.Title = door.Failure.Title
	p := placePage{Frame: f, Form: form, Number: number, Spent: door.Invitation.Spent,
		Seat: practice.SeatPath(door.Review.ID), Few: door.Turnout.Few(), Severe: door.Failure.Severe}
	p.Meets = meets(f, door.Review)
	p.Near = nearness(f)
	p.Talk = talkFirst(talk{f, door.Guide, door.Talk, practice.RoomPath(number) + "/talk"}, door.Review)
	p.NotNow = wayOn(f, door.Review, number, door.Guardian)
	if p.Ready, err = s.readyForm(r, f, actor, door.Review); err != nil {
		return err
	}
	return s.Show(w, form.Status(), "place", p)
}

// nearness is how close somebody may say they were. words:use room.wait.closeness.*
func nearness(f *frame.Frame) (near []frame.Option) {
	for _, c := range practice.Closenesses() {
		near = append(near, frame.Option{Value: string(c), Text: f.Say("room.wait.closeness." + string(c))})
	}
	return near
}

// ticketPage carries the ticket from the request with a session to the one
// without. The script sends it on at once.
type ticketPage struct {
	*frame.Frame
	Seat   string
	Ticket string
	From   string // where an old ticket leads back to: the number of a failure, or what has no address to say there
}

func (s *Pages) takePlace(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"closeness": 20})
	if err != nil {
		return err
	}
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	door, err := s.App.Door(r.Context(), actor, number)
	if err != nil {
		return err
	}
	ticket, err := s.App.TakePlace(r.Context(), actor, door.Review.ID, practice.Closeness(form.Typed("closeness")))
	if form.Mark(err) {
		return s.placeForm(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	return s.handTicket(w, ticketPage{Frame: f, Seat: practice.SeatPath(door.Review.ID), Ticket: ticket, From: strconv.Itoa(number)})
}

// handTicket shows a ticket, which no browser keeps.
func (s *Pages) handTicket(w http.ResponseWriter, p ticketPage) error {
	p.Title = p.Say("room.seat.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "ticket", p)
}

// arrivePage is the room before question one.
type arrivePage struct {
	inSeat
	Form    *frame.Form
	Last    practice.Carry
	LastOf  practice.Failure
	Carrier string
	Leaders []string     // who leads others here, and was there
	Guide   practice.Led // who leads it from outside
	Agree   []string     // what the room agrees on before it begins
}

func (s *Pages) showArrival(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	return s.arrivalForm(w, r, f, seat, nil)
}

func (s *Pages) arrivalForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat, form *frame.Form) error {
	view, err := s.Rooms.Arrival(r.Context(), seat)
	if err != nil {
		return err
	}
	p := arrivePage{inSeat: seated(r, f, view.Room), Form: form, Last: view.Last, LastOf: view.LastOf, Carrier: view.Carrier, Leaders: view.Leaders, Guide: view.Guide}
	p.Agree = opening(f, view.House.Guardian)
	if form == nil {
		p.Form = tried(r, p.inSeat, practice.PhaseArrive)
	}
	return s.showRoom(w, r, p.Form, "arrive", p)
}

// opening is what is agreed before question one. Without a guardian it says that
// there is none.
func opening(f *frame.Frame, guardian string) []string {
	var lines []string
	for _, l := range f.Lines("script.opening", "guardian", guardian) {
		if l.Name == "3" && guardian == "" {
			l.Text = f.Say("script.opening-alone.3")
		}
		lines = append(lines, l.Text)
	}
	return lines
}

// Here is the address of the page, wherever a form of it was sent to.
func (p arrivePage) Here() string { return p.Base + "/arrive" }

// LastState says what became of last time's promise.
func (p arrivePage) LastState() string {
	c := p.Last
	switch c.State {
	case practice.CarryDone:
		return p.Say("room.wait.last.done", "day", p.Day(c.SettleAt))
	case practice.CarryDropped:
		return p.Say("room.wait.last.dropped", "why", c.Why)
	case practice.CarryOffered:
		return p.Say("room.wait.last.nobody")
	}
	return p.Say("room.wait.last.open", "day", p.Day(c.DueAt))
}

// Begun reports whether the room has begun.
func (p arrivePage) Begun() bool { return p.Room.Review.Phase != practice.PhaseArrive }

// paperPage is the four questions on paper, for whoever has no phone.
type paperPage struct {
	inSeat
	Paper []paperQuestion
}

// paperQuestion is one question with room to write.
type paperQuestion struct {
	N             int
	Title, Remind string
	Labels        []string // what to write, a few lines each
	Kinds         []string // of question four, to tick
}

func (s *Pages) showPaper(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	view, err := s.Rooms.Room(r.Context(), seat)
	if err != nil {
		return err
	}
	p := paperPage{inSeat: seated(r, f, view)}
	p.News = ""
	labels := [][]string{
		{f.Say("question.1.write")},
		{f.Say("question.2.write"), f.Say("question.2.shows")},
		{f.Say("question.3.write.intended"), f.Say("question.3.write.actual"), f.Say("question.3.write.where")},
		{f.Say("room.judge.reason")},
	}
	for i := range practice.Questions() {
		key := "question." + strconv.Itoa(i+1)
		q := paperQuestion{N: i + 1, Title: f.Say(key), Remind: f.Say(key + ".remind"), Labels: labels[i]}
		if i == 3 {
			for _, kind := range []string{"avoidable", "inherent", "experiment", "unsure"} {
				q.Kinds = append(q.Kinds, f.Say("kind."+kind)+": "+f.Say("kind."+kind+".half"))
			}
		}
		p.Paper = append(p.Paper, q)
	}
	return s.Show(w, http.StatusOK, "paper", p)
}
