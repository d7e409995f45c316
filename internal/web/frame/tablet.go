package frame

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"debrief/internal/practice"
)

// TabletHome is where a tablet that a team shares shows the names.
const TabletHome = "/tablet"

// FromTablet stands in a form or an address that leads from a tablet to where
// nobody asks who comes: those pages go back to the names, too.
const FromTablet = "tablet"

// Tablet is what a page knows of the tablet it is shown on: after how long it goes
// back to the names, and where those are.
type Tablet struct {
	Idle time.Duration
	Home string
}

// Refresh is how a browser without scripts is told.
func (t Tablet) Refresh() string { return fmt.Sprintf("%d;url=%s", int(t.Idle.Seconds()), t.Home) }

// OnTablet makes the page one of a tablet. What it keeps, it keeps until it goes
// back: nothing is written on the device.
func (s *Kit) OnTablet(f *Frame, idle time.Duration) { f.Tablet = &Tablet{idle, s.Base + TabletHome} }

// TabletIdle is how long a page of a tablet stays where nobody touches it.
func (s *Kit) TabletIdle() time.Duration {
	if s.Auth == nil {
		return practice.TabletIdle
	}
	return s.Auth.TabletIdle()
}

// AtTablet is for pages of a tablet that a team shares, in the name that is picked
// there; an actor without a member is the tablet alone. No browser keeps them.
func (s *Kit) AtTablet(h MemberHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w = packing(w, r)
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, FormLimit)
		actor, f, err := s.tablet(r)
		if err == nil {
			err = h(w, r, f, actor)
		}
		if err != nil {
			s.Fail(w, r, f, err)
		}
	})
}

// Picked is [Kit.AtTablet] for what is looked at under a name. Where none is picked,
// or it was left alone for too long, it leads back to the names.
func (s *Kit) Picked(h MemberHandler) http.Handler {
	return s.AtTablet(func(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
		if actor.Member == "" {
			Redirect(w, r, TabletHome)
			return nil
		}
		s.Pick(w, f, actor.Member)
		return h(w, r, f, actor)
	})
}

// Pick keeps which name is picked at a tablet, from now on, and says on the page
// when it goes back; nobody's takes the name back.
func (s *Kit) Pick(w http.ResponseWriter, f *Frame, m practice.MemberID) {
	http.SetCookie(w, s.Auth.Pick(m))
	if m != "" {
		s.OnTablet(f, s.TabletIdle())
	}
}

// As is the tablet that sends a form, in the name that the form says, which proves
// as little as the tap before. A name that is not of the team is not there.
func (s *Kit) As(r *http.Request, form *Form) (practice.Actor, error) {
	name := practice.MemberID(form.Typed("name"))
	if name == "" {
		return practice.Actor{}, practice.ErrNotFound
	}
	return s.Auth.AtTablet(r, name)
}

func (s *Kit) tablet(r *http.Request) (practice.Actor, *Frame, error) {
	if s.Auth == nil {
		return practice.Actor{}, s.Strange(r), practice.ErrNoTablet
	}
	actor, err := s.Auth.AtTablet(r, s.Auth.Picked(r))
	if errors.Is(err, practice.ErrNotFound) { // who was picked has left the team meanwhile
		actor, err = s.Auth.AtTablet(r, "")
	}
	if err != nil {
		return actor, s.Strange(r), err
	}
	at, err := s.App.Place(r.Context(), actor)
	f := s.Begin(r, Place{Organisation: at.Organisation.Name, Team: at.Team, Zone: at.Organisation.Location()})
	f.Plain = true // with the one script of tablets, which keeps nothing
	return actor, f, err
}

// What a browser keeps of a place in a room, under the address of the room, so that
// no other page of ours ever sees it: the key of the seat, and its words, which open
// no more than that does.
const (
	SeatCookie  = "seat"
	WordsCookie = "words"
)

// A tablet also keeps, beside the seat, that it is one, and with the names, in which
// room it sat: whoever looks at the names leaves it. atTablet is how long at most.
const (
	besideSeat = "tablet"
	satCookie  = "sat"
	atTablet   = 3 * time.Hour
)

// SitAtTablet makes the seat that was just drawn one at a tablet, and returns how
// long the browser keeps it.
func (s *Kit) SitAtTablet(w http.ResponseWriter, r *http.Request, review practice.ReviewID) time.Duration {
	s.KeepCookie(w, r, http.Cookie{Name: besideSeat, Value: "yes", Path: practice.SeatPath(review)}, atTablet)
	s.KeepCookie(w, r, http.Cookie{Name: satCookie, Value: string(review), Path: TabletHome}, atTablet)
	return atTablet
}

// SitsAtTablet reports whether a page of a seat is on a tablet: one sat down there, or
// is about to.
func SitsAtTablet(r *http.Request) bool {
	_, err := r.Cookie(besideSeat)
	return err == nil || r.URL.Query().Get("from") == FromTablet
}

// LeaveSeats takes the seat back that somebody had at this tablet. Its three words
// open it again.
func (s *Kit) LeaveSeats(w http.ResponseWriter, r *http.Request) {
	sat, err := r.Cookie(satCookie)
	if err != nil {
		return
	}
	s.LeaveSeat(w, r, practice.ReviewID(sat.Value))
	s.KeepCookie(w, r, http.Cookie{Name: satCookie, Path: TabletHome}, -time.Second)
}

// LeaveSeat takes back what this browser keeps of a place in a room.
func (s *Kit) LeaveSeat(w http.ResponseWriter, r *http.Request, review practice.ReviewID) {
	for _, name := range []string{SeatCookie, WordsCookie, besideSeat} {
		s.KeepCookie(w, r, http.Cookie{Name: name, Path: practice.SeatPath(review)}, -time.Second)
	}
}

// KeepCookie has a browser keep something for the pages below an address, out of
// reach of scripts; a life below zero takes it back.
func (s *Kit) KeepCookie(w http.ResponseWriter, r *http.Request, c http.Cookie, life time.Duration) {
	c.MaxAge, c.HttpOnly, c.SameSite = int(life/time.Second), true, http.SameSiteLaxMode
	c.Secure = r.TLS != nil || strings.HasPrefix(s.Base, "https://")
	http.SetCookie(w, &c)
}

// wayIn is where whoever is not let in goes: to the door, which brings them back, or
// on a tablet to the names.
func (s *Kit) wayIn(r *http.Request) string {
	if s.Auth != nil && s.Auth.IsTablet(r) {
		return TabletHome
	}
	return "/in?next=" + url.QueryEscape(r.URL.RequestURI())
}
