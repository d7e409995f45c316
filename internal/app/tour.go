package app

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Tour is how a team came to work as it does, told from what it recorded and by nothing
// else. What is empty was not recorded yet.
type Tour struct {
	Team     practice.Team
	Changed  int // steps and safeguards that failures changed
	Failure  practice.Failure
	Again    int // how often the same was reported besides
	Line     *Mended
	Others   []Mended // two more, to choose from before looking
	Limit    *Bounded
	Finding  *Kept
	Promise  *Carried
	Vitality Vitality
	Used     []Used // what is used most, ten at most
}

// Mended is a step or a safeguard that a failure changed, with the last one behind it.
type Mended struct {
	Step      practice.ProcedureStep
	Procedure practice.Procedure // of the step
	Safeguard practice.Safeguard
	Failure   practice.Failure // zero where the reader may not read it
	Scars     []practice.Scar
}

// ID is that of the step or of the safeguard.
func (m Mended) ID() string { return cmp.Or(string(m.Step.ID), string(m.Safeguard.ID)) }

// Used is a procedure or a boundary that people go by, with what stands behind it.
type Used struct {
	Procedure  practice.Procedure
	Constraint practice.Constraint
	Scars      []practice.Scar // one for each failure
}

// mostUsed is how much of what is used most the tour ends on.
const mostUsed = 10

// Tour returns how one of the actor's teams got here. The operator reads that of every
// team.
func (a *App) Tour(ctx context.Context, actor practice.Actor, team practice.TeamID) (Tour, error) {
	if !actor.Operator && !actor.In(team) {
		return Tour{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (Tour, error) {
		trail, err := tx.Trail(team)
		if err != nil {
			return Tour{}, err
		}
		o, err := tx.Organisation()
		if err != nil {
			return Tour{}, err
		}
		trail.At = trail.At.In(o.Location())
		g, err := newGuideTo(tx, actor, trail)
		if err != nil {
			return Tour{}, err
		}
		t := Tour{Team: trail.Team, Vitality: Vitality{Readings: a.readings(&trail), Trail: trail}}
		for _, stop := range []func(*Tour) error{g.failure, g.lines, g.limit, g.finding, g.promise, g.used} {
			if err := stop(&t); err != nil {
				return t, err
			}
		}
		return t, nil
	})
}

// guideTo chooses what a tour stops at.
type guideTo struct {
	reader
	tx    *store.Tx
	trail practice.Trail
	use   store.UseCounts
}

func newGuideTo(tx *store.Tx, actor practice.Actor, trail practice.Trail) (guideTo, error) {
	g := guideTo{tx: tx, trail: trail}
	var err error
	if g.reader, err = newReader(tx, actor); err != nil {
		return g, err
	}
	g.use, err = tx.UseCounts()
	return g, err
}

// readFailure is one as the reader may read it; zero where they may not.
func (g guideTo) readFailure(id practice.FailureID) (practice.Failure, error) {
	f, err := readable(g.tx, g.Actor, id)
	if isNotFound(err) || f.Drill {
		return practice.Failure{}, nil
	}
	return f, err
}

// failure chooses what was reported most often, of those what changed something, and of
// those the latest.
func (g guideTo) failure(t *Tour) error {
	again, changed := map[practice.FailureID]int{}, map[practice.FailureID]int{}
	for _, tie := range g.trail.Ties {
		again[tie.A]++
		again[tie.B]++
	}
	for _, c := range g.trail.Changes {
		changed[c.Failure] = 1
	}
	all := slices.DeleteFunc(slices.Clone(g.trail.Failures), func(f practice.TrailFailure) bool { return f.JoinedTo != "" })
	slices.SortFunc(all, func(a, b practice.TrailFailure) int {
		return cmp.Or(again[b.ID]-again[a.ID], changed[b.ID]-changed[a.ID], b.Number-a.Number)
	})
	for _, f := range all {
		one, err := g.readFailure(f.ID)
		if err != nil || one.ID != "" {
			t.Failure, t.Again = one, again[f.ID]
			return err
		}
	}
	return nil
}

// lines chooses the step or safeguard with the most failures behind it, and two others.
func (g guideTo) lines(t *Tour) error {
	behind, at := map[string]map[practice.FailureID]bool{}, map[string]int{}
	for i, c := range g.trail.Changes {
		if behind[c.What] == nil {
			behind[c.What] = map[practice.FailureID]bool{}
		}
		behind[c.What][c.Failure], at[c.What] = true, i
	}
	var ids []string
	for id := range behind {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(len(behind[b])-len(behind[a]), at[b]-at[a]) })
	for _, id := range ids {
		m, err := g.mended(id)
		if err != nil {
			return err
		}
		if m == nil {
			continue
		}
		if t.Changed++; t.Line == nil {
			t.Line = m
		} else if len(t.Others) < 2 {
			t.Others = append(t.Others, *m)
		}
	}
	return nil
}

// mended reads a step or a safeguard; nil where it is not in use any more.
func (g guideTo) mended(id string) (*Mended, error) {
	m := &Mended{}
	var err error
	if id[:3] == "sfg" {
		m.Safeguard, err = g.tx.Safeguard(practice.SafeguardID(id))
		m.Scars = m.Safeguard.Scars
	} else if m.Step, err = g.tx.Step(practice.StepID(id)); err == nil {
		m.Scars = m.Step.Scars
		m.Procedure, err = g.tx.Procedure(m.Step.Procedure)
	}
	if isNotFound(err) || err == nil && (m.Step.Retired > 0 || !m.Procedure.RetireAt.IsZero() || len(m.Scars) == 0) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	g.step(&m.Step)
	g.scars(m.Scars)
	for i := len(m.Scars) - 1; i >= 0 && m.Failure.ID == ""; i-- {
		if m.Failure, err = g.readFailure(m.Scars[i].Failure); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// limit chooses the boundary that plans said something to most often, of those the
// team's own, and of those the latest.
func (g guideTo) limit(t *Tour) error {
	all, err := g.tx.Constraints()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c practice.Constraint) bool { return !c.Withdrawn.IsZero() })
	slices.SortFunc(all, func(a, b practice.Constraint) int {
		return cmp.Or(g.use[string(b.ID)]-g.use[string(a.ID)], g.own(b.Team)-g.own(a.Team), b.Number-a.Number)
	})
	if len(all) == 0 {
		return nil
	}
	one, err := g.bounded(g.tx, all[0])
	t.Limit = &one
	return err
}

// own is 1 for the team that is told about.
func (g guideTo) own(team practice.TeamID) int {
	if team == g.trail.Team.ID {
		return 1
	}
	return 0
}

// finding chooses as the limit is chosen.
func (g guideTo) finding(t *Tour) error {
	all, err := g.tx.Findings()
	if err != nil || len(all) == 0 {
		return err
	}
	slices.SortFunc(all, func(a, b practice.Finding) int {
		return cmp.Or(g.use[string(b.ID)]-g.use[string(a.ID)], g.own(b.Team)-g.own(a.Team), b.Number-a.Number)
	})
	k := Kept{Finding: all[0]}
	k.Scar, err = g.scarOf(g.tx, all[0].Failure)
	t.Finding = &k
	return err
}

// promise chooses the last one that was kept, else the last one that was made. Whose it
// is, is not told.
func (g guideTo) promise(t *Tour) error {
	all, err1 := g.tx.Carries(g.trail.Team.ID)
	today, err2 := todayHere(g.tx)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	var last, kept practice.Carry
	for _, c := range all {
		if g.withheld[string(c.ID)] {
			continue
		}
		if c.NamedAt.After(last.NamedAt) {
			last = c
		}
		if c.Outcome(today) == practice.OutcomeKept && c.SettleAt.After(kept.SettleAt) {
			kept = c
		}
	}
	if kept.ID != "" {
		last = kept
	}
	if last.ID == "" {
		return nil
	}
	f, err := g.readFailure(last.Failure)
	if err != nil || f.ID == "" {
		return err
	}
	t.Promise = &Carried{Carry: last, Failure: f, Outcome: last.Outcome(today)}
	return nil
}

// used lists what people looked at in use and what plans said something to, the most
// used first. How many people that were is nobody's business, so only the order is told.
func (g guideTo) used(t *Tour) error {
	procedures, err := g.tx.Procedures()
	if err != nil {
		return err
	}
	limits, err := g.tx.Constraints()
	if err != nil {
		return err
	}
	type one struct {
		uses int
		read func() (Used, error)
	}
	var all []one
	for _, p := range procedures {
		all = append(all, one{g.use[string(p.ID)], func() (Used, error) {
			scars, err := g.tx.ScarsOf(p.ID)
			g.scars(scars)
			return Used{Procedure: p, Scars: eachFailure(scars)}, err
		}})
	}
	for _, c := range limits {
		if c.Withdrawn.IsZero() {
			all = append(all, one{g.use[string(c.ID)], func() (Used, error) {
				b, err := g.bounded(g.tx, c)
				return Used{Constraint: c, Scars: eachFailure(b.Scars)}, err
			}})
		}
	}
	all = slices.DeleteFunc(all, func(o one) bool { return o.uses == 0 })
	slices.SortStableFunc(all, func(a, b one) int { return b.uses - a.uses })
	for _, o := range all[:min(mostUsed, len(all))] {
		u, err := o.read()
		if err != nil {
			return err
		}
		t.Used = append(t.Used, u)
	}
	return nil
}

// eachFailure is one scar for each failure, the first of each.
func eachFailure(scars []practice.Scar) (some []practice.Scar) {
	for _, s := range scars {
		if !slices.ContainsFunc(some, func(o practice.Scar) bool { return o.Failure == s.Failure }) {
			some = append(some, s)
		}
	}
	return some
}
