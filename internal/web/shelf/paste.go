package shelf

import (
	"errors"
	"net/http"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// pastePage puts in a whole new text, after showing what it would change.
type pastePage struct {
	*frame.Frame
	Form     *frame.Form
	Of       app.Manual
	To       string
	Text     string
	Base     int
	Sees     bool
	Kept     int // steps that stay as they are
	Wordings []frame.Wording
}

func (s *Pages) showPaste(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.pastePage(r, f, actor, nil)
	if err != nil {
		return err
	}
	page.Text = page.Of.Revision.Markdown
	return s.Show(w, http.StatusOK, "paste", page)
}

func (s *Pages) pastePage(r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) (pastePage, error) {
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err == nil && !m.Mine {
		err = practice.Refuse(practice.Forbidden, "procedure.others")
	}
	f.Title = f.Say("procedure.paste.title")
	if a, failed := s.App.Authority(r.Context(), actor, r.PathValue("slug")); err == nil {
		if err = failed; err == nil && !a.Changes {
			f.Lead("change", practice.ProcedurePath(m.Procedure.Slug)+"/change")
			err = practice.Refuse(practice.Forbidden, "procedure.named")
		}
	}
	return pastePage{Frame: f, Form: form, Of: m, To: practice.ProcedurePath(m.Procedure.Slug), Base: m.Revision.Number}, err
}

func (s *Pages) paste(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"base": 9, "markdown": practice.MaxProcedure, "file": 0, "sees": 1, "check": 1})
	if err != nil {
		return err
	}
	page, err := s.pastePage(r, f, actor, form)
	if err != nil {
		return err
	}
	page.Text, _ = readMarkdown(form)
	f.Lead("change", page.To+"/change")
	if form.Marked() {
		return s.Show(w, form.Status(), "paste", page)
	}
	base := frame.Number(form.Typed("base"))
	if form.Typed("sees") == "" {
		actor.Once = form.Key
		done, err := s.App.PasteProcedure(r.Context(), actor, page.Of.Procedure.ID, app.Pasted{Base: base, Markdown: page.Text, Checks: form.Typed("check") != ""})
		if err == nil {
			frame.Redirect(w, r, page.To+"?done="+strconv.Itoa(done.Revision.Number))
			return nil
		}
		leadToRound(f, err)
		if !form.Mark(err) {
			return err
		}
		if !errors.Is(err, practice.ErrChanged) {
			page.Base = base
			return s.Show(w, form.Status(), "paste", page)
		}
	} else if base != page.Base {
		form.Mark(practice.ErrChanged.At("markdown"))
	}
	turns, err := s.App.PreviewPaste(r.Context(), actor, page.Of.Procedure.ID, page.Text)
	if err != nil && !form.Mark(err) {
		return err
	}
	page.Sees, page.Wordings = err == nil, f.Wordings(turns)
	page.Kept = len(page.Of.Steps)
	for _, t := range turns {
		if t.Old != "" {
			page.Kept--
		}
	}
	return s.Show(w, form.Status(), "paste", page)
}

// Markdown is the field, with what was typed or the text in use.
func (p pastePage) Markdown() frame.Field {
	d := p.Field(nil, "markdown", "procedure.paste.text", p.Text).Tall(16)
	d.Wrong = p.Form.At("markdown")
	return d
}
