package people

import (
	"net/http"
	"slices"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) turnRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/conveners/{team}", Handler: s.Member(s.showTurns)},
		{Pattern: "POST /team/conveners/{team}", Handler: s.Member(s.saveTurns)},
	}
}

// turnsPage is who of a team convenes when.
type turnsPage struct {
	inTeam
	Form *frame.Form
	Team practice.Team
	Rota app.Rota
}

// turn is one line of the list.
type turn struct {
	practice.Member
	Number      int
	Last        bool
	Now, Absent bool // it is their week; they are skipped this week
}

// Lines are those on the list, in its order.
func (p turnsPage) Lines() []turn {
	var all []turn
	for i, t := range p.Rota.Turns {
		at := slices.IndexFunc(p.Rota.People, func(m practice.Member) bool { return m.ID == t.Member })
		all = append(all, turn{p.Rota.People[at], i + 1, i == len(p.Rota.Turns)-1, t.Member == p.Rota.Up, slices.Contains(p.Rota.Away, t.Member)})
	}
	return all
}

// Others are those of the team who are not on the list.
func (p turnsPage) Others() []practice.Member {
	return slices.DeleteFunc(slices.Clone(p.Rota.People), func(m practice.Member) bool { return p.Rota.Turns.Place(m.ID) >= 0 })
}

func (s *Pages) showTurns(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.turnsForm(w, r, f, actor, nil)
}

func (s *Pages) turnsForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	id := practice.TeamID(r.PathValue("team"))
	rota, err := s.App.Rota(r.Context(), actor, id)
	if err != nil {
		return err
	}
	t, err := s.App.Team(r.Context(), actor, id)
	if err != nil {
		return err
	}
	f.Title = f.Say("turns.title")
	return s.Show(w, form.Status(), "turns", turnsPage{inTeam: inTeam{f}, Form: form, Team: t, Rota: rota})
}

// saveTurns does what one button of the page says.
func (s *Pages) saveTurns(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"add": 64, "off": 64, "up": 64, "down": 64, "skip": 64, "back": 64})
	if err != nil {
		return err
	}
	id := practice.TeamID(r.PathValue("team"))
	if who := form.Typed("skip") + form.Typed("back"); who != "" {
		_, err = s.App.SkipWeek(r.Context(), actor, id, practice.MemberID(who), form.Typed("skip") != "")
	} else {
		var rota app.Rota
		if rota, err = s.App.Rota(r.Context(), actor, id); err == nil {
			_, err = s.App.SaveRota(r.Context(), actor, id, reordered(rota.Turns.Members(), form))
		}
	}
	if no := frame.Refused(err); no != nil && no.Field == "members" && form.Mark(no.At("add")) {
		return s.turnsForm(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/conveners/"+string(id))
	return nil
}

// reordered is the list as a button of the form leaves it.
func reordered(all []practice.MemberID, form *frame.Form) []practice.MemberID {
	if add := form.Typed("add"); add != "" {
		return append(all, practice.MemberID(add))
	}
	if i := slices.Index(all, practice.MemberID(form.Typed("off"))); i >= 0 {
		return slices.Delete(all, i, i+1)
	}
	if i := slices.Index(all, practice.MemberID(form.Typed("up"))); i > 0 {
		all[i-1], all[i] = all[i], all[i-1]
	}
	if i := slices.Index(all, practice.MemberID(form.Typed("down"))); i >= 0 && i < len(all)-1 {
		all[i], all[i+1] = all[i+1], all[i]
	}
	return all
}
