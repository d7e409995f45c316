package room

import (
	"net/http"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// causeRoutes is the question what is in the way of changes, as it is put to the people
// of a team. The answer goes under /seat/, where nobody has a name.
func (s *Pages) causeRoutes() []frame.Route {
	return []frame.Route{{Pattern: "GET /cause/{alarm}", Handler: s.Member(s.askCause)}, {Pattern: "POST /cause/{alarm}", Handler: s.Member(s.takeCause)}}
}

// causeAnswer is part/useanswer with other answers: four buttons, and nothing chosen.
type causeAnswer struct {
	*frame.Frame
	To, Ticket, Tag string
}

// Answers are the four.
func (p causeAnswer) Answers() (all []frame.Option) {
	for _, c := range practice.Causes {
		all = append(all, frame.Option{Value: string(c), Text: p.Named(c)})
	}
	return all
}

// Named says a cause. words:use cause.undone cause.time cause.unsafe cause.other
func (p causeAnswer) Named(c practice.Cause) string { return p.Say("cause." + string(c)) }

// Least is from how many answers on something is shown.
func (causeAnswer) Least() int { return practice.FewCauses }

// causePage asks one person; the answer they gave stands in it once they did.
type causePage struct {
	causeAnswer
	T      app.CauseTicket
	Until  time.Time
	Answer practice.Cause
}

// causeCookie begins the name of what a browser keeps of somebody's ticket; the address
// that takes the answer is never sent it.
const causeCookie = "cause-"

// askCause shows the question to whoever has their ticket in this browser, and to others
// how it is asked, before they take theirs.
func (s *Pages) askCause(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	id := practice.AlarmID(r.PathValue("alarm"))
	t, err := s.App.CauseDoor(r.Context(), actor, id)
	if err != nil {
		return err
	}
	if t.Taken {
		kept, err := r.Cookie(causeCookie + t.Tag)
		if err != nil {
			return practice.Refuse(practice.Conflict, "cause.taken")
		}
		t.Ticket = kept.Value
	}
	f.Title = f.Say("cause.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "askcause", causePage{causeAnswer{f, practice.SeatPath(practice.ReviewID(id)) + "/cause", t.Ticket, t.Tag}, t, t.Alarm.Until, ""})
}

// takeCause gives somebody their ticket, which their browser keeps.
func (s *Pages) takeCause(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{})
	if err != nil {
		return err
	}
	id := practice.AlarmID(r.PathValue("alarm"))
	given, err := s.sheets.once(form.Key, func() (givenSheet, error) {
		t, err := s.App.AskCause(r.Context(), actor, id)
		return givenSheet{practice.CausePath(id), causeCookie + t.Tag, t.Ticket}, err
	})
	if err != nil {
		return err
	}
	s.KeepCookie(w, r, http.Cookie{Name: given.name, Value: given.sealed, Path: given.to}, practice.AlarmDays*24*time.Hour)
	frame.Redirect(w, r, given.to)
	return nil
}

// sayCause keeps an answer. It knows a ticket, and no person.
func (s *Pages) sayCause(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ticket": 400, "tag": 16, "answer": 10})
	if err != nil {
		return err
	}
	said := practice.Cause(form.Typed("answer"))
	if err := s.Rooms.SayCause(r.Context(), practice.AlarmID(r.PathValue("review")), form.Typed("ticket"), said); err != nil {
		return err
	}
	f.Title = f.Say("cause.said")
	return s.Show(w, http.StatusOK, "saidcause", causePage{causeAnswer: causeAnswer{f, seatHere(r) + "/cause", form.Typed("ticket"), form.Typed("tag")}, Answer: said})
}
