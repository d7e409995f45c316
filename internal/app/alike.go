package app

import (
	"context"

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
	Ref   string // the imported record's own id, or ours
	Kind  string
	Title string
	Score float64 // comparable within one answer only
	Weak  bool    // no more than chance would give: where nothing better is found, it is new ground
	Why   []string
}

// Similar answers questions, each with the best first and weak ones too. One
// without words gets no answers. The operator, who holds the database anyway,
// asks everything; everybody else asks what they may see.
func (a *App) Similar(ctx context.Context, actor practice.Actor, asks []Ask) ([][]Alike, error) {
	return read(ctx, a, func(tx *store.Tx) ([][]Alike, error) {
		refs, err := tx.ImportedRefs()
		if err != nil {
			return nil, err
		}
		ours := make(map[string]string, len(refs))
		for id, ref := range refs {
			ours[ref] = string(id)
		}
		out := make([][]Alike, len(asks))
		for i, ask := range asks {
			if out[i], err = a.alike(tx, actor, ask, ours); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// alike answers one question; ours are our ids of imported records.
func (a *App) alike(tx *store.Tx, actor practice.Actor, ask Ask, ours map[string]string) ([]Alike, error) {
	q := recall.Query{Title: ask.Title, Text: ask.Text, Limit: ask.Limit,
		Filter: recall.Filter{Kinds: []recall.Kind{recall.Failure, recall.Constraint}}}
	if !actor.Operator {
		may, err := mayFind(tx, actor)
		if err != nil {
			return nil, err
		}
		q.Allow = may
	}
	for _, id := range ask.Exclude {
		if own, ok := ours[id]; ok {
			id = own
		}
		q.Exclude = append(q.Exclude, id)
	}
	found := []Alike{}
	for _, h := range a.index.Similar(q) {
		one := Alike{Ref: h.ID, Kind: string(h.Kind), Score: h.Score, Weak: h.Weak, Why: h.Why}
		switch h.Kind {
		case recall.Failure:
			f, err := tx.Failure(practice.FailureID(h.ID))
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if one.Title = f.Title; f.Provenance.Ref != "" {
				one.Ref = f.Provenance.Ref
			}
		case recall.Constraint:
			c, err := tx.Constraint(practice.ConstraintID(h.ID))
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			one.Title = c.Text
		}
		found = append(found, one)
	}
	return found, nil
}
