package app

import (
	"context"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// mayEditTeam reports whether the actor may change how a team works: its own
// people, and stewards.
func mayEditTeam(actor practice.Actor, team practice.TeamID) bool {
	return len(actor.Scopes) == 0 && (actor.Steward || actor.Operator || actor.In(team))
}

// Teams returns every team, the first one first. Which teams there are and
// what counts as harm in each is no secret within the organisation.
func (a *App) Teams(ctx context.Context, _ practice.Actor) ([]practice.Team, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Team, error) { return tx.Teams() })
}

// Team returns one team with its groups and triggers.
func (a *App) Team(ctx context.Context, _ practice.Actor, id practice.TeamID) (practice.Team, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Team, error) { return tx.Team(id) })
}

// AddTeam begins a further team, with the actor in it: a steward's act. While
// the practice is young it asks for a reason ("team.early"), which is kept.
func (a *App) AddTeam(ctx context.Context, actor practice.Actor, t practice.Team) (practice.Team, error) {
	if err := asSteward(actor); err != nil {
		return practice.Team{}, err
	}
	t = tidyTeam(t)
	if err := t.Check(); err != nil {
		return practice.Team{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Team, error) {
		id, err := once(tx, actor, "team.add", func() (string, error) { return addTeam(tx, actor, t) })
		if err != nil {
			return t, err
		}
		return tx.Team(practice.TeamID(id))
	})
}

func addTeam(tx *store.Tx, actor practice.Actor, t practice.Team) (string, error) {
	o, err := tx.Organisation()
	if err != nil {
		return "", err
	}
	teams, err := tx.Teams()
	if err != nil {
		return "", err
	}
	closed, inUse, err := tx.Maturity()
	if err != nil {
		return "", err
	}
	if err := practice.CheckSecondTeam(len(teams), closed, inUse, t.EarlyWhy); err != nil {
		return "", err
	}
	made, err := beginTeam(tx, t, o.Location())
	if err != nil || actor.Operator {
		return string(made.ID), err
	}
	m, err := tx.Member(actor.Member)
	if err != nil {
		return "", err
	}
	return string(made.ID), joinTeam(tx, m, made.ID)
}

// tidyTeam drops what is empty or twice from what was typed.
func tidyTeam(t practice.Team) practice.Team {
	t.Name, t.Emergency, t.EarlyWhy = strings.TrimSpace(t.Name), strings.TrimSpace(t.Emergency), strings.TrimSpace(t.EarlyWhy)
	var groups []practice.Group
	seen := map[string]bool{}
	for _, g := range t.Groups {
		g.Name = strings.TrimSpace(g.Name)
		if folded := practice.FoldName(g.Name); folded != "" && !seen[folded] {
			seen[folded] = true
			groups = append(groups, g)
		}
	}
	var triggers []practice.Trigger
	for _, tr := range t.Triggers {
		if tr.Text = strings.TrimSpace(tr.Text); tr.Text != "" {
			triggers = append(triggers, tr)
		}
	}
	own := map[string]string{}
	for concept, word := range t.Words {
		if word = strings.TrimSpace(word); word != "" {
			own[concept] = word
		}
	}
	t.Groups, t.Triggers, t.Words = groups, triggers, own
	return t
}
