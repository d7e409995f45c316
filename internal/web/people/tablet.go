package people

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// tabletRoutes is where people make a device one that their team shares, on that
// device, and name and end it.
func (s *Pages) tabletRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/tablet/{team}", Handler: s.Member(s.showMakeTablet)},
		{Pattern: "POST /team/tablet/{team}", Handler: s.Member(s.makeTablet)},
		{Pattern: "GET /team/tablets/{tablet}", Handler: s.Member(s.showTablet)},
		{Pattern: "POST /team/tablets/{tablet}", Handler: s.Member(s.nameTablet)},
		{Pattern: "POST /team/tablets/{tablet}/end", Handler: s.Member(s.endTablet)},
	}
}

// makeTabletPage says what it means to make this device a shared one.
type makeTabletPage struct {
	*frame.Frame
	Form    *frame.Form
	Team    practice.Team
	Seconds int // a name stays picked
}

func (s *Pages) showMakeTablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.makeTabletForm(w, r, f, actor, nil)
}

func (s *Pages) makeTabletForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	team := practice.TeamID(r.PathValue("team"))
	if _, err := s.Auth.Tablets(r.Context(), actor, team); err != nil {
		return err
	}
	t, err := s.App.Team(r.Context(), actor, team)
	if err != nil {
		return err
	}
	f.Title = f.Say("tablet.make")
	w.Header().Set("Cache-Control", "no-store") // whoever goes back from the names is at the names
	return s.Show(w, form.Status(), "maketablet", makeTabletPage{Frame: f, Form: form, Team: t, Seconds: int(s.TabletIdle().Seconds())})
}

func (s *Pages) makeTablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName})
	if err != nil {
		return err
	}
	var secret string
	if !form.Marked() {
		secret, err = s.Auth.MakeTablet(r, actor, practice.TeamID(r.PathValue("team")), form.Typed("name"))
	}
	if form.Mark(err) || form.Marked() {
		return s.makeTabletForm(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	if err := s.leaveOwnSeats(w, r, actor); err != nil {
		return err
	}
	for _, c := range s.Auth.TabletCookies(secret) {
		http.SetCookie(w, c)
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // its pages, drafts, what waits for a signal, and what sends it
	frame.Redirect(w, r, frame.TabletHome)
	return nil
}

// leaveOwnSeats takes back the seats that whoever makes a tablet may have had in this
// browser, as long as one keeps them.
func (s *Pages) leaveOwnSeats(w http.ResponseWriter, r *http.Request, actor practice.Actor) error {
	reviews, err := s.App.Reviews(r.Context(), actor)
	for _, review := range reviews {
		if review.MeetAt.After(s.Now().AddDate(0, -1, 0)) {
			s.LeaveSeat(w, r, review.ID)
		}
	}
	return err
}

// tabletPage is one tablet, to name and end.
type tabletPage struct {
	*frame.Frame
	Form *frame.Form
	One  practice.Tablet
}

func (s *Pages) showTablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.tablet(w, r, f, actor, nil)
}

func (s *Pages) tablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	t, err := s.Auth.Tablet(r.Context(), actor, practice.TabletID(r.PathValue("tablet")))
	if err != nil {
		return err
	}
	f.Title = t.Label
	return s.Show(w, form.Status(), "onetablet", tabletPage{Frame: f, Form: form, One: t})
}

func (s *Pages) nameTablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName})
	if err != nil {
		return err
	}
	id := practice.TabletID(r.PathValue("tablet"))
	t, err := s.Auth.Tablet(r.Context(), actor, id)
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.Auth.NameTablet(r.Context(), actor, id, form.Typed("name"))
	}
	if form.Mark(err) || form.Marked() {
		return s.tablet(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, peopleOf(t))
	return nil
}

func (s *Pages) endTablet(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	t, err := s.Auth.Tablet(r.Context(), actor, practice.TabletID(r.PathValue("tablet")))
	if err != nil {
		return err
	}
	if err := s.Auth.EndTablet(r.Context(), actor, t.ID); err != nil {
		return err
	}
	frame.Redirect(w, r, peopleOf(t))
	return nil
}

// peopleOf is where a tablet stands in a list.
func peopleOf(t practice.Tablet) string { return "/team/people?team=" + string(t.Team) + "#tablets" }

// sharedDevice is one line of the tablets of a team.
type sharedDevice struct {
	practice.Tablet
	Mine bool // the reader may name and end it
}

func (s *Pages) sharedDevices(r *http.Request, actor practice.Actor, team practice.TeamID) (all []sharedDevice, may bool, err error) {
	tablets, err := s.Auth.Tablets(r.Context(), actor, team)
	if practice.KindOf(err) == practice.NotFound {
		return nil, false, nil
	}
	for _, t := range tablets {
		all = append(all, sharedDevice{t, actor.MayEndTablet(t)})
	}
	return all, true, err
}
