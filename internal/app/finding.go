package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Question is a line of findings: what was asked, what was learned, and what
// was asked next.
type Question struct {
	Findings []practice.Finding // the first first
	Promise  *Carried           // by which the review that left the open question is carried on; nil where there is none to read
}

// Open reports whether the last finding left a question nobody took up.
func (q Question) Open() bool { return q.Findings[len(q.Findings)-1].Next != "" }

// Questions returns the findings as lines, the latest line first.
func (a *App) Questions(ctx context.Context, actor practice.Actor) ([]Question, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Question, error) {
		all, err := tx.Findings()
		if err != nil {
			return nil, err
		}
		lines := lineages(all)
		for i, q := range lines {
			if !q.Open() {
				continue
			}
			if lines[i].Promise, err = promiseBehind(tx, actor, q.Findings[len(q.Findings)-1]); err != nil {
				return nil, err
			}
		}
		return lines, nil
	})
}

// promiseBehind returns the promise of the review that a finding came from, or
// nil where the actor may not read it.
func promiseBehind(tx *store.Tx, actor practice.Actor, f practice.Finding) (*Carried, error) {
	g, err := tx.Gap(f.Gap)
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	one, err := carriedFrom(tx, practice.Review{ID: g.Review})
	if err != nil || one == nil {
		return nil, err
	}
	if mine := one.Carry.Carrier == actor.Member; !mine && !one.Failure.ReadBy(actor) {
		return nil, nil
	}
	return one, nil
}

// lineages joins findings, newest first, into lines. A question two findings
// answered begins two lines.
func lineages(all []practice.Finding) []Question {
	byID := map[practice.FindingID]practice.Finding{}
	followed := map[practice.FindingID]bool{}
	for _, f := range all {
		byID[f.ID] = f
		followed[f.After] = true
	}
	var out []Question
	for _, f := range all {
		if followed[f.ID] {
			continue
		}
		var line []practice.Finding
		for at, ok := f, true; ok; at, ok = byID[at.After] {
			line = append([]practice.Finding{at}, line...)
		}
		out = append(out, Question{Findings: line})
	}
	return out
}

// Kept is a finding with the failure it came from.
type Kept struct {
	Finding practice.Finding
	Scar    practice.Scar
	Before  practice.Finding // whose question it answers
}

// Finding returns one finding by its number.
func (a *App) Finding(ctx context.Context, actor practice.Actor, number int) (Kept, error) {
	return read(ctx, a, func(tx *store.Tx) (Kept, error) {
		f, err := tx.FindingByNumber(number)
		if err != nil {
			return Kept{}, err
		}
		k := Kept{Finding: f}
		r, err := newReader(tx, actor)
		if err != nil {
			return k, err
		}
		if k.Scar, err = r.scarOf(tx, f.Failure); err != nil {
			return k, err
		}
		if f.After != "" {
			k.Before, err = tx.Finding(f.After)
		}
		return k, err
	})
}
