package plan

import (
	"net/http"
	"slices"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// came says that a condition of a plan came true, and what came of that.
type came struct {
	Signal int
	Line   string
	To     string // the failure, where the reader reads it
}

// Came are all that came true of one condition, the last first.
func (p planPage) Came(signal int) []came {
	var all []came
	for _, f := range p.Fired {
		if f.Signal != signal {
			continue
		}
		c := came{Signal: signal, Line: p.Say("plan.fired", "n", f.Count, "first", f.FirstAt, "last", f.LastAt)}
		if i := slices.IndexFunc(p.Apart, func(of app.Apart) bool { return of.Failure.ID == f.Failure }); i >= 0 {
			c.To = practice.FailurePath(p.Apart[i].Failure.Number)
		}
		all = append(all, c)
	}
	return all
}

// fireForm is the button that says that a condition came true.
type fireForm struct {
	planPage
	Signal int
	What   string
}

// Fire is the button of a signal, counted from 1, or of the end of the work.
func (p planPage) Fire(signal int, what string) fireForm { return fireForm{p, signal, what} }

// Nth counts signals from 1.
func (planPage) Nth(i int) int { return i + 1 }

// StopSignal stands for the end of the work.
func (planPage) StopSignal() int { return practice.StopSignal }

// monitorPage is who outside may say that a condition came true.
type monitorPage struct {
	*frame.Frame
	P      practice.Plan
	M      practice.Monitor
	To     string // the page of the plan
	At     string // the address to send to, whole
	Secret string // shown this once
}

func (s *Pages) showMonitor(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	m, err := s.App.Monitor(r.Context(), actor, p.Number)
	if err != nil {
		return err
	}
	return s.monitorOf(w, r, f, monitorPage{P: p, M: m})
}

func (s *Pages) monitorOf(w http.ResponseWriter, r *http.Request, f *frame.Frame, page monitorPage) error {
	page.Frame, page.To = f, practice.PlanPath(page.P.Number)
	if !page.P.Frozen() {
		return practice.ErrNotFound
	}
	if page.M.ID != "" {
		page.At = s.Origin(r) + practice.MonitorPath(page.M.ID)
	}
	f.Title = f.Say("monitor.title")
	return s.Show(w, http.StatusOK, "monitor", page)
}

// setMonitor connects a monitor, gives it another secret or turns it off.
func (s *Pages) setMonitor(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 8})
	if err != nil {
		return err
	}
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	page := monitorPage{P: p}
	switch form.Typed("do") {
	case "connect":
		page.M, page.Secret, err = s.App.ConnectMonitor(r.Context(), actor, p.Number)
	case "end":
		err = s.App.EndMonitor(r.Context(), actor, p.Number)
	default:
		return frame.ErrForm
	}
	if err != nil {
		return err
	}
	if page.Secret != "" {
		return s.monitorOf(w, r, f, page)
	}
	frame.Redirect(w, r, practice.PlanPath(p.Number)+"/monitor")
	return nil
}

// Signals are those of the plan, each with the number that a monitor says.
func (p monitorPage) Signals() []string {
	var all []string
	for i, s := range p.P.Intent.Signals {
		all = append(all, p.Say("monitor.signal", "n", i+1, "what", s.What))
	}
	return all
}

// Stands says how it is connected.
func (p monitorPage) Stands() string {
	switch {
	case p.M.ID == "":
		return p.Say("monitor.none")
	case p.M.HeardAt.IsZero():
		return p.Say("monitor.made", "at", p.M.MadeAt)
	}
	return p.Say("monitor.heard", "at", p.M.HeardAt)
}

// Former says until when the secret before is good too; empty where there is none.
func (p monitorPage) Former() string {
	if p.M.Former == "" || !p.Now.Before(p.M.Until) {
		return ""
	}
	return p.Say("monitor.former", "at", p.M.Until)
}
