package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// TeamsOf returns the actor's teams.
func (a *App) TeamsOf(ctx context.Context, actor practice.Actor) ([]practice.Team, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Team, error) {
		teams := make([]practice.Team, 0, len(actor.Teams))
		for _, id := range actor.Teams {
			t, err := tx.Team(id)
			if err != nil {
				return nil, err
			}
			teams = append(teams, t)
		}
		return teams, nil
	})
}

// PeopleOf returns the people of one of the actor's teams who are still here.
func (a *App) PeopleOf(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]practice.Member, error) {
	if !actor.In(team) {
		return nil, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) ([]practice.Member, error) {
		all, err := tx.MembersOf(team)
		here := all[:0]
		for _, m := range all {
			if m.Active {
				here = append(here, m)
			}
		}
		return here, err
	})
}

// NameOf returns a person's name; nobody has none.
func (a *App) NameOf(ctx context.Context, _ practice.Actor, id practice.MemberID) (string, error) {
	m, err := read(ctx, a, func(tx *store.Tx) (practice.Member, error) { return memberOrNobody(tx, id) })
	return m.Name, err
}
