package frame

import (
	"net/http"
	"strings"

	"debrief/internal/practice"
)

// teamCookie remembers on a device which of their teams a person is with. It
// opens nothing: a team they are not in is not looked at.
const teamCookie = "team"

// switchTeam goes over to another of one's teams.
func (s *Kit) switchTeam(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	form, err := ReadForm(r, f, Fields{"team": 40})
	if err != nil {
		return err
	}
	id := practice.TeamID(form.Typed("team"))
	if !actor.In(id) {
		return practice.ErrNotFound
	}
	http.SetCookie(w, &http.Cookie{Name: teamCookie, Value: string(id), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true,
		Secure: r.TLS != nil || strings.HasPrefix(s.Base, "https://"), SameSite: http.SameSiteLaxMode})
	Redirect(w, r, "/")
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
	if len(f.Place.Teams) < 2 {
		return nil
	}
	s := &Switch{Label: f.Say("nav.teams"), Here: f.Team, Key: f.Once()}
	for _, t := range f.Place.Teams {
		if t.ID != f.Place.Team.ID {
			s.Others = append(s.Others, Option{Value: string(t.ID), Text: t.Name})
		}
	}
	return s
}
