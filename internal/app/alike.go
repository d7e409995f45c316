package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Ask is the question "has this happened before?" about words that nobody has
// reported.
type Ask struct {
	Title   string // may be empty
	Text    string
	Limit   int      // 0 means five
	Exclude []string // ids that shall not be found: ours, or those of imported records
}

// Alike is an earlier failure or a known limit that shares words with a question.
type Alike struct {
	Ref     string // the imported record's own id, or ours
	Name    string // as people say it: F-4, C-2, or the imported record's own id
	Kind    string
	Title   string
	Score   float64 // comparable within one answer only
	Weak    bool    // not clear: perhaps alike, or no more than chance would give
	Perhaps bool    // weak, but more than chance would give; where nothing better is found and no perhaps, it is new ground
	Why     []string
}

// Similar answers questions, each with the best first and weak ones too. One
// without words gets no answers. The operator, who holds the database anyway,
// asks everything but what is restricted to named people; everybody else asks what they may see.
func (a *App) Similar(ctx context.Context, actor practice.Actor, asks []Ask) ([][]Alike, error) {
	index, err := a.recall(ctx)
	if err != nil {
		return nil, err
	}
	return read(ctx, a, func(tx *store.Tx) ([][]Alike, error) {
		filter := recall.Filter{Kinds: []recall.Kind{recall.Failure, recall.Constraint}}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		filter.Allow = func(d *recall.Doc) bool { return actor.Operator && !r.withheld[d.ID] || r.mayFind(d) }
		out := make([][]Alike, len(asks))
		for i, ask := range asks {
			q := recall.Query{Title: ask.Title, Text: ask.Text, Limit: ask.Limit, Filter: filter}
			if q.Exclude, err = ours(tx, ask.Exclude); err != nil {
				return nil, err
			}
			if out[i], err = alike(tx, index.Similar(q)); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// ours turns ids of imported records into our own.
func ours(tx *store.Tx, refs []string) ([]string, error) {
	ids := slices.Clone(refs)
	for i, ref := range refs {
		f, err := tx.FailureByRef(ref)
		switch {
		case err == nil:
			ids[i] = string(f.ID)
		case !isNotFound(err):
			return nil, err
		}
	}
	return ids, nil
}

// alike reads what the hits stand for.
func alike(tx *store.Tx, hits []recall.Hit) ([]Alike, error) {
	found := []Alike{}
	for _, h := range hits {
		one := Alike{Ref: h.ID, Kind: string(h.Kind), Score: h.Score, Weak: h.Weak, Perhaps: h.Perhaps, Why: h.Why}
		var err error
		if h.Kind == recall.Constraint {
			var c practice.Constraint
			c, err = tx.Constraint(practice.ConstraintID(h.ID))
			one.Title, one.Name = c.Text, "C-"+strconv.Itoa(c.Number)
		} else {
			var f practice.Failure
			f, err = tx.Failure(practice.FailureID(h.ID))
			one.Ref, one.Title, one.Name = cmp.Or(f.Provenance.Ref, h.ID), f.Title, cmp.Or(f.Provenance.Ref, "F-"+strconv.Itoa(f.Number))
		}
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}
