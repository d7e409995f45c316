package practice

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// The rules about core steps, driven through what people do in any order: they report,
// join and part, mark and take marks off, split and join steps, keep, close, place and
// undo, and the clock jumps. What must hold is counted a second time, in the plainest
// way, from what was done.

var orders = flag.Int("orders", 4000, "how many orders of acts a seed of the property test drives")

// coreRules are the rules under test, so that a broken one can stand in.
type coreRules struct {
	may    func(StepChange, []ProcedureStep, Speaks) error
	speaks func(Failure, map[FailureID]FailureID) Speaks
	undone func(CoreChange) CoreChange // how a change waits again
}

var ownRules = coreRules{
	may:    func(c StepChange, steps []ProcedureStep, s Speaks) error { return c.MayChange(steps, s, time.UTC) },
	speaks: SpeaksOf,
	undone: func(c CoreChange) CoreChange { return c },
}

// endOfTime is later than everything that happens.
var endOfTime = dawn.AddDate(9000, 0, 0)

// span is a time during which a step was core; to is zero while it is.
type span struct{ from, to time.Time }

// shop is a procedure and what went wrong with it, as it is kept, and the same again as
// it was done.
type shop struct {
	rules    coreRules
	random   *rand.Rand
	now      time.Time
	revision int
	steps    []ProcedureStep
	marks    []CoreMark
	failures []Failure
	ties     []Tie
	waits    []CoreChange

	core   map[StepID][]span
	ours   map[StepID]map[FailureID]bool // what waits at a step, open or closed
	closed map[FailureID]bool
	placed []CoreChange                  // what went into the last revision, and can wait again
	before map[StepID]map[FailureID]bool // as it waited before
}

func newShop(rules coreRules, random *rand.Rand) *shop {
	return &shop{rules: rules, random: random, now: dawn, revision: 1, steps: []ProcedureStep{{ID: "s0", Begun: 1}, {ID: "s1", Begun: 1}},
		core: map[StepID][]span{}, ours: map[StepID]map[FailureID]bool{"s0": {}, "s1": {}}, closed: map[FailureID]bool{}}
}

// act does one thing at random, and returns what does not hold then.
func (s *shop) act() string {
	switch n := s.random.IntN(20); {
	case n < 2:
		s.now = s.now.Add(time.Duration(s.random.IntN(5*24)-24) * time.Hour) // clocks go back, too
	case n < 4:
		s.tie()
	case n < 6:
		s.mark()
	case n == 6:
		s.split()
	case n == 7:
		s.join()
	case n < 12:
		return s.meet(false)
	case n < 16:
		s.close()
	case n < 18:
		return s.meet(true)
	default:
		return s.undo()
	}
	return s.holds()
}

// use are the steps in use, with what is known of them.
func (s *shop) use() []ProcedureStep {
	steps := slices.Clone(s.steps)
	events := Events(s.ties)
	waits := slices.Clone(s.waits)
	for i, w := range waits {
		at := slices.IndexFunc(s.failures, func(f Failure) bool { return f.ID == w.Failure })
		waits[i].Speaks = s.rules.speaks(s.failures[at], events)
		waits[i].Failure = w.Failure
	}
	Inherit(steps, nil, s.marks, waits)
	return slices.DeleteFunc(steps, func(p ProcedureStep) bool { return p.Retired > 0 })
}

func (s *shop) any() ProcedureStep {
	steps := s.use()
	return steps[s.random.IntN(len(steps))]
}

func (s *shop) report() Failure {
	f := Failure{ID: FailureID(fmt.Sprintf("f%03d", len(s.failures))), RecognisedAt: s.now.Add(-time.Duration(s.random.IntN(72)) * time.Hour),
		Reporter: []MemberID{"", "", "ada", "max"}[s.random.IntN(4)], Drill: s.random.IntN(9) == 0}
	if s.random.IntN(6) == 0 {
		f.Source = SourceTablet
	}
	s.failures = append(s.failures, f)
	return f
}

func (s *shop) tie() {
	if len(s.ties) > 0 && s.random.IntN(2) == 0 {
		s.ties = slices.Delete(s.ties, 0, 1)
		return
	}
	if n := len(s.failures); n > 1 {
		t := Tie{A: s.failures[s.random.IntN(n)].ID, B: s.failures[s.random.IntN(n)].ID, Kind: TieJoined}
		if s.random.IntN(4) == 0 {
			t.Kind = TieSame
		}
		if t.A != t.B {
			s.ties = append(s.ties, t)
		}
	}
}

func (s *shop) mark() {
	p := s.any()
	m := CoreMark{Step: p.ID, Core: !p.Core(), At: s.now, Revision: s.revision}
	if n := len(s.marks); n > 0 && !m.At.After(s.marks[n-1].At) {
		m.At = s.marks[n-1].At.Add(time.Microsecond)
	}
	s.marks = append(s.marks, m)
	if m.Core {
		s.core[p.ID] = append(s.core[p.ID], span{from: m.At})
		return
	}
	for i := range s.core[p.ID] {
		if s.core[p.ID][i].to.IsZero() {
			s.core[p.ID][i].to = m.At
		}
	}
}

// split and join come from a law: they bind no failure, and are not undone.
func (s *shop) split() {
	old := s.any()
	s.revision++
	id := StepID(fmt.Sprintf("s%d", len(s.steps)))
	s.steps = append(s.steps, ProcedureStep{ID: id, Begun: s.revision, Origin: old.ID})
	s.core[id], s.ours[id], s.placed = slices.Clone(s.core[old.ID]), maps.Clone(s.ours[old.ID]), nil
}

func (s *shop) join() {
	from, to := s.any(), s.any()
	if from.ID == to.ID {
		return
	}
	s.revision++
	at := slices.IndexFunc(s.steps, func(p ProcedureStep) bool { return p.ID == from.ID })
	s.steps[at].Retired, s.steps[at].Became = s.revision, to.ID
	s.core[to.ID], s.placed = append(slices.Clone(s.core[to.ID]), s.core[from.ID]...), nil
	maps.Copy(s.ours[to.ID], s.ours[from.ID])
	delete(s.ours, from.ID)
}

// close lets a review close, which confirms what waits.
func (s *shop) close() {
	if len(s.waits) > 0 {
		i := s.random.IntN(len(s.waits))
		s.waits[i].Closed = s.now
		s.closed[s.waits[i].Failure] = true
	}
}

// meet lets a room change a step, or keep its words there where it may not; alone, it
// only puts in what waits.
func (s *shop) meet(alone bool) string {
	p := s.any()
	c := StepChange{Act: ActEdit, Step: p.ID, Text: "new"}
	var f Failure
	speaks := Speaks{Noticed: endOfTime}
	if !alone {
		f = s.report()
		speaks = s.rules.speaks(f, Events(s.ties))
	} else if !p.Core() {
		return ""
	}
	err := s.rules.may(c, s.use(), speaks)
	if wrong := s.decided(p, f, err == nil); wrong != "" {
		return wrong
	}
	if err != nil {
		if !alone {
			s.waits = append(s.waits, CoreChange{Gap: GapID(f.ID), Change: c, Revision: s.revision, Speaks: Speaks{Failure: f.ID}})
			s.ours[p.ID][f.ID] = true
		}
		return s.holds()
	}
	s.put(p)
	return s.holds()
}

// put puts a change in: what was confirmed for the step is spent everywhere.
func (s *shop) put(p ProcedureStep) {
	s.revision++
	s.before = map[StepID]map[FailureID]bool{}
	for id, all := range s.ours {
		s.before[id] = maps.Clone(all)
	}
	s.placed = []CoreChange{}
	for _, w := range p.Confirmed() {
		s.placed = append(s.placed, w)
		s.waits = slices.DeleteFunc(s.waits, func(o CoreChange) bool { return o.Gap == w.Gap })
	}
	for f := range maps.Clone(s.ours[p.ID]) {
		for id := range s.ours {
			if s.closed[f] {
				delete(s.ours[id], f)
			}
		}
	}
}

// undo takes the last change back, if nothing came of it since.
func (s *shop) undo() string {
	if s.placed == nil {
		return ""
	}
	s.revision++
	for _, w := range s.placed {
		s.waits = append(s.waits, s.rules.undone(w))
	}
	for id, all := range s.before {
		for f := range all {
			s.ours[id][f] = true
		}
	}
	s.placed = nil
	return s.holds()
}

// events counts events by going through the joins, one after the other.
func (s *shop) events(all []Failure) (n int, apart bool) {
	seen, people, days := map[FailureID]bool{}, map[MemberID]bool{}, map[string]bool{}
	for _, f := range all {
		if f.Drill {
			continue
		}
		if !seen[f.ID] {
			n++
		}
		for todo := []FailureID{f.ID}; len(todo) > 0; todo = todo[1:] {
			if seen[todo[0]] {
				continue
			}
			seen[todo[0]] = true
			for _, t := range s.ties {
				if t.Kind == TieJoined && (t.A == todo[0] || t.B == todo[0]) {
					todo = append(todo, t.Other(todo[0]))
				}
			}
		}
		days[f.RecognisedAt.UTC().Format(time.DateOnly)] = true
		if f.Reporter != "" && f.Source != SourceTablet {
			people[f.Reporter] = true
		}
	}
	return n, len(people) > 1 || len(days) > 1
}

// confirmed are the failures whose closed reviews point at a step.
func (s *shop) confirmed(id StepID) (all []Failure) {
	for _, f := range s.failures {
		if s.ours[id][f.ID] && s.closed[f.ID] {
			all = append(all, f)
		}
	}
	return all
}

// bound reports whether a step was core at a moment, or is now.
func (s *shop) bound(id StepID, at time.Time) bool {
	return slices.ContainsFunc(s.core[id], func(c span) bool {
		return c.to.IsZero() || !at.Before(c.from) && at.Before(c.to)
	})
}

// decided holds a decision against what was done: a core step changes for three
// independent confirmed failures, and for those always.
func (s *shop) decided(p ProcedureStep, f Failure, may bool) string {
	all, noticed := s.confirmed(p.ID), endOfTime
	if f.ID != "" {
		all, noticed = append(all, f), f.RecognisedAt
	}
	n, apart := s.events(all)
	switch enough := n >= 3 && apart; {
	case !s.bound(p.ID, noticed) && !may:
		return "a step that nobody marked waits"
	case !s.bound(p.ID, noticed):
		return ""
	case may && n < 3:
		return "a core step changes for fewer than three events"
	case may && !apart:
		return "a core step changes for one person's one day"
	case enough && !may:
		return "three independent failures do not open a core step"
	}
	return ""
}

// holds counts every step again.
func (s *shop) holds() string {
	steps := s.use()
	if len(steps) != len(s.ours) {
		return "a step is lost"
	}
	for _, p := range steps {
		if p.Core() != s.bound(p.ID, endOfTime) {
			return "a step is core that nobody marked, or lost its mark in a split or a join"
		}
		n, apart := s.events(s.confirmed(p.ID))
		if k := p.Case(time.UTC); k.Events != n || n > 0 && k.Apart != apart {
			return "what waits at a step is not counted as it was kept, joined and undone"
		}
		if len(p.Waits) != len(s.ours[p.ID]) {
			return "a wording that waited is lost, or is there twice"
		}
	}
	return ""
}

// drive goes through many orders of acts and returns the first thing that does not hold.
func drive(rules coreRules, seed uint64, orders int) string {
	random := rand.New(rand.NewPCG(seed, 18))
	for order := range orders {
		s := newShop(rules, random)
		for n := range 30 {
			if wrong := s.act(); wrong != "" {
				return fmt.Sprintf("%s (seed %d, order %d, act %d)", wrong, seed, order, n)
			}
		}
	}
	return ""
}

func TestCore_anyOrder(t *testing.T) {
	seeds := []uint64{1, 2, 3, uint64(time.Now().UnixNano())}
	t.Logf("seeds %v", seeds)
	for _, seed := range seeds {
		if wrong := drive(ownRules, seed, *orders); wrong != "" {
			t.Error(wrong)
		}
	}
}

// A rule that is broken in one place is caught by the same orders.
func TestCore_aBrokenRuleIsCaught(t *testing.T) {
	for name, broken := range map[string]func(*coreRules){
		"reports are counted, not events": func(r *coreRules) {
			r.speaks = func(f Failure, _ map[FailureID]FailureID) Speaks { return SpeaksOf(f, nil) }
		},
		"a name picked at a tablet tells apart": func(r *coreRules) {
			r.speaks = func(f Failure, e map[FailureID]FailureID) Speaks {
				f.Source = SourceReport
				return SpeaksOf(f, e)
			}
		},
		"practising counts": func(r *coreRules) {
			r.speaks = func(f Failure, e map[FailureID]FailureID) Speaks {
				f.Drill = false
				return SpeaksOf(f, e)
			}
		},
		"two are enough": func(r *coreRules) {
			r.may = func(c StepChange, steps []ProcedureStep, s Speaks) error {
				err := c.MayChange(steps, s, time.UTC)
				if e, ok := err.(*Error); ok && e.Args["n"] == 2 {
					return nil
				}
				return err
			}
		},
		"one day of one person is enough": func(r *coreRules) {
			r.may = func(c StepChange, steps []ProcedureStep, s Speaks) error {
				if err := c.MayChange(steps, s, time.UTC); code(err) != "core.alike" {
					return err
				}
				return nil
			}
		},
		"taking the mark off sets free": func(r *coreRules) {
			r.may = func(c StepChange, steps []ProcedureStep, s Speaks) error {
				s.Noticed = endOfTime
				return c.MayChange(steps, s, time.UTC)
			}
		},
		"undone, it is not confirmed any more": func(r *coreRules) {
			r.undone = func(c CoreChange) CoreChange {
				c.Closed = time.Time{}
				return c
			}
		},
	} {
		rules := ownRules
		broken(&rules)
		if wrong := drive(rules, 1, 2000); wrong == "" {
			t.Errorf("%s: not caught", name)
		} else {
			t.Logf("%s: %s", name, wrong)
		}
	}
}
