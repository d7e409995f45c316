package loop

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// recordRoutes is what a review leaves, to read, print and take along.
func (s *Pages) recordRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /f/{n}/record", Handler: s.Member(s.showRecord)},
		{Pattern: "POST /f/{n}/record", Handler: s.Member(s.sayEffect)},
		{Pattern: "GET /f/{n}/record.md", Handler: s.Member(s.saveRecord)},
		{Pattern: "GET /f/{n}/record/answers", Handler: s.Member(s.showAnswers)},
		{Pattern: "POST /f/{n}/record/answers", Handler: s.Member(s.openAnswers)},
		{Pattern: "GET /pass/seat/{pass}/record", Handler: s.Open(s.showGuestRecord)},
		{Pattern: "GET /pass/seat/{pass}/record/answers", Handler: s.Open(s.showGuestAnswers)},
		{Pattern: "POST /pass/seat/{pass}/record/answers", Handler: s.Open(s.openGuestAnswers)},
	}
}

// recordPage is a closed review: no counts, no names on answers.
type recordPage struct {
	inLoop
	Form     *frame.Form
	R        app.Record
	Mine     bool // a failure of the reader's teams
	Guest    bool // the reader has no account: nothing leads on from here
	House    practice.Organisation
	Of       practice.Team
	Until    time.Time
	Convener string
	Hold     string // what keeps it from going, said whole; empty where nothing does
	base     string // of this server, for words to pass on
	back     string // of a guest: their address of this page
}

func (s *Pages) recordPage(r *http.Request, f *frame.Frame, actor practice.Actor) (recordPage, error) {
	page := recordPage{inLoop: inLoop{f}, base: s.Origin(r)}
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return page, err
	}
	if page.R, err = s.App.Record(r.Context(), actor, n); err != nil {
		return page, err
	}
	page.Mine = actor.In(page.R.Failure.Team)
	hold, err := s.App.HoldOn(r.Context(), actor, page.R.Failure.ID)
	if err != nil {
		return page, err
	}
	page.Hold = page.holds(hold)
	return page, s.headRecord(r, actor, &page)
}

// headRecord reads what stands around a record.
func (s *Pages) headRecord(r *http.Request, actor practice.Actor, page *recordPage) error {
	var err error
	if page.House, err = s.App.Organisation(r.Context(), actor); err != nil {
		return err
	}
	if page.Of, err = s.App.Team(r.Context(), actor, page.R.Failure.Team); err != nil {
		return err
	}
	page.Year = words.EveryYear // whoever prints it or takes it along reads it in another one
	page.Title = page.R.Failure.Title
	page.Until = page.R.Review.ClosedAt.AddDate(0, 0, page.House.RetentionDays)
	page.Convener, err = s.App.NameOf(r.Context(), actor, page.R.Review.Lead)
	return err
}

// showGuestRecord is the record for somebody without an account who was there.
func (s *Pages) showGuestRecord(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	guest, err := s.Auth.ByPass(r.Context(), r.PathValue("pass"), practice.PassSeat)
	if err != nil {
		return err
	}
	about, err := s.App.PassAbout(r.Context(), guest)
	if err != nil {
		return err
	}
	page := recordPage{inLoop: inLoop{f}, Guest: true}
	if page.R, err = s.App.RecordByPass(r.Context(), guest); err != nil {
		return err
	}
	if about.Hold != "" {
		page.Hold = page.Say("guest.hold", "why", about.Hold)
	}
	if err := s.headRecord(r, guest, &page); err != nil {
		return err
	}
	page.back = r.URL.Path
	w.Header().Set("Cache-Control", "no-store") // it is for whoever has the link
	return s.Show(w, http.StatusOK, "record", page)
}

func (s *Pages) showRecord(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	page, err := s.recordPage(r, f, actor)
	if err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "record", page)
}

// Late reports whether the room was called for later than three days after it
// was noticed, which is what its reason is about then.
func (p recordPage) Late() bool {
	return p.R.Failure.Late(p.R.Review.MeetAt)
}

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
func (p recordPage) To() string { return practice.FailurePath(p.R.Failure.Number) }

// Source is whose record this is, and of what.
func (p recordPage) Source() string {
	return p.Say("record.heading", "organisation", p.House.Name, "team", p.Of.Name, "n", p.R.Failure.Number)
}

// Clocks says when it happened and when they met, who convened, who led, and whom misuse
// is told to.
func (p recordPage) Clocks() string {
	happened := p.Moment(p.R.Failure.RecognisedAt)
	if p.R.Failure.KnowsDayOnly() {
		happened = p.Day(p.R.Failure.RecognisedAt)
	}
	guardian := p.Say("record.guardian.none")
	if p.House.Guardian != "" {
		guardian = p.Say("record.guardian", "name", p.House.Guardian)
	}
	return strings.Join([]string{
		p.Say("record.happened", "when", happened),
		p.clocks(),
		p.Say("record.convened", "name", p.Convener), p.led(), guardian,
	}, " ")
}

// led says who led it.
func (p recordPage) led() string {
	switch g := p.R.Guide; {
	case g.Name == "":
		return p.Say("record.led.script")
	case g.Why != "":
		return p.Say("record.led.part", "name", g.Name, "why", g.Why)
	default:
		return p.Say("record.led", "name", g.Name)
	}
}

// when is from when to when they met, where it was one day.
func (p recordPage) when() string {
	from, till := p.R.Review.StartedAt, p.R.Review.ClosedAt
	if p.Day(from) != p.Day(till) || p.Clock(from) == p.Clock(till) {
		return p.At(from)
	}
	return p.Say("record.met.until", "from", p.At(from), "till", till)
}

// At is a moment, and its clock alone on the day it happened, which stands above.
func (p recordPage) At(t time.Time) string {
	if p.Day(t) == p.Day(p.R.Failure.RecognisedAt) {
		return p.Clock(t)
	}
	return p.Moment(t)
}

// Along says as which other reports it came in; nothing where it did not.
func (p recordPage) Along() string {
	var numbers []string
	for _, f := range p.R.Along {
		numbers = append(numbers, p.Numbered(f))
	}
	if len(numbers) == 0 {
		return ""
	}
	return p.Say("record.along", "failures", numbers)
}

// Reasons are what the room was asked for where it met late, or with few.
func (p recordPage) Reasons() []string {
	var all []string
	if r := p.R.Review; r.LateWhy == practice.SupportFirst {
		all = append(all, p.Say("record.late.support"))
	} else if r.LateWhy != "" && p.Late() {
		all = append(all, p.Say("record.late", "why", r.LateWhy))
	} else if r.LateWhy != "" {
		all = append(all, p.Say("record.many", "why", r.LateWhy))
	}
	if why := p.R.Review.FewWhy; why != "" {
		all = append(all, p.Say("record.few", "why", why))
	}
	return all
}

// NoGap says why nothing changes where question three found no gap.
func (p recordPage) NoGap() string {
	if why := p.R.Review.NothingWhy; why != "" {
		return p.Say("record.nothing", "why", why)
	}
	return p.Say("record.answer.none")
}

// Trace says where what happened can be seen, or that it cannot.
func (p recordPage) Trace() string {
	switch r := p.R.Review; {
	case r.Trace != "":
		return p.Say("record.trace", "trace", r.Trace)
	case r.Traceless:
		return p.Say("record.trace.none")
	}
	return ""
}

// agreed is what the room agreed on for one of the first two questions.
type agreed struct {
	N    int
	Name string
	Text practice.AgreedText
	Mark string // where what was intended comes from
}

// Asked are the first two questions with what the room agreed on. words:use question.*
func (p recordPage) Asked() []agreed {
	var out []agreed
	for n, phase := range []string{"intended", "happened"} {
		out = append(out, agreed{n + 1, p.Say("question." + strconv.Itoa(n+1) + ".name"), p.Text(phase), p.Meant(n + 1)})
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
func (p recordPage) Leads(l app.Learned) frame.Link {
	switch {
	case p.Guest && l.Safeguard.ID == "":
		return frame.Link{}
	case l.Stands != "" && l.Stands != practice.ReferralSoon && p.Mine:
		return frame.Link{Text: p.Say("referral.open"), To: practice.ReferralPath(l.Gap.ID)}
	case l.Step.ID != "":
		return frame.Link{Text: p.Say("record.open"), To: practice.ProcedurePath(l.Procedure.Slug) + "#" + string(l.Step.ID)}
	case l.Safeguard.ID != "":
		return frame.Link{Text: frame.HostOf(l.Safeguard.Link), To: l.Safeguard.Link, Icon: "link"}
	case l.Constraint.ID != "":
		return frame.Link{Text: p.Say("constraint.number", "n", l.Constraint.Number), To: practice.ConstraintPath(l.Constraint.Number)}
	case l.Finding.ID != "":
		return frame.Link{Text: p.Say("finding.number", "n", l.Finding.Number), To: practice.FindingPath(l.Finding.Number)}
	}
	return frame.Link{}
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
func (p recordPage) Became(l app.Learned) string { return p.Frame.Became(l, p.At) }

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

// Stands says what became of the promise, on a line of its own.
func (p recordPage) Stands(c app.Carried) string {
	stands := words.Capital(p.State(c))
	if word := p.Word(c); word != "" {
		stands += " · " + word
	}
	return stands
}

// Used is what people who do the work said of what was changed, once somebody asked.
func (p recordPage) Used() string {
	return p.Frame.Used(p.R.Use)
}

// saveRecord answers with the record as Markdown, in the order of the page.
func (s *Pages) saveRecord(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
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

// Reported is what was reported beyond the title. Whoever reads the short form has
// the title alone.
func (p recordPage) Reported() string {
	if !p.R.Whole {
		return ""
	}
	return practice.Beyond(p.R.Failure.Title, p.R.Failure.Text)
}

// Markdown is the record as text: the same headings, the same words.
func (p recordPage) Markdown() string {
	var d prose.Document
	d.Heading(1, p.R.Failure.Title)
	d.Paragraph(p.Reported())
	d.Paragraph(p.Source())
	d.Paragraph(p.Clocks())
	if along := p.Along(); along != "" {
		d.Paragraph(along)
	}
	for _, why := range p.Reasons() {
		d.Paragraph(why)
	}
	if p.R.Whole {
		p.writeAgreed(&d)
	} else {
		d.Heading(2, p.Say("record.changed"))
	}
	for _, l := range p.R.Gaps {
		p.writeLearned(&d, l)
	}
	if came := p.CameTrue(); len(came) > 0 {
		d.Heading(2, p.Say("intent.came.title"))
		for _, reason := range came {
			d.Quote(reason)
		}
	}
	if quotes := p.Quotes(); len(quotes) > 0 {
		d.Heading(2, p.Say("record.words"))
		for _, q := range quotes {
			d.Quote(q)
		}
	}
	d.Heading(2, p.Say("record.carrier"))
	d.Paragraph(p.Carry())
	if c := p.R.Carried; c != nil {
		d.Paragraph(p.Stands(*c))
	}
	if used := p.Used(); used != "" {
		d.Heading(2, p.Say("use.title"))
		d.Paragraph(used)
	}
	d.Paragraph(p.Say("record.legal"))
	d.Link(0, p.base+p.To()+"/record")
	return d.String()
}

// writeAgreed writes the first three questions with the facts.
func (p recordPage) writeAgreed(d *prose.Document) {
	for _, q := range p.Asked() {
		d.Heading(2, fmt.Sprintf("%d %s", q.N, q.Name))
		d.Paragraph(q.Mark)
		d.Paragraph(cmp.Or(q.Text.Text, p.Say("record.answer.none")))
		if q.Text.Differ != "" {
			d.Paragraph(p.Say("record.differ", "text", q.Text.Differ))
		}
	}
	if trace := p.Trace(); trace != "" {
		d.Paragraph(trace)
	}
	if len(p.R.Facts) > 0 {
		d.Paragraph(p.Say("record.facts"))
	}
	for _, f := range p.R.Facts {
		d.Item(0, p.At(f.At)+" "+f.Text)
		d.Link(1, f.Link)
	}
	d.Heading(2, "3 "+p.Say("question.3.name"))
	for _, l := range p.R.Gaps {
		d.Item(0, p.Say("question.3.write.where")+": "+l.Gap.Where)
		d.Item(1, p.Say("question.3.write.intended")+": "+l.Gap.Intended)
		d.Item(1, p.Say("question.3.write.actual")+": "+l.Gap.Actual)
	}
	if len(p.R.Gaps) == 0 {
		d.Paragraph(p.NoGap())
		return
	}
	d.Heading(2, "4 "+p.Say("question.4.name"))
}

// writeLearned writes what one gap led to.
func (p recordPage) writeLearned(d *prose.Document, l app.Learned) {
	if p.R.Whole {
		d.Heading(3, l.Gap.Name())
		if l.Gap.Verdict != "" {
			d.Paragraph(p.Kind(frame.VerdictKind(l.Gap.Verdict)).Text + " · " + p.Sorted(l.Gap))
		}
	}
	if became := p.Became(l); became != "" {
		d.Paragraph(became)
	}
	if l.Constraint.Assume != "" {
		d.Paragraph(p.Say("record.changed.assume", "text", l.Constraint.Assume))
	}
	if l.Finding.Next != "" {
		d.Paragraph(p.Say("record.changed.next", "text", l.Finding.Next))
	}
	if l.Gap.Route.Kind == practice.RouteStep {
		d.Item(0, p.Say("record.before")+": "+prose.Plain(l.Was))
		d.Item(0, p.Say("record.after")+": "+prose.Plain(l.Step.Text))
	}
	d.Link(0, l.Safeguard.Link)
}

// KindFor is the kind of a gap as the page shows it.
func (p recordPage) KindFor(v practice.Verdict) frame.Kind { return p.Kind(frame.VerdictKind(v)) }
