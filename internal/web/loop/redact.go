package loop

import (
	"net/http"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) redactRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/redact", Handler: s.Member(s.showRedact)},
		{Pattern: "POST /f/{n}/redact", Handler: s.Member(s.redact)},
	}
}

// redactPage takes personal data out of what was said about a failure: it asks
// which words, then whether that is meant.
type redactPage struct {
	*frame.Frame
	Form    *frame.Form
	Failure practice.Failure
	Found   practice.Redaction // with places: it was counted, and asks
}

// To is the address of the failure.
func (p redactPage) To() string { return practice.FailurePath(p.Failure.Number) }

// Words is the field for what shall go.
func (p redactPage) Words() frame.Field {
	return p.Field(p.Form, "words", "redact.words", "").First().Limited(practice.MaxLine).Filled("off")
}

// Pictures reports whether they shall go, too.
func (p redactPage) Pictures() bool { return p.Form.Typed("pictures") != "" }

func (s *Pages) showRedact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	return s.showRedactPage(w, redactPage{Frame: f, Failure: failure})
}

func (s *Pages) showRedactPage(w http.ResponseWriter, p redactPage) error {
	p.Title = p.Say("redact.title")
	return s.Show(w, p.Form.Status(), "redact", p)
}

func (s *Pages) redact(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	failure, err := s.failureAt(r, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"words": practice.MaxLine, "pictures": 8, "sure": 8})
	if err != nil {
		return err
	}
	n := practice.NewRedaction{Words: form.Typed("words"), Pictures: form.Typed("pictures") != "", Sure: form.Typed("sure") != ""}
	page := redactPage{Frame: f, Form: form, Failure: failure}
	page.Found, err = s.App.RemovePersonalData(r.Context(), actor, failure.ID, n)
	switch {
	case form.Mark(err):
		page.Found = practice.Redaction{}
	case err != nil:
		return err
	case n.Sure:
		frame.Redirect(w, r, practice.FailurePath(failure.Number)+"#redacted")
		return nil
	}
	return s.showRedactPage(w, page)
}
