package people

import (
	"net/http"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// leavingRoutes is letting somebody go, or out of one team: one question, and for
// whoever left a way back for a day.
func (s *Pages) leavingRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/people/{member}/left", Handler: s.Member(s.showLeaving)},
		{Pattern: "POST /team/people/{member}/left", Handler: s.Member(s.letGo)},
		{Pattern: "POST /team/people/{member}/back", Handler: s.Member(s.bringBack)},
	}
}

// leavingPage asks to whom each thing goes that somebody holds.
type leavingPage struct {
	*frame.Frame
	Form   *frame.Form
	Person person
	Team   practice.Team // the one they are taken out of; without an id, all there is
	Takers []taker
}

// taker is the choice for one thing.
type taker struct {
	Name, Label, To, Wrong string
	Empty                  string // what nobody means: open again, or that somebody has to be chosen
	Options                []frame.Option
}

func (s *Pages) showLeaving(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.leaving(w, r, f, actor, nil)
}

func (s *Pages) leaving(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	m, t, held, err := s.whoLeaves(r, actor)
	if err != nil {
		return err
	}
	members, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	page := leavingPage{Frame: f, Form: form, Person: person{Member: m, Initial: f.Initials(m.Name)}, Team: t}
	for _, h := range held {
		page.Takers = append(page.Takers, page.taker(h, members))
	}
	f.Title = f.Say("leaving.title", "name", m.Name)
	if t.ID != "" {
		f.Title = f.Say("leaving.team", "name", m.Name, "team", t.Name)
	}
	return s.Show(w, form.Status(), "leaving", page)
}

// whoLeaves is who leaves what, and what they hold that has to go to somebody.
func (s *Pages) whoLeaves(r *http.Request, actor practice.Actor) (m practice.Member, t practice.Team, held []practice.Holding, err error) {
	if !actor.Steward {
		return m, t, nil, practice.ErrNotFound
	}
	if m, err = s.App.Member(r.Context(), actor, practice.MemberID(r.PathValue("member"))); err != nil {
		return m, t, nil, err
	}
	team := practice.TeamID(r.URL.Query().Get("team"))
	if team == "" {
		held, err = s.App.Holdings(r.Context(), actor, m.ID)
		return m, t, held, err
	}
	if !slices.Contains(m.Teams, team) {
		return m, t, nil, practice.ErrNotFound
	}
	if t, err = s.App.Team(r.Context(), actor, team); err != nil {
		return m, t, nil, err
	}
	held, err = s.App.HoldingsIn(r.Context(), actor, m.ID, team)
	return m, t, held, err
}

// taker offers those who may take one thing.
func (p leavingPage) taker(h practice.Holding, members []practice.Member) taker {
	t := taker{Name: takerField(h), Label: p.Say("people.holds."+h.Kind, "title", h.Title), To: h.To, Empty: p.Say("leaving.open")}
	if h.Kind == practice.HoldsReview {
		t.Empty = p.Say("leaving.choose")
	}
	anybody := h.Kind == practice.HoldsProcedure || h.Kind == practice.HoldsSignOff
	for _, m := range members {
		if m.Active && m.ID != p.Person.ID && (anybody || slices.Contains(m.Teams, h.Team)) {
			t.Options = append(t.Options, frame.Option{Value: string(m.ID), Text: m.Name, On: p.Form.Typed(t.Name) == string(m.ID)})
		}
	}
	t.Wrong = p.Form.At(t.Name)
	return t
}

// takerField is what the choice for one thing is called.
func takerField(h practice.Holding) string { return "to-" + h.Kind + "-" + h.ID }

func (s *Pages) letGo(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	m, t, held, err := s.whoLeaves(r, actor)
	if err != nil {
		return err
	}
	fields := frame.Fields{}
	for _, h := range held {
		fields[takerField(h)] = 40
	}
	form, err := frame.ReadForm(r, f, fields)
	if err != nil {
		return err
	}
	var handover []practice.Handover
	for _, h := range held {
		o := practice.Handover{Kind: h.Kind, ID: h.ID, To: practice.MemberID(form.Typed(takerField(h)))}
		form.Mark(renamed(o.Check(), "to", takerField(h)))
		handover = append(handover, o)
	}
	if form.Marked() {
		return s.leaving(w, r, f, actor, form)
	}
	if t.ID == "" {
		err = s.App.LetGo(r.Context(), actor, m.ID, handover)
	} else {
		err = s.App.LeaveTeam(r.Context(), actor, m.ID, t.ID, handover)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/people/"+string(m.ID))
	return nil
}

func (s *Pages) bringBack(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	id := r.PathValue("member")
	if err := s.App.BringBack(r.Context(), actor, practice.MemberID(id)); err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/people/"+id)
	return nil
}
