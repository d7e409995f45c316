package frame

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Place is where a page is read: whose name stands above it, whose words it
// uses, and whose clock.
type Place struct {
	Organisation string
	Support      []string // whom people can turn to where somebody was hurt or worse
	Legal        string   // in the organisation's words; may be empty
	Team         practice.Team
	Teams        []practice.Team // the reader's, where there are several to switch between
	Plans        bool            // the team has written one
	Measured     bool            // the team has closed enough reviews to look at what is measured
	Zone         *time.Location
	Language     string // of the reader; empty means English
}

// TeamOf returns one of the reader's teams; of others it knows nothing.
func (p Place) TeamOf(id practice.TeamID) practice.Team {
	for _, t := range p.Teams {
		if t.ID == id {
			return t
		}
	}
	if p.Team.ID == id {
		return p.Team
	}
	return practice.Team{}
}

// asking says on whose behalf a page is asked for, and where they are.
func (s *Kit) asking(r *http.Request) (practice.Actor, Place, error) {
	actor, _, err := s.Auth.ByCookie(r)
	if err != nil && !errors.Is(err, practice.ErrUnauthenticated) {
		return actor, Place{}, err
	}
	actor = withTeam(r, actor)
	at, failed := s.App.Place(r.Context(), actor)
	if failed != nil {
		return actor, Place{}, failed
	}
	teams, failed := s.teamsOf(r, actor)
	if failed != nil {
		return actor, Place{}, failed
	}
	return actor, Place{Organisation: at.Organisation.Name, Legal: at.Organisation.Legal, Support: at.Organisation.SupportLines(), Team: at.Team, Teams: teams, Plans: at.Plans, Measured: at.Measured, Zone: at.Organisation.Location()}, err
}

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
func (s *Kit) teamsOf(r *http.Request, actor practice.Actor) ([]practice.Team, error) {
	if len(actor.Teams) < 2 {
		return nil, nil
	}
	teams, err := s.App.Teams(r.Context(), actor)
	return slices.DeleteFunc(teams, func(t practice.Team) bool { return !actor.In(t.ID) }), err
}

// Origin is where people find us, for a link to copy.
func (s *Kit) Origin(r *http.Request) string {
	switch {
	case s.Base != "":
		return s.Base
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// homeFrom is where everybody else's pages are for whoever came to the host of
// people without a name, which has no others; empty for everybody else.
func (s *Kit) homeFrom(r *http.Request) string {
	if _, host, own := strings.Cut(s.Unnamed, "://"); own && strings.EqualFold(host, r.Host) {
		return s.Base
	}
	return ""
}

// guardFrom is where the guardian is told something by whoever reads a page: not while
// nobody has set up anything, nor where they are already.
func (s *Kit) guardFrom(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, "/setup") || strings.HasPrefix(r.URL.Path, practice.GuardianPath) {
		return ""
	}
	return s.Unnamed + practice.GuardianPath
}

// ReceiptAddress is where the words of a receipt are asked for.
func (s *Kit) ReceiptAddress() string { return s.Unnamed + "/receipt" }

// UnnamedAddress is where a team takes reports without a name. With a mark it
// shows that whoever comes belongs to the team.
func (s *Kit) UnnamedAddress(word, mark string) string {
	to := s.Unnamed + "/r/" + word
	if mark != "" {
		to += "?of=" + url.QueryEscape(mark)
	}
	return to
}
