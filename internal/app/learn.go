package app

import (
	"context"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Learn brings the index up to what the events tell of. It reads each noun as
// it stands now, so the same event may come twice and none has to carry text.
// Raw answers are never in the index.
func (a *App) Learn(ctx context.Context, events []practice.Event) error {
	about := map[string]bool{}
	for _, e := range events {
		about[e.About] = true
	}
	return a.store.View(ctx, func(tx *store.Tx) error {
		for id := range about {
			if err := a.learn(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// LearnAll fills an empty index from the database and returns the place in the
// log from which to follow: nothing is missed between the two.
func (a *App) LearnAll(ctx context.Context) (store.Position, error) {
	return read(ctx, a, func(tx *store.Tx) (store.Position, error) {
		head, err := tx.Head()
		if err != nil {
			return head, err
		}
		ids, err := tx.Findable()
		if err != nil {
			return head, err
		}
		for _, id := range ids {
			if err := a.learn(tx, id); err != nil {
				return head, err
			}
		}
		return head, nil
	})
}

// learn puts one noun into the index, or takes it out if it is gone.
func (a *App) learn(tx *store.Tx, id string) error {
	prefix, _, _ := strings.Cut(id, "_")
	read, ok := map[string]func(*store.Tx, string) ([]recall.Doc, error){
		"flr": failureDoc, "prc": procedureDocs, "sfg": safeguardDoc,
		"con": constraintDoc, "fnd": findingDoc, "rev": gapDocs,
	}[prefix]
	if !ok {
		return nil
	}
	docs, err := read(tx, id)
	if isNotFound(err) {
		a.index.Remove(id)
		return nil
	}
	if err != nil {
		return err
	}
	for _, d := range docs {
		if d.Title == "" && d.Text == "" {
			a.index.Remove(d.ID)
			continue
		}
		a.index.Put(d)
	}
	return nil
}

func failureDoc(tx *store.Tx, id string) ([]recall.Doc, error) {
	f, err := tx.Failure(practice.FailureID(id))
	return []recall.Doc{{ID: id, Kind: recall.Failure, Title: f.Title, Text: f.Text,
		Source: f.Provenance.Org, Team: string(f.Team), At: f.RecognisedAt.UnixMicro()}}, err
}

func procedureDocs(tx *store.Tx, id string) ([]recall.Doc, error) {
	p, err := tx.Procedure(practice.ProcedureID(id))
	if err != nil {
		return nil, err
	}
	steps, err := tx.Steps(p.ID, true)
	if err != nil {
		return nil, err
	}
	docs := []recall.Doc{{ID: id, Kind: recall.Procedure, Title: p.Title, Team: ""}}
	for _, s := range steps {
		d := recall.Doc{ID: string(s.ID), Kind: recall.Step}
		if s.Retired == 0 {
			d.Title, d.Text = s.Heading, s.Text
		}
		docs = append(docs, d)
	}
	return docs, nil
}

func safeguardDoc(tx *store.Tx, id string) ([]recall.Doc, error) {
	s, err := tx.Safeguard(practice.SafeguardID(id))
	return []recall.Doc{{ID: id, Kind: recall.Safeguard, Text: s.Text, At: s.At.UnixMicro()}}, err
}

func constraintDoc(tx *store.Tx, id string) ([]recall.Doc, error) {
	c, err := tx.Constraint(practice.ConstraintID(id))
	d := recall.Doc{ID: id, Kind: recall.Constraint, At: c.NamedAt.UnixMicro()}
	if c.Withdrawn.IsZero() {
		d.Title, d.Text = c.Text, c.Assume
	}
	return []recall.Doc{d}, err
}

func findingDoc(tx *store.Tx, id string) ([]recall.Doc, error) {
	f, err := tx.Finding(practice.FindingID(id))
	text := strings.Join(append(append([]string{f.Expected, f.Got}, f.Known...), f.Next), "\n")
	return []recall.Doc{{ID: id, Kind: recall.Finding, Title: f.Tried, Text: text, At: f.At.UnixMicro()}}, err
}

// gapDocs are the gaps of a closed review; those of an open one are the
// room's alone.
func gapDocs(tx *store.Tx, id string) ([]recall.Doc, error) {
	r, err := tx.Review(practice.ReviewID(id))
	if err != nil || r.Phase != practice.PhaseClosed {
		return nil, err
	}
	gaps, err := tx.Gaps(r.ID)
	if err != nil {
		return nil, err
	}
	var docs []recall.Doc
	for _, g := range gaps {
		docs = append(docs, recall.Doc{ID: string(g.ID), Kind: recall.Gap, Title: g.Where,
			Text: g.Intended + "\n" + g.Actual, At: r.ClosedAt.UnixMicro()})
	}
	return docs, nil
}
