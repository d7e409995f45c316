package shelf

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// newAssumptionPage registers an assumption: by itself, as what a procedure or a plan
// rests on, or as what a closed review showed to be broken.
type newAssumptionPage struct {
	inManual
	Form  *frame.Form
	About about
	Known []practice.NamedAssumption // that could be meant
}

// about is what a form for an assumption came from.
type about struct {
	On      string // the page of what rests on it
	Title   string // and what that is called
	Steps   bool   // it has steps
	Failure string // the number of one with a closed review
	Gap     string // of it
	Said    string // and its words
	Limit   string // the number of a known limit
}

func (s *Pages) showNewAssumption(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	q := r.URL.Query()
	return s.newAssumption(asker{w, r, f, actor, ""}, about{On: q.Get("on"), Failure: q.Get("f"), Gap: q.Get("gap")}, nil)
}

func (s *Pages) newAssumption(a asker, from about, form *frame.Form) error {
	page := newAssumptionPage{Form: form, About: from}
	var err error
	if page.inManual, err = s.inManual(a.r, a.f, a.actor); err != nil {
		return err
	}
	a.f.Title = a.f.Say("assumption.new")
	if err := s.readAbout(a, &page.About); err != nil {
		return err
	}
	if from.Limit == "" {
		all, err := s.App.HeldAssumptions(a.r.Context(), a.actor)
		if err != nil {
			return err
		}
		page.Known = slices.DeleteFunc(all, func(one practice.NamedAssumption) bool { return from.Gap != "" && !a.actor.In(one.Team) })
	}
	return s.Show(a.w, form.Status(), "newassumption", page)
}

// readAbout reads what the form came from, as far as the reader may.
func (s *Pages) readAbout(a asker, from *about) error {
	ctx := a.r.Context()
	if from.Gap != "" {
		record, err := s.App.Record(ctx, a.actor, frame.Number(from.Failure))
		if err != nil {
			return err
		}
		i := slices.IndexFunc(record.Gaps, func(l app.Learned) bool { return string(l.Gap.ID) == from.Gap })
		if i < 0 {
			return practice.ErrNotFound
		}
		a.f.Title, from.Said = a.f.Say("assumption.new.gap"), a.f.Say("frame.number", "n", record.Failure.Number)
		if name := record.Gaps[i].Gap.Name(); name != "" {
			from.Said = a.f.Say("assumption.new.gap.lede", "failure", from.Said, "gap", name)
		}
	}
	switch on := restsAt(from.On); {
	case on.Procedure != "":
		m, err := s.App.Procedure(ctx, a.actor, on.Procedure)
		if err == nil && !m.Mine {
			err = practice.Refuse(practice.Forbidden, "procedure.others")
		}
		if err != nil {
			return err
		}
		from.Title, from.Steps = m.Procedure.Title, len(m.Steps) > 0
	case on.Plan != 0:
		p, err := s.App.Plan(ctx, a.actor, on.Plan)
		if err != nil {
			return err
		}
		from.Title = p.Intent.Title
	}
	if from.Title != "" {
		a.f.Title = a.f.Say("assumption.new.rests", "title", from.Title)
	}
	return nil
}

// registerAssumption keeps a new one, or says something of one that is registered.
func (s *Pages) registerAssumption(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"text": practice.MaxLine, "how": practice.MaxLine, "known": 20, "on": 200, "step": 40, "f": 9, "gap": 64, "limit": 9})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	if !form.Marked() {
		a, err := s.assume(r, f, actor, form)
		if err == nil {
			to := practice.AssumptionPath(a.Number)
			if a.Already {
				to += "?already=yes"
			}
			frame.Redirect(w, r, to)
			return nil
		}
		leadToKnown(f, err)
		if !form.Mark(frame.Beside(err, "known")) {
			return err
		}
	}
	from := about{On: form.Typed("on"), Failure: form.Typed("f"), Gap: form.Typed("gap"), Limit: form.Typed("limit")}
	return s.newAssumption(asker{w, r, f, actor, ""}, from, form)
}

// leadToKnown leads to the assumption that is registered already.
func leadToKnown(f *frame.Frame, err error) {
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "assumption.known" {
		n, _ := refusal.Args["n"].(int)
		f.Lead("see", practice.AssumptionPath(n))
	}
}

// assume does what the form asks for. Which one is meant has its version, so that nobody
// breaks what somebody else has just replaced.
func (s *Pages) assume(r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) (app.Assumed, error) {
	on, gap := restsOn(form), practice.GapID(form.Typed("gap"))
	number, version, known := strings.Cut(form.Typed("known"), ".")
	n := frame.Number(number)
	switch {
	case known && gap != "":
		return s.App.TestAssumption(r.Context(), actor, n, app.AssumptionTested{State: practice.AssumptionBroken, How: form.Typed("how"), Gap: gap,
			Version: frame.Number(version)})
	case known:
		return s.App.RestOn(r.Context(), actor, n, on)
	}
	return s.App.RegisterAssumption(r.Context(), actor, app.NewAssumption{Team: f.Place.Team.ID, Text: form.Typed("text"), How: form.Typed("how"),
		Limit: max(frame.Number(form.Typed("limit")), 0), Broke: gap, Rests: on})
}

// Which is a select of those that are registered.
func (p newAssumptionPage) Which() frame.Pick {
	c := frame.Pick{Name: "known", Label: p.Say("assumption.known"), Nobody: p.Say("assumption.known.nothing"), Wrong: p.Form.At("known")}
	for _, a := range p.Known {
		v := strconv.Itoa(a.Number) + "." + strconv.Itoa(a.Version)
		c.Options = append(c.Options, frame.Option{Value: v, Text: a.Text, On: p.Form.Typed("known") == v})
	}
	return c
}

// How is how it is known.
func (p newAssumptionPage) How() frame.Field {
	key := "assumption.how.first"
	if p.About.Gap != "" {
		key = "assumption.how.broke"
	}
	return p.Field(p.Form, "how", key, "").Limited(practice.MaxLine)
}

// OfLimit is what is registered of a limit by the reader's team; nil where nothing is.
func (p constraintPage) OfLimit() *app.Assumed {
	for i := range p.Registered {
		if p.Registered[i].Mine {
			return &p.Registered[i]
		}
	}
	return nil
}
