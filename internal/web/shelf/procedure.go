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

// procedureRoutes is the manual: procedures, their steps and scars, their history.
func (s *Pages) procedureRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /p", Handler: s.Member(s.showShelf)},
		{Pattern: "GET /p/new", Handler: s.Member(s.showNewProcedure)},
		{Pattern: "POST /p/new", Handler: s.Upload(s.addProcedure)},
		{Pattern: "GET /p/{slug}", Handler: s.Member(s.showProcedure)},
		{Pattern: "POST /p/{slug}/use", Handler: s.Member(s.useProcedure)},
		{Pattern: "GET /p/{slug}/use", Handler: s.Member(s.showUse)},
		{Pattern: "POST /p/{slug}/used", Handler: s.Member(s.endUse)},
		{Pattern: "POST /p/{slug}/step/{step}/unused", Handler: s.Member(s.decideUnused)},
		{Pattern: "GET /p/{slug}/current", Handler: s.Member(s.showCurrent)},
		{Pattern: "GET /p/{slug}/history", Handler: s.Member(s.showHistory)},
		{Pattern: "GET /p/{slug}/history/{n}", Handler: s.Member(s.showVersion)},
		{Pattern: "GET /p/{slug}/step/{step}", Handler: s.Member(s.showLine)},
		{Pattern: "POST /p/{slug}/step/{step}/core", Handler: s.Member(s.markStep)},
		{Pattern: "POST /p/{slug}/step/{step}/place", Handler: s.Member(s.placeChange)},
		{Pattern: "POST /p/{slug}/step/{step}/trial", Handler: s.Member(s.decideTrial)},
		{Pattern: "GET /p/{slug}/change", Handler: s.Member(s.showRevise)},
		{Pattern: "POST /p/{slug}/change", Handler: s.Member(s.revise)},
		{Pattern: "POST /p/{slug}/change/preview", Handler: s.Member(s.previewRevise)},
		{Pattern: "GET /p/{slug}/paste", Handler: s.Member(s.showPaste)},
		{Pattern: "POST /p/{slug}/paste", Handler: s.Upload(s.paste)},
		{Pattern: "GET /p/{slug}/owner", Handler: s.Member(s.showOwner)},
		{Pattern: "POST /p/{slug}/owner", Handler: s.Member(s.saveOwner)},
		{Pattern: "POST /p/{slug}/signoff", Handler: s.Member(s.signOff)},
		{Pattern: "POST /p/{slug}/retire", Handler: s.Member(s.retire)},
	}
}

// procedurePage is a procedure as people use it: its lines with the failures
// behind them, and the words between them where they stand.
type procedurePage struct {
	inManual
	Of      app.History
	To      string // its address
	Line    string // how many steps and failures
	Runs    []run
	Current string   // that it is, and since when
	Later   string   // it counts only from a day still to come
	Changed string   // since the reader last used it
	Done    string   // what was just put in
	SignOff signOff  // in words
	Latest  *history // how the line with the latest failure came to read like this
	New     bool     // the reader is in their first days
	Alone   bool     // and may say that they did this alone
	Print   string   // the address that says whether a print is still current
	Square  frame.QR
	Has     say
	Use     usage
	Under   []frame.Under // what it rests on
}

// run is a stretch of the page: steps, or the words between them.
type run struct {
	Steps []stepLine
	Prose template.HTML
	In    under
}

// Wide reports whether the words may need more room than a phone has, so that
// they can be scrolled with the keyboard, too.
func (r run) Wide() bool { return strings.Contains(string(r.Prose), "<table") }

// under is how many steps something stands under, as the class that moves it in.
type under int

// String is the class; none at the top.
func (u under) String() string {
	if u < 1 {
		return ""
	}
	return "under-" + strconv.Itoa(min(int(u), 4))
}

// stepLine is one step on the page.
type stepLine struct {
	ID    practice.StepID
	N     string
	In    under
	Text  template.HTML
	Seam  frame.Seam
	Scars []frame.ScarLine
	Side  string
	Edit  string // where it is changed; empty for whoever may not
	Past  string // where its history is
	Core  *frame.Core
	Takes bool // it takes three failures to change it
	Trial string
}

// signOff is who signs a procedure off, in words.
type signOff struct {
	Text    string
	Waiting bool
	Mine    bool // the reader is asked
}

func (s *Pages) showProcedure(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if slug, ok := strings.CutSuffix(r.PathValue("slug"), ".md"); ok {
		return s.sendMarkdown(w, r, slug, actor)
	}
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	page := s.procedurePage(r, f, h, actor)
	if page.inManual, err = s.inManual(r, f, actor); err != nil {
		return err
	}
	if page.Has, err = s.sayOf(r, f, actor, h.Procedure.Slug); err != nil {
		return err
	}
	if page.Use, err = s.usageOf(r, f, actor, h); err != nil {
		return err
	}
	under, err := s.App.Assumptions(r.Context(), actor, app.AssumptionFilter{Procedure: h.Procedure.Slug})
	if err != nil {
		return err
	}
	page.Under = f.Unders(under, func(u app.AssumedUse) bool { return u.Procedure.ID == h.Procedure.ID })
	if frame.Number(r.URL.Query().Get("done")) == h.Revision.Number {
		page.Done = f.Say("procedure.edit.done", "n", h.Revision.Number)
	}
	n, err := s.App.Newcomer(r.Context(), actor, f.Place.Team.ID)
	if err != nil {
		return err
	}
	page.New, page.Alone = n.NewHere(f.Now), n.ID != "" && !n.Ran
	if h.UsedAt == 0 {
		// The first look is what later changes are held against. Where nothing can
		// be written the page is there all the same.
		_ = s.App.UseProcedure(r.Context(), actor, h.Procedure.ID)
	}
	return s.Show(w, http.StatusOK, "procedure", page)
}

// AddUnder is its address, for whoever may say what it rests on.
func (p procedurePage) AddUnder() string {
	if !p.Of.Mine {
		return ""
	}
	return p.To
}

func (s *Pages) procedurePage(r *http.Request, f *frame.Frame, h app.History, actor practice.Actor) procedurePage {
	f.Title = h.Procedure.Title
	n := h.Revision.Number
	page := procedurePage{inManual: inManual{Frame: f}, Of: h, To: practice.ProcedurePath(h.Procedure.Slug), SignOff: signOffOf(f, h, actor),
		Current: f.Say("procedure.current", "n", n, "when", f.When(h.Revision.At, f.Now)),
		Print:   s.Origin(r) + practice.ProcedurePath(h.Procedure.Slug) + "/current?v=" + strconv.Itoa(n)}
	page.Square = f.QR(page.Print, f.Say("procedure.current.ask"))
	if page.Line = f.Say("procedure.line.none"); len(h.Steps) > 0 {
		page.Line = f.Say("procedure.line", "steps", len(h.Steps), "failures", failuresBehind(h.Steps))
	}
	page.Runs = runs(f, h, actor)
	if h.Revision.From.After(f.Now) && n > 1 {
		page.Later = f.Say("procedure.current.later", "n", n, "day", f.Date(h.Revision.From), "now", countsNow(h, f))
	}
	if h.UsedAt > 0 && h.UsedAt < n {
		page.Changed = f.Say("procedure.changed", "was", h.UsedAt, "n", len(h.Between(h.UsedAt, n)))
	}
	page.Latest = latestScarred(f, h, actor)
	return page
}

// failuresBehind counts the failures that stand behind steps, each once.
func failuresBehind(steps []practice.ProcedureStep) int {
	seen := map[practice.FailureID]bool{}
	for _, s := range steps {
		for _, c := range s.Scars {
			if c.Given == "" {
				seen[c.Failure] = true
			}
		}
	}
	return len(seen)
}

// countsNow is the version that counts today: the latest whose day has come.
func countsNow(h app.History, f *frame.Frame) int {
	for _, t := range h.Turns {
		if !t.Revision.From.After(f.Now) {
			return t.Revision.Number
		}
	}
	return 1
}

// runs lays the page out: every block where it stands, each step with what is
// known about it.
func runs(f *frame.Frame, h app.History, actor practice.Actor) []run {
	page := frame.PageOf(h.Revision.Markdown)
	if len(page.Steps) != len(h.Steps) { // a page of another release, until somebody changes it
		page = prose.Procedure{}
		for i := range h.Steps {
			page.Blocks = append(page.Blocks, prose.Block{Kind: prose.StepBlock, Step: i})
		}
	}
	var runs []run
	for i := 0; i < len(page.Blocks); {
		b := page.Blocks[i]
		if b.Kind == prose.StepBlock {
			if len(runs) == 0 || runs[len(runs)-1].Steps == nil {
				runs = append(runs, run{})
			}
			last := &runs[len(runs)-1]
			last.Steps = append(last.Steps, stepLineOf(f, h, page, h.Steps[b.Step], actor))
			i++
			continue
		}
		end := i + 1
		for end < len(page.Blocks) && page.Blocks[end].Kind != prose.StepBlock && page.Blocks[end].Depth == b.Depth {
			end++
		}
		if text := proseOf(page.Blocks[i:end], h.Procedure.Title); text != "" {
			runs = append(runs, run{Prose: page.HTML(text), In: under(b.Depth)})
		}
		i = end
	}
	return runs
}

// proseOf joins the words between steps. What only machines read is left out,
// and so is the heading that stands above the page already.
func proseOf(blocks []prose.Block, title string) string {
	var lines []string
	for _, b := range blocks {
		switch b.Kind {
		case prose.FrontMatter, prose.Comment:
		case prose.Heading:
			if prose.Plain(b.Raw) != title {
				lines = append(lines, b.Raw)
			}
		default:
			lines = append(lines, b.Raw)
		}
	}
	return strings.Trim(outdent(strings.Join(lines, "")), "\r\n")
}

// outdent takes away the indentation that all lines share, which only said
// under which step they stand.
func outdent(text string) string {
	least := -1
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if n := len(line) - len(strings.TrimLeft(line, " ")); least < 0 || n < least {
			least = n
		}
	}
	if least <= 0 {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(line[min(least, len(line)-len(strings.TrimLeft(line, " "))):])
	}
	return b.String()
}

func stepLineOf(f *frame.Frame, h app.History, page prose.Procedure, s practice.ProcedureStep, actor practice.Actor) stepLine {
	to := practice.ProcedurePath(h.Procedure.Slug)
	l := stepLine{ID: s.ID, N: s.Number, In: under(s.Depth), Text: frame.Inline(page, s.Text), Scars: f.Scars(s.Scars, actor),
		Side: f.Since(s.Scars), Past: to + "/step/" + string(s.ID), Core: f.Core(s, actor), Takes: s.Core(), Trial: trialTag(f, s)}
	l.Seam = f.Seam(len(l.Scars))
	if h.Mine {
		l.Edit = to + "/change?step=" + string(s.ID)
	}
	if l.Side == "" {
		l.Side = sinceVersion(f, h, s.Since)
	}
	return l
}

// sinceVersion says how long a line has had its words.
func sinceVersion(f *frame.Frame, h app.History, number int) string {
	t, _ := h.Turn(number)
	switch {
	case number == 1:
		return f.Say("since.first")
	case f.SameDay(t.Revision.At):
		return f.Say("since.today", "clock", f.Clock(t.Revision.At))
	}
	return f.Say("since.version", "n", number)
}

// signOffOf says where the sign-off stands. What is in use stays in use whatever
// it says.
func signOffOf(f *frame.Frame, h app.History, actor practice.Actor) signOff {
	ask := h.Procedure.SignOff
	name := h.SignBy.Name
	switch {
	case ask.By == "":
		return signOff{}
	case !ask.At.IsZero():
		signed := slices.IndexFunc(h.Turns, func(t app.Turn) bool { return !t.Revision.At.After(ask.At) })
		if signed > 0 {
			return signOff{Text: f.Say("procedure.signoff.before", "n", h.Turns[signed].Revision.Number, "name", name, "day", f.Day(ask.At))}
		}
		return signOff{Text: f.Say("procedure.signoff.done", "name", name, "day", f.Day(ask.At))}
	}
	key := "procedure.signoff.state"
	if f.Now.After(ask.Until.AddDate(0, 0, 1)) {
		key = "procedure.signoff.overdue"
	}
	return signOff{Waiting: true, Mine: ask.By == actor.Member, Text: f.Say(key, "name", name, "day", f.Day(ask.Until))}
}

// sendMarkdown hands out the page in use, every byte of it.
func (s *Pages) sendMarkdown(w http.ResponseWriter, r *http.Request, slug string, actor practice.Actor) error {
	m, err := s.App.Procedure(r.Context(), actor, slug)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+m.Procedure.Slug+`.md"`)
	w.Header().Set("Cache-Control", "private, no-cache")
	_, err = w.Write([]byte(m.Revision.Markdown))
	return err
}

// useProcedure remembers which version somebody works with, and shows it as a
// list to tick; or, where they only looked, brings them back.
func (s *Pages) useProcedure(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"seen": 1})
	if err != nil {
		return err
	}
	m, err := s.App.Procedure(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if err := s.App.UseProcedure(r.Context(), actor, m.Procedure.ID); err != nil {
		return err
	}
	to := practice.ProcedurePath(m.Procedure.Slug)
	if form.Typed("seen") == "" {
		to += "/use"
	}
	frame.Redirect(w, r, to)
	return nil
}

// showUse is the list alone, to tick at work. What is ticked stays in the
// browser and goes with the page.
func (s *Pages) showUse(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	h, err := s.App.History(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "use", s.procedurePage(r, f, h, actor))
}
