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
	Named
	Score   float64 // comparable within one answer only
	Weak    bool    // not clear: perhaps alike, or no more than chance would give
	Perhaps bool    // weak, but more than chance would give; where nothing better is found and no perhaps, it is new ground
	Why     []string
	Tied    []Named // the failures that people tied to it; they have no place of their own
}

// Named is a failure or a known limit as it is called.
type Named struct {
	Ref   string // the imported record's own id, or ours
	Name  string // as people say it: F-4, C-2, or the imported record's own id
	Kind  string
	Title string
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
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		out := make([][]Alike, len(asks))
		for i, ask := range asks {
			q := recall.Query{Title: ask.Title, Text: ask.Text, Limit: 2 * cmp.Or(ask.Limit, mostEarlier),
				Filter: recall.Filter{Kinds: []recall.Kind{recall.Failure, recall.Constraint}, Allow: r.mayFind}}
			if q.Exclude, err = ours(tx, ask.Exclude); err != nil {
				return nil, err
			}
			if out[i], err = r.alike(tx, index.Similar(q), q.Exclude); err != nil {
				return nil, err
			}
			out[i] = out[i][:min(q.Limit/2, len(out[i]))]
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

// alike reads what the hits stand for. Of several that people tied together it takes
// the one most like the question.
func (r reader) alike(tx *store.Tx, hits []recall.Hit, apart []string) ([]Alike, error) {
	found := []Alike{}
	ditch := ditches{reader: r, tx: tx}
	for _, id := range apart {
		ditch.apart = append(ditch.apart, practice.FailureID(id))
	}
	for _, h := range hits {
		one, fresh, err := ditch.alike(h)
		if isNotFound(err) || err == nil && !fresh {
			continue
		}
		if err != nil {
			return nil, err
		}
		one.Score, one.Weak, one.Perhaps, one.Why = h.Score, h.Weak, h.Perhaps, h.Why
		found = append(found, one)
	}
	return found, nil
}

// alike reads what a hit stands for, and what people tied to it.
func (d *ditches) alike(h recall.Hit) (one Alike, fresh bool, err error) {
	if h.Kind == recall.Constraint {
		c, err := d.tx.Constraint(practice.ConstraintID(h.ID))
		one.Named = Named{h.ID, "C-" + strconv.Itoa(c.Number), string(h.Kind), c.Text}
		return one, true, err
	}
	f, err := d.tx.Failure(practice.FailureID(h.ID))
	if err != nil {
		return one, false, err
	}
	one.Named = reference(f)
	tied, fresh, err := d.beside(f.ID)
	for _, o := range tied[:min(mostTied, len(tied))] {
		one.Tied = append(one.Tied, reference(o))
	}
	return one, fresh, err
}

// reference is what a failure is called.
func reference(f practice.Failure) Named {
	return Named{cmp.Or(f.Provenance.Ref, string(f.ID)), cmp.Or(f.Provenance.Ref, "F-"+strconv.Itoa(f.Number)), string(recall.Failure), f.Title}
}
