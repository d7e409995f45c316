package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Dispose takes away whatever is due, but for what is held, and its text out of
// what the database keeps beside its tables. It is work for every day, and
// nobody's act.
func (a *App) Dispose(ctx context.Context) error {
	if err := a.store.Update(ctx, endPast); err != nil {
		return err
	}
	if err := a.store.Update(ctx, func(tx *store.Tx) error { return errors.Join(tx.ForgetSinceAway(), tx.Dispose()) }); err != nil {
		return err
	}
	return a.store.Scrub(ctx)
}

// Retention is what is kept, for how long, what is held, and what went.
type Retention struct {
	Kept      []practice.Kept
	Holds     []Held
	Disposals []practice.Disposal
	Erasures  []Erased
	Records   []practice.Member // who keeps records
}

// Erased is an erasure by letter, with the name of the steward who did it where
// they are still known. Who was erased is nobody.
type Erased struct {
	practice.Erasure
	Steward string
}

// Retention tells stewards, and those who keep records, how long everything is
// kept.
func (a *App) Retention(ctx context.Context, actor practice.Actor) (Retention, error) {
	if asSteward(actor) != nil && asRecords(actor) != nil {
		return Retention{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (r Retention, err error) {
		if r.Kept, err = tx.Kept(); err != nil {
			return r, err
		}
		for i := range r.Kept {
			if r.Kept[i].Class == practice.ClassBackups {
				r.Kept[i].Count = a.backups
			}
		}
		holds, err := tx.Holds()
		if err != nil {
			return r, err
		}
		for _, h := range holds {
			held, err := named(tx, actor, h)
			if err != nil {
				return r, err
			}
			r.Holds = append(r.Holds, held)
		}
		if r.Disposals, err = tx.Disposals(); err != nil {
			return r, err
		}
		if r.Erasures, err = byLetter(tx); err != nil {
			return r, err
		}
		people, err := tx.Members()
		r.Records = slices.DeleteFunc(people, func(m practice.Member) bool { return !m.Active || !m.Records })
		return r, err
	})
}

// byLetter are the erasures that a steward did for somebody.
func byLetter(tx *store.Tx) ([]Erased, error) {
	all, err := tx.Erasures()
	if err != nil {
		return nil, err
	}
	var out []Erased
	for _, e := range all {
		if e.By == "" {
			continue
		}
		m, err := tx.Member(e.By)
		if err != nil && !isNotFound(err) { // a restored copy may not know them
			return nil, err
		}
		out = append(out, Erased{e, m.Name})
	}
	return out, nil
}
