package shelf

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// trial is a change that rests on one failure, as the page of its step says it.
type trial struct {
	Gap   practice.GapID
	Says  []string
	Asks  practice.TrialAsk
	Days  bool   // it is kept for so many days more
	Until string // how long it goes on
	May   bool   // the reader says what becomes of it
	Form  *frame.Form
	Round string // where its groups answer; empty where none is asked
}

// trialOf says where the change of a step stands; nil where none comes back.
func trialOf(f *frame.Frame, h app.History, s practice.ProcedureStep) *trial {
	t := s.Trial
	if !t.Runs() {
		return nil
	}
	one := &trial{Gap: t.Gap, Asks: t.Asks(f.Now), Until: f.Day(t.Until), Days: t.Harm != "" && !s.Case(f.Zone).Opens(),
		May: h.Decides && !t.Closed.IsZero()}
	switch {
	case t.Waits():
		one.Round, one.Until = practice.ConsentPath(t.Gap), f.Say("trial.groups")
		one.Says, one.May = append(one.Says, one.Until), one.May && one.Asks == practice.TrialLooks
	case one.Asks == practice.TrialOver:
		one.Says = append(one.Says, f.Say("trial.over", "day", one.Until))
	case t.Proven:
		one.Says = append(one.Says, f.Say("trial.agreed", "day", one.Until))
	default:
		one.Says = append(one.Says, f.Say("trial.rests", "day", one.Until))
	}
	if t.Harm != "" {
		one.Says = append(one.Says, f.Say("trial.harm.said", "harm", t.Harm))
	}
	if t.Why != "" {
		one.Says = append(one.Says, f.Say("trial.kept", "why", t.Why))
	}
	if !one.May && h.Procedure.Owner != "" && one.Round == "" {
		one.Says = append(one.Says, f.Say("trial.decides", "name", h.Owner.Name))
	}
	return one
}

// trialTag says beside a step that its change comes back.
func trialTag(f *frame.Frame, s practice.ProcedureStep) string {
	switch t := s.Trial; {
	case !t.Runs():
		return ""
	case t.Overdue(f.Now):
		return f.Say("trial.tag.over")
	case t.Waits():
		return f.Say("trial.tag.asked")
	default:
		return f.Say("trial.tag")
	}
}

// decideTrial keeps a change that rests on one failure, or puts it back.
func (s *Pages) decideTrial(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"gap": 64, "do": 5, "why": practice.MaxLine, "days": 3})
	if err != nil {
		return err
	}
	f.Lead("change", practice.ProcedurePath(r.PathValue("slug"))+"/change?step="+r.PathValue("step"))
	gap, to := practice.GapID(form.Typed("gap")), lineAt(r)+"#trial"
	f.Lead("ask", practice.ConsentPath(gap))
	f.Lead("round", practice.ConsentPath(gap))
	if !form.Marked() {
		if form.Typed("do") == "back" {
			to, err = lineAt(r), s.App.PutBack(r.Context(), actor, gap, form.Typed("why"))
		} else {
			err = s.App.KeepTrial(r.Context(), actor, gap, frame.Number(form.Typed("days")), form.Typed("why"))
		}
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.lineForm(w, r, f, actor, lineForms{Trial: form})
}

// lineForms are the forms of the page of a step, as somebody sent one of them.
type lineForms struct{ Core, Trial, Unused *frame.Form }

// status is that of the answer.
func (l lineForms) status() int { return max(l.Core.Status(), l.Trial.Status(), l.Unused.Status()) }

// Summary says what is wrong with a form and leads to its fields, which all forms of the
// page have by one name.
func (p linePage) Summary(m *frame.Form) frame.Summary {
	s, of := p.Frame.Summary(m), ""
	switch {
	case m == nil:
	case p.Trial != nil && p.Trial.Form == m:
		of = "trial-"
	case p.Unused != nil && p.Unused.Form == m:
		of = "unused-"
	}
	if of == "" {
		return s
	}
	wrong := append(s.Wrong[:0:0], s.Wrong...)
	for i := range wrong {
		wrong[i].Field = of + wrong[i].Field
	}
	s.Wrong = wrong
	return s
}
