package app

import (
	"context"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// errSetUp is the answer to a second set-up.
var errSetUp = practice.Refuse(practice.Conflict, "set-up.done")

// SetUp makes the organisation, its first team and its first steward, in one
// transaction. It needs no actor, because nobody is known yet; whoever calls
// it has seen the link that the server printed.
//
// It happens once. Of two at the same moment, one gets a conflict and leaves
// nothing behind.
func (a *App) SetUp(ctx context.Context, n practice.NewOrganisation) (practice.Actor, error) {
	n.Name, n.Team.Name = strings.TrimSpace(n.Name), strings.TrimSpace(n.Team.Name)
	n.Steward, n.Guardian = strings.TrimSpace(n.Steward), strings.TrimSpace(n.Guardian)
	if err := n.Check(); err != nil {
		return practice.Actor{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Actor, error) {
		n := n
		n.SetUpAt = tx.Now()
		first, err := tx.AddOrganisation(n.Organisation)
		if err != nil {
			return practice.Actor{}, err
		}
		if !first {
			return practice.Actor{}, errSetUp
		}
		t, err := beginTeam(tx, n.Team, n.Location())
		if err != nil {
			return practice.Actor{}, err
		}
		m := practice.Member{
			ID: practice.MemberID(tx.NewID("mem")), Name: n.Steward,
			Active: true, Steward: true, Teams: []practice.TeamID{t.ID},
		}
		if err := addMember(tx, m); err != nil {
			return practice.Actor{}, err
		}
		if err := firstProcedure(tx, n, m); err != nil {
			return practice.Actor{}, err
		}
		return practice.Actor{Member: m.ID, Name: m.Name, Steward: true, Teams: m.Teams}, nil
	})
}

// firstProcedure keeps the checklist that came with set-up, if one did.
func firstProcedure(tx *store.Tx, n practice.NewOrganisation, steward practice.Member) error {
	text := strings.TrimSpace(n.Procedure)
	if text == "" {
		return nil
	}
	p := NewProcedure{Team: steward.Teams[0], Markdown: text, Owner: steward.ID}
	if !strings.Contains(text, "\n") {
		p.Title = n.Checklist
	}
	_, err := createProcedure(tx, p)
	return err
}

// Organisation returns the settings everybody may read.
func (a *App) Organisation(ctx context.Context, _ practice.Actor) (practice.Organisation, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Organisation, error) { return tx.Organisation() })
}

// asSteward refuses everybody but stewards and the operator. A token acts for
// people in the work, not for who may do it.
func asSteward(actor practice.Actor) error {
	if len(actor.Scopes) > 0 || !actor.Steward && !actor.Operator {
		return practice.ErrForbidden
	}
	return nil
}

// beginTeam writes a new team, with the cycle it is in.
func beginTeam(tx *store.Tx, t practice.Team, zone *time.Location) (practice.Team, error) {
	t.ID, t.CycleEndAt = practice.TeamID(tx.NewID("tea")), time.Time{}
	if err := tx.AddTeam(t); err != nil {
		return t, err
	}
	if err := startCycle(tx, t.FirstCycle(tx.Now(), zone)); err != nil {
		return t, err
	}
	return t, tx.Emit(practice.Event{Kind: "team.created", About: string(t.ID), In: string(t.ID)})
}
