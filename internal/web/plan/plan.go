package plan

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// plansPage lists the plans of the reader's teams, and begins one.
type plansPage struct {
	*frame.Frame
	Form *frame.Form
	All  []practice.Plan
	Like int // the number of the plan that is done again
}

func (s *Pages) showPlans(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.plansForm(w, r, f, actor, nil)
}

func (s *Pages) plansForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	all, err := s.App.Plans(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("plan.list")
	like := frame.Number(r.URL.Query().Get("like"))
	if form != nil {
		like = frame.Number(form.Typed("like"))
	}
	return s.Show(w, form.Status(), "plans", plansPage{Frame: f, Form: form, All: all, Like: like})
}

// begin begins a draft, for the team the reader is in just now.
func (s *Pages) begin(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"title": practice.MaxLine, "like": 9})
	if err != nil {
		return err
	}
	if !form.Marked() {
		actor.Once = form.Key
		n := app.NewPlan{Team: f.Place.Team.ID, Title: form.Typed("title"), Like: max(frame.Number(form.Typed("like")), 0)}
		if n.Like > 0 {
			n.Team = "" // that of the plan that is done again
		}
		p, err := s.App.BeginPlan(r.Context(), actor, n)
		if err == nil {
			frame.Redirect(w, r, practice.PlanPath(p.Number)+"/write")
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.plansForm(w, r, f, actor, form)
}

// Stands says how far a plan has come, and since when.
func (p plansPage) Stands(one practice.Plan) string { return stands(p.Frame, one) }

func stands(f *frame.Frame, p practice.Plan) string {
	if p.Frozen() {
		return f.Say("plan.frozen", "at", p.FrozenAt)
	}
	return f.Say("plan.draft", "day", p.BegunAt)
}

// planPage is one plan as it is read: the draft that is about to be frozen, or what
// was frozen with what was known later.
type planPage struct {
	*frame.Frame
	Form  *frame.Form
	P     practice.Plan
	To    string
	In    bool // a reason went in just now
	Known []knownLine
	Fits  fitting
	Apart []app.Apart       // what went differently
	Fired []practice.Firing // what came true, the last first
	M     practice.Monitor  // who outside may say so
	Watch []app.Watched     // what is looked at every so often
	Gone  []app.Redacted    // who took personal data out of it
	Under []frame.Under     // what it rests on
	Team  []practice.Plan   // all of its team, the newest first
}

func (s *Pages) showPlan(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.planForm(w, r, f, actor, nil)
}

func (s *Pages) planForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	f.Title = p.Intent.Title
	page := planPage{Frame: f, Form: form, P: p, To: practice.PlanPath(p.Number), In: r.URL.Query().Get("in") != ""}
	known, err := s.App.KnownTo(r.Context(), actor, p.Number)
	if err != nil {
		return err
	}
	for _, k := range known {
		page.Known = append(page.Known, lineOf(f, k, actor))
	}
	if page.Fits, err = s.fitting(r, f, actor, p, p.Intent); err != nil {
		return err
	}
	if page.Apart, err = s.App.FailuresOf(r.Context(), actor, p.Number); err != nil {
		return err
	}
	if page.Fired, err = s.App.Firings(r.Context(), actor, p.Number); err != nil {
		return err
	}
	if page.M, err = s.App.Monitor(r.Context(), actor, p.Number); err != nil {
		return err
	}
	if page.Watch, err = s.App.Watches(r.Context(), actor, p.Number); err != nil {
		return err
	}
	if page.Team, err = s.ofTeam(r, actor, p); err != nil {
		return err
	}
	under, err := s.App.Assumptions(r.Context(), actor, app.AssumptionFilter{Plan: p.Number})
	if err != nil {
		return err
	}
	page.Under = f.Unders(under, func(u app.AssumedUse) bool { return u.Plan.ID == p.ID })
	if page.Gone, err = s.App.PlanRedactions(r.Context(), actor, p.Number); err != nil {
		return err
	}
	return s.Show(w, form.Status(), "plan", page)
}

// AddUnder is its address, for whoever says what it rests on.
func (p planPage) AddUnder() string { return p.To }

// planAt reads the number in the address.
func (s *Pages) planAt(r *http.Request, actor practice.Actor) (practice.Plan, error) {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return practice.Plan{}, err
	}
	return s.App.Plan(r.Context(), actor, n)
}

// act does what one of the forms of a plan asks for.
func (s *Pages) act(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10, "reason": practice.MaxAnswer, "addition": practice.MaxAnswer, "about": 40, "says": 8, "so": practice.MaxAnswer, "signal": 2, "from": 4, "like": 9})
	if err != nil {
		return err
	}
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	to, ctx := practice.PlanPath(n), r.Context()
	f.Lead("write", to+"/write")
	f.Lead("plan", to)
	if !form.Marked() {
		switch form.Typed("do") {
		case "freeze":
			_, err = s.App.FreezePlan(ctx, actor, n)
		case "open":
			_, err = s.App.OpenReasons(ctx, actor, n)
			to += "#reasons"
		case "suppose":
			err = s.App.SupposeFailed(ctx, actor, n, form.Typed("reason"))
			to += "?in=yes#reasons"
		case "add":
			_, err = s.App.AddToPlan(ctx, actor, n, form.Typed("addition"))
			to += "#added"
		case "inherit", "forget":
			to, err = to+"#known", s.say(ctx, actor, n, form)
		case "fire", "look", "watch", "unwatch":
			actor.Once = form.Key
			to, err = s.watch(ctx, actor, n, form)
		case "like":
			_, err = s.App.LikePlan(ctx, actor, n, max(frame.Number(form.Typed("like")), 0))
			to += "#series"
		case "drop":
			err = s.App.DropPlan(ctx, actor, n)
			to = "/plan"
		default:
			return frame.ErrForm
		}
	}
	switch {
	case form.Mark(err), form.Marked():
		return s.planForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, to)
	return nil
}

// Stands says how far the plan has come, and since when.
func (p planPage) Stands() string { return stands(p.Frame, p.P) }

// Lacks says what the plan could still say, while it can.
func (p planPage) Lacks() []string {
	if p.P.Frozen() {
		return nil
	}
	var all []string
	for _, l := range p.P.Intent.Lacks() {
		all = append(all, p.Say("plan.lack."+string(l))) // words:use plan.lack.*
	}
	return all
}

// Print is the beginning of the fingerprint, in groups that can be compared.
func (p planPage) Print() string {
	return p.P.Print[:4] + " " + p.P.Print[4:8] + " " + p.P.Print[8:12]
}

// Proved says in which reviews a reason came true, by its place; nothing where in
// none that the reader reads.
func (p planPage) Proved(reason int) string {
	var all []string
	for _, a := range p.Apart {
		if a.CameTrue.Has(reason) {
			all = append(all, p.Say("frame.number", "n", a.Failure.Number))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return p.Say("intent.came", "failures", all)
}
