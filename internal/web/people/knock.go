package people

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// knockRoutes is where people of a team let others in: the code they hand out,
// and their yes.
func (s *Pages) knockRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/code/{team}", Handler: s.Member(s.showCode)},
		{Pattern: "POST /team/code/{team}", Handler: s.Member(s.renewCode)},
		{Pattern: "GET /team/knocks", Handler: s.Member(s.showKnocks)},
		{Pattern: "GET /team/news", Handler: s.Member(s.tellKnocks)},
		{Pattern: "POST /team/knocks/{knock}/yes", Handler: s.Member(s.sayYes)},
		{Pattern: "POST /team/knocks/{knock}/no", Handler: s.Member(s.sayNo)},
	}
}

// code is what a team hands out, as its pages show it.
type code struct {
	practice.TeamCode
	Link string // whole
	Over bool
}

// OnlyHere reports whether the link leads nowhere but to this computer.
func (c code) OnlyHere() bool {
	u, err := url.Parse(c.Link)
	return err == nil && practice.ThisMachine(u.Hostname())
}

// Bare is the link without how it is reached, to read and type.
func (c code) Bare() string {
	_, bare, _ := strings.Cut(c.Link, "://")
	return bare
}

func (s *Pages) codeOf(r *http.Request, actor practice.Actor, team practice.TeamID) (*code, error) {
	c, err := s.Auth.TeamCode(r.Context(), actor, team)
	if practice.KindOf(err) == practice.NotFound {
		return nil, nil
	}
	return &code{c, s.Origin(r) + c.Path(), !s.Now().Before(c.EndsAt)}, err
}

// codePage is the code of a team, to print and hand out.
type codePage struct {
	*frame.Frame
	Team practice.Team
	Code code
	Join string // where the words are typed
}

func (s *Pages) showCode(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	t, err := s.App.Team(r.Context(), actor, practice.TeamID(r.PathValue("team")))
	if err != nil {
		return err
	}
	c, err := s.codeOf(r, actor, t.ID)
	switch {
	case err != nil:
		return err
	case c == nil:
		return practice.ErrNotFound
	}
	f.Title = f.Say("code.title")
	w.Header().Set("Cache-Control", "no-store")
	_, join, _ := strings.Cut(s.Origin(r)+"/join", "://")
	return s.Show(w, http.StatusOK, "code", codePage{Frame: f, Team: t, Code: *c, Join: join})
}

func (s *Pages) renewCode(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	team := r.PathValue("team")
	if _, err := s.Auth.RenewTeamCode(r.Context(), actor, practice.TeamID(team)); err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/code/"+team)
	return nil
}

// showKnocks answers with who waits at the door, while the page is open.
func (s *Pages) showKnocks(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page := peoplePage{inTeam: inTeam{f}, Me: actor.Member}
	var err error
	if page.Knocks, err = s.App.Knocks(r.Context(), actor); err != nil {
		return err
	}
	return s.Fragment(w, "people", "knocks", page)
}

// tellKnocks streams that somebody knocked, or was answered.
func (s *Pages) tellKnocks(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.Tell(w, r, frame.Topic{Name: string(f.Place.Team.ID), Reader: string(actor.Member),
		Allowed: s.StillIn(r, f.Place.Team.ID),
		Fragments: func(e practice.Event) string {
			if strings.HasPrefix(e.Kind, "knock.") {
				return "knocks"
			}
			return ""
		}})
}

func (s *Pages) sayYes(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	err := s.answer(r, f, s.App.LetIn, actor)
	if err == nil {
		frame.Redirect(w, r, "/team/people?in")
	}
	return err
}

func (s *Pages) sayNo(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	err := s.answer(r, f, s.App.TurnAway, actor)
	if err == nil {
		frame.Redirect(w, r, "/team/people?away")
	}
	return err
}

func (s *Pages) answer(r *http.Request, f *frame.Frame, say func(context.Context, practice.Actor, practice.KnockID) error, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	return say(r.Context(), actor, practice.KnockID(r.PathValue("knock")))
}

// Standing says what the team knows of whoever knocks, and what a yes opens;
// nothing where nobody has that name.
func (p peoplePage) Standing(k app.Knocking) string {
	switch {
	case k.Known.ID == "":
		return ""
	case k.Member != "":
		return p.Say("knock.second", "name", k.Known.Name)
	case !k.May:
		return p.Say("knock.known", "name", k.Known.Name)
	case k.Known.ID == p.Me:
		return p.Say("knock.own")
	case p.Steward && (k.Known.Steward || !k.Known.Active || k.ComesIn):
		return p.Say("knock.steward", "name", k.Known.Name)
	}
	return p.Say("knock.list", "name", k.Known.Name)
}
