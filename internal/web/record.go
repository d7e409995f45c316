package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
)

// recordRoutes is what a review leaves, to read, print and take along.
func (s *Web) recordRoutes() []Route {
	return []Route{
		{Pattern: "GET /f/{n}/record", handler: s.member(s.showRecord)},
		{Pattern: "GET /f/{n}/record.md", handler: s.member(s.saveRecord)},
		{Pattern: "POST /f/{n}/record/hold", handler: s.member(s.holdAnswers)},
	}
}

// recordPage is a closed review: no counts, no names on answers.
type recordPage struct {
	*Frame
	R        app.Record
	Mine     bool // a failure of the reader's teams
	House    practice.Organisation
	Of       practice.Team
	Met      string // after how many hours
	Until    time.Time
	Convener string
	Form     *Form
	base     string // of this server, for words to pass on
}

func (s *Web) recordPage(r *http.Request, f *Frame, actor practice.Actor) (recordPage, error) {
	page := recordPage{Frame: f, base: s.base(r)}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return page, practice.ErrNotFound
	}
	if page.R, err = s.App.Record(r.Context(), actor, n); err != nil {
		return page, err
	}
	page.Mine = actor.In(page.R.Failure.Team)
	page.Met = f.Hours(page.R.Review.StartedAt.Sub(page.R.Failure.RecognisedAt))
	if page.House, err = s.App.Organisation(r.Context(), actor); err != nil {
		return page, err
	}
	if page.Of, err = s.App.Team(r.Context(), actor, page.R.Failure.Team); err != nil {
		return page, err
	}
	page.Until = page.R.Review.ClosedAt.AddDate(0, 0, page.House.RetentionDays)
	page.Convener, err = s.App.NameOf(r.Context(), actor, page.R.Review.Lead)
	f.Title = page.R.Failure.Title
	return page, err
}

func (s *Web) showRecord(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	return s.recordForm(w, r, f, actor, nil)
}

func (s *Web) recordForm(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor, form *Form) error {
	page, err := s.recordPage(r, f, actor)
	if err != nil {
		return err
	}
	page.Form = form
	if page.R.Part {
		w.Header().Set("Cache-Control", "no-store") // raw answers stand on it
	}
	return s.show(w, form.Status(), "record", page)
}

// holdAnswers keeps the raw answers beyond their time, or lets them go again.
func (s *Web) holdAnswers(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	number, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return practice.ErrNotFound
	}
	form, err := readForm(r, f, fields{"why": practice.MaxLine})
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.App.HoldAnswers(r.Context(), actor, number, form.Typed("why"))
	}
	switch {
	case form.Mark(err) || form.Marked():
		return s.recordForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	redirect(w, r, "/f/"+strconv.Itoa(number)+"/record#answers")
	return nil
}

// Late reports whether the room was called for later than three days after it
// was noticed, which is what its reason is about then.
func (p recordPage) Late() bool {
	return p.R.Review.MeetAt.After(p.R.Failure.RecognisedAt.Add(practice.ReviewLimit))
}

// MayHold reports whether the reader may keep the raw answers beyond their time.
func (p recordPage) MayHold() bool { return p.You != nil && p.You.Steward }

// Readers says who reads this record, and in which form.
func (p recordPage) Readers() string {
	switch {
	case !p.R.Whole:
		return p.Say("record.readers.short")
	case p.R.Review.Whole:
		return p.Say("record.readers.whole")
	}
	return p.Say("record.readers")
}

// To is the failure's page.
func (p recordPage) To() string { return failureAddress(p.R.Failure.Number) }

// Source is whose record this is, and of what.
func (p recordPage) Source() string {
	return p.Say("record.heading", "organisation", p.House.Name, "team", p.Of.Name, "n", p.R.Failure.Number)
}

// Clocks says when it happened and when they met, who convened, and whom misuse
// is told to.
func (p recordPage) Clocks() string {
	guardian := p.Say("record.guardian.none")
	if p.House.Guardian != "" {
		guardian = p.Say("record.guardian", "name", p.House.Guardian)
	}
	return strings.Join([]string{
		p.Say("record.happened", "when", p.Moment(p.R.Failure.RecognisedAt)),
		p.Say("record.met", "met", p.Met, "when", p.Moment(p.R.Review.StartedAt)),
		p.Say("record.convened", "name", p.Convener), guardian,
	}, " ")
}

// agreed is what the room agreed on for one of the first two questions.
type agreed struct {
	N    int
	Name string
	Text practice.AgreedText
}

// Asked are the first two questions with what the room agreed on. words:use question.*
func (p recordPage) Asked() []agreed {
	var out []agreed
	for n, phase := range []string{"intended", "happened"} {
		out = append(out, agreed{n + 1, p.Say("question." + strconv.Itoa(n+1) + ".name"), p.Text(phase)})
	}
	return out
}

// Quotes are the words the room chose to keep.
func (p recordPage) Quotes() []string {
	var all []string
	for _, l := range p.R.Gaps {
		all = append(all, l.Gap.Quotes...)
	}
	return all
}

// Leads is where what a gap led to stands now; one that leads elsewhere has an
// icon.
func (p recordPage) Leads(l app.Learned) Link {
	switch {
	case l.Step.ID != "":
		return Link{Text: p.Say("record.open"), To: procedureAddress(l.Procedure) + "#" + string(l.Step.ID)}
	case l.Safeguard.ID != "":
		return Link{Text: host(l.Safeguard.Link), To: l.Safeguard.Link, Icon: "link"}
	case l.Constraint.ID != "":
		return Link{Text: p.Say("constraint.number", "n", l.Constraint.Number), To: "/c/" + strconv.Itoa(l.Constraint.Number)}
	case l.Finding.ID != "":
		return Link{Text: p.Say("finding.number", "n", l.Finding.Number), To: "/e/" + strconv.Itoa(l.Finding.Number)}
	}
	return Link{}
}

// Text is what the room agreed on for a question.
func (p recordPage) Text(phase string) practice.AgreedText {
	for _, t := range p.R.Texts {
		if string(t.Phase) == phase {
			return t
		}
	}
	return practice.AgreedText{}
}

// Sorted says how a gap was sorted: all agreed, or seen differently in words.
// words:use kind.*
func (p recordPage) Sorted(g practice.Gap) string {
	switch {
	case !g.Taken:
		return p.Say("record.gap.left")
	case g.Differ != "":
		return p.Say("record.differ", "text", g.Differ)
	}
	return p.Say("record.agreed")
}

// Became says in one line what a gap led to.
func (p recordPage) Became(l app.Learned) string {
	r := l.Gap.Route
	switch r.Kind {
	case practice.RouteStep:
		return p.Say("record.changed.step", "procedure", l.Procedure.Title, "n", l.Step.Place, "when", p.R.Review.ClosedAt)
	case practice.RouteSafeguard:
		return p.Say("record.changed.safeguard", "text", l.Safeguard.Text)
	case practice.RouteConstraint:
		return p.Say("record.changed.constraint", "text", strings.TrimRight(l.Constraint.Text, "."), "places", l.Constraint.Places)
	case practice.RouteFinding:
		return p.Say("record.changed.finding", "text", l.Finding.Known)
	case practice.RoutePromised:
		return p.Say("record.changed.promised", "day", r.By, "why", r.Why)
	case practice.RouteNothing:
		return p.Say("record.changed.none", "why", r.Why)
	case practice.RouteCovered:
		what := l.Safeguard.Text
		if l.Step.ID != "" {
			what = p.Say("search.step", "procedure", l.Procedure.Title, "n", l.Step.Place)
		}
		return p.Say("record.changed.covered", "what", what, "why", r.Why)
	}
	if l.Gap.Verdict == practice.Unknown {
		return p.Say("record.changed.unknown")
	}
	return ""
}

// Carry is the promise in one sentence.
func (p recordPage) Carry() string {
	c := p.R.Carried
	switch {
	case c == nil:
		return p.Say("record.carry.nobody")
	case c.Carry.Refused():
		return p.Say("record.carry.open", "act", c.Carry.Act, "moment", c.Carry.Moment, "day", c.Carry.DueAt)
	}
	return p.Say("record.carry", "name", c.Carrier.Name, "act", c.Carry.Act, "moment", c.Carry.Moment, "day", c.Carry.DueAt)
}

// saveRecord answers with the record as Markdown, in the order of the page.
func (s *Web) saveRecord(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	page, err := s.recordPage(r, f, actor)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/markdown; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="F-%d.md"`, page.R.Failure.Number))
	h.Set("Cache-Control", "private, no-cache")
	_, err = w.Write([]byte(page.Markdown()))
	return err
}

// Markdown is the record as text: the same headings, the same words.
func (p recordPage) Markdown() string {
	var d prose.Document
	d.Heading(1, p.R.Failure.Title)
	d.Paragraph(p.Say("frame.number", "n", p.R.Failure.Number) + " · " + p.Say("record.met", "met", p.Met, "when", p.R.Review.StartedAt))
	if p.R.Whole {
		for _, q := range []string{"intended", "happened"} {
			d.Heading(2, p.Ask(q))
			t := p.Text(q)
			d.Paragraph(t.Text)
			if t.Differ != "" {
				d.Paragraph(p.Say("record.differ", "text", t.Differ))
			}
		}
	}
	for i, l := range p.R.Gaps {
		d.Heading(2, p.Say("record.gap.n", "n", i+1))
		if p.R.Whole {
			d.Item(0, p.Say("record.gap.intended")+": "+l.Gap.Intended)
			d.Item(0, p.Say("record.gap.actual")+": "+l.Gap.Actual)
			d.Item(0, p.Say("record.gap.where")+": "+l.Gap.Where)
			for _, q := range l.Gap.Quotes {
				d.Quote(q)
			}
		}
		if l.Gap.Verdict != "" {
			d.Paragraph(p.Kind(kindOf(l.Gap.Verdict)).Text + " · " + p.Sorted(l.Gap))
		}
		if became := p.Became(l); became != "" {
			d.Paragraph(became)
		}
		if l.Gap.Route.Kind == practice.RouteStep {
			d.Item(0, p.Say("record.before")+": "+prose.Plain(l.Was))
			d.Item(0, p.Say("record.after")+": "+prose.Plain(l.Step.Text))
		}
	}
	d.Heading(2, p.Say("record.carrier"))
	d.Paragraph(p.Carry())
	return d.String()
}

// Ask is one of the first two questions. words:use question.*
func (p recordPage) Ask(phase string) string {
	return p.Say("question." + strconv.Itoa(practice.Phase(phase).Number()))
}

// KindFor is the kind of a gap as the page shows it.
func (p recordPage) KindFor(v practice.Verdict) Kind { return p.Kind(kindOf(v)) }
