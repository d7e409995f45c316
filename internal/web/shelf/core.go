package shelf

import (
	"net/http"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// markOf says why a step takes three failures to change, or why it no longer does.
func markOf(f *frame.Frame, s practice.ProcedureStep) string {
	m := s.Mark()
	switch {
	case m.Why == "":
		return ""
	case s.Core():
		return f.Say("core.since", "day", f.Day(m.At), "why", m.Why)
	}
	return f.Say("core.was", "day", f.Day(m.At), "why", m.Why)
}

// markStep says that a step takes three failures to change, or no longer does.
func (s *Pages) markStep(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"core": 1, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.App.MarkStep(r.Context(), actor, m.Procedure.ID, practice.CoreMark{Step: practice.StepID(r.PathValue("step")),
			Core: form.Typed("core") != "", Why: form.Typed("why")})
		if err == nil {
			frame.Redirect(w, r, lineAt(r)+"#core")
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.lineForm(w, r, f, actor, lineForms{Core: form})
}

// placeChange puts a change that waited in place.
func (s *Pages) placeChange(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"gap": 64, "base": 9})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	actor.Once = form.Key
	f.Lead("step", lineAt(r))
	done, err := s.App.PlaceCoreChange(r.Context(), actor, m.Procedure.ID, practice.StepID(r.PathValue("step")),
		practice.GapID(form.Typed("gap")), frame.Number(form.Typed("base")))
	if err != nil {
		return err
	}
	frame.Redirect(w, r, practice.ProcedurePath(m.Procedure.Slug)+"?done="+strconv.Itoa(done.Revision.Number)+"#"+r.PathValue("step"))
	return nil
}

// lineAt is the page of the step in the address.
func lineAt(r *http.Request) string {
	return practice.ProcedurePath(r.PathValue("slug")) + "/step/" + r.PathValue("step")
}
