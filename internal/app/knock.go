package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Knocking is somebody at the door of a team, as whoever may let them in sees
// them.
type Knocking struct {
	practice.Knock
	Team  practice.Team
	Known practice.Member // whom the team knows by that name; zero for nobody

	ComesIn bool // whoever is known has a way in already
	May     bool // the reader may say yes; else only that person or a steward may
}

// Knocks returns who waits at the doors of the actor's teams.
func (a *App) Knocks(ctx context.Context, actor practice.Actor) ([]Knocking, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Knocking, error) {
		var all []Knocking
		for _, id := range actor.Teams {
			waiting, err := tx.Knocks(id)
			if err != nil {
				return nil, err
			}
			for _, k := range waiting {
				one, err := knocking(tx, actor, k)
				if err != nil {
					return nil, err
				}
				all = append(all, one)
			}
		}
		return all, nil
	})
}

// knocking tells who stands behind a name, and what the actor may say.
func knocking(tx *store.Tx, actor practice.Actor, k practice.Knock) (Knocking, error) {
	one := Knocking{Knock: k}
	var err error
	if one.Team, err = tx.Team(k.Team); err != nil {
		return one, err
	}
	if one.Known, err = whoKnocks(tx, k); err != nil {
		return one, err
	}
	if one.Known.ID != "" {
		one.ComesIn, err = tx.ComesIn(one.Known.ID)
	}
	one.May = k.CheckYes(actor, one.Known, one.ComesIn) == nil
	return one, err
}

// whoKnocks is whom the team knows by the name at the door.
func whoKnocks(tx *store.Tx, k practice.Knock) (practice.Member, error) {
	if k.Member != "" {
		return tx.Member(k.Member)
	}
	m, err := tx.MemberByName(k.Name)
	if isNotFound(err) {
		return practice.Member{}, nil
	}
	return m, err
}

// LetIn is somebody's yes to a knock: whoever knocked is of the team from then
// on, and their device comes in by itself. A name that opens more than the team
// is let in by its owner or a steward only ("knock.known"), who is told.
func (a *App) LetIn(ctx context.Context, actor practice.Actor, id practice.KnockID) error {
	return a.answerKnock(ctx, actor, id, func(tx *store.Tx, k practice.Knock) (practice.Knock, error) {
		one, err := knocking(tx, actor, k)
		switch {
		case err != nil:
			return k, err
		case !one.May:
			return k, practice.Refuse(practice.Forbidden, "knock.known").With("name", one.Known.Name)
		}
		name := k.Name
		if one.Known.ID != "" {
			name = one.Known.Name
		}
		added, err := addByName(tx, k.Team, name)
		if err != nil {
			return k, err
		}
		asked := k.Member
		k.State, k.Member, k.EndsAt = practice.KnockLetIn, added.Member.ID, tx.Now().Add(practice.KnockLife)
		if one.Known.ID == "" || one.Known.ID == actor.Member {
			return k, nil
		}
		n := practice.Notice{Member: k.Member, Code: "notice.link-in", Link: "/you", Args: practice.Args{"who": actor.Name}}
		if asked != "" {
			n = practice.Notice{Member: k.Member, Code: "notice.team", Link: "/", Args: practice.Args{"who": actor.Name, "team": one.Team.Name}}
		}
		return k, tx.Tell(n, "")
	})
}

// TurnAway is somebody's no to a knock.
func (a *App) TurnAway(ctx context.Context, actor practice.Actor, id practice.KnockID) error {
	return a.answerKnock(ctx, actor, id, func(_ *store.Tx, k practice.Knock) (practice.Knock, error) {
		k.State = practice.KnockRefused
		return k, nil
	})
}

// answerKnock answers one that still waits at a door of the actor's.
func (a *App) answerKnock(ctx context.Context, actor practice.Actor, id practice.KnockID,
	answer func(*store.Tx, practice.Knock) (practice.Knock, error)) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		k, err := tx.Knock(id)
		switch {
		case err != nil:
			return err
		case !actor.In(k.Team):
			return practice.ErrNotFound
		case !k.Waits(tx.Now()):
			return practice.Refuse(practice.Conflict, "knock.over")
		}
		if k, err = answer(tx, k); err != nil {
			return err
		}
		k.By = actor.Member
		if err := tx.AnswerKnock(k); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "knock.gone", About: string(id), In: string(k.Team)})
	})
}
