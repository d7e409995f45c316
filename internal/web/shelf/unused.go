package shelf

import (
	"net/http"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// usage says when a list was last used, and which of its lines may go.
type usage struct {
	Last   string
	Why    string // since when nobody ticked them
	Unused []unusedLine
	May    bool // the reader says what becomes of them
}

// unusedLine is a line that is proposed for retirement, with the failures behind it.
type unusedLine struct {
	N, Text, To, Line string
	Scars             []frame.ScarLine
}

func (s *Pages) usageOf(r *http.Request, f *frame.Frame, actor practice.Actor, h app.History) (usage, error) {
	u, err := s.App.Usage(r.Context(), actor, h.Procedure.Slug)
	if err != nil || len(u.Lines) == 0 {
		return usage{}, err
	}
	page := usage{Last: f.Say("unused.last.never"), Why: f.Say("unused.since", "day", u.Since), May: u.May}
	if !u.LastOn.IsZero() {
		page.Last = f.Say("unused.last", "day", u.LastOn)
	}
	for _, step := range u.Idle() {
		page.Unused = append(page.Unused, unusedLine{N: step.Number, Text: f.PlainText(step.Text), Line: lastTick(f, u.Steps[step.ID]),
			To: practice.ProcedurePath(h.Procedure.Slug) + "/step/" + string(step.ID) + "#unused", Scars: f.Scars(step.Scars, actor)})
	}
	return page, nil
}

// lastTick says when a line was ticked, or not needed.
func lastTick(f *frame.Frame, u practice.StepUse) string {
	line := f.Say("unused.ticked.never")
	if !u.TickedOn.IsZero() {
		line = f.Say("unused.ticked", "day", u.TickedOn)
	}
	if !u.SparedOn.IsZero() {
		line += " " + f.Say("unused.spared.on", "day", u.SparedOn)
	}
	return line
}

// unused is what is known of a line that nobody ticks, as its page says it.
type unused struct {
	Says []string
	May  bool // the reader says what becomes of it
	Form *frame.Form
}

// unusedOf says it of a line that is proposed for retirement, or was kept; nil of any other.
func (s *Pages) unusedOf(r *http.Request, f *frame.Frame, actor practice.Actor, step practice.ProcedureStep) (*unused, error) {
	u, err := s.App.Usage(r.Context(), actor, r.PathValue("slug"))
	if err != nil || step.Retired > 0 {
		return nil, err
	}
	use, proposed := u.Steps[step.ID], u.MayRetire(step.ID) == nil
	if !proposed && use.Why == "" {
		return nil, nil
	}
	one := &unused{May: proposed && u.May}
	if proposed {
		one.Says = append(one.Says, f.Say("unused.since", "day", u.Since))
	}
	one.Says = append(one.Says, lastTick(f, use))
	if use.Why != "" {
		one.Says = append(one.Says, f.Say("unused.kept", "day", use.KeptOn, "why", use.Why))
	}
	if proposed && !u.May {
		one.Says = append(one.Says, f.Say("unused.decides"))
	}
	return one, nil
}

// endUse keeps which lines were ticked, on this day and by nobody, and goes back to the
// procedure.
func (s *Pages) endUse(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"done": 64, "spared": 64})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	var t app.Ticked
	for _, id := range form.All("done") {
		t.Done = append(t.Done, practice.StepID(id))
	}
	for _, id := range form.All("spared") {
		t.Spared = append(t.Spared, practice.StepID(id))
	}
	if err := s.App.EndUse(r.Context(), actor, m.Procedure.ID, t); err != nil {
		return err
	}
	frame.Redirect(w, r, practice.ProcedurePath(m.Procedure.Slug))
	return nil
}

// decideUnused takes a line out that nobody ticks, or keeps it with a reason.
func (s *Pages) decideUnused(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 6, "why": practice.MaxLine, "base": 9})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	f.Lead("step", lineAt(r))
	step, to := practice.StepID(r.PathValue("step")), lineAt(r)
	if !form.Marked() {
		switch form.Typed("do") {
		case "retire":
			actor.Once = form.Key
			done, failed := s.App.RetireUnused(r.Context(), actor, m.Procedure.ID, practice.StepChange{Step: step, Base: frame.Number(form.Typed("base"))})
			to, err = practice.ProcedurePath(m.Procedure.Slug)+"?done="+strconv.Itoa(done.Revision.Number), failed
		case "keep":
			err, to = s.App.KeepUnused(r.Context(), actor, m.Procedure.ID, step, form.Typed("why")), to+"#unused"
		default:
			return frame.ErrForm
		}
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.lineForm(w, r, f, actor, lineForms{Unused: form})
}
