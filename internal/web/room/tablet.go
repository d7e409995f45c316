package room

import (
	"net/http"
	"slices"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// tabletRoutes is the door of the room beside which a tablet hangs that the team
// shares. Here a name is picked; the seat is drawn where nobody has one.
func (s *Pages) tabletRoutes() []frame.Route {
	return frame.Quiet([]frame.Route{
		{Pattern: "GET /tablet/room/{review}", Handler: s.Picked(s.showTabletPlace)},
		{Pattern: "POST /tablet/room/{review}", Handler: s.AtTablet(s.takeTabletPlace)},
	})
}

// tabletPlacePage asks how near whoever is picked was. What the room is about stands
// in it, and not here.
type tabletPlacePage struct {
	*frame.Frame
	Form    *frame.Form
	Actor   practice.Actor
	Room    app.RoomNow
	Minutes int // a place stays where nobody touches the tablet
}

// Near is how close somebody was.
func (p tabletPlacePage) Near() []frame.Option { return nearness(p.Frame) }

func (s *Pages) showTabletPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.tabletPlace(w, r, f, actor, nil)
}

func (s *Pages) tabletPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	rooms, err := s.App.RoomsNow(r.Context(), actor)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(rooms, func(n app.RoomNow) bool { return string(n.Review.ID) == r.PathValue("review") })
	if i < 0 {
		return practice.ErrNotFound
	}
	if rooms[i].Came {
		frame.Redirect(w, r, practice.SeatPath(rooms[i].Review.ID)+"/words?from="+frame.FromTablet)
		return nil
	}
	f.Title = f.Say("room.seat.title")
	return s.Show(w, form.Status(), "tabletplace", tabletPlacePage{Frame: f, Form: form, Actor: actor, Room: rooms[i], Minutes: int(practice.SeatIdle.Minutes())})
}

func (s *Pages) takeTabletPlace(w http.ResponseWriter, r *http.Request, f *frame.Frame, _ practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": 64, "closeness": 20})
	if err != nil {
		return err
	}
	actor, err := s.As(r, form)
	if err != nil {
		return err
	}
	id := practice.ReviewID(r.PathValue("review"))
	ticket, err := s.App.TakePlace(r.Context(), actor, id, practice.Closeness(form.Typed("closeness")))
	if form.Mark(err) {
		s.Pick(w, f, actor.Member)
		return s.tabletPlace(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	s.Pick(w, f, "")
	s.OnTablet(f, s.TabletIdle())
	f.Plain = false // the ticket sends itself on
	return s.handTicket(w, ticketPage{Frame: f, Seat: practice.SeatPath(id), Ticket: ticket, From: frame.FromTablet})
}
