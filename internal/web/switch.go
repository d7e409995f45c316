package web

import (
	"net/http"
	"slices"
	"strings"

	"debrief/internal/practice"
)

// teamCookie remembers on a device which of their teams a person is with. It
// opens nothing: a team they are not in is not looked at.
const teamCookie = "team"

// withTeam puts the team a person chose on this device first, so that pages use
// its words and reports go to it.
func withTeam(r *http.Request, actor practice.Actor) practice.Actor {
	cookie, err := r.Cookie(teamCookie)
	if err != nil || !actor.In(practice.TeamID(cookie.Value)) {
		return actor
	}
	chosen := practice.TeamID(cookie.Value)
	rest := slices.DeleteFunc(slices.Clone(actor.Teams), func(t practice.TeamID) bool { return t == chosen })
	actor.Teams = append([]practice.TeamID{chosen}, rest...)
	return actor
}

// teamsOf are the actor's teams, where there are several to switch between.
func (s *Web) teamsOf(r *http.Request, actor practice.Actor) ([]practice.Team, error) {
	if len(actor.Teams) < 2 {
		return nil, nil
	}
	teams, err := s.App.Teams(r.Context(), actor)
	return slices.DeleteFunc(teams, func(t practice.Team) bool { return !actor.In(t.ID) }), err
}

// switchTeam goes over to another of one's teams.
func (s *Web) switchTeam(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := readForm(r, f, fields{"team": 40})
	if err != nil {
		return err
	}
	id := practice.TeamID(form.Typed("team"))
	if !actor.In(id) {
		return practice.ErrNotFound
	}
	http.SetCookie(w, &http.Cookie{Name: teamCookie, Value: string(id), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true,
		Secure: r.TLS != nil || strings.HasPrefix(s.Base, "https://"), SameSite: http.SameSiteLaxMode})
	redirect(w, r, "/")
	return nil
}

// Switch is part/switch: the reader's teams, the one they are with first.
type Switch struct {
	Label, Here string
	Key         string
	Others      []Option
}

// Switch offers the reader's other teams; nothing where there is one.
func (f *Frame) Switch() *Switch {
	if len(f.place.Teams) < 2 {
		return nil
	}
	s := &Switch{Label: f.Say("nav.teams"), Here: f.Team, Key: f.Once()}
	for _, t := range f.place.Teams {
		if t.ID != f.place.Team.ID {
			s.Others = append(s.Others, Option{Value: string(t.ID), Text: t.Name})
		}
	}
	return s
}
