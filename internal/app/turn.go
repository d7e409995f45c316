package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Rota is who convenes in turn in a team.
type Rota struct {
	Turns  practice.Turns
	Up     practice.MemberID // whose week it is; may be nobody
	Away   []practice.MemberID
	People []practice.Member // of the team
}

// Rota returns who convenes in turn in a team of the actor's.
func (a *App) Rota(ctx context.Context, actor practice.Actor, team practice.TeamID) (Rota, error) {
	return read(ctx, a, func(tx *store.Tx) (Rota, error) { return rota(tx, actor, team) })
}

func rota(tx *store.Tx, actor practice.Actor, team practice.TeamID) (r Rota, err error) {
	if !actor.In(team) {
		return r, practice.ErrNotFound
	}
	o, err := tx.Organisation()
	if err != nil {
		return r, err
	}
	if r.Turns, err = tx.Turns(team); err != nil {
		return r, err
	}
	week := practice.WeekOf(tx.Now(), o.Location())
	for _, t := range r.Turns {
		if t.Away.Equal(week) {
			r.Away = append(r.Away, t.Member)
		}
	}
	r.Up = r.Turns.Up(tx.Now(), o.Location())
	r.People, err = tx.MembersOf(team)
	return r, err
}

// SaveRota puts people of a team in the order in which they convene: an act of
// its people. Whoever is left out convenes nothing by turn.
func (a *App) SaveRota(ctx context.Context, actor practice.Actor, team practice.TeamID, order []practice.MemberID) (Rota, error) {
	return a.changeRota(ctx, actor, team, func(_ *store.Tx, r Rota) (practice.Turns, error) {
		var all practice.Turns
		for _, m := range order {
			here := slices.ContainsFunc(r.People, func(p practice.Member) bool { return p.ID == m })
			if !here || all.Place(m) >= 0 {
				return nil, practice.Refuse(practice.Invalid, "member.unknown").At("members")
			}
			t := practice.Turn{Member: m}
			if i := r.Turns.Place(m); i >= 0 {
				t = r.Turns[i]
			}
			all = append(all, t)
		}
		return all, nil
	})
}

// SkipWeek has somebody skipped this week, or takes that back: an act of their
// team's people.
func (a *App) SkipWeek(ctx context.Context, actor practice.Actor, team practice.TeamID, who practice.MemberID, away bool) (Rota, error) {
	return a.changeRota(ctx, actor, team, func(tx *store.Tx, r Rota) (practice.Turns, error) {
		i := r.Turns.Place(who)
		if i < 0 {
			return nil, practice.ErrNotFound
		}
		o, err := tx.Organisation()
		if err != nil {
			return nil, err
		}
		r.Turns[i] = practice.Turn{Member: who}
		if away {
			r.Turns[i].Away = practice.WeekOf(tx.Now(), o.Location())
		}
		return r.Turns, nil
	})
}

func (a *App) changeRota(ctx context.Context, actor practice.Actor, team practice.TeamID,
	change func(*store.Tx, Rota) (practice.Turns, error)) (Rota, error) {
	if !actor.In(team) || !mayEditTeam(actor, team) {
		return Rota{}, practice.ErrNotFound
	}
	return write(ctx, a, func(tx *store.Tx) (Rota, error) {
		r, err := rota(tx, actor, team)
		if err != nil {
			return r, err
		}
		turns, err := change(tx, r)
		if err != nil {
			return r, err
		}
		if err := tx.SaveTurns(team, turns); err != nil {
			return r, err
		}
		return rota(tx, actor, team)
	})
}
