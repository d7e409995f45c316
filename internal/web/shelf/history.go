package shelf

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/web/frame"
)

// history is how something came to read like this: versions, the latest first.
type history struct {
	Heading string
	Turns   []turn
	Bars    []frame.HeldBar // until it was reported again, for a line with failures behind it
}

// turn is one version in a history.
type turn struct {
	When, Name, To string
	Why            string
	Scar           *frame.ScarLine
	Notes          []string
	Wordings       []frame.Wording
}

// turnsOf says versions of a procedure.
//
// words:use procedure.history.*
func turnsOf(f *frame.Frame, h app.History, turns []app.Turn, actor practice.Actor) []turn {
	var out []turn
	for _, t := range turns {
		r := t.Revision
		one := turn{When: f.Day(r.At), Name: f.Say("procedure.history.version", "n", r.Number),
			To: practice.ProcedurePath(h.Procedure.Slug) + "/history/" + strconv.Itoa(r.Number)}
		if t.Scar.Failure != "" {
			one.Scar = &f.Scars([]practice.Scar{t.Scar}, actor)[0]
		} else {
			one.Why = f.Say("procedure.history." + string(r.Reason))
		}
		if t.Checks != "" {
			one.Notes = append(one.Notes, f.Say("check.version", "group", t.Checks))
		}
		if r.Source != "" {
			one.Notes = append(one.Notes, f.Say("procedure.history.source", "source", r.Source))
		}
		if !r.From.IsZero() {
			one.Notes = append(one.Notes, f.Say("procedure.history.from", "day", f.Date(r.From)))
		}
		if !t.Scar.CameBack.IsZero() {
			one.Notes = append(one.Notes, f.Back(t.Scar))
		}
		if t.Effect.What != "" {
			one.Notes = append(one.Notes, f.Effect(t.Effect))
		}
		if r.Number > 1 || len(turns) == 1 {
			one.Wordings = f.Wordings(t.Lines)
		}
		out = append(out, one)
	}
	return out
}

// lineHistory is one line through all its versions.
func lineHistory(f *frame.Frame, h app.History, id practice.StepID, actor practice.Actor) *history {
	step := h.Step(id)
	of := h.Of(id)
	out := &history{Heading: f.Say("procedure.how", "n", step.Number)}
	out.Turns = append(out.Turns, turnsOf(f, h, of, actor)...)
	if len(of) > 0 { // the first wording of a line is a change, too
		first := len(of) - 1
		out.Turns[first].Wordings = f.Wordings(of[first].Lines)
	}
	for i, t := range of { // the heading says which step it is
		if l := t.Lines[0]; l.Old != "" && l.New != "" && !l.Moved {
			out.Turns[i].Wordings[0].Line = ""
		}
	}
	out.Bars = f.HeldBars(step.Scars)
	return out
}

// latestScarred is the history of the line whose failure came last.
func latestScarred(f *frame.Frame, h app.History, actor practice.Actor) *history {
	var last practice.ProcedureStep
	for _, s := range h.Steps {
		if len(s.Scars) > 0 && (last.ID == "" || frame.LatestScar(s.Scars).At.After(frame.LatestScar(last.Scars).At)) {
			last = s
		}
	}
	if last.ID == "" {
		return nil
	}
	return lineHistory(f, h, last.ID, actor)
}

// historyPage is every version, and which one each line is from.
type historyPage struct {
	*frame.Frame
	Of      app.History
	To      string
	History history
	Lines   []blamed
}

// blamed is one line with the version it is from, and why that came. Nobody is
// in it.
type blamed struct {
	N        string
	To       string
	Text     string
	From, At string
	Why      string
	Scar     *frame.ScarLine
}

func blame(f *frame.Frame, h app.History, number int, actor practice.Actor) []blamed {
	var out []blamed
	for _, l := range h.At(number) {
		t, _ := h.Turn(l.Since)
		said := turnsOf(f, h, []app.Turn{{Revision: t.Revision, Scar: t.Scar}}, actor)[0]
		if l.Since == 1 { // which says itself why it came
			said.Why = ""
		}
		out = append(out, blamed{N: l.Number, To: practice.ProcedurePath(h.Procedure.Slug) + "/step/" + string(l.Step), Text: prose.Plain(l.Text),
			From: f.Say("procedure.history.line.since", "n", l.Since, "day", said.When), At: said.To, Why: said.Why, Scar: said.Scar})
	}
	return out
}

func (s *Pages) showHistory(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	f.Title = f.Say("procedure.history.title")
	return s.Show(w, http.StatusOK, "history", historyPage{Frame: f, Of: h, To: practice.ProcedurePath(h.Procedure.Slug),
		History: history{Turns: turnsOf(f, h, h.Turns, actor)}, Lines: blame(f, h, h.Revision.Number, actor)})
}

// versionPage is one version: what it changed, and the page as it stood.
type versionPage struct {
	*frame.Frame
	Of            app.History
	To            string
	Turn          turn
	Around        []frame.Diff // what changed between the steps
	Lines         []blamed
	Before, After string // the versions beside it
}

func (s *Pages) showVersion(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	t, ok := h.Turn(frame.Number(r.PathValue("n")))
	if !ok {
		return practice.ErrNotFound
	}
	n := t.Revision.Number
	f.Title = f.Say("procedure.history.version", "n", n)
	page := versionPage{Frame: f, Of: h, To: practice.ProcedurePath(h.Procedure.Slug), Turn: turnsOf(f, h, []app.Turn{t}, actor)[0], Lines: blame(f, h, n, actor)}
	if n > 1 {
		page.Before = page.To + "/history/" + strconv.Itoa(n-1)
		was, is, err := s.App.Pages(r.Context(), actor, h.Procedure.ID, n)
		if err != nil {
			return err
		}
		page.Around = around(f, was, is)
	}
	if n < h.Revision.Number {
		page.After = page.To + "/history/" + strconv.Itoa(n+1)
	}
	return s.Show(w, http.StatusOK, "version", page)
}

// around tells how the words between the steps differ in two pages, paragraph by
// paragraph.
func around(f *frame.Frame, was, is prose.Procedure) []frame.Diff {
	gone, came := wordsAround(was), wordsAround(is)
	left := slices.DeleteFunc(slices.Clone(gone), func(t string) bool { return slices.Contains(came, t) })
	new := slices.DeleteFunc(slices.Clone(came), func(t string) bool { return slices.Contains(gone, t) })
	var out []frame.Diff
	for i := range max(len(left), len(new)) {
		var a, b string
		if i < len(left) {
			a = left[i]
		}
		if i < len(new) {
			b = new[i]
		}
		out = append(out, f.Changed(a, b))
	}
	return out
}

func wordsAround(page prose.Procedure) []string {
	var out []string
	for _, b := range page.Blocks {
		if text := strings.TrimSpace(b.Raw); b.Kind != prose.StepBlock && text != "" {
			out = append(out, text)
		}
	}
	return out
}

// linePage is one step through time.
type linePage struct {
	*frame.Frame
	Of      app.History
	To      string
	Step    practice.ProcedureStep
	Text    template.HTML
	Scars   []frame.ScarLine
	Side    string
	Gone    string // when it was taken out
	Became  string // where the step is that it was joined with
	History *history
	Core    *frame.Core
	Mark    string // why it is core, or no longer is
	Form    *frame.Form
	Unmarks bool // the reader may take the mark off
	Trial   *trial
	Unused  *unused       // nobody ticked it for so long that it may go, or it was kept for that
	Offers  *frame.Offers // to other teams
}

func (s *Pages) showLine(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.lineForm(w, r, f, actor, lineForms{})
}

func (s *Pages) lineForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, sent lineForms) error {
	id := practice.StepID(r.PathValue("step"))
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	step := h.Step(id)
	if step.ID == "" {
		return practice.ErrNotFound
	}
	f.Title = f.Say("procedure.step", "n", step.Number)
	page := linePage{Frame: f, Of: h, To: practice.ProcedurePath(h.Procedure.Slug), Step: step, Scars: f.Scars(step.Scars, actor),
		Text: frame.PageOf(h.Revision.Markdown).HTML(step.Text),
		Side: f.Since(step.Scars), History: lineHistory(f, h, id, actor), Core: f.Core(step, actor), Mark: markOf(f, step), Form: sent.Core, Trial: trialOf(f, h, step),
		Unmarks: h.Procedure.MayMark(actor.Member, false) == nil}
	if page.Unused, err = s.unusedOf(r, f, actor, step); err != nil {
		return err
	}
	if page.Unused != nil {
		page.Unused.Form = sent.Unused
	}
	if step.Retired > 0 {
		t, _ := h.Turn(step.Retired)
		page.Gone = f.Say("procedure.removed", "day", f.Day(t.Revision.At))
	}
	if step.Became != "" {
		page.Became = page.To + "/step/" + string(step.Became)
	}
	if page.Trial != nil {
		page.Trial.Form = sent.Trial
	}
	if page.Offers, err = s.offersOfStep(r, f, step, actor); err != nil {
		return err
	}
	return s.Show(w, sent.status(), "line", page)
}

// currentPage answers a print: does it still count, and if not, what changed?
type currentPage struct {
	*frame.Frame
	Of       app.History
	To       string
	Asked    int
	Asks     bool // for the number on the print
	Yes      bool
	Answer   string
	Wordings []frame.Wording
}

// askVersion asks for the number on the print: without it nobody can tell.
func (s *Pages) askVersion(w http.ResponseWriter, f *frame.Frame, h app.History, counts int) error {
	f.Title = h.Procedure.Title
	page := currentPage{Frame: f, Of: h, To: practice.ProcedurePath(h.Procedure.Slug), Asks: true,
		Answer: f.Say("procedure.current.now", "n", counts)}
	return s.Show(w, http.StatusOK, "current", page)
}

func (s *Pages) showCurrent(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	asked, counts := frame.Number(r.URL.Query().Get("v")), countsNow(h, f)
	if asked < 1 {
		return s.askVersion(w, f, h, counts)
	}
	t, ok := h.Turn(asked)
	if !ok {
		return practice.ErrNotFound
	}
	f.Title = h.Procedure.Title
	page := currentPage{Frame: f, Of: h, To: practice.ProcedurePath(h.Procedure.Slug), Asked: asked}
	switch {
	case !h.Procedure.RetireAt.IsZero():
		page.Answer = f.Say("procedure.retired", "day", f.Day(h.Procedure.RetireAt))
	case asked == counts || asked == h.Revision.Number:
		page.Yes = true
		page.Answer = f.Say("procedure.current.yes", "n", asked, "day", f.Day(t.Revision.At))
		if t.Revision.From.After(f.Now) {
			page.Answer = f.Say("procedure.current.later", "n", asked, "day", f.Date(t.Revision.From), "now", counts)
		}
	default:
		page.Answer = f.Say("procedure.current.no", "n", asked, "now", h.Revision.Number)
	}
	page.Wordings = f.Wordings(h.Between(asked, h.Revision.Number))
	return s.Show(w, http.StatusOK, "current", page)
}
