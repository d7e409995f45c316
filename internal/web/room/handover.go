package room

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// handoverRoutes is the last screen of a room: one person, and the close.
func (s *Pages) handoverRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /seat/{review}/carry", Handler: s.seat(s.showHandover)},
		{Pattern: "POST /seat/{review}/carry", Handler: s.seat(s.nameCarrier)},
		{Pattern: "POST /seat/{review}/tap", Handler: s.outside(s.tap)},
		{Pattern: "POST /seat/{review}/whole", Handler: s.seat(s.letLeadersRead)},
		{Pattern: "POST /seat/{review}/close", Handler: s.seat(s.closeRoom)},
	}
}

// handoverPage asks for one person, and then closes.
type handoverPage struct {
	inSeat
	H    room.Handover
	Form *frame.Form
	Asks bool // whether to close although not everybody has tapped
}

func (s *Pages) showHandover(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	return s.handoverForm(asked{w, r, f, seat}, nil)
}

func (s *Pages) handoverForm(a asked, form *frame.Form) error {
	h, err := s.Rooms.Handover(a.r.Context(), a.seat)
	if err != nil {
		return err
	}
	return s.showRoom(a.w, a.r, form, "handover", s.handover(a, h, form))
}

func (s *Pages) handover(a asked, h room.Handover, form *frame.Form) handoverPage {
	return handoverPage{inSeat: seated(a.r, a.f, h.Room), H: h, Form: form}
}

// Untapped reports whether others are here, and somebody has taps left to give.
func (p handoverPage) Untapped() bool { return !p.Room.Alone() && p.H.All < p.Room.Progress.Seats }

// Here is the address of the page, wherever a form of it was sent to.
func (p handoverPage) Here() string { return p.Base + "/carry" }

// Stand is the failure in the five steps of the loop.
func (p handoverPage) Stand() frame.Thread { return p.Thread(4) }

// Role says who often carries a learning on, in the team's own world.
func (p handoverPage) Role() string {
	if p.Pack.CarrierRole == "" {
		return ""
	}
	return p.Say("close.role", "who", p.Pack.CarrierRole)
}

// InPlace is what the gaps led to, for all to see before the close.
func (p handoverPage) InPlace() []leadLine { return p.leads(true) }

// Open is what led nowhere yet.
func (p handoverPage) Open() []leadLine { return p.leads(false) }

// leadLine is a gap, its kind once it is sorted, and what it led to.
type leadLine struct {
	Kind     *frame.Kind
	Diff     *frame.Diff // of a step: before and after, on everybody's screen
	Text, To string
}

func (p handoverPage) leads(routed bool) []leadLine {
	var lines []leadLine
	for i, l := range p.H.Gaps {
		if l.Routed() != routed {
			continue
		}
		line := leadLine{Text: p.ledTo(l), To: p.Base + "/change/" + string(l.ID)}
		if slices.Contains(practice.Kinds(), l.Verdict) {
			kind := p.Kind(string(l.Verdict))
			line.Kind = &kind
		}
		if l.Route.Kind == practice.RouteStep {
			diff := p.Changed(l.Done.Was, l.Done.Step.Text)
			line.Diff = &diff
		}
		if !routed {
			line.Text = p.Say("close.missing.gap", "n", i+1, "text", l.Name())
			if !l.Sorted() {
				line.To = p.Base + "/4#" + string(l.ID)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// ledTo says what a gap led to.
func (p handoverPage) ledTo(l room.Led) string {
	r := l.Route
	switch r.Kind {
	case practice.RouteStep:
		return p.Say("close.already.step", "procedure", l.Done.Page.Procedure.Title, "n", l.Done.Step.Number)
	case practice.RouteSafeguard:
		return p.Say("close.already.safeguard", "text", l.Done.Safeguard.Text)
	case practice.RouteConstraint:
		return p.Say("close.already.constraint", "text", l.Done.Constraint.Text)
	case practice.RouteFinding:
		return p.Say("close.already.finding", "text", p.List(l.Done.Finding.Known))
	case practice.RouteWaiting:
		return p.Say("close.already.waiting", "procedure", l.Done.Page.Procedure.Title, "n", l.Done.Step.Number)
	case practice.RouteProposed:
		return p.Say("close.already.proposed", "procedure", l.Done.Page.Procedure.Title)
	case practice.RouteDeclined:
		return p.Say("close.already.declined", "procedure", l.Done.Page.Procedure.Title, "why", r.Why)
	case practice.RoutePromised:
		return p.Say("close.already.promised", "day", r.By, "text", r.Why)
	case practice.RouteCovered:
		return p.Say("close.already.covered", "why", r.Why)
	case practice.RouteReferral:
		return p.Say("close.already.referral", "name", l.Done.Name, "why", r.Why)
	case practice.RouteNothing:
		return p.Say("close.already.nothing", "why", r.Why)
	}
	return p.Say("record.changed.unknown")
}

// Who offers the people of the team, one of whom it can be.
func (p handoverPage) Who() frame.Choices {
	var options []frame.Option
	for _, m := range p.H.People {
		options = append(options, frame.Option{Value: string(m.ID), Text: m.Name, On: m.ID == p.H.Carry.Carrier})
	}
	c := p.Choices(p.Form, "who", "close.one", options...)
	c.Look = "inline"
	return c
}

// mostNames is how many people a refusal offers by name; more stand in the list.
const mostNames = 6

// Summary says what is wrong; where no one person was named, it offers some.
func (p handoverPage) Summary(m *frame.Form) frame.Summary {
	s := p.Frame.Summary(m)
	s.Wrong = slices.Clone(s.Wrong)
	for i, w := range s.Wrong {
		if w.Field != "carrier" || !w.Refused {
			continue
		}
		s.Wrong[i].Ways = nil
		for _, one := range p.H.People[:min(mostNames, len(p.H.People))] {
			s.Wrong[i].Ways = append(s.Wrong[i].Ways, frame.Way{Text: one.Name, Form: "carry", Sends: "pick", Value: string(one.ID)})
		}
	}
	return s
}

// Named is the name as somebody typed it.
func (p handoverPage) Named() frame.Field {
	return p.Field(p.Form, "carrier", "close.name", "").Limited(90).Little()
}

// Act, Moment and Due are the sentence.
func (p handoverPage) Act() frame.Field {
	return p.Field(p.Form, "act", "close.act", p.H.Carry.Act).Limited(practice.MaxLine)
}

// Moment is when in the next cycle.
func (p handoverPage) Moment() frame.Field {
	return p.Field(p.Form, "moment", "close.moment", p.H.Carry.Moment).Limited(practice.MaxLine)
}

// Due is suggested: the day the next cycle starts.
func (p handoverPage) Due() frame.Field {
	at := p.H.Carry.DueAt
	if at.IsZero() {
		at = practice.LongestCarry(p.H.NextCycle, p.Now)
	}
	return p.Field(p.Form, "due", "close.due", at.In(p.Place.Zone).Format(time.DateOnly)).Kind("date")
}

// Late asks for the reason where the day is later than the next cycle.
func (p handoverPage) Late() frame.Field {
	return p.Field(p.Form, "latewhy", "close.late", p.H.Carry.Why).Limited(practice.MaxLine).Little()
}

// IsLate reports whether that reason is asked for.
func (p handoverPage) IsLate() bool {
	return p.Form.At("latewhy") != "" || p.Form.Typed("latewhy") != ""
}

// Guest reports whether the room said that they have no account here.
func (p handoverPage) Guest() bool { return p.H.Carrier.Guest || p.Form.Typed("guest") != "" }

// SaysYes is how whoever carries it says yes: a guest has no page of their own.
func (p handoverPage) SaysYes() string {
	if p.Guest() {
		return p.Say("close.yes.guest")
	}
	return p.Say("close.yes")
}

// Aloud reports whether the yes was heard.
func (p handoverPage) Aloud() bool { return p.H.Carry.Witness || p.Form.Typed("aloud") != "" }

// Sentence is the promise as it stands.
func (p handoverPage) Sentence() string {
	c := p.H.Carry
	return p.Say("close.sentence", "name", p.H.Carrier.Name, "act", c.Act, "moment", c.Moment, "day", c.DueAt)
}

func (s *Pages) nameCarrier(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"who": 64, "carrier": 90, "act": practice.MaxLine, "moment": practice.MaxLine, "due": 16,
		"latewhy": practice.MaxLine, "aloud": 8, "guest": 8, "pick": 64, "close": 9, "unsay": 4})
	if err != nil {
		return err
	}
	if form.Typed("unsay") != "" {
		return s.unsayCarry(asked{w, r, f, seat}, form)
	}
	n := practice.NewCarry{Carrier: practice.MemberID(form.Typed("who")), Typed: form.Typed("carrier"), Act: form.Typed("act"),
		Moment: form.Typed("moment"), LateWhy: form.Typed("latewhy"), Aloud: form.Typed("aloud") != "", Guest: form.Typed("guest") != ""}
	if n.Typed != "" {
		n.Carrier = ""
	}
	if pick := form.Typed("pick"); pick != "" { // by one tap, instead of what was typed
		n.Carrier, n.Typed = practice.MemberID(pick), ""
	}
	if n.DueAt, err = form.Day("due", f.Place.Zone); err == nil && !form.Marked() {
		_, err = s.Rooms.NameCarrier(r.Context(), seat, n)
		switch version := form.Typed("close"); {
		case err == nil && version != "":
			return s.finish(asked{w, r, f, seat}, form, version)
		case err == nil:
			frame.Redirect(w, r, seatHere(r)+"/carry#named")
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.handoverForm(asked{w, r, f, seat}, form)
}

// unsayCarry takes a yes back that was ticked and that nobody heard.
func (s *Pages) unsayCarry(a asked, form *frame.Form) error {
	_, err := s.Rooms.UnsayCarry(a.r.Context(), a.seat)
	switch {
	case form.Mark(err):
		return s.handoverForm(a, form)
	case err != nil:
		return err
	}
	frame.Redirect(a.w, a.r, seatHere(a.r)+"/carry#named")
	return nil
}

// letLeadersRead keeps this seat's tick, or takes it back: an empty box is sent
// by not sending it.
func (s *Pages) letLeadersRead(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"whole": 8})
	if err != nil {
		return err
	}
	if err := s.Rooms.LetLeadersRead(r.Context(), seat, form.Typed("whole") != ""); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.SeatPath(seat.Review)+"/carry#leaders")
	return nil
}

func (s *Pages) closeRoom(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"version": 9, "anyway": 5})
	if err != nil {
		return err
	}
	return s.finish(asked{w, r, f, seat}, form, form.Typed("version"))
}

// finish closes the review. Where not everybody here has given their three taps
// it asks first whether to, once.
func (s *Pages) finish(a asked, form *frame.Form, version string) error {
	at, err := strconv.Atoi(version)
	if err != nil {
		return frame.ErrForm
	}
	h, err := s.Rooms.Handover(a.r.Context(), a.seat)
	if err != nil {
		return err
	}
	if page := s.handover(a, h, form); page.Untapped() && form.Typed("anyway") == "" && at == h.Review.Version {
		page.Asks = true
		return s.showRoom(a.w, a.r, form, "handover", page)
	}
	if _, err := s.Rooms.Close(a.r.Context(), a.seat, at); err != nil {
		if form.Mark(err) {
			return s.showRoom(a.w, a.r, form, "handover", s.handover(a, h, form))
		}
		return err
	}
	to := practice.RecordPath(h.Failure.Number)
	if a.seat.ByLink() {
		to = seatHere(a.r) // which says where they read it
	}
	frame.Redirect(a.w, a.r, to)
	return nil
}
