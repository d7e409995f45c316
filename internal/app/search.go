package app

import (
	"context"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Found is one thing that answers a search.
type Found struct {
	Kind       string
	Title      string
	To         string // its address
	Why        []string
	Weak       bool
	Failure    practice.Failure
	Procedure  practice.Procedure
	Step       practice.ProcedureStep
	Constraint practice.Constraint
}

// SearchKinds are the kinds a search can be narrowed to.
func SearchKinds() []string {
	return []string{string(recall.Failure), string(recall.Step), string(recall.Safeguard),
		string(recall.Constraint), string(recall.Finding)}
}

// mostFound is how many things one page of a search shows.
const mostFound = 40

// Search finds what the actor may see, by words and by likeness.
func (a *App) Search(ctx context.Context, actor practice.Actor, query, kind string) ([]Found, error) {
	q := recall.Query{Text: query, Limit: mostFound, Filter: recall.Filter{Allow: allows(actor)}}
	if kind != "" {
		q.Kinds = []recall.Kind{recall.Kind(kind)}
	}
	hits := a.index.Similar(q)
	return read(ctx, a, func(tx *store.Tx) ([]Found, error) {
		var out []Found
		for _, h := range hits {
			f, err := found(tx, actor, h)
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			out = append(out, f)
		}
		return out, nil
	})
}

// found reads the thing a hit stands for, with the reader's rights once more.
func found(tx *store.Tx, actor practice.Actor, h recall.Hit) (Found, error) {
	f := Found{Kind: string(h.Kind), Why: h.Why, Weak: h.Weak}
	var err error
	switch h.Kind {
	case recall.Failure:
		f.Failure, err = readable(tx, actor, practice.FailureID(h.ID))
		f.Title, f.To = f.Failure.Title, failurePath(f.Failure)
	case recall.Step:
		if f.Step, err = tx.Step(practice.StepID(h.ID)); err != nil {
			return f, err
		}
		f.Procedure, err = tx.Procedure(f.Step.Procedure)
		f.Title, f.To = practice.Title(prose.Plain(f.Step.Text)), "/p/"+f.Procedure.Slug+"#"+h.ID
	case recall.Procedure:
		f.Procedure, err = tx.Procedure(practice.ProcedureID(h.ID))
		f.Title, f.To = f.Procedure.Title, "/p/"+f.Procedure.Slug
	case recall.Safeguard:
		var s practice.Safeguard
		s, err = tx.Safeguard(practice.SafeguardID(h.ID))
		f.Title, f.To = s.Text, "/p#"+h.ID
	case recall.Constraint:
		f.Constraint, err = tx.Constraint(practice.ConstraintID(h.ID))
		f.Title, f.To = f.Constraint.Text, "/c/"+strconv.Itoa(f.Constraint.Number)
	case recall.Finding:
		var n practice.Finding
		n, err = tx.Finding(practice.FindingID(h.ID))
		f.Title, f.To = n.Tried, "/e/"+strconv.Itoa(n.Number)
	case recall.Gap:
		return gapFound(tx, actor, practice.GapID(h.ID), f)
	default:
		err = practice.ErrNotFound
	}
	return f, err
}

// gapFound leads to the failure whose closed review named the gap. Gaps are the
// organisation's, the report behind them is not, so the title is the gap's own.
// Whoever does not read the record does not find it either.
func gapFound(tx *store.Tx, actor practice.Actor, id practice.GapID, f Found) (Found, error) {
	g, err := tx.Gap(id)
	if err != nil {
		return f, err
	}
	whole, err := readsGap(tx, actor, g)
	switch {
	case err != nil:
		return f, err
	case !whole:
		return f, practice.ErrNotFound
	}
	failure, err := failureOfGap(tx, id)
	f.Title, f.To = practice.Title(g.Actual), failurePath(failure)+"/record"
	return f, err
}
