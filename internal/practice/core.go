package practice

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// CoreFailures is how many independent failures it takes until one of them may
// change a core step (the pattern, section 5: one bad day can look like a pattern).
const CoreFailures = 3

// CoreMark is what was said of a step: that it is core from then on, or no longer,
// and why. Nobody's name is kept with it.
type CoreMark struct {
	Step     StepID
	Core     bool
	At       time.Time
	Revision int // the one in use then
	Why      string
}

// Check refuses a mark without one line why.
func (m CoreMark) Check() error {
	switch {
	case strings.TrimSpace(m.Why) == "":
		return Refuse(Invalid, "core.why").At("why")
	case utf8.RuneCountInString(m.Why) > MaxLine:
		return Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	return nil
}

// CoreChange is a change of a core step that a room wrote down and that is not in
// use: it speaks, with its failure, for changing the step.
type CoreChange struct {
	Gap      GapID
	Change   StepChange
	Revision int       // the one in use when it was written
	Closed   time.Time // when its review closed, which confirms it; zero until then
	Speaks
}

// Hushed is the change for whoever may not read of its failure: it counts, and says
// nothing.
func (c CoreChange) Hushed() CoreChange {
	c.Number, c.Title, c.Change.Text, c.Change.Rest = 0, "", "", ""
	return c
}

// Speaks is a failure that speaks for changing a core step. Whoever may not read
// it is told its team.
type Speaks struct {
	Failure FailureID
	Event   FailureID // which event it reports: one for all that people joined
	By      MemberID  // empty where nobody knows
	Noticed time.Time
	Number  int    // the failure's number; 0 where the reader may not read it
	Title   string // and its title
	Team    TeamID
	Of      string // what that team is called
}

// Scar is the failure as what stands behind a step is named.
func (s Speaks) Scar() Scar {
	return Scar{Failure: s.Failure, Number: s.Number, Title: s.Title, Team: s.Team, Of: s.Of, At: s.Noticed}
}

// SpeaksOf is what a failure says for changing a step. events are those of [Events].
// A name picked at a shared tablet proves nothing, so it tells nobody apart, and what
// was only practised says nothing at all.
func SpeaksOf(f Failure, events map[FailureID]FailureID) Speaks {
	s := Speaks{Failure: f.ID, Event: cmp.Or(events[f.ID], f.ID), By: f.Reporter, Noticed: f.RecognisedAt,
		Number: f.Number, Title: f.Title, Team: f.Team}
	switch {
	case f.Drill:
		return Speaks{Noticed: f.RecognisedAt}
	case f.Source == SourceTablet:
		s.By = ""
	}
	return s
}

// Events tells of reports that people joined which one stands for their event: that
// with the smallest id. A report that is joined to no other is not among them.
func Events(ties []Tie) map[FailureID]FailureID {
	of := map[FailureID]FailureID{}
	var whole func(id FailureID) FailureID
	whole = func(id FailureID) FailureID {
		if up := cmp.Or(of[id], id); up != id {
			return whole(up)
		}
		return id
	}
	for _, t := range ties {
		if a, b := whole(t.A), whole(t.B); t.Kind == TieJoined {
			of[max(a, b)] = min(a, b)
			of[min(a, b)] = min(a, b)
		}
	}
	for id := range of {
		of[id] = whole(id)
	}
	return of
}

// Case is how much speaks for changing a core step.
type Case struct {
	Events int  // different events
	Apart  bool // reported by two people, or on two days
}

// CaseOf counts what speaks for a change: each event once, and apart only where two
// people reported them or two days in zone lie between them. Reports without a name
// may all be of one person: only their days tell them apart.
func CaseOf(all []Speaks, zone *time.Location) Case {
	events, people, days := map[FailureID]bool{}, map[MemberID]bool{}, map[string]bool{}
	for _, s := range all {
		if s.Event == "" {
			continue
		}
		events[s.Event] = true
		days[s.Noticed.In(zone).Format(time.DateOnly)] = true
		if s.By != "" {
			people[s.By] = true
		}
	}
	return Case{Events: len(events), Apart: len(people) > 1 || len(days) > 1}
}

// Opens reports whether the step may change.
func (c Case) Opens() bool { return c.Events >= CoreFailures && c.Apart }

// Forebear is a step that went into another one.
type Forebear struct {
	Step  StepID
	Until int // what it had before this revision went along; 0: all of it
}

// Descent tells of every step which ones went into it: itself, those that were joined
// with it, and the one it was split from.
func Descent(steps []ProcedureStep) map[StepID][]Forebear {
	line := lineOf(steps)
	all := map[StepID][]Forebear{}
	for _, s := range steps {
		seen := map[StepID]int{} // until which revision a step was gone through
		var gather func(f Forebear)
		gather = func(f Forebear) {
			it, ok := line.at[f.Step]
			if until, been := seen[f.Step]; !ok || been && (until == 0 || f.Until > 0 && f.Until <= until) {
				return
			}
			seen[f.Step] = f.Until
			for _, j := range line.joined[f.Step] {
				if f.Until == 0 || j.Retired < f.Until {
					gather(Forebear{j.ID, f.Until})
				}
			}
			if it.Origin != "" {
				gather(Forebear{it.Origin, it.Begun})
			}
		}
		gather(Forebear{Step: s.ID})
		for id, until := range seen {
			all[s.ID] = append(all[s.ID], Forebear{id, until})
		}
	}
	return all
}

// line is how the steps of a procedure came of each other.
type line struct {
	at     map[StepID]ProcedureStep
	joined map[StepID][]ProcedureStep
}

func lineOf(steps []ProcedureStep) line {
	l := line{map[StepID]ProcedureStep{}, map[StepID][]ProcedureStep{}}
	for _, s := range steps {
		l.at[s.ID] = s
		if s.Became != "" {
			l.joined[s.Became] = append(l.joined[s.Became], s)
		}
	}
	return l
}

// core is the mark that makes a step core at a moment, if one does: the last that was
// said of it before a revision (0: of all), or of a step that was joined with it after
// that, or else of the step it was split from.
func (l line) core(id StepID, until int, at time.Time, marks []CoreMark) (CoreMark, bool) {
	it, ok := l.at[id]
	if !ok {
		return CoreMark{}, false
	}
	var own CoreMark
	for _, m := range marks {
		if m.Step == id && (until == 0 || m.Revision < until) && !m.At.After(at) && !m.At.Before(own.At) {
			own = m
		}
	}
	said := own.Step != ""
	if own.Core {
		return own, true
	}
	for _, j := range l.joined[id] {
		if until > 0 && j.Retired >= until || said && own.Revision >= j.Retired {
			continue
		}
		if m, core := l.core(j.ID, j.Retired, at, marks); core {
			return m, true
		}
	}
	if it.Origin != "" && !said {
		return l.core(it.Origin, it.Begun, at, marks)
	}
	return own, false
}

// CoreTime is a time during which a step was core, and why it was. To is zero while it
// is; EndWhy says why it no longer is.
type CoreTime struct {
	From, To    time.Time
	Why, EndWhy string
}

// times are the times during which a step was core.
func (l line) times(id StepID, marks []CoreMark) (all []CoreTime) {
	for _, m := range marks {
		by, core := l.core(id, 0, m.At, marks)
		open := len(all) > 0 && all[len(all)-1].To.IsZero()
		switch {
		case core && !open:
			all = append(all, CoreTime{From: m.At, Why: by.Why})
		case !core && open:
			all[len(all)-1].To, all[len(all)-1].EndWhy = m.At, m.Why
		}
	}
	return all
}

// Inherit gives every step its scars, the times during which it was core, and what waits
// at it: its own, those of the steps that were joined with it, and those that the step it
// was split from had by then. Marks are in the order of their times.
func Inherit(steps []ProcedureStep, scars []Scar, marks []CoreMark, waits []CoreChange) {
	descent, line := Descent(steps), lineOf(steps)
	for i := range steps {
		s := &steps[i]
		of := map[StepID]int{}
		for _, f := range descent[s.ID] {
			of[f.Step] = f.Until
		}
		had := func(id StepID, revision int) bool {
			until, ok := of[id]
			return ok && (until == 0 || revision < until)
		}
		s.Scars = kept(scars, func(c Scar) bool { return had(c.Step, c.Revision) })
		s.Waits = kept(waits, func(w CoreChange) bool { return had(w.Change.Step, w.Revision) })
		s.CoreTimes = line.times(s.ID, marks)
		slices.SortStableFunc(s.Scars, func(a, b Scar) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
		})
	}
}

// kept are those of which keep is true.
func kept[T any](all []T, keep func(T) bool) (some []T) {
	for _, one := range all {
		if keep(one) {
			some = append(some, one)
		}
	}
	return some
}

// Mark is what was said last of a step: why it is core, or why it no longer is. It is
// zero where nothing was ever said.
func (s ProcedureStep) Mark() CoreMark {
	if len(s.CoreTimes) == 0 {
		return CoreMark{}
	}
	last := s.CoreTimes[len(s.CoreTimes)-1]
	if last.To.IsZero() {
		return CoreMark{Step: s.ID, Core: true, At: last.From, Why: last.Why}
	}
	return CoreMark{Step: s.ID, At: last.To, Why: last.EndWhy}
}

// Core reports whether the step is core now.
func (s ProcedureStep) Core() bool { return s.Mark().Core }

// Holds reports whether the step waits for three failures before one that was noticed
// then may change it: it is core now, or was then. Taking the mark off does not set free
// what was noticed under it.
func (s ProcedureStep) Holds(noticed time.Time) bool {
	return s.Core() || slices.ContainsFunc(s.CoreTimes, func(c CoreTime) bool { return !noticed.Before(c.From) && noticed.Before(c.To) })
}

// Confirmed are the changes of a step that wait and whose reviews have closed.
func (s ProcedureStep) Confirmed() []CoreChange {
	return slices.DeleteFunc(slices.Clone(s.Waits), func(w CoreChange) bool { return w.Closed.IsZero() })
}

// Case counts what speaks for changing a step: the failures of the closed reviews, and
// more, such as that of the room which asks.
func (s ProcedureStep) Case(zone *time.Location, more ...Speaks) Case {
	all := slices.Clone(more)
	for _, w := range s.Confirmed() {
		all = append(all, w.Speaks)
	}
	return CaseOf(all, zone)
}

// Changes are the steps whose words, place or being a change touches. A new step
// beside another one touches no other.
func (c StepChange) Changes() []StepID {
	switch c.Act {
	case ActAdd:
		return nil
	case ActMerge:
		return []StepID{c.Step, c.To}
	}
	return []StepID{c.Step}
}

// MayChange decides whether a failure may change the steps that a change touches. It
// refuses with "core.waits" and how many speak for it, this failure included.
func (c StepChange) MayChange(steps []ProcedureStep, f Speaks, zone *time.Location) error {
	for _, s := range steps {
		if !slices.Contains(c.Changes(), s.ID) || !s.Holds(f.Noticed) {
			continue
		}
		if err := s.Case(zone, f).MayPlace(); err != nil {
			return err
		}
	}
	return nil
}

// MayReword refuses what is more than plain wording. A core step may have its capital letters
// and punctuation put right: anything else has a law, a contract or an order behind it, or
// failures. The words that groups are being asked about stay as they are: else some would say
// yes to other words than others.
func (c OtherChange) MayReword(steps []ProcedureStep) error {
	if c.Reason != ReasonWording {
		return nil
	}
	for _, s := range steps {
		switch {
		case !slices.Contains(c.Changes(), s.ID):
		case s.Core() && (c.Act != ActEdit || !spells(s.Text, c.Text)):
			return Refuse(Conflict, "core.wording").At("reason").With("n", s.Number)
		case s.Trial.Waits():
			return s.asked().At("reason")
		}
	}
	return nil
}

// asked refuses to change the step while groups say whether its words are safe enough to try.
func (s ProcedureStep) asked() *Error {
	return Refuse(Conflict, "trial.runs").With("n", s.Number).With("gap", string(s.Trial.Gap))
}

// MayPaste refuses a whole page in which a step has other words, or is gone, that takes three
// failures to change or that groups are being asked about. says is what the page makes of it.
func (s ProcedureStep) MayPaste(says string, there bool) error {
	switch {
	case s.Retired > 0 || there && says == s.Text:
		return nil
	case s.Core():
		return Refuse(Conflict, "core.paste").At("markdown").With("n", s.Number)
	case s.Trial.Waits():
		return s.asked().At("markdown")
	}
	return nil
}

// spells reports whether two wordings are the same words: they differ in capital letters and
// in the marks at the ends of words. One other letter can turn a step round (now, not), so
// that is no spelling; neither is anything at a number or at what it counts (5 mg, 5 Mg).
func spells(was, is string) bool {
	number := false
	return slices.EqualFunc(strings.Fields(was), strings.Fields(is), func(a, b string) bool {
		exact := number
		number = strings.ContainsFunc(a, unicode.IsNumber)
		a2, b2 := strings.Trim(a, marks), strings.Trim(b, marks)
		return a == b || !exact && a2 != "" && !strings.ContainsFunc(a2+b2, isNoLetter) && strings.EqualFold(a2, b2)
	})
}

// marks stand between sentences and their parts.
const marks = `.,;:!?"'“”„‘’…`

func isNoLetter(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-", r)
}

// MayWait decides whether a change of one step waits: it is one that could be made, and
// the step holds for this failure. It refuses with "core.open" where nothing holds it.
func (c StepChange) MayWait(steps []ProcedureStep, f Speaks, zone *time.Location) error {
	at := slices.IndexFunc(steps, func(s ProcedureStep) bool { return s.ID == c.Step })
	if at < 0 {
		return Refuse(Conflict, "step.gone").With("yours", c.Text)
	}
	if err := c.Check(steps[at].Text); err != nil {
		return err
	}
	if c.MayChange(steps, f, zone) == nil {
		return Refuse(Conflict, "core.open")
	}
	return nil
}

// MayPlace decides whether a change that waited may go into use by itself.
func (c Case) MayPlace() error {
	if c.Opens() {
		return nil
	}
	return c.refuse()
}

// MayMark decides who says whether a step is core: anyone of the team that it is, its
// owner, if it has one, that it no longer is.
func (p Procedure) MayMark(m MemberID, core bool) error {
	if core || p.Owner == "" || p.Owner == m {
		return nil
	}
	return Refuse(Forbidden, "core.owner").At("why")
}

// refuse says how many speak for a change so far. Three of one person on one day
// look like one bad day, too.
func (c Case) refuse() error {
	if c.Events >= CoreFailures {
		return Refuse(Conflict, "core.alike").With("n", c.Events)
	}
	return Refuse(Conflict, "core.waits").With("n", c.Events).With("all", CoreFailures)
}
