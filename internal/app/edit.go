package app

import (
	"context"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// EditTeam changes how a team works: change is handed the team as it is and
// returns it as it shall be, or refuses, because somebody else was faster. It
// may be asked more than once.
func (a *App) EditTeam(ctx context.Context, actor practice.Actor, id practice.TeamID,
	change func(practice.Team) (practice.Team, error)) (practice.Team, error) {
	if !mayEditTeam(actor, id) {
		return practice.Team{}, practice.ErrForbidden
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Team, error) {
		was, err := tx.Team(id)
		if err != nil {
			return was, err
		}
		t, err := change(was)
		if err != nil {
			return was, err
		}
		t.ID = id
		t = tidyTeam(t)
		if err := t.Check(); err != nil {
			return was, err
		}
		if t.Phrases != was.Phrases {
			if err := a.checkPhrases(t); err != nil {
				return was, err
			}
		}
		if err := moveCycle(tx, id, t.CycleEndAt); err != nil {
			return was, err
		}
		if err := tx.SaveTeam(t); err != nil {
			return was, err
		}
		return tx.Team(id)
	})
}

// EditOrganisation is [App.EditTeam] for what holds in every team: a steward's
// act.
func (a *App) EditOrganisation(ctx context.Context, actor practice.Actor,
	change func(practice.Organisation) (practice.Organisation, error)) (practice.Organisation, error) {
	if err := asSteward(actor); err != nil {
		return practice.Organisation{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Organisation, error) {
		was, err := tx.Organisation()
		if err != nil {
			return was, err
		}
		o, err := change(was)
		if err != nil {
			return was, err
		}
		o.Name, o.Guardian, o.OtherWay = strings.TrimSpace(o.Name), strings.TrimSpace(o.Guardian), strings.TrimSpace(o.OtherWay)
		o.Legal, o.Support = strings.TrimSpace(o.Legal), strings.TrimSpace(o.Support)
		if err := o.Check(); err != nil {
			return was, err
		}
		if err := tx.SaveOrganisation(o); err != nil {
			return was, err
		}
		if err := tx.AwaitRelease(); err != nil { // perhaps sooner than before
			return was, err
		}
		return tx.Organisation()
	})
}

// EditOwner is [App.OwnProcedure] over what it is now.
func (a *App) EditOwner(ctx context.Context, actor practice.Actor, id practice.ProcedureID,
	change func(practice.Procedure) (practice.Procedure, error)) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		was, err := theirs(tx, actor, id)
		if err != nil {
			return err
		}
		if err := mayRevise(tx, actor, was); err != nil {
			return err
		}
		p, err := change(was)
		if err != nil {
			return err
		}
		return ownProcedure(tx, actor, was, p)
	})
}
