package loop

import (
	"errors"
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// threadRoutes is where a team asks whoever reported something without a name.
func (s *Pages) threadRoutes() []frame.Route {
	return []frame.Route{{Pattern: "POST /f/{n}/ask", Handler: s.Member(s.askReporter)}}
}

func (s *Pages) askReporter(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"ask": practice.MaxGap})
	if err != nil {
		return err
	}
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	actor.Once = form.Key
	if !form.Marked() {
		err := s.App.AskReporter(r.Context(), actor, failure.ID, form.Typed("ask"))
		if err == nil {
			frame.Redirect(w, r, practice.FailurePath(failure.Number)+"#thread")
			return nil
		}
		var refusal *practice.Error
		if errors.As(err, &refusal) && refusal.Field == "text" { // the strip of facts has a field of that name
			err = refusal.At("ask")
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.failureForm(w, r, f, actor, form)
}

// Asked is the field for a question to whoever reported this.
func (p failurePage) Asked() frame.Field {
	return p.Field(p.Form, "ask", "failure.thread.ask", "").Limited(practice.MaxGap).Tall(2).Little()
}

// By says how somebody without a name is called.
func (p failurePage) By() string {
	switch {
	case !p.Failure.Unnamed():
		return ""
	case p.Failure.Alias != "":
		return p.Say("failure.alias", "alias", p.Failure.Alias)
	}
	return p.Say("failure.unnamed")
}
