package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Watched is a signal of a plan that is looked at every so often, with who looked.
type Watched struct {
	practice.Watch
	Plan  practice.Plan
	Of    practice.Signal
	Due   bool
	Mine  bool // the reader is named for it, or nobody of the team is
	Looks []Looked
}

// Looked is one look with the name of whoever looked.
type Looked struct {
	practice.Look
	Name string
}

// Watches returns the signals of a plan that are looked at every so often, in their order,
// each with who looked, the last first.
func (a *App) Watches(ctx context.Context, actor practice.Actor, number int) ([]Watched, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Watched, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return nil, err
		}
		all, err := watchesOf(tx, actor, p)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		looks, err := tx.Looks(p.ID)
		if err != nil {
			return nil, err
		}
		names := map[practice.MemberID]string{}
		for _, l := range looks {
			if _, known := names[l.Member]; !known {
				m, err := memberOrNobody(tx, l.Member)
				if err != nil {
					return nil, err
				}
				names[l.Member] = m.Name
			}
			for i := range all {
				if all[i].Signal == l.Signal {
					all[i].Looks = append(all[i].Looks, Looked{l, names[l.Member]})
				}
			}
		}
		return all, nil
	})
}

// watchesOf are the watched signals of a plan, without who looked.
func watchesOf(tx *store.Tx, actor practice.Actor, p practice.Plan) ([]Watched, error) {
	house, err1 := tx.Organisation()
	last, err2 := tx.LastLooks(p.ID)
	people, err3 := tx.MembersOf(p.Team)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	var all []Watched
	for _, w := range p.Watches(last, house.Location()) {
		s := p.Intent.Signals[w.Signal-1]
		mine := slices.ContainsFunc(s.Lookers(people), func(m practice.Member) bool { return m.ID == actor.Member })
		all = append(all, Watched{Watch: w, Plan: p, Of: s, Due: p.Watched() && w.Due(tx.Now()), Mine: mine})
	}
	return all, nil
}

// Look keeps that the actor looked at a signal, and that there was nothing to see. Where
// there is something, [App.Fire] keeps both.
func (a *App) Look(ctx context.Context, actor practice.Actor, number, signal int) error {
	return a.lookAt(ctx, actor, number, func(tx *store.Tx, p practice.Plan) error {
		if err := p.MayLook(signal); err != nil {
			return err
		}
		return keepLook(tx, p, practice.Look{Signal: signal, Member: actor.Member})
	})
}

// WatchPlan says whether anybody needs to look at the signals of a plan any more: its work
// may be over, or go on.
func (a *App) WatchPlan(ctx context.Context, actor practice.Actor, number int, on bool) error {
	return a.lookAt(ctx, actor, number, func(tx *store.Tx, p practice.Plan) error {
		if on {
			return lookNext(tx, p)
		}
		return endLooks(tx, p)
	})
}

// lookAt does something about the looks at a plan of one of the actor's teams.
func (a *App) lookAt(ctx context.Context, actor practice.Actor, number int, do func(*store.Tx, practice.Plan) error) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "plan.looked", About: string(p.ID), In: string(p.Team)})
	})
}

// keepLook keeps a look of today, and says when somebody looks next.
func keepLook(tx *store.Tx, p practice.Plan, l practice.Look) error {
	day, err := dayHere(tx)
	if err != nil {
		return err
	}
	l.Plan, l.Day = p.ID, day
	return errors.Join(tx.AddLook(l), lookNext(tx, p))
}

// lookNext says when somebody looks next. What people were told is put away once nothing
// is due.
func lookNext(tx *store.Tx, p practice.Plan) error {
	house, err1 := tx.Organisation()
	last, err2 := tx.LastLooks(p.ID)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if p = p.Looked(last, house.Location()); p.LookAt.After(tx.Now()) {
		if err := tx.SettleNotices(lookLink(p)); err != nil {
			return err
		}
	}
	return tx.SetLook(p)
}

// endLooks says that nobody needs to look any more.
func endLooks(tx *store.Tx, p practice.Plan) error {
	p.LookAt = time.Time{}
	return errors.Join(tx.SetLook(p), tx.SettleNotices(lookLink(p)))
}

func lookLink(p practice.Plan) string { return practice.PlanPath(p.Number) + "#signals" }

// lookFired keeps the look of whoever saw that a signal came true. With the work the looks end.
func lookFired(tx *store.Tx, p practice.Plan, signal int, who practice.MemberID) error {
	switch {
	case signal == practice.StopSignal && p.Watched():
		return endLooks(tx, p)
	case who == "" || p.MayLook(signal) != nil:
		return nil
	}
	return keepLook(tx, p, practice.Look{Signal: signal, Member: who, Something: true})
}

// TellLooks tells people once that a look is late: whoever is named for it, or the team
// where nobody is. It is work for every day, and tells nobody again until somebody looked.
func (a *App) TellLooks(ctx context.Context) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		plans, told, err := tx.LatePlans()
		if err != nil {
			return err
		}
		for i, p := range plans {
			if err := tellLooks(tx, p, told[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func tellLooks(tx *store.Tx, p practice.Plan, told time.Time) error {
	all, err := watchesOf(tx, practice.Actor{}, p)
	if err != nil {
		return err
	}
	people, err := tx.MembersOf(p.Team)
	if err != nil {
		return err
	}
	late := map[practice.MemberID]int{}
	for _, w := range all {
		if at := w.LateAt(); at.After(tx.Now()) || !at.After(told) {
			continue
		}
		for _, m := range w.Of.Lookers(people) {
			late[m.ID]++
		}
	}
	for _, m := range people {
		if late[m.ID] == 0 {
			continue
		}
		n := practice.Notice{Member: m.ID, Code: "notice.look", Link: lookLink(p), Args: practice.Args{"title": p.Intent.Title, "n": late[m.ID]}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	if len(late) == 0 {
		return nil
	}
	return tx.ToldOfLooks(p.ID)
}

// looks are the signals of the reader's teams that are due for a look: those the reader
// looks at stand first.
func (h *Home) looks(tx *store.Tx, r reader, teams []practice.TeamID) error {
	plans, err := tx.PlansToLookAt(teams)
	if err != nil {
		return err
	}
	for _, p := range plans {
		all, err := watchesOf(tx, r.Actor, p)
		if err != nil {
			return err
		}
		h.Looks = append(h.Looks, slices.DeleteFunc(all, func(w Watched) bool { return !w.Due })...)
	}
	slices.SortStableFunc(h.Looks, func(one, other Watched) int {
		switch {
		case one.Mine == other.Mine:
			return one.DueAt.Compare(other.DueAt)
		case one.Mine:
			return -1
		}
		return 1
	})
	return nil
}
