package tour

import (
	"slices"
	"strings"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// stop is one of the six, with the thing itself one tap away.
type stop struct {
	Name, Kind string // what it tells of
	N          int
	Title, Big string
	Voice      []string
	Scars      []frame.ScarLine
	Bars       []frame.HeldBar
	To, Way    string
	Waits      string // what is not there yet, and when it will be
	Guess      *guess
	Picked     string // what the reader would have changed, in words
	few        bool
	became     string // what it was changed into, told after the guess
	bars       []frame.HeldBar
	choice     []frame.Option
}

// guess asks what the reader would have changed, before it is told. Nothing of it is kept.
type guess struct{ Choices frame.Choices }

// lineStop is which of the stops tells of a step, counted from 0.
const lineStop = 1

// longest is how much of what somebody wrote stands at a stop; the rest is one tap away.
const longest = 420

func cut(text string) string {
	text = strings.TrimSpace(text)
	if r := []rune(text); len(r) > longest {
		return strings.TrimSpace(string(r[:longest])) + " …"
	}
	return text
}

// stopsOf are the six stops. words:use tour.*.kind tour.*.waits tour.*.way
func stopsOf(f *frame.Frame, t app.Tour, actor practice.Actor) []stop {
	all := []stop{failureStop(f, t), lineStopOf(f, t, actor), limitStop(f, t, actor), findingStop(f, t, actor), promiseStop(f, t), vitalityStop(f, t)}
	for i := range all {
		s := &all[i]
		s.N, s.Kind, s.Way = i+1, f.Say("tour."+s.Name+".kind"), f.Say("tour."+s.Name+".way")
		if s.Title == "" {
			s.Title, s.Waits = s.Kind, f.Say("tour."+s.Name+".waits", "people", measure.LeastPeople)
		}
	}
	return all
}

// story is what somebody reported, where it says more than its title.
func story(x practice.Failure) string {
	if text := strings.TrimSpace(x.Text); strings.TrimRight(text, ".!?") != strings.TrimRight(x.Title, ".!?") {
		return cut(text)
	}
	return ""
}

func failureStop(f *frame.Frame, t app.Tour) stop {
	s, x := stop{Name: "failure"}, t.Failure
	if x.ID == "" {
		return s
	}
	s.Title, s.Big, s.To = x.Title, story(x), practice.FailurePath(x.Number)
	s.Voice = []string{f.Say("tour.failure.when", "day", f.Happened(x)) + " " + f.Say("tour.failure.again", "n", t.Again)}
	if x.Standing == practice.Held || x.Standing == practice.InUse || x.Standing == practice.Changed {
		s.Voice = append(s.Voice, f.Say("tour.failure.changed"))
	}
	return s
}

func lineStopOf(f *frame.Frame, t app.Tour, actor practice.Actor) stop {
	s := stop{Name: "line", few: t.Changed < 3}
	if t.Line == nil {
		return s
	}
	m := *t.Line
	s.Title, s.To, s.became = f.Say("tour.line.title"), toLine(m), textOf(f, m)
	if m.Failure.ID != "" {
		s.Title, s.Big = m.Failure.Title, story(m.Failure)
	}
	s.bars = f.HeldBars(m.Scars)
	s.Scars = f.Scars(m.Scars, actor)
	for _, o := range append([]app.Mended{m}, t.Others...) {
		s.choice = append(s.choice, frame.Option{Value: o.ID(), Text: textOf(f, o)})
	}
	slices.SortFunc(s.choice, func(a, b frame.Option) int { return strings.Compare(a.Text, b.Text) })
	return s.told(f)
}

// told tells what it became. Where there is enough to choose from, the reader is asked
// first.
func (s stop) told(f *frame.Frame) stop {
	s.Voice = []string{f.Say("tour.line.became"), s.became}
	s.Bars = s.bars
	if len(s.choice) == 3 {
		c := f.Choices(nil, "pick", "tour.line.ask", s.choice...)
		s.Guess = &guess{c}
	}
	return s
}

// picked is the stop for a reader who has it before them: before they picked, it keeps
// back what it became.
func (s stop) picked(pick string) stop {
	at := slices.IndexFunc(s.choice, func(o frame.Option) bool { return o.Value == pick })
	switch {
	case s.Guess == nil:
	case at < 0:
		s.Voice, s.Bars, s.Scars, s.To = nil, nil, nil, ""
	default:
		s.Guess, s.Picked = nil, s.choice[at].Text
	}
	return s
}

// toLine is where a step or a safeguard stands.
func toLine(m app.Mended) string {
	if m.Step.ID == "" {
		return "/p"
	}
	return practice.ProcedurePath(m.Procedure.Slug) + "#" + string(m.Step.ID)
}

// textOf is what a step or a safeguard says.
func textOf(f *frame.Frame, m app.Mended) string {
	if m.Step.ID == "" {
		return cut(m.Safeguard.Text)
	}
	return cut(f.PlainText(m.Step.Text))
}

func limitStop(f *frame.Frame, t app.Tour, actor practice.Actor) stop {
	s := stop{Name: "limit"}
	if t.Limit == nil {
		return s
	}
	c := t.Limit.Constraint
	s.Title, s.To, s.Scars = c.Text, practice.ConstraintPath(c.Number), f.Scars(t.Limit.Scars, actor)
	if c.Assume != "" {
		s.Big = f.Say("constraint.plan") + " " + cut(c.Assume)
	}
	if len(c.Places) > 0 {
		s.Voice = []string{f.Say("tour.limit.lives", "where", c.Places)}
	}
	return s
}

func findingStop(f *frame.Frame, t app.Tour, actor practice.Actor) stop {
	s := stop{Name: "finding"}
	if t.Finding == nil {
		return s
	}
	x := t.Finding.Finding
	s.Title, s.Big, s.To = x.Tried, cut(strings.Join(x.Known, " ")), practice.FindingPath(x.Number)
	if x.Next != "" {
		s.Voice = []string{f.Say("tour.finding.next", "next", cut(x.Next))}
	}
	s.Scars = f.Scars([]practice.Scar{t.Finding.Scar}, actor)
	return s
}

// promiseStop says what was promised and what came of it. Whose it was is not told.
func promiseStop(f *frame.Frame, t app.Tour) stop {
	s := stop{Name: "promise"}
	if t.Promise == nil {
		return s
	}
	c := t.Promise.Carry
	s.Title, s.Big, s.To = words.Capital(c.Act), f.Say("tour.promise.moment", "moment", words.Capital(c.Moment), "failure", f.Say("frame.number", "n", t.Promise.Failure.Number)+" "+t.Promise.Failure.Title), "/carry"
	s.Voice = []string{f.Say("tour.promise.outcome", "day", f.Day(c.DueAt), "outcome", f.Say("cycle.outcome."+string(t.Promise.Outcome)))} // words:use cycle.outcome.*
	return s
}

// vitalityStop says three of the measures in words, with their doubt.
func vitalityStop(f *frame.Frame, t app.Tour) stop {
	s := stop{Name: "vitality"}
	for _, r := range t.Vitality.Readings {
		if !slices.Contains([]measure.Name{measure.Early, measure.Change, measure.Back}, r.Name) || r.Share.N == 0 {
			continue
		}
		i := r.Share.Wilson()
		share := f.Say("measure.share", "k", r.Share.K, "n", r.Share.N, "low", hundredths(i.Low), "high", hundredths(i.High))
		s.Voice = append(s.Voice, f.Say("tour.vitality.line", "what", f.Say("measure."+string(r.Name)), "share", share)) // words:use measure.*
	}
	if len(s.Voice) > 0 {
		s.Title, s.To = f.Say("tour.vitality.title"), "/vitality"
	}
	return s
}

func hundredths(x float64) int { return int(100*x + 0.5) }

// trodden is something that people go by, with what stands behind it.
type trodden struct {
	ID, Title, To string
	Scars         []frame.ScarLine
}

// troddenOf lists what is used most.
func troddenOf(f *frame.Frame, t app.Tour, actor practice.Actor) []trodden {
	var all []trodden
	for _, u := range t.Used {
		one := trodden{ID: string(u.Procedure.ID), Title: u.Procedure.Title, To: practice.ProcedurePath(u.Procedure.Slug), Scars: f.Scars(u.Scars, actor)}
		if u.Constraint.ID != "" {
			one.ID, one.Title, one.To = string(u.Constraint.ID), u.Constraint.Text, practice.ConstraintPath(u.Constraint.Number)
		}
		all = append(all, one)
	}
	return all
}
