package shelf

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// assumptionRoutes is what a team relies on, and what rests on that.
func (s *Pages) assumptionRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /a", Handler: s.Member(s.showAssumptions)},
		{Pattern: "POST /a", Handler: s.Member(s.registerAssumption)},
		{Pattern: "GET /a/new", Handler: s.Member(s.showNewAssumption)},
		{Pattern: "GET /a/{n}", Handler: s.Member(s.showAssumption)},
		{Pattern: "POST /a/{n}", Handler: s.Member(s.actOnAssumption)},
	}
}

// assumptionsPage is every assumption, or those of one state.
type assumptionsPage struct {
	inManual
	All   []app.Assumed
	State practice.AssumptionState // empty: of all
}

func (s *Pages) showAssumptions(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page := assumptionsPage{State: practice.AssumptionState(r.URL.Query().Get("state"))}
	var err error
	if page.inManual, err = s.inManual(r, f, actor); err != nil {
		return err
	}
	if page.All, err = s.App.Assumptions(r.Context(), actor, app.AssumptionFilter{State: page.State}); err != nil {
		return err
	}
	f.Title = f.Say("assumption.title")
	return s.Show(w, http.StatusOK, "assumptions", page)
}

// Filters are the states it can be narrowed to. words:use assumption.state.*
func (p assumptionsPage) Filters() []frame.Link {
	all := []frame.Link{{Text: p.Say("assumption.filter.all"), To: "/a", Here: p.State == ""}}
	for _, state := range practice.AssumptionStates() {
		all = append(all, frame.Link{Text: p.Say("assumption.state." + string(state)), To: "/a?" + url.Values{"state": {string(state)}}.Encode(), Here: p.State == state})
	}
	return all
}

// Nothing is what stands where there is none.
func (p assumptionsPage) Nothing() frame.Empty {
	if p.State != "" {
		return frame.Empty{Title: p.Say("assumption.none.state")}
	}
	return frame.Empty{Title: p.Say("assumption.none"), Why: p.Say("assumption.none.why"), Ways: []frame.Way{{Text: p.Say("assumption.new"), To: "/a/new", Go: true}}}
}

// Line says whose it is, when it was tested and how much rests on it.
func (p inManual) Line(a app.Assumed) string {
	tested := p.Say("assumption.untested")
	if last := a.Last(); last.Place > 0 {
		tested = p.Say("assumption.tested", "day", p.Day(last.Day))
	}
	return strings.Join([]string{p.Say("assumption.number", "n", a.Number), a.Name, tested, p.Say("assumption.line", "n", len(a.Resting))}, " · ")
}

// StateOf says whether it holds. words:use assumption.state.*
func (p inManual) StateOf(a app.Assumed) string {
	return p.Say("assumption.state." + string(a.State()))
}

// Broke reports whether it holds no longer.
func (inManual) Broke(a app.Assumed) bool { return a.State() != practice.AssumptionHeld }

// assumptionPage is one of them, with what was found and what rests on it.
type assumptionPage struct {
	inManual
	A      app.Assumed
	Form   *frame.Form
	Others []practice.NamedAssumption // that hold, to be assumed instead
	Things []frame.Option             // what the reader can say rests on it
	Actor  practice.Actor

	Already bool // somebody registered it once more just now
}

func (s *Pages) showAssumption(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.assumption(w, r, f, actor, nil)
}

func (s *Pages) assumption(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	page := assumptionPage{Form: form, Actor: actor, Already: r.URL.Query().Get("already") != ""}
	if page.A, err = s.App.Assumption(r.Context(), actor, n); err != nil {
		return err
	}
	if page.inManual, err = s.inManual(r, f, actor); err != nil {
		return err
	}
	if page.Others, err = s.App.HeldAssumptions(r.Context(), actor); err != nil {
		return err
	}
	if page.Things, err = s.things(r, actor); err != nil {
		return err
	}
	f.Title = page.A.Text
	return s.Show(w, form.Status(), "assumption", page)
}

// things are the procedures and plans of which the reader may say what they rest on.
func (s *Pages) things(r *http.Request, actor practice.Actor) (all []frame.Option, err error) {
	shelf, err := s.App.Changeable(r.Context(), actor)
	if err != nil {
		return nil, err
	}
	for _, p := range shelf {
		all = append(all, frame.Option{Value: practice.ProcedurePath(p.Slug), Text: p.Title})
	}
	plans, err := s.App.Plans(r.Context(), actor)
	for _, p := range plans {
		all = append(all, frame.Option{Value: practice.PlanPath(p.Number), Text: p.Intent.Title})
	}
	return all, err
}

// restsOn reads which thing was chosen, and which step of it.
func restsOn(form *frame.Form) app.RestsOn {
	on := restsAt(form.Typed("on"))
	on.Step = form.Typed("step")
	return on
}

// restsAt is the procedure or the plan whose page has an address.
func restsAt(to string) (on app.RestsOn) {
	if slug, ok := strings.CutPrefix(to, practice.ProcedurePath("")); ok {
		on.Procedure = slug
	} else if n, ok := strings.CutPrefix(to, "/plan/"); ok {
		on.Plan = frame.Number(n)
	}
	return on
}

// actOnAssumption keeps what somebody found, or what rests on it.
func (s *Pages) actOnAssumption(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8, "version": 9, "state": 8, "how": practice.MaxLine, "next": 9, "instead": practice.MaxLine,
		"use": 40, "why": practice.MaxLine, "on": 200, "step": 40})
	if err != nil {
		return err
	}
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	ctx, to := r.Context(), practice.AssumptionPath(n)
	f.Lead("new", "/a/new")
	if !form.Marked() {
		version := frame.Number(form.Typed("version"))
		switch do := form.Typed("do"); do {
		case "test":
			_, err = s.App.TestAssumption(ctx, actor, n, app.AssumptionTested{State: practice.AssumptionState(form.Typed("state")), How: form.Typed("how"),
				Next: max(frame.Number(form.Typed("next")), 0), Instead: form.Typed("instead"), Version: version})
		case "rests":
			_, err = s.App.RestOn(ctx, actor, n, restsOn(form))
		case string(practice.UseFine), string(practice.UseNext), string(practice.UseRemove):
			_, err = s.App.LookAtUse(ctx, actor, n, app.AssumptionLook{Use: practice.AssumptionUseID(form.Typed("use")),
				Act: practice.AssumptionUseAct(do), Why: form.Typed("why"), Version: version})
		default:
			return frame.ErrForm
		}
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		leadToKnown(f, err)
		if !form.Mark(frame.Beside(err, map[string]string{"test": "how", "rests": "on"}[form.Typed("do")])) {
			return err
		}
	}
	return s.assumption(w, r, f, actor, form)
}

// States are what somebody may have found. words:use assumption.found.*
func (p assumptionPage) States() frame.Choices {
	var options []frame.Option
	for _, state := range practice.AssumptionStates() {
		options = append(options, frame.Option{Value: string(state), Text: p.Say("assumption.found." + string(state))})
	}
	return p.Choices(p.Form.For("test"), "state", "assumption.state", options...)
}

// Instead is a select of what could be assumed instead.
func (p assumptionPage) Instead() frame.Pick {
	c := frame.Pick{Name: "next", Label: p.Say("assumption.known"), Nobody: p.Say("assumption.next.nothing"), Wrong: p.Form.For("test").At("next")}
	for _, a := range p.Others {
		if a.ID != p.A.ID {
			n := strconv.Itoa(a.Number)
			c.Options = append(c.Options, frame.Option{Value: n, Text: a.Text, On: p.Form.For("test").Typed("next") == n})
		}
	}
	return c
}

// On is a select of what may rest on it.
func (p assumptionPage) On() frame.Pick {
	c := frame.Pick{Name: "on", Label: p.Say("assumption.rests.on"), Nobody: p.Say("assumption.rests.on.nothing"), Wrong: p.Form.For("rests").At("on")}
	for _, o := range p.Things {
		o.On = p.Form.For("rests").Typed("on") == o.Value
		c.Options = append(c.Options, o)
	}
	return c
}

// Facts are whose it is, who registered it, and how it is known.
func (p assumptionPage) Facts() []term {
	out := []term{{Name: p.Say("assumption.whose"), Text: p.A.Name + " · " + p.Say("assumption.registered", "name", p.A.Who, "day", p.Day(p.A.Day))}}
	last := term{Name: p.Say("assumption.last"), Text: p.Say("assumption.never")}
	if t := p.A.Last(); t.Place > 0 {
		last.Text = p.Day(t.Day)
	}
	out = append(out, last)
	if c := p.A.From; c.ID != "" {
		out = append(out, term{Name: p.Say("assumption.from"), Text: c.Text, To: practice.ConstraintPath(c.Number)})
	}
	return out
}

// Found is what was found, the last first.
func (p assumptionPage) Found() (all []frame.Found) {
	for _, t := range p.A.History {
		all = append(all, p.FoundOut(t))
	}
	return all
}

// useLine is one thing that rests on it.
type useLine struct {
	assumptionPage
	U          app.AssumedUse
	Title, To  string
	Change, Do string // where it is changed, and how that is called
	Why        frame.Field
	Instead    bool // something else is assumed instead
}

// Uses are what rests on it.
func (p assumptionPage) Uses() (all []useLine) {
	for _, u := range p.A.Resting {
		l := useLine{assumptionPage: p, U: u, Instead: p.A.Last().Next != ""}
		l.Title, l.To = p.RestsAt(u)
		l.Change, l.Do = l.To, p.Say("assumption.rests.plan.open")
		if u.Procedure.ID != "" {
			l.Change, l.Do = practice.ProcedurePath(u.Procedure.Slug)+"/change", p.Say("assumption.rests.change")
			if u.Step.ID != "" {
				l.Change += "?step=" + string(u.Step.ID)
			}
		}
		form := p.Form
		if form.Typed("use") != string(u.ID) {
			form = nil
		}
		l.Why = p.Field(form, "why", "assumption.rests.because", "").Of(string(u.ID)).Limited(practice.MaxLine).Little()
		all = append(all, l)
	}
	return all
}
