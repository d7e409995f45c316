package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Legacy is what a round of work inherits, with what its team says to each: limits
// that stand, promises that are open, and what changed and was found out since the
// round that was begun before. It has what all of the team may know, so that nobody
// is asked about what they cannot read.
type Legacy struct {
	practice.Cycle
	Name  string // of the team
	Items []Known
}

// Unread is how many things nobody has said anything to yet.
func (o Legacy) Unread() (n int) {
	for _, k := range o.Items {
		if k.Says == "" {
			n++
		}
	}
	return n
}

// Legacy returns what a round of one of the actor's teams inherits.
func (a *App) Legacy(ctx context.Context, actor practice.Actor, id practice.CycleID) (Legacy, error) {
	return read(ctx, a, func(tx *store.Tx) (Legacy, error) { return legacyFor(tx, actor, id) })
}

func legacyFor(tx *store.Tx, actor practice.Actor, id practice.CycleID) (Legacy, error) {
	c, err := tx.Cycle(id)
	if err != nil {
		return Legacy{}, err
	}
	if !actor.In(c.Team) {
		return Legacy{}, practice.ErrNotFound
	}
	return legacy(tx, c)
}

func legacy(tx *store.Tx, c practice.Cycle) (Legacy, error) {
	out := Legacy{Cycle: c}
	team, err := tx.Team(c.Team)
	if err != nil {
		return out, err
	}
	out.Name = team.Name
	anybody, err := newReader(tx, practice.Actor{Teams: []practice.TeamID{c.Team}})
	if err != nil {
		return out, err
	}
	said, err := tx.CycleInherited(c.ID)
	if err != nil {
		return out, err
	}
	if c.Opens(tx.Now()) != nil {
		if out.Items, err = anybody.allKnown(tx, said); err != nil {
			return out, err
		}
		return out, sayHere(tx, c.Team, out.Items)
	}
	if out.Items, err = anybody.inherits(tx, c); err != nil {
		return out, err
	}
	for i, k := range out.Items {
		if at := slices.IndexFunc(said, func(s practice.Inherited) bool { return s.About == k.About }); at >= 0 {
			out.Items[i].Inherited = said[at]
		}
	}
	return out, sayHere(tx, c.Team, out.Items)
}

// inherits is all that a round inherits, with nothing said to it.
func (r reader) inherits(tx *store.Tx, c practice.Cycle) ([]Known, error) {
	last, err := tx.LastBegun(c)
	if err != nil {
		return nil, err
	}
	var out []Known
	for _, part := range []func(*store.Tx, practice.Cycle, time.Time) ([]Known, error){
		r.limitsFor, r.promisesFor, r.changesFor, r.findingsFor,
	} {
		more, err := part(tx, c, last.BegunAt)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// from is something that a round inherits.
func from[T ~string](c practice.Cycle, id T, k Known) Known {
	k.Inherited = practice.Inherited{Cycle: c.ID, About: string(id)}
	return k
}

// limitsFor are all that stand: they are asked about in every round, because what
// people do next may run into them.
func (r reader) limitsFor(tx *store.Tx, c practice.Cycle, _ time.Time) ([]Known, error) {
	all, err1 := tx.Constraints()
	known, err2 := tx.KnownTo(c.Team, time.Time{})
	err := errors.Join(err1, err2)
	var out []Known
	for _, limit := range all {
		if (limit.Team == c.Team || slices.Contains(known, string(limit.ID))) && limit.Withdrawn.IsZero() {
			out = append(out, from(c, limit.ID, Known{Constraint: limit}))
		}
	}
	return out, err
}

func (r reader) promisesFor(tx *store.Tx, c practice.Cycle, _ time.Time) ([]Known, error) {
	all, err := tx.Carries(c.Team)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(p practice.Carry) bool { return r.withheld[string(p.ID)] || !p.SettleAt.IsZero() })
	promised, err := allCarried(tx, all)
	var out []Known
	for _, p := range promised {
		out = append(out, from(c, p.Carry.ID, Known{Promise: p}))
	}
	return out, err
}

// changesFor are those that are in use. Each failure behind a line counts: what came
// of a second one is asked about, too.
func (r reader) changesFor(tx *store.Tx, c practice.Cycle, since time.Time) ([]Known, error) {
	scars, err := tx.ScarsSince(c.Team, since)
	r.scars(scars)
	var out []Known
	for _, s := range scars {
		m, err := r.line(tx, s)
		if err != nil {
			return nil, err
		}
		if m.Step.Retired == 0 {
			out = append(out, from(c, s.ID, Known{Change: m}))
		}
	}
	return out, err
}

func (r reader) findingsFor(tx *store.Tx, c practice.Cycle, since time.Time) ([]Known, error) {
	all, err1 := tx.Findings()
	known, err2 := tx.KnownTo(c.Team, since)
	err := errors.Join(err1, err2)
	var out []Known
	for _, f := range all {
		if f.Team == c.Team && !f.At.Before(since) || slices.Contains(known, string(f.ID)) {
			out = append(out, from(c, f.ID, Known{Finding: f}))
		}
	}
	return out, err
}

// ReadInherited keeps what the actor says to things that a round inherits: to all of
// them, or to none where one lacks a reason. What somebody else said to others stays.
func (a *App) ReadInherited(ctx context.Context, actor practice.Actor, id practice.CycleID, said []practice.Inherited) (Legacy, error) {
	return a.onLegacy(ctx, actor, id, func(tx *store.Tx, o Legacy) error {
		for _, i := range said {
			i.Cycle, i.Text = id, strings.TrimSpace(i.Text)
			if !slices.ContainsFunc(o.Items, func(k Known) bool { return k.About == i.About }) {
				return practice.Refuse(practice.Conflict, "inherited.gone").At("about")
			}
			if err := i.Check(); err != nil {
				return err
			}
			if err := tx.SetCycleInherited(i); err != nil {
				return err
			}
		}
		return tx.Emit(practice.Event{Kind: "cycle.read", About: string(id), In: string(o.Team)})
	})
}

// UnreadInherited takes back what was said to something that a round inherits.
func (a *App) UnreadInherited(ctx context.Context, actor practice.Actor, id practice.CycleID, about string) (Legacy, error) {
	return a.onLegacy(ctx, actor, id, func(tx *store.Tx, o Legacy) error {
		if err := tx.RemoveCycleInherited(id, about); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "cycle.read", About: string(id), In: string(o.Team)})
	})
}

// BeginCycle marks a round as begun. It looks anew at what there is to read: what
// appeared meanwhile is asked for, too.
func (a *App) BeginCycle(ctx context.Context, actor practice.Actor, id practice.CycleID) (Legacy, error) {
	return a.onLegacy(ctx, actor, id, func(tx *store.Tx, o Legacy) error {
		c, err := o.Cycle.Begin(o.Unread(), tx.Now())
		if err != nil {
			return err
		}
		if err := tx.BeginCycle(c); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "cycle.begun", About: string(id), In: string(c.Team)})
	})
}

// onLegacy does something with what a round of one of the actor's teams inherits,
// while it can be said, and returns it as it is afterwards.
func (a *App) onLegacy(ctx context.Context, actor practice.Actor, id practice.CycleID, do func(*store.Tx, Legacy) error) (Legacy, error) {
	if err := mayWrite(actor); err != nil {
		return Legacy{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Legacy, error) {
		o, err := legacyFor(tx, actor, id)
		if err == nil {
			err = o.Opens(tx.Now())
		}
		if err == nil {
			err = do(tx, o)
		}
		if err != nil {
			return Legacy{}, err
		}
		return legacyFor(tx, actor, id)
	})
}

// legacies are the rounds of the actor's teams that nobody has begun, with something
// left to read.
func (h *Home) legacies(tx *store.Tx, _ reader, teams []practice.TeamID) error {
	for _, t := range teams {
		c, err := tx.CycleOf(t)
		if err != nil {
			return err
		}
		if c.ID == "" || c.Opens(tx.Now()) != nil {
			continue
		}
		o, err := legacy(tx, c)
		if err != nil {
			return err
		}
		if len(o.Items) > 0 {
			h.Legacies = append(h.Legacies, o)
		}
	}
	return nil
}
