package app

import (
	"context"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Bounded is a constraint with the failures it rests on.
type Bounded struct {
	Constraint practice.Constraint
	Scars      []practice.Scar
	Against    []Against // what other teams learned about the same
}

// Constraints returns the boundaries, those that hold first. The whole
// organisation reads them: every plan starts from them.
func (a *App) Constraints(ctx context.Context, actor practice.Actor) ([]Bounded, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Bounded, error) {
		all, err := tx.Constraints()
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		out := make([]Bounded, 0, len(all))
		for _, c := range all {
			b, err := r.bounded(tx, c)
			if err != nil {
				return nil, err
			}
			out = append(out, b)
		}
		return out, nil
	})
}

// Constraint returns one boundary by its number.
func (a *App) Constraint(ctx context.Context, actor practice.Actor, number int) (Bounded, error) {
	return read(ctx, a, func(tx *store.Tx) (Bounded, error) {
		c, err := tx.ConstraintByNumber(number)
		if err != nil {
			return Bounded{}, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return Bounded{}, err
		}
		return r.bounded(tx, c)
	})
}

func (r reader) bounded(tx *store.Tx, c practice.Constraint) (Bounded, error) {
	b := Bounded{Constraint: c}
	for _, id := range c.Failures {
		s, err := r.scarOf(tx, id)
		if err != nil {
			return b, err
		}
		b.Scars = append(b.Scars, s)
	}
	var err error
	b.Against, err = r.against(tx, c)
	return b, err
}

// LookAtConstraint records that somebody asked whether a boundary still holds:
// it does, and is asked about again in a year; or it has moved, and one line
// says what shows that.
func (a *App) LookAtConstraint(ctx context.Context, actor practice.Actor, number int, holds bool, why string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.ConstraintByNumber(number)
		if err != nil {
			return err
		}
		if !actor.In(c.Team) {
			return practice.Refuse(practice.Forbidden, "constraint.others")
		}
		kind := "constraint.checked"
		if holds {
			c.LookAt = practice.LookAgain(tx.Now())
		} else {
			kind = "constraint.withdrawn"
			if c, err = c.Withdraw(why, tx.Now()); err != nil {
				return err
			}
		}
		if err := tx.SaveConstraint(c); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: kind, About: string(c.ID), In: string(c.Team)})
	})
}

// PlaceConstraint adds a place where plans are made and the boundary now
// stands.
func (a *App) PlaceConstraint(ctx context.Context, actor practice.Actor, number int, place, link string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.ConstraintByNumber(number)
		if err != nil {
			return err
		}
		if !actor.In(c.Team) {
			return practice.Refuse(practice.Forbidden, "constraint.others")
		}
		if place = strings.TrimSpace(place); place != "" && !slices.Contains(c.Places, place) {
			c.Places = append(c.Places, place)
		}
		if link = practice.CompleteAddress(link); link != "" {
			c.Link = link
		}
		if err := c.Check(); err != nil {
			return err
		}
		if err := tx.SaveConstraint(c); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "constraint.placed", About: string(c.ID), In: string(c.Team)})
	})
}
