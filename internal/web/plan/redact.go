package plan

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// redactPage takes personal data out of a plan: it asks which words, then whether that
// is meant.
type redactPage struct {
	*frame.Frame
	Form  *frame.Form
	P     practice.Plan
	Found practice.Redaction // with places: it was counted, and asks
}

// To is the address of the plan.
func (p redactPage) To() string { return practice.PlanPath(p.P.Number) }

// Words is the field for what shall go.
func (p redactPage) Words() frame.Field {
	return p.Field(p.Form, "words", "redact.words", "").First().Limited(practice.MaxLine).Filled("off")
}

func (s *Pages) showRedact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	return s.redactForm(w, redactPage{Frame: f, P: p})
}

func (s *Pages) redactForm(w http.ResponseWriter, p redactPage) error {
	p.Title = p.Say("redact.title")
	return s.Show(w, p.Form.Status(), "redactplan", p)
}

func (s *Pages) redact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"words": practice.MaxLine, "sure": 8})
	if err != nil {
		return err
	}
	n := practice.NewRedaction{Words: form.Typed("words"), Sure: form.Typed("sure") != ""}
	page := redactPage{Frame: f, Form: form, P: p}
	page.Found, err = s.App.RemoveFromPlan(r.Context(), actor, p.Number, n)
	switch {
	case form.Mark(err):
		page.Found = practice.Redaction{}
	case err != nil:
		return err
	case n.Sure:
		frame.Redirect(w, r, page.To()+"#redacted")
		return nil
	}
	return s.redactForm(w, page)
}
