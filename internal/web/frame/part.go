package frame

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
)

// Refusal is part/refusal: what does not go, why, and the nearest things that
// do. It is never red and never a dead end.
type Refusal struct {
	Title, Why string
	Ways       []Way
	Small      bool   // stands inside a page, under its heading
	Icon       string // of a small one; empty is the open hand
}

// Way is one way on: a link, or a form of one button where Post is set. Without
// an address it is a line of text.
type Way struct {
	Name     string // in the catalogue; empty for a page's own
	Text, To string
	Post     bool
	Go       bool   // the one to take
	Key      string // idempotency key of a Post
	Form     string // of the page, sent with Sends as its one more field
	Sends    string // the name of that field
	Value    string // what it sends
}

// Summary is part/summary: what is refused and what is to be mended, on top of
// the page. It takes the focus and links to the fields.
type Summary struct {
	Heading string // of what is to be mended
	Wrong   []Wrong
	Passes  bool // the next news of the page may take it away
}

// Summary says what is wrong with a form; without anything wrong the part shows
// nothing.
func (f *Frame) Summary(m *Form) Summary {
	if !m.Marked() {
		return Summary{}
	}
	s := Summary{Wrong: m.Wrong, Passes: m.Passes}
	s.Heading = f.Say("frame.summary", "n", len(s.Mend()))
	return s
}

// Refused is what the practice refuses.
func (s Summary) Refused() []Wrong {
	return slices.DeleteFunc(slices.Clone(s.Wrong), func(w Wrong) bool { return !w.Refused })
}

// Mend is what somebody only has to mend.
func (s Summary) Mend() []Wrong {
	return slices.DeleteFunc(slices.Clone(s.Wrong), func(w Wrong) bool { return w.Refused })
}

// Field is part/line (one line) and part/area (several).
type Field struct {
	Name, Label, Hint string
	ID                string // empty is the name; for a page of several forms
	Value, Wrong      string
	Type              string // of part/line; empty is text
	Rows              int    // of part/area
	Most              int    // characters; 0 is unlimited
	Need              bool
	Focus             bool
	Fill              string // autocomplete
	Small             bool   // a small label
	Theirs            string // what somebody else saved here meanwhile, said whole; empty where nobody did
}

// Field makes a field. Its words are key, and key.hint where there is one; its
// value is what was typed, else value.
func (f *Frame) Field(m *Form, name, key, value string) Field {
	d := Field{Name: name, Label: f.Say(key), Value: value, Wrong: m.At(name), Rows: 3}
	if f.Has(key + ".hint") {
		d.Hint = f.Say(key + ".hint")
	}
	if len(m.All(name)) > 0 { // another form of the same page leaves it as it was
		d.Value = m.Typed(name)
	}
	d.Theirs = f.theirs(m, name)
	return d
}

// theirs says what somebody else saved in a field meanwhile.
func (f *Frame) theirs(m *Form, name string) string {
	saved, did := m.Theirs(name)
	switch {
	case !did:
		return ""
	case saved == "":
		return f.Say("both.theirs.nothing")
	}
	return f.Say("both.theirs.value", "value", saved)
}

// Tall, Needed, First, Limited, Kind, Filled, Of and Little say more about a field, one
// after the other: ($.Field $.Form "what" "report.what" "").Needed.First.

// Tall sets how many lines are shown.
func (d Field) Tall(rows int) Field { d.Rows = rows; return d }

// Needed marks a field that cannot be left empty.
func (d Field) Needed() Field { d.Need = true; return d }

// First puts the cursor here when the page opens.
func (d Field) First() Field { d.Focus = true; return d }

// Limited sets the most characters.
func (d Field) Limited(most int) Field { d.Most = most; return d }

// Kind sets the type of the input: "date", "url", "password".
func (d Field) Kind(t string) Field { d.Type = t; return d }

// Filled names what the browser may fill in: "nickname", "current-password".
func (d Field) Filled(with string) Field { d.Fill = with; return d }

// Of tells the field from those of the same name in other forms of the page.
func (d Field) Of(form string) Field { d.ID = form + "-" + d.Name; return d }

// Little gives the field a small label.
func (d Field) Little() Field { d.Small = true; return d }

// Check is part/check: whether a change adds a check on people, and on whom.
type Check struct {
	On          bool
	Label, Line string
	Whom        Field
}

// Check asks whether a change adds a check on people. line says what follows from it.
func (f *Frame) Check(m *Form, line string) Check {
	return Check{On: m.Typed("check") != "", Label: f.Say("check.tick"), Line: f.Say(line), Whom: f.Field(m, "checked", "check.whom", "").Limited(practice.MaxName).Little()}
}

// Choices is part/choices: native radio buttons or check boxes in a fieldset.
type Choices struct {
	Name, Label, Wrong string
	Many               bool   // check boxes
	Look               string // "", "inline", "seg", "seven" or "three"
	Hidden             bool   // the label is for the ear only
	Options            []Option
	Theirs             string // what somebody else chose meanwhile, said whole
}

// Option is one choice.
type Option struct {
	Value, Text, Small string
	Kind               *Kind // shown in place of Text
	On                 bool
	Opens              bool // shows what stands in .reveal after the choices
	Wide               bool // stands above the others
}

// Pick is part/people: a select, with nobody or nothing first.
type Pick struct {
	Name, Label, Nobody, Wrong string
	Options                    []Option
}

// Choices makes a group. What was sent before goes before what is preselected.
func (f *Frame) Choices(m *Form, name, key string, options ...Option) Choices {
	c := Choices{Name: name, Label: f.Say(key), Wrong: m.At(name), Options: options}
	for _, o := range options {
		if saved, did := m.Theirs(name); did && saved == o.Value {
			c.Theirs = f.Say("both.theirs.value", "value", o.Text)
		}
	}
	if m != nil && m.Sent {
		c.Options = slices.Clone(options)
		for i, o := range c.Options {
			c.Options[i].On = m.Has(name, o.Value)
		}
	}
	return c
}

// Equal is part/equal: one form whose buttons are the answers, all alike and
// none preselected.
type Equal struct {
	To, Name, Label, Key string
	Pair                 bool // two big ones; else three
	Answers              []Option
}

// Kind is part/kind: glyph, word and colour of a kind of gap. Inherent always
// stands with its half-sentence.
type Kind struct{ Class, Icon, Text, Half string }

// Kind says a verdict: "avoidable", "inherent", "experiment" or "unsure".
func (f *Frame) Kind(verdict string) Kind {
	icon := map[string]string{"avoidable": "mend", "inherent": "wall", "experiment": "seed", "unsure": "later", "unknown": "later"}[verdict]
	k := Kind{Class: verdict, Icon: icon, Text: f.Say("kind." + verdict)}
	if verdict == "inherent" {
		k.Half = f.Say("kind.inherent.half")
	}
	return k
}

// Seam is part/seam: one suture per failure on the hem of a step, up to six, then
// a number.
type Seam struct {
	Sutures int
	Count   string // shown when there are more than six
	Label   string
	Fresh   bool // drawn once, when the change was agreed just now
}

// Seam says how many failures stand behind a step; none is a plain dot.
func (f *Frame) Seam(failures int) Seam {
	s := Seam{Sutures: failures, Label: f.Say("frame.seam", "n", failures)}
	if failures > 6 {
		s.Sutures, s.Count = 1, strconv.Itoa(failures)
	}
	return s
}

// Tally is part/tally: two of three.
type Tally struct {
	On    []bool
	Label string
}

// Tally draws n of all.
func (f *Frame) Tally(n, all int) Tally {
	t := Tally{Label: f.Say("frame.tally", "n", n, "all", all)}
	for i := range all {
		t.On = append(t.On, i < n)
	}
	return t
}

// Diff is part/diff: a text as it was and as it is, in runs.
type Diff struct {
	Label   string
	Was, Is []Run
}

// Run is a piece of a text that is the same throughout: kept, or changed.
type Run struct {
	Text    string
	Changed bool
}

// Frozen is part/frozen: what was intended, as it was frozen, and what was known
// later.
type Frozen struct {
	*Frame
	P     practice.Plan
	To    string // its page; empty for who may not go there
	Whole bool   // and all else that it says
}

// Parted is part/parted: where two things parted, what was meant and how it went,
// always in these words and this order.
type Parted struct {
	*Frame
	practice.Parts
	Level int    // of the heading: 1 for the page's, 2 for a section's, 0 for none
	ID    string // of the heading, for a section to be called by
}

// Parted says a gap, as the heading of the page.
func (f *Frame) Parted(p practice.Parts) Parted { return Parted{Frame: f, Parts: p, Level: 1} }

// As makes it the heading of the section that is called by id.
func (p Parted) As(id string) Parted { p.Level, p.ID = 2, id; return p }

// Plain makes it one of several, without a heading.
func (p Parted) Plain() Parted { p.Level = 0; return p }

// Thread is part/thread: where a failure is in the loop, five steps.
type Thread struct {
	Label string
	Steps []ThreadStep
}

// ThreadStep is one of them.
type ThreadStep struct {
	Name, Note string
	State      string // "done", "now" or empty
}

// Thread says the five steps; now is the step that is open, 0 to 4, or 5 when
// all are done. notes stand under the steps, as far as there are any.
func (f *Frame) Thread(now int, notes ...string) Thread {
	t := Thread{Label: f.Say("thread.label")}
	for i, l := range f.Lines("thread.step") {
		step := ThreadStep{Name: l.Text}
		switch {
		case i < now:
			step.State = "done"
		case i == now:
			step.State = "now"
		}
		if i < len(notes) {
			step.Note = notes[i]
		}
		t.Steps = append(t.Steps, step)
	}
	return t
}

// Reported says when a failure was reported; nothing where it has no author, and so
// no clock.
func (f *Frame) Reported(x practice.Failure) string {
	if x.ReportedAt.IsZero() {
		return ""
	}
	return f.When(x.ReportedAt, f.Now)
}

// Happened says when a failure was noticed: the day alone, where only that was said.
func (f *Frame) Happened(x practice.Failure) string {
	if x.KnowsDayOnly() {
		return f.Day(x.RecognisedAt)
	}
	return f.When(x.RecognisedAt, f.Now)
}

// After says how long after a failure something was: in days, where only its day is known.
func (f *Frame) After(x practice.Failure, at time.Time) string {
	if x.KnowsDayOnly() {
		return f.Days(x.RecognisedAt, at)
	}
	return f.Hours(at.Sub(x.RecognisedAt))
}

// Empty is part/empty: nothing here yet, and the one thing to do.
type Empty struct {
	Title, Why string
	Ways       []Way
}

// Both is part/both: two texts for one place, none lost. Its form sends "theirs",
// "mine" or "join" under the name "which".
type Both struct {
	Heading, Line          string
	TheirsLabel, MineLabel string
	Answers                []Option
	To, Key                string // empty in the template the script fills in
	Theirs, Mine           string
	Version                string // of theirs, so that nobody overwrites a third
}

// Both offers two texts for one place. to is the address of the form.
func (f *Frame) Both(to, theirs, mine, version string) Both {
	b := f.BothTexts()
	b.To, b.Key, b.Theirs, b.Mine, b.Version = to, f.Once(), theirs, mine, version
	return b
}

// BothTexts is the same without any texts, for the script to fill in.
func (f *Frame) BothTexts() Both {
	b := Both{
		Heading: f.Say("both.heading"), Line: f.Say("both.line"),
		TheirsLabel: f.Say("both.theirs"), MineLabel: f.Say("both.mine"),
	}
	b.Answers = []Option{
		{Value: "theirs", Text: f.Say("both.use-theirs")},
		{Value: "mine", Text: f.Say("both.use-mine")},
		{Value: "join", Text: f.Say("both.join")},
	}
	return b
}

// BothSaid is part/bothsaid: two texts for one step, the words of whoever was
// faster and one's own, within the form that sends one's own again. Its button
// sends theirs as "join".
type BothSaid struct {
	Heading, Line          string
	Theirs, Mine           string // theirs is empty where the step is gone
	TheirsLabel, MineLabel string
	Take, TakeTo, Join     string // the words of the link, where it leads, and those of the button
}

// BothSaid shows the two texts where err says that somebody was faster, and is
// nil for anything else. take is where theirs is left as it is.
func (f *Frame) BothSaid(err error, mine, take string) *BothSaid {
	var refusal *practice.Error
	if !errors.As(err, &refusal) || !slices.Contains([]string{"step.meanwhile", "step.gone", practice.ErrChanged.Code}, refusal.Code) {
		return nil
	}
	b := f.BothTexts()
	theirs, _ := refusal.Args["theirs"].(string)
	return &BothSaid{Heading: f.Speaker.Refusal(refusal).Title, Line: b.Line, Theirs: theirs, Mine: mine,
		TheirsLabel: b.TheirsLabel, MineLabel: b.MineLabel, Take: f.Say("both.use-theirs"), TakeTo: take, Join: f.Say("both.join")}
}

// Writing is part/writing: a text whose change is drawn while it is typed.
type Writing struct {
	Field
	Preview, Into string // the address that draws it, and the id of its place
}

// Fold is part/fold: an explanation. After three views a browser keeps it
// closed.
type Fold struct{ Name, Summary, Text string }

// Fold says an explanation: key.title and key.text.
func (f *Frame) Fold(key string) Fold {
	return Fold{Name: key, Summary: f.Say(key + ".title"), Text: f.Say(key + ".text")}
}

// Legal says where people write how far the law reaches: in the organisation's words,
// or in ours.
func (f *Frame) Legal() Fold {
	fold := f.Fold("legal")
	if f.Place.Legal != "" {
		fold.Text = f.Place.Legal
	}
	return fold
}

// SupportLines are whom people can turn to where somebody was hurt or worse.
func (f *Frame) SupportLines() []string { return f.Place.Support }

// LineCount is how many lines a pasted text has.
func (f *Frame) LineCount(text string) int { return strings.Count(text, "\n") + 1 }

// Tabs is part/tabs: pages that belong together.
type Tabs struct {
	Label string
	Tabs  []Link
}

// VerdictKind is the name under which the frame knows a verdict.
func VerdictKind(v practice.Verdict) string {
	if v == practice.KeptOpen {
		return "unsure"
	}
	return string(v)
}

// HostOf is where an address leads, without the rest of it.
func HostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	name, _, _ := strings.Cut(rest, "/")
	return name
}
