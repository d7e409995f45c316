package room

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// changePage is one sorted gap and what it changes, for everyone in the room to
// see before it goes on.
type changePage struct {
	inSeat
	E      room.Embedding
	Form   *frame.Form
	Way    string               // which of the forms was sent
	Step   practice.StepID      // the step that is open for another wording
	Behind practice.StepID      // the step a new one is to stand behind
	In     practice.ProcedureID // the procedure somebody chose
	Sees   *frame.Diff          // what would change, for whoever asked
	Both   *frame.BothSaid      // somebody was faster
	Before *changePage          // what was put in place just now
	Number int                  // of the gap
	Seen   []string             // the numbers of the gaps that were in place as the page was opened; nil for a page that opens
	page   prose.Procedure      // the one that is open, or was changed
}

// OfGap is the page of the gap, without what is open on it.
func (p changePage) OfGap() string { return p.toGap(p.E.Gap.ID) }

// Here is the page with what is open on it, wherever a form of it was sent to.
func (p changePage) Here() string { return p.OfGap() + query(p.open()) }

// Fresh is where the script asks for the middle of the page: it carries along
// what was in place as the page was opened, so that the page tells of what others
// put in place since.
func (p changePage) Fresh() string {
	q, seen := p.open(), []string{}
	for i, g := range p.E.Gaps {
		if g.Routed() {
			seen = append(seen, strconv.Itoa(i+1))
		}
	}
	q.Set("seen", strings.Join(seen, "."))
	return p.OfGap() + query(q)
}

// open is what is open on the page.
func (p changePage) open() url.Values {
	q := url.Values{}
	switch {
	case p.Step != "":
		q.Set("step", string(p.Step))
	case p.Behind != "":
		q.Set("behind", string(p.Behind))
	case p.In != "":
		q.Set("in", string(p.In))
	}
	if p.Before != nil {
		q.Set("after", string(p.Before.E.Gap.ID))
	}
	return q
}

// query is the end of an address.
func query(q url.Values) string {
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// ahead tells that the others put a gap in place while this page was open, and
// leads to where they are.
type ahead struct {
	Says, To string
	Follows  bool // nothing is left to do here: the page goes there by itself
}

// Ahead is about the last gap that was put in place since the page was opened.
// Whoever stands at a gap that is in place goes on to the next one, above which
// they see it; whoever has something to do or to see where they are stays.
func (p changePage) Ahead() *ahead {
	new := func(g practice.Gap) bool {
		n := slices.IndexFunc(p.E.Gaps, func(o practice.Gap) bool { return o.ID == g.ID }) + 1
		return p.Seen != nil && g.Routed() && !slices.Contains(p.Seen, strconv.Itoa(n))
	}
	own, next := p.E.Gap, p.Next()
	for i, g := range slices.Backward(p.E.Gaps) {
		switch {
		case !new(g) || next == nil && g.ID == own.ID:
		case own.Routed() && next != nil:
			return &ahead{p.Say("embed.ahead.next", "n", i+1), p.toGap(next.ID) + "?after=" + string(g.ID), true}
		default:
			return &ahead{p.Say("embed.ahead.placed", "n", i+1), p.toGap(g.ID), own.Routed() && !new(own)}
		}
	}
	return nil
}

// toGap is the page of one of the gaps.
func (p changePage) toGap(id practice.GapID) string { return p.Base + "/change/" + string(id) }

// Current reports whether the room is at this page.
func (p changePage) Current() bool { return p.Room.Review.Phase == practice.PhaseChange }

// MayUndo reports whether what the gap led to can be taken back.
func (p changePage) MayUndo() bool { return p.Room.Review.MayEmbed() == nil }

// Where is where the room is.
func (p changePage) Where() string { return phaseAddress(p.Room.Review) }

// To is the address of one of the page's forms.
func (p changePage) To(way string) string { return p.OfGap() + "/" + way }

// FormOf is what was sent, for the form it was sent from.
func (p changePage) FormOf(way string) *frame.Form {
	if p.Way == way {
		return p.Form
	}
	return nil
}

// Adds asks, in one of the forms, whether the change adds a check on people.
func (p changePage) Adds(way string) frame.Check {
	c := p.Check(p.FormOf(way), "check.tick.line")
	c.Whom = c.Whom.Of(way)
	return c
}

// field is the one with the words that were sent.
func (p changePage) field() string {
	switch p.Way {
	case "step", "first", "elsewhere":
		return "text"
	case "boundary":
		return "boundary"
	case "finding":
		return "tried"
	}
	return "why"
}

// Meets reports whether words were sent for a gap that is in place: they stand
// below what others put there.
func (p changePage) Meets() bool {
	return p.Form != nil && p.Way != "undo" && p.Way != "watch" && p.E.Gap.Routed()
}

// Watches reports whether it can be said here what the change is to move: one of a step, or
// one made elsewhere.
func (p changePage) Watches() bool {
	kind := p.E.Gap.Route.Kind
	return p.MayUndo() && (kind == practice.RouteStep || kind == practice.RouteSafeguard)
}

// What it is to move.
func (p changePage) What() frame.Field {
	return p.Field(p.FormOf("watch"), "what", "effect.what", p.E.Done.Effect.What).Limited(practice.MaxLine).Little().Of("watch")
}

// AskDay is the day on which whoever carries it is asked.
func (p changePage) AskDay() frame.Field {
	at := p.E.Done.Effect.AskAt
	if at.IsZero() {
		at = p.Now.AddDate(0, 3, 0)
	}
	return p.Field(p.FormOf("watch"), "day", "effect.day.carrier", at.In(p.Place.Zone).Format(time.DateOnly)).Kind("date").Little().Of("watch")
}

// Summary says what is wrong with a form and leads to its fields, which several
// forms of the page have by one name.
func (p changePage) Summary(m *frame.Form) frame.Summary {
	s := p.Frame.Summary(m)
	s.Wrong = slices.Clone(s.Wrong)
	for i, w := range s.Wrong {
		if w.Field == "why" || w.Field == "text" && p.Way != "step" || p.Way == "watch" {
			s.Wrong[i].Field = p.Way + "-" + w.Field
		}
	}
	return s
}

// Stand is the failure in the five steps of the loop.
func (p changePage) Stand() frame.Thread {
	failure, begun := p.Room.Failure, p.Room.Review.StartedAt
	var people string
	if !begun.IsZero() {
		people = p.After(failure, begun)
	}
	return p.Thread(3, p.Reported(failure), people, "", p.Say("embed.now"))
}

// Is reports the gap's verdict.
func (p changePage) Is(verdict string) bool { return string(p.E.Gap.Verdict) == verdict }

// Next is the gap that is not yet in place, if there is one.
func (p changePage) Next() *practice.Gap {
	for i, g := range p.E.Gaps {
		if g.ID != p.E.Gap.ID && !g.Routed() && g.Sorted() {
			return &p.E.Gaps[i]
		}
	}
	return nil
}

// MayGoOn reports whether every gap led somewhere.
func (p changePage) MayGoOn() bool {
	return p.Current() && !slices.ContainsFunc(p.E.Gaps, func(g practice.Gap) bool { return g.Sorted() && !g.Routed() })
}

// Manual is the procedure that is open: the one with the chosen step, the chosen
// one, or else the first, which has the step that was meant to catch it.
func (p changePage) Manual() *room.Page {
	if len(p.E.Procedures) == 0 {
		return nil
	}
	at := slices.IndexFunc(p.E.Procedures, func(page room.Page) bool {
		return page.Procedure.ID == p.In || slices.ContainsFunc(page.Steps, func(s practice.ProcedureStep) bool { return s.ID == p.Step || s.ID == p.Behind })
	})
	return &p.E.Procedures[max(at, 0)]
}

// Others are the procedures that can be opened instead.
func (p changePage) Others() []practice.Procedure {
	var others []practice.Procedure
	for _, page := range p.E.Procedures {
		if page.Procedure.ID != p.Manual().Procedure.ID {
			others = append(others, page.Procedure)
		}
	}
	return others
}

// SignOff says where the sign-off of the open procedure stands, if one is
// awaited.
func (p changePage) SignOff() string {
	m := p.Manual()
	if ask := m.Procedure.SignOff; m.SignBy != "" && ask.At.IsZero() {
		return p.Say("procedure.signoff.state", "name", m.SignBy, "day", p.Day(ask.Until))
	}
	return ""
}

// Rendered is the text of a step with its links.
func (p changePage) Rendered(markdown string) template.HTML { return frame.Inline(p.page, markdown) }

// Was is the step's change, for everyone to see.
func (p changePage) Was() frame.Diff { return p.Changed(p.E.Done.Was, p.E.Done.Step.Text) }

// Sewn is the seam of the step that was changed just now.
func (p changePage) Sewn() frame.Seam {
	s := p.Seam(len(p.E.Done.Step.Scars))
	s.Fresh = true
	return s
}

// Listed says where a safeguard is found again.
func (p changePage) Listed() string {
	return p.Say("embed.elsewhere.listed", "failure", p.Say("frame.number", "n", p.Room.Failure.Number))
}

// rewrite is the line that is being written: a step's new wording, or a new
// step.
type rewrite struct {
	Page     changePage
	ID       string
	Act      practice.StepAct
	Step     practice.StepID // the step itself, or the one a new one stands behind
	Was      string
	Doing    string
	Failures string   // behind the step once this one is
	Alike    []string // the words it shares with the gap, where it is open because of them
	Seam     frame.Seam
	Words    frame.Writing
	Held     *frame.Refusal // it waits for more failures, and what can be done today
	Core     *frame.Core
	Opens    string // enough speaks for it, with the room's own
}

// Rewrite opens a step for another wording.
func (p changePage) Rewrite(s practice.ProcedureStep) rewrite {
	l := p.rewrite(string(s.ID), practice.ActEdit, s.ID, s.Scars)
	l.Was, l.Doing = s.Text, p.Say("embed.step.changing", "n", s.Number)
	l.Words = p.wording(p.Say("embed.step.new", "n", s.Number), s.Text)
	if p.Meets() {
		l.Was = p.Form.Typed("was")
	}
	if string(s.ID) == p.E.Like.ID {
		l.Alike = p.E.Like.Why
	}
	l.hold(s)
	return l
}

// hold says whether the step waits for more failures.
func (l *rewrite) hold(s practice.ProcedureStep) {
	p := l.Page
	if !p.E.Holds(s) {
		return
	}
	k := p.E.Case(s)
	l.Core = p.CoreOf(s)
	if k.Opens() {
		l.Opens = p.Say("core.room.opens", "n", k.Events)
		return
	}
	title := p.Say("core.room.waits", "left", practice.CoreFailures-k.Events)
	if k.Events >= practice.CoreFailures {
		title = p.Say("core.room.alike")
	}
	l.Held = &frame.Refusal{Title: title, Why: p.Say("core.room.why"), Small: true, Icon: "lock", Ways: []frame.Way{
		{Text: p.Say("core.room.beside"), To: p.OfGap() + "?behind=" + string(s.ID) + "#new"}, {Text: p.Say("core.room.elsewhere"), To: p.OfGap() + "#ew"}}}
}

// CoreOf tells what it takes to change a step, with the room's own failure.
func (p changePage) CoreOf(s practice.ProcedureStep) *frame.Core {
	if !p.E.Holds(s) {
		return nil
	}
	return p.Core(s, practice.Actor{}, p.E.Speaks)
}

// WaitsAs is the change that waits, for everyone to see.
func (p changePage) WaitsAs() *frame.Diff {
	step := p.E.Done.Step
	for _, w := range step.Waits {
		if w.Gap == p.E.Gap.ID {
			d := p.Changed(step.Text, w.Change.Text)
			return &d
		}
	}
	return nil
}

// Kept says how many speak for the change that waits, with the room's own.
func (p changePage) Kept() string {
	k := p.E.Case(p.E.Done.Step)
	return p.Say("core.room.kept", "count", p.Say("core.wait", "n", k.Events, "all", max(practice.CoreFailures, k.Events)))
}

// NewLine opens a new step behind another one.
func (p changePage) NewLine(s practice.ProcedureStep) rewrite {
	l := p.rewrite("new", practice.ActAdd, s.ID, nil)
	l.Doing = p.Say("embed.step.adding", "n", practice.NextStep(s.Number))
	l.Words = p.wording(l.Doing, "")
	return l
}

// FirstLine opens the first step of a procedure that has none.
func (p changePage) FirstLine() rewrite { return p.NewLine(practice.ProcedureStep{}) }

func (p changePage) rewrite(id string, act practice.StepAct, step practice.StepID, scars []practice.Scar) rewrite {
	this := practice.Scar{Number: p.Room.Failure.Number}
	return rewrite{Page: p, ID: id, Act: act, Step: step, Seam: p.Seam(len(scars) + 1), Failures: p.Numbers(append(slices.Clone(scars), this))}
}

func (p changePage) wording(label, was string) frame.Writing {
	d := p.Field(p.FormOf("step"), "text", "embed.step.edit", was).Limited(practice.MaxStep).Tall(2)
	d.Label = label
	return frame.Writing{Field: d, Preview: p.To("preview"), Into: "changes"}
}

// Last is the step behind which one can be added, where none is being added.
func (p changePage) Last() practice.StepID {
	steps := p.Manual().Steps
	if p.Behind != "" || len(steps) == 0 {
		return ""
	}
	return steps[len(steps)-1].ID
}

// Sent reports whether one of the other ways was sent and could not be kept.
func (p changePage) Sent(way string) bool { return p.Way == way && p.Form.Marked() }

// BoundaryKinds are what a boundary can be made of.
func (p changePage) BoundaryKinds() frame.Choices {
	var options []frame.Option
	for _, k := range practice.ConstraintKinds() { // words:use constraint.kind.*
		options = append(options, frame.Option{Value: string(k), Text: p.Say("constraint.kind." + string(k))})
	}
	c := p.Choices(p.FormOf("boundary"), "kind", "embed.constraint.kind", options...)
	c.Look = "inline"
	return c
}

// Places are where this team makes its plans.
func (p changePage) Places() frame.Choices {
	var options []frame.Option
	for _, place := range p.Pack.Places {
		options = append(options, frame.Option{Value: place, Text: place})
	}
	c := p.Choices(p.FormOf("boundary"), "place", "embed.constraint.place", options...)
	c.Many, c.Look = true, "inline"
	return c
}

// By is the last day of a promise: the next cycle.
func (p changePage) By() frame.Field {
	return p.Field(p.FormOf("promise"), "by", "embed.promise.by", p.E.NextCycle.In(p.Place.Zone).Format(time.DateOnly)).Kind("date").Little()
}
