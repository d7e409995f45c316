package room

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// roomRoutes is the room from inside, for whoever has a seat in it. Every
// pattern begins with /seat/{review} and no handler knows a session.
func (s *Pages) roomRoutes() []frame.Route {
	return slices.Concat(
		[]frame.Route{
			{Pattern: "POST /seat/{review}", Handler: s.outside(s.drawSeat)},
			{Pattern: "POST /seat/{review}/ready", Handler: s.outside(s.sayReady)},
			{Pattern: "POST /seat/{review}/use", Handler: s.outside(s.sayUse)},
			{Pattern: "GET /seat/{review}/sheet", Handler: s.outside(s.showSheet)},
			{Pattern: "POST /seat/{review}/sheet", Handler: s.outside(s.sendSheet)},
			{Pattern: "POST /seat/{review}/cause", Handler: s.outside(s.sayCause)},
			{Pattern: "GET /seat/{review}/words", Handler: s.outside(s.showWords)},
			{Pattern: "POST /seat/{review}/words", Handler: s.outside(s.openWords)},
			{Pattern: "GET /seat/{review}", Handler: s.seat(s.findRoom)},
			{Pattern: "GET /seat/{review}/arrive", Handler: s.seat(s.showArrival)},
			{Pattern: "GET /seat/{review}/paper", Handler: s.seat(s.showPaper)},
			{Pattern: "GET /seat/{review}/news", Handler: s.seat(s.tellRoom)},
		},
		s.moveRoutes(),
		s.questionRoutes(),
		s.gapRoutes(),
		s.sortRoutes(),
	)
}

// phaseAddress is the page of a phase of the room.
func phaseAddress(r practice.Review) string {
	base := practice.SeatPath(r.ID)
	switch r.Phase {
	case practice.PhaseArrive:
		return base + "/arrive"
	case practice.PhaseChange:
		return base + "/change"
	case practice.PhaseCarry:
		return base + "/carry"
	}
	return base + "/" + strconv.Itoa(r.Phase.Number())
}

// inRoom begins the frame of a page under /seat/.
func (s *Pages) inRoom(r *http.Request, p frame.Place) *frame.Frame {
	f := s.Begin(r, p)
	if frame.SitsAtTablet(r) {
		s.OnTablet(f, practice.SeatIdle)
	}
	base := seatHere(r)
	f.InRoom(map[string]string{
		"room": base, "back": base, "words": base + "/words", "gap": base + "/4", "choose": base + "/3",
		"nothing": base + "/3#nothing", "differ": base, "sitting": base, "again": base, "hear": base + "/4", "split": base + "/4", "open": base + "/4",
		"unknown": base + "/4", "change": base + "/change", "close": base,
	})
	return f
}

// failSeat answers what went wrong on a page under /seat/. Whoever has no seat
// is asked for the words of one; whoever comes to a closed review is shown to
// its record; a tap from a page the room has left leads to where the room is.
func (s *Pages) failSeat(w http.ResponseWriter, r *http.Request, f *frame.Frame, err error) {
	base := seatHere(r)
	var refusal *practice.Error
	if !errors.As(err, &refusal) {
		s.Fail(w, r, f, err)
		return
	}
	part := r.Header.Get("X-Fragment") != "" || strings.HasSuffix(r.URL.Path, "/news")
	switch {
	case refusal.Code == "seat.lost" && r.Method == http.MethodGet && !part:
		frame.Redirect(w, r, base+"/words")
		return
	case errors.Is(err, practice.ErrChanged) && strings.HasSuffix(r.URL.Path, "/move") && !part: // somebody else took the room on
		frame.Redirect(w, r, base)
		return
	case errors.Is(err, practice.ErrChanged) && r.Method == http.MethodPost && !part:
		frame.Redirect(w, r, base+"?moved")
		return
	case slices.Contains([]string{"review.closed", "seat.ended", "review.stopped"}, refusal.Code) && strings.HasSuffix(r.URL.Path, "/news"):
		frame.LastNews(w)
		return
	case refusal.Code == "seat.ended", refusal.Code == "review.stopped":
		f.Lead("room", "")
		if fragment := r.Header.Get("X-Fragment"); fragment != "" {
			s.closedPart(w, f, refusal, fragment)
			return
		}
	case refusal.Code == "review.closed" && refusal.Args["number"] != nil:
		if r.Method == http.MethodGet && s.showClosed(w, r) {
			return
		}
		team, _ := refusal.Args["team"].(practice.TeamID)
		if t, err := s.App.Team(r.Context(), practice.Actor{}, team); err == nil {
			f = s.inRoom(r, frame.Place{Team: practice.Team{Pack: t.Pack, Words: t.Words}})
		}
		f.Lead("record", practice.RecordPath(refusal.Args["number"].(int)))
		f.Lead("room", "")      // nobody goes back into it
		if seatOf(r).ByLink() { // their seat does not know the link by which they read the record
			refusal = errClosedToLink
			err = refusal
		}
		if fragment := r.Header.Get("X-Fragment"); fragment != "" {
			s.closedPart(w, f, refusal, fragment)
			return
		}
	}
	s.Fail(w, r, f, err)
}

// closedPart tells a page that is still open that its review is over: in the
// middle it says so, its clock goes, the bar stays as it is.
func (s *Pages) closedPart(w http.ResponseWriter, f *frame.Frame, refusal *practice.Error, fragment string) {
	if s.apart(w, fragment) {
		return
	}
	if err := s.RefusalPart(w, fragment, f, f.Refuse(refusal)); err != nil {
		s.Log.Error("fault", "err", err)
	}
}

// apart answers for the parts of a closed room beside its middle.
func (s *Pages) apart(w http.ResponseWriter, fragment string) bool {
	switch fragment {
	case "clock":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	case "bar":
		w.WriteHeader(http.StatusNoContent)
	}
	return fragment == "clock" || fragment == "bar"
}

// seatDays is how long a browser keeps its seat: a second sitting may be days away.
const seatDays = 30

// setSeat keeps a seat in the browser that drew it or said its words, which are empty
// where it did not draw them just now. On a tablet it stays until somebody looks at
// the names.
func (s *Pages) setSeat(w http.ResponseWriter, r *http.Request, key []byte, words string) {
	life := seatDays * 24 * time.Hour
	if r.PostFormValue("from") == frame.FromTablet || frame.SitsAtTablet(r) {
		life = s.SitAtTablet(w, r, practice.ReviewID(r.PathValue("review")))
	}
	s.KeepCookie(w, r, http.Cookie{Name: frame.SeatCookie, Value: base64.RawURLEncoding.EncodeToString(key), Path: seatHere(r)}, life)
	if words != "" {
		s.KeepCookie(w, r, http.Cookie{Name: frame.WordsCookie, Value: strings.ReplaceAll(words, " ", "-"), Path: seatHere(r)}, life)
	}
}

// sitting says which seat a request comes from. It reads that one cookie.
func (s *Pages) sitting(r *http.Request) (practice.Seat, frame.Place, error) {
	id, key := practice.ReviewID(r.PathValue("review")), keyOf(r)
	seat, err := s.Rooms.Seat(r.Context(), id, key)
	if err != nil {
		return practice.Seat{}, frame.Place{}, err
	}
	o, t, err := s.Rooms.House(r.Context(), seat)
	return seat, frame.Place{Organisation: o.Name, Legal: o.Legal, Support: o.SupportLines(), Team: t, Zone: o.Location()}, err
}

// keyOf is what the browser keeps of its seat.
func keyOf(r *http.Request) []byte {
	cookie, err := r.Cookie(frame.SeatCookie)
	if err != nil {
		return nil
	}
	key, _ := base64.RawURLEncoding.DecodeString(cookie.Value)
	return key
}

// seatOf is the seat a request says it comes from; nobody looked whether it is
// there.
func seatOf(r *http.Request) practice.Seat {
	return practice.SeatAt(practice.ReviewID(r.PathValue("review")), keyOf(r))
}

// fromGuest is what a ticket says of somebody who came by a signed link: that link
// does not stand beside the seat, for it says who they are.
const fromGuest = "guest"

// errGuestTicket leads them back to it all the same.
var errGuestTicket = practice.Refuse(practice.Forbidden, "ticket.guest")

// errClosedToLink leads them back to it from a room that is closed.
var errClosedToLink = practice.Refuse(practice.Conflict, "room.closed")

// drawSeat gives a seat to a browser that shows a ticket.
func (s *Pages) drawSeat(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ticket": 400, "from": 9})
	if err != nil {
		return err
	}
	if n := frame.Number(form.Typed("from")); n > 0 { // an old ticket leads back to the door it came from
		f.Lead("door", practice.RoomPath(n))
	} else if form.Typed("from") == frame.FromTablet {
		f.Lead("door", frame.TabletHome)
	}
	id := practice.ReviewID(r.PathValue("review"))
	if err := s.Rooms.GiveUp(r.Context(), seatOf(r)); err != nil {
		return err
	}
	drawn, err := s.Rooms.Draw(r.Context(), id, form.Typed("ticket"))
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "ticket.old" && form.Typed("from") == fromGuest {
		return errGuestTicket
	}
	if err != nil {
		return err
	}
	s.setSeat(w, r, drawn.Key, drawn.Words)
	frame.Redirect(w, r, practice.SeatPath(id))
	return nil
}

// wordsPage brings a seat to another device.
type wordsPage struct {
	*frame.Frame
	Form *frame.Form
	Base string
	Near []string // words of the list that begin like the one that is not in it
}

func (s *Pages) showWords(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	return s.wordsForm(w, r, f, nil, nil)
}

func (s *Pages) wordsForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, form *frame.Form, near []string) error {
	f.Title = f.Say("room.seat.have")
	return s.Show(w, form.Status(), "words", wordsPage{Frame: f, Form: form, Base: seatHere(r), Near: near})
}

// openWords opens a seat with its three words.
func (s *Pages) openWords(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"words": 200})
	if err != nil {
		return err
	}
	var near []string
	if !form.Marked() {
		key, err := s.Rooms.Words(r.Context(), practice.ReviewID(r.PathValue("review")), form.Typed("words"))
		var refusal *practice.Error
		switch {
		case err == nil:
			s.setSeat(w, r, key, "")
			frame.Redirect(w, r, seatHere(r))
			return nil
		case !form.Mark(frame.SlowAt(w, err, "words")):
			return err
		case errors.As(err, &refusal):
			near, _ = refusal.Args["near"].([]string)
		}
	}
	return s.wordsForm(w, r, f, form, near)
}

// asked is one request of a seat, for what several handlers do at their end.
type asked struct {
	w    http.ResponseWriter
	r    *http.Request
	f    *frame.Frame
	seat practice.Seat
}

// findRoom leads to where the room is.
func (s *Pages) findRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	view, err := s.Rooms.Room(r.Context(), seat)
	if err != nil {
		return err
	}
	to := phaseAddress(view.Review)
	if wasMoved(r) {
		to += "?moved"
	}
	frame.Redirect(w, r, to)
	return nil
}

// onward leads on once words were kept. Whoever sent the name of somebody of the
// team with them is asked about it there: nobody else is, and nothing of that is
// kept.
func (s *Pages) onward(a asked, form *frame.Form, to string) error {
	named, err := s.Rooms.Names(a.r.Context(), a.seat, form.Words())
	if err != nil {
		return err
	}
	if named {
		page, part, _ := strings.Cut(to, "#")
		sign := "?"
		if strings.Contains(page, sign) {
			sign = "&"
		}
		if to = page + sign + "named"; part != "" {
			to += "#" + part
		}
	}
	frame.Redirect(a.w, a.r, to)
	return nil
}

// wasMoved reports whether somebody came from a page that the room had left.
func wasMoved(r *http.Request) bool { return asksFor(r, "moved") }

// asksFor reports whether an address carries a word, with or without a value.
func asksFor(r *http.Request, word string) bool {
	_, there := r.URL.Query()[word]
	return there
}

// inSeat is what every page of a room shows.
type inSeat struct {
	*frame.Frame
	Room   room.Room
	Base   string
	Words  string // of the seat, where this browser drew it
	Moved  bool   // whoever reads this came from a page the room had left
	Tried  bool   // whoever reads this tapped to go on, and the room waits
	Naming bool   // whoever reads this, and nobody else, sent words with a name in them
}

// seated begins the page of a room.
func seated(r *http.Request, f *frame.Frame, view room.Room) inSeat {
	f.Title = view.Failure.Title
	p := inSeat{Frame: f, Room: view, Base: practice.SeatPath(view.Review.ID), Moved: wasMoved(r), Naming: asksFor(r, "named"), Tried: strings.HasSuffix(r.URL.Path, "/move")}
	if words, err := r.Cookie(frame.WordsCookie); err == nil {
		p.Words = strings.ReplaceAll(words.Value, "-", " ")
	}
	if !f.Plain {
		f.News = p.Base + "/news"
	}
	return p
}

// roomParts are the parts of a room's page that the script asks for by
// themselves.
var roomParts = map[string]string{"bar": "part/roombar", "clock": "part/roomclock", "main": "room"}

// showRoom answers with a page of a room, or with the part of it that the script
// asked for.
func (s *Pages) showRoom(w http.ResponseWriter, r *http.Request, form *frame.Form, name string, page any) error {
	if part, ok := roomParts[r.Header.Get("X-Fragment")]; ok && r.Method == http.MethodGet {
		return s.Fragment(w, name, part, page)
	}
	return s.Show(w, form.Status(), name, page)
}

// tellRoom streams that something happened in the room.
func (s *Pages) tellRoom(w http.ResponseWriter, r *http.Request, _ *frame.Frame, seat practice.Seat) error {
	return s.Tell(w, r, frame.Topic{
		Name:    string(seat.Review),
		Reader:  seat.Key,
		Allowed: func(ctx context.Context) error { return s.Rooms.Sits(ctx, seat) },
		Fragments: func(e practice.Event) string {
			if strings.HasPrefix(e.Kind, "room.") {
				return "bar clock main"
			}
			return "clock main" // which stops with the room
		},
	})
}

// seat is for pages of a place in a review. It looks at no session, and its
// frame has no person in it.
func (s *Pages) seat(h seatHandler) http.Handler {
	return s.outside(func(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
		sitting := s.sitting
		if s.Seat != nil {
			sitting = s.Seat
		}
		seat, place, err := sitting(r)
		if err != nil {
			return err
		}
		*f = *s.inRoom(r, place)
		return h(w, r, f, seat)
	})
}

// outside is for pages before a seat: whoever asks, nobody knows who.
func (s *Pages) outside(h frame.OpenHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, frame.FormLimit)
		f := s.inRoom(r, frame.Place{})
		if err := h(w, r, f); err != nil {
			s.failSeat(w, r, f, err)
		}
	})
}

// once does something for a seat, unless the same form was sent already. A form
// without a key is always new.
func (s *Pages) once(seat practice.Seat, key string, do func() error) error {
	if key == "" {
		return do()
	}
	key = seat.Key + " " + key
	if !s.onces.First(key) {
		return nil
	}
	err := do()
	if err != nil {
		s.onces.Forget(key)
	}
	return err
}

// seatHere is where the pages of the seats of the review in an address begin.
func seatHere(r *http.Request) string {
	return practice.SeatPath(practice.ReviewID(r.PathValue("review")))
}

// seatHandler answers a place in a review.
type seatHandler func(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error
