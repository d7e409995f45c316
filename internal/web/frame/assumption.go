package frame

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

// RestsAt names what rests on an assumption, and where it stands.
func (f *Frame) RestsAt(u app.AssumedUse) (title, to string) {
	switch {
	case u.Plan.ID != "":
		return f.Say("assumption.rests.plan", "title", u.Plan.Intent.Title), practice.PlanPath(u.Plan.Number)
	case u.Step.ID != "":
		return f.Say("assumption.rests.step", "procedure", u.Procedure.Title, "n", u.Step.Number), practice.ProcedurePath(u.Procedure.Slug) + "#" + string(u.Step.ID)
	}
	return u.Procedure.Title, practice.ProcedurePath(u.Procedure.Slug)
}

// Found is one thing that somebody found about an assumption, with where it showed.
type Found struct{ Text, In, To string }

// FoundOut says it. words:use assumption.history.*
func (f *Frame) FoundOut(t app.AssumedTest) Found {
	l := Found{Text: f.Say("assumption.history."+string(t.State), "how", t.How, "name", t.Who, "day", f.Day(t.Day), "n", t.Number, "text", t.Text)}
	if t.Scar.Failure != "" {
		l.In = f.Say("assumption.history.in", "failure", f.Numbers([]practice.Scar{t.Scar}))
		if t.Scar.Number > 0 {
			l.To = practice.RecordPath(t.Scar.Number)
		}
	}
	return l
}

// Under is one assumption on which something rests.
type Under struct {
	Text, To string
	State    string // empty while it holds
	Open     bool   // it no longer holds, and nobody looked at what rests on it since
}

// Unders are the assumptions on which something rests, those that somebody is to look at
// first. words:use assumption.state.*
func (f *Frame) Unders(all []app.Assumed, is func(app.AssumedUse) bool) []Under {
	var open, others []Under
	for _, a := range all {
		u := Under{Text: a.Text, To: practice.AssumptionPath(a.Number)}
		if a.State() != practice.AssumptionHeld {
			u.State = f.Say("assumption.state." + string(a.State()))
		}
		for _, use := range a.Resting {
			if is(use) && use.Open && !u.Open {
				u.Open, u.To = true, u.To+"#"+string(use.ID)
			}
		}
		if u.Open {
			open = append(open, u)
		} else {
			others = append(others, u)
		}
	}
	return append(open, others...)
}
