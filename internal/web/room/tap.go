package room

import (
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// Closing is one of the three taps, part/tap.
type Closing struct {
	What, Ask, Yes, No string
	Said, Kept         string // what this seat answered, and that it is kept
	Given              bool   // and cannot be changed any more; what it was nobody knows
	Base, Key          string
}

// closings are the taps of a seat. words:use script.tap.*
func closings(f *frame.Frame, base string, whats []string, said map[string]string) []Closing {
	ask := map[string]string{room.TapLearned: "script.tap.learned", room.TapBlame: "script.tap.blame", room.TapAgain: "script.tap.again"}
	var all []Closing
	for _, what := range whats {
		c := Closing{What: what, Ask: f.Say(ask[what]), Yes: f.Say("form.yes"), No: f.Say("form.no"), Said: said[what], Base: base, Key: f.Once()}
		if c.Said != "" {
			c.Kept = f.Say("close.tap.kept")
		}
		all = append(all, c)
	}
	return all
}

// lateClosings are the taps of a closed room. Those that were given keep their place, so
// that nothing moves under a finger.
func lateClosings(f *frame.Frame, base string, open []string) []Closing {
	all := closings(f, base, room.Taps(), nil)
	for i := range all {
		if c := &all[i]; !slices.Contains(open, c.What) {
			c.Given, c.Kept = true, f.Say("close.tap.given")
		}
	}
	return all
}

// Closings are the three taps before the close.
func (p handoverPage) Closings() []Closing { return closings(p.Frame, p.Base, room.Taps(), p.H.Tapped) }

// tap keeps a tap of whoever has a seat, or had one until the close.
func (s *Pages) tap(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"what": 16, "yes": 8})
	if err != nil {
		return err
	}
	if err := s.Rooms.Tap(r.Context(), seatOf(r), form.Typed("what"), form.Typed("yes") == "yes"); err != nil {
		return err
	}
	return afterwards(w, r, seatHere(r)+"/carry#taps")
}

// closedPage is a closed room for whoever has taps left to give.
type closedPage struct {
	*frame.Frame
	Base     string
	Record   string // where it is read; empty for who came by a link, and reads it there
	Closings []Closing
}

// showClosed shows a closed room to a seat that may still tap, or the part of it
// that a page which is still open asks for. It reports whether there was one.
func (s *Pages) showClosed(w http.ResponseWriter, r *http.Request) bool {
	seat := seatOf(r)
	late, err := s.Rooms.Late(r.Context(), seat)
	if err != nil {
		return false // the refusal says that it is closed
	}
	f := s.inRoom(r, frame.Place{Organisation: late.House.Name, Team: late.Team, Zone: late.House.Location()})
	f.Title = late.Failure.Title
	base := seatHere(r)
	page := closedPage{Frame: f, Base: base, Closings: lateClosings(f, base, late.Open)}
	if !seat.ByLink() {
		page.Record = practice.RecordPath(late.Failure.Number)
	}
	switch fragment := r.Header.Get("X-Fragment"); {
	case s.apart(w, fragment):
	case fragment == "main":
		err = s.Fragment(w, "closed", "late", page)
	default:
		err = s.Show(w, http.StatusOK, "closed", page)
	}
	if err != nil {
		s.Log.Error("fault", "err", err)
	}
	return true
}
