package shelf

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// revisePage changes a procedure for a reason that is no failure.
type revisePage struct {
	*frame.Frame
	Form     *frame.Form
	Of       app.Manual
	To       string
	Act      practice.StepAct
	Acts     []frame.Link
	Step     practice.ProcedureStep // empty: the first of all
	Above    practice.ProcedureStep // the step it would be joined with
	Base     int
	Sees     bool // what would change is asked for
	Wordings []frame.Wording
	Problem  string          // why nothing would change
	Both     *frame.BothSaid // somebody was faster
	Yours    string          // that what the reader writes is proposed to others; empty where they change it
}

var reviseFields = frame.Fields{
	"base": 9, "act": 10, "step": 40, "to": 40, "text": practice.MaxStep, "rest": practice.MaxStep,
	"reason": 20, "source": practice.MaxLine, "from": 10, "sees": 1, "pick": 1, "was": 40, "join": practice.MaxStep,
	"check": 1, "checked": practice.MaxName,
}

func (s *Pages) showRevise(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.revisePage(r, f, actor, nil)
	if err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "revise", page)
}

// revisePage gathers what the form needs, for a form that was sent or not.
func (s *Pages) revisePage(r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) (revisePage, error) {
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return revisePage{}, err
	}
	if !m.Mine {
		return revisePage{}, practice.Refuse(practice.Forbidden, "procedure.others")
	}
	f.Title = f.Say("other.title")
	ask, base := r.URL.Query().Get, m.Revision.Number
	if form != nil {
		ask, base = form.Typed, frame.Number(form.Typed("base"))
	}
	page := revisePage{Frame: f, Form: form, Of: m, To: practice.ProcedurePath(m.Procedure.Slug), Act: practice.StepAct(ask("act")), Base: base}
	at := slices.IndexFunc(m.Steps, func(p practice.ProcedureStep) bool { return string(p.ID) == ask("step") })
	switch {
	case at >= 0:
		page.Step = m.Steps[at]
	case form == nil && ask("step") != "":
		return page, practice.ErrNotFound
	case len(m.Steps) == 0:
		page.Act = practice.ActAdd
	}
	if at > 0 {
		page.Above = m.Steps[at-1]
	}
	if page.Act == "" {
		page.Act = practice.ActEdit
	}
	page.Acts = page.acts()
	a, err := s.App.Authority(r.Context(), actor, m.Procedure.Slug)
	if err == nil && !a.Changes {
		page.Yours = mayLine(f, a)
	}
	return page, err
}

// acts are the things one can do with a step.
//
// words:use procedure.edit.*
func (p revisePage) acts() []frame.Link {
	if len(p.Of.Steps) == 0 {
		return nil
	}
	first := p.Step.ID != "" && p.Above.ID == ""
	var out []frame.Link
	for _, a := range []struct {
		act practice.StepAct
		key string
	}{
		{practice.ActEdit, "procedure.edit.text"}, {practice.ActAdd, "procedure.edit.add"}, {practice.ActSplit, "procedure.edit.split"},
		{practice.ActMerge, "procedure.edit.merge"}, {practice.ActMove, "procedure.edit.move"}, {practice.ActRemove, "procedure.edit.remove"},
	} {
		if len(p.Of.Steps) < 2 && (a.act == practice.ActMerge || a.act == practice.ActMove) || first && a.act == practice.ActMerge {
			continue
		}
		out = append(out, frame.Link{Text: p.Say(a.key), Here: p.Act == a.act,
			To: p.To + "/change?step=" + string(p.Step.ID) + "&act=" + string(a.act)})
	}
	return out
}

// Which asks for the step that changes, or behind which a new one stands: in the
// same form, so that nobody writes for one step and sends another.
func (p revisePage) Which() frame.Choices {
	var options []frame.Option
	if p.Act == practice.ActAdd {
		options = append(options, frame.Option{Text: p.Say("procedure.edit.front")})
	} else if p.Step.ID == "" {
		options = append(options, frame.Option{})
	}
	for i, s := range p.Of.Steps {
		if i > 0 || p.Act != practice.ActMerge {
			options = append(options, frame.Option{Value: string(s.ID), On: s.ID == p.Step.ID, Text: p.Say("procedure.edit.place", "n", s.Number, "text", practice.Title(s.Text))})
		}
	}
	key := "procedure.edit.which"
	if p.Act == practice.ActAdd {
		key = "procedure.edit.behind-which"
	}
	return frame.Choices{Name: "step", Label: p.Say(key), Wrong: p.Form.At("step"), Options: options}
}

// Takes reports whether the act begins with the words that stand.
func (p revisePage) Takes() bool { return p.Act != practice.ActAdd }

// picked reports whether only a step was chosen: by the button for it, or by
// sending the words of another step as they stand.
func (p revisePage) picked() bool {
	if p.Form.Typed("pick") != "" {
		return true
	}
	was := slices.IndexFunc(p.Of.Steps, func(s practice.ProcedureStep) bool { return string(s.ID) == p.Form.Typed("was") })
	return was >= 0 && p.Takes() && p.Writes() && p.Step.ID != p.Of.Steps[was].ID && p.Form.Typed("text") == p.Of.Steps[was].Text
}

// change is the form as the practice sees it.
func (p revisePage) change() practice.OtherChange {
	c := practice.OtherChange{Reason: practice.Reason(p.Form.Typed("reason")), Source: p.Form.Typed("source")}
	c.StepChange = practice.StepChange{
		Procedure: p.Of.Procedure.ID, Act: p.Act, Step: practice.StepID(p.Form.Typed("step")), To: practice.StepID(p.Form.Typed("to")),
		Text: p.Form.Typed("text"), Rest: p.Form.Typed("rest"), Base: frame.Number(p.Form.Typed("base")),
		Checks: p.Form.Typed("check") != "", Checked: p.Form.Typed("checked"),
	}
	if p.Act == practice.ActMerge && c.To == "" {
		c.To = p.Above.ID
	}
	var err error
	c.From, err = p.Form.DayOrNone("from", p.Zone)
	p.Form.Mark(err)
	return c
}

func (s *Pages) revise(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, reviseFields)
	if err != nil {
		return err
	}
	page, err := s.revisePage(r, f, actor, form)
	if err != nil {
		return err
	}
	c := page.change()
	switch {
	case page.Takes() && page.Step.ID == "" && len(page.Of.Steps) > 0 && form.Typed("step") == "":
		form.Mark(practice.Refuse(practice.Invalid, "required").At("step"))
	case form.Marked():
	case page.picked():
		form.Put("text", page.words())
	case form.Typed("join") != "":
		form.Put("text", form.Typed("join")+"\n"+c.Text)
	case form.Typed("sees") != "":
		page.Sees = true
		if page.Wordings, err = s.wouldChange(r, f, actor, c.StepChange); err != nil && !page.refused(err) {
			return err
		}
	default:
		actor.Once = form.Key
		to, err := s.keepChange(r, actor, page, c)
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		if !page.refused(err) {
			return err
		}
	}
	return s.Show(w, form.Status(), "revise", page)
}

// keepChange makes the change, or proposes it, and returns where to look at it.
func (s *Pages) keepChange(r *http.Request, actor practice.Actor, page revisePage, c practice.OtherChange) (string, error) {
	if page.Yours != "" {
		made, err := s.App.ProposeChange(r.Context(), actor, c)
		return practice.ProposedPath(page.Of.Procedure.Slug, made.ID), err
	}
	done, err := s.App.ChangeWithoutFailure(r.Context(), actor, c)
	return page.To + "?done=" + strconv.Itoa(done.Revision.Number) + "#" + anchor(c, done.Revision), err
}

// anchor is the place of the page to look at after a change.
func anchor(c practice.OtherChange, r practice.Revision) string {
	step := c.Step
	if at := slices.Index(r.Steps, c.Step); c.Act == practice.ActAdd && at+1 < len(r.Steps) {
		step = r.Steps[at+1]
	}
	if c.Act == practice.ActMerge {
		step = c.To
	}
	return string(step)
}

// refused keeps a refusal beside its field. Where somebody was faster, both
// texts are shown, and the next sending goes on from theirs.
func (p *revisePage) refused(err error) bool {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || refusal.Kind != practice.Invalid && refusal.Kind != practice.Conflict {
		return false
	}
	if p.Both = p.BothSaid(refusal, p.Form.Typed("text"), p.To+"#"+string(p.Step.ID)); p.Both != nil && p.Both.Theirs != "" {
		p.Base = p.Of.Revision.Number
	}
	if refusal.Field == "" {
		refusal = refusal.At("text")
	}
	leadToRound(p.Frame, err)
	return p.Form.Mark(refusal)
}

// wouldChange tells what a change would do.
func (s *Pages) wouldChange(r *http.Request, f *frame.Frame, actor practice.Actor, c practice.StepChange) ([]frame.Wording, error) {
	turns, err := s.App.PreviewChange(r.Context(), actor, c)
	return f.Wordings(turns), err
}

// previewRevise draws what would change while somebody types.
func (s *Pages) previewRevise(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, reviseFields)
	if err != nil {
		return err
	}
	page, err := s.revisePage(r, f, actor, form)
	if err != nil {
		return err
	}
	page.Wordings, err = s.wouldChange(r, f, actor, page.change().StepChange)
	if refusal := frame.Refused(err); refusal != nil && refusal.Code != "step.same" && refusal.Code != "step.empty" {
		page.Problem = f.Speaker.Refusal(refusal).Title
	} else if refusal == nil && err != nil {
		return err
	}
	return s.Fragment(w, "revise", "changes", page)
}

// Reasons are where a change can come from that comes from no failure.
func (p revisePage) Reasons() frame.Choices {
	var options []frame.Option
	for _, r := range []practice.Reason{practice.ReasonLaw, practice.ReasonContract, practice.ReasonOrder, practice.ReasonWording} {
		options = append(options, frame.Option{Value: string(r), Text: p.Say("other." + string(r))})
	}
	c := p.Choices(p.Form, "reason", "other.where", options...)
	c.Look = "inline"
	return c
}

// words are what the field begins with.
func (p revisePage) words() string {
	switch p.Act {
	case practice.ActEdit, practice.ActSplit:
		return p.Step.Text
	case practice.ActMerge:
		return p.Above.Text + " " + p.Step.Text
	}
	return ""
}

// Text is the field for the new wording.
func (p revisePage) Text() frame.Field {
	key := "procedure.edit.text"
	if p.Act == practice.ActAdd {
		key = "procedure.edit.new"
	}
	d := p.Field(p.Form, "text", key, p.words()).Needed().Limited(practice.MaxStep)
	d.Rows = 2 + strings.Count(d.Value, "\n")
	return d
}

// Rest is the field for the second half.
func (p revisePage) Rest() frame.Field {
	return p.Field(p.Form, "rest", "procedure.edit.split.rest", "").Needed().Limited(practice.MaxStep)
}

// From is the day from which it counts.
func (p revisePage) From() frame.Field {
	return p.Field(p.Form, "from", "other.from", p.Now.In(p.Zone).Format(time.DateOnly)).Kind("date").Needed()
}

// Longer asks which line goes, where one is added to a long list.
func (p revisePage) Longer() string {
	if n := len(p.Of.Steps); p.Act == practice.ActAdd && n >= practice.LongList {
		return p.Say("strength.longer", "n", n)
	}
	return ""
}

// Places are where a step can be moved.
func (p revisePage) Places() []frame.Option {
	out := []frame.Option{{Text: p.Say("procedure.edit.front")}}
	for _, s := range p.Of.Steps {
		if s.ID != p.Step.ID {
			out = append(out, frame.Option{Value: string(s.ID), On: p.Form.Typed("to") == string(s.ID),
				Text: p.Say("procedure.edit.behind", "n", s.Number, "text", practice.Title(s.Text))})
		}
	}
	return out
}

// Writes reports whether the act needs words.
func (p revisePage) Writes() bool {
	return p.Act != practice.ActRemove && p.Act != practice.ActMove
}

// Writing draws what changes below the field.
func (p revisePage) Writing(d frame.Field) frame.Writing {
	return frame.Writing{Field: d, Preview: p.To + "/change/preview", Into: "changes"}
}

// leadToRound lets a refusal lead to the round in which groups are being asked about a step.
func leadToRound(f *frame.Frame, err error) {
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "trial.runs" {
		gap, _ := refusal.Args["gap"].(string)
		f.Lead("round", practice.ConsentPath(practice.GapID(gap)))
	}
}
