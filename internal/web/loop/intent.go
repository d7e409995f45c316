package loop

import (
	"net/http"
	"slices"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Plans is the plan that a report says it belongs to, on its way from the page of
// that plan.
func (p reportPage) Plans() frame.Choices {
	c := p.Choices(p.Form, "plan", "report.plan", frame.Option{Value: string(p.Plan.ID), Text: p.Say("report.plan.is", "title", p.Plan.Intent.Title),
		Small: p.Say("report.plan.small"), On: true})
	c.Many, c.Hidden = true, true
	return c
}

// planOf reads which plan a report is to belong to: by the number in the address,
// or by what was sent before.
func (s *Pages) planOf(r *http.Request, actor practice.Actor, form *frame.Form) (practice.Plan, error) {
	all, err := s.App.Plans(r.Context(), actor)
	i := slices.IndexFunc(all, func(p practice.Plan) bool {
		return p.Frozen() && (string(p.ID) == form.Typed("of") || strconv.Itoa(p.Number) == r.URL.Query().Get("plan"))
	})
	if i < 0 {
		return practice.Plan{}, err
	}
	return all[i], err
}

// readPlans reads to which plan a failure belongs, and to which it could.
func (s *Pages) readPlans(r *http.Request, actor practice.Actor, p *failurePage) error {
	var err error
	if p.Cause, err = s.App.CauseOf(r.Context(), actor, p.Failure); err != nil {
		return err
	}
	if p.Plan, err = s.App.PlanOf(r.Context(), actor, p.Failure); err != nil || !p.InHand() || practice.Begun(p.reviews()) {
		return err
	}
	all, err := s.App.Plans(r.Context(), actor)
	for _, one := range all {
		if one.Team == p.Failure.Team && one.Precedes(p.Failure.RecognisedAt) == nil {
			p.Plans = append(p.Plans, one)
		}
	}
	return err
}

// Fired says which condition of a plan made the failure, and when; nothing where
// none did.
func (p failurePage) Fired() string {
	c := p.Cause
	if c.Failure == "" {
		return ""
	}
	key, says := "failure.stopped", c.Plan.Intent.Stop
	if c.Signal != practice.StopSignal {
		key, says = "failure.fired", c.Plan.Intent.Signals[c.Signal-1].What
	}
	return p.Say(key, "n", c.Count, "says", says, "first", c.FirstAt, "last", c.LastAt)
}

// setPlan says to which plan a failure belongs.
func (s *Pages) setPlan(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"plan": 64})
	if err != nil {
		return err
	}
	_, err = s.App.SetPlan(r.Context(), actor, failure.ID, practice.PlanID(form.Typed("plan")))
	switch {
	case form.Mark(err):
		return s.failureForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, practice.FailurePath(failure.Number))
	return nil
}

// Meant says of question one whether it was agreed from memory, or from what was
// frozen before.
func (p recordPage) Meant(n int) string {
	switch {
	case n != 1:
		return ""
	case p.R.Plan.Frozen():
		return p.Say("intent.frozen", "at", p.R.Plan.FrozenAt)
	case p.Text("intended").Recalled:
		return p.Say("intent.memory")
	}
	return ""
}

// Frozen is what was intended, as its plan has it.
func (p recordPage) Frozen() frame.Frozen {
	f := frame.Frozen{Frame: p.Frame, P: p.R.Plan}
	if !p.Guest {
		f.To = practice.PlanPath(p.R.Plan.Number)
	}
	return f
}

// CameTrue are the reasons that people supposed before the work and that the room
// says came true.
func (p recordPage) CameTrue() []string {
	var all []string
	for _, n := range p.R.Review.CameTrue.Places() {
		if n < len(p.R.Plan.Reasons) {
			all = append(all, p.R.Plan.Reasons[n])
		}
	}
	return all
}
