package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Added is what became of one name on a list.
type Added struct {
	Member practice.Member
	Was    AddedWas
}

// AddedWas says whether a name was new.
type AddedWas string

// What can become of a name.
const (
	AddedNew    AddedWas = "new"    // nobody was called that
	AddedJoined AddedWas = "joined" // somebody of another team is in this one now, too
	AddedHere   AddedWas = "here"   // they were in the team already
	AddedBack   AddedWas = "back"   // they had left, and are back
)

// Members returns everybody the organisation knows or knew, by name. Whom a
// team can invite is known to all of it.
func (a *App) Members(ctx context.Context, _ practice.Actor) ([]practice.Member, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Member, error) { return tx.Members() })
}

// Member returns one person.
func (a *App) Member(ctx context.Context, _ practice.Actor, id practice.MemberID) (practice.Member, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Member, error) { return tx.Member(id) })
}

// MemberByName returns one person by a name typed with whatever capitals.
func (a *App) MemberByName(ctx context.Context, _ practice.Actor, name string) (practice.Member, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Member, error) { return tx.MemberByName(name) })
}

// AddMembers adds people to a team by name: a steward's act. A name that is
// known already means the same person, so a list can be pasted again.
func (a *App) AddMembers(ctx context.Context, actor practice.Actor, team practice.TeamID, names []string) ([]Added, error) {
	if err := asSteward(actor); err != nil {
		return nil, err
	}
	return write(ctx, a, func(tx *store.Tx) ([]Added, error) {
		if _, err := tx.Team(team); err != nil {
			return nil, err
		}
		var added []Added
		for _, name := range names {
			one, err := addByName(tx, team, name)
			if err != nil {
				return nil, err
			}
			added = append(added, one)
		}
		return added, nil
	})
}

func addByName(tx *store.Tx, team practice.TeamID, name string) (Added, error) {
	if err := practice.CheckName(name); err != nil {
		return Added{}, err
	}
	m, err := tx.MemberByName(name)
	if errors.Is(err, practice.ErrNotFound) {
		m = practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: strings.Join(strings.Fields(name), " "),
			Active: true, Teams: []practice.TeamID{team}}
		return Added{m, AddedNew}, errors.Join(addMember(tx, m), greet(tx, m.ID, team))
	}
	if err != nil {
		return Added{}, err
	}
	switch here := slices.Contains(m.Teams, team); {
	case m.Guest:
		m.Guest = false
		return Added{m, AddedJoined}, errors.Join(joinTeam(tx, m, team), greet(tx, m.ID, team))
	case !m.Active:
		m.Active = true
		return Added{m, AddedBack}, errors.Join(tx.RemoveParting(m.ID), joinTeam(tx, m, team))
	case here:
		return Added{m, AddedHere}, nil
	}
	return Added{m, AddedJoined}, errors.Join(joinTeam(tx, m, team), greet(tx, m.ID, team))
}

// addMember writes a new person and says so in each of their teams.
func addMember(tx *store.Tx, m practice.Member) error {
	if err := tx.AddMember(m); err != nil {
		return err
	}
	for _, t := range m.Teams {
		if err := tx.Emit(practice.Event{Kind: "member.added", About: string(m.ID), In: string(t)}); err != nil {
			return err
		}
	}
	return nil
}

// joinTeam puts a person into one more team.
func joinTeam(tx *store.Tx, m practice.Member, team practice.TeamID) error {
	if !slices.Contains(m.Teams, team) {
		m.Teams = append(m.Teams, team)
	}
	if err := tx.SaveMember(m); err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: "member.added", About: string(m.ID), In: string(team)})
}

// HoldingsIn is what waits for one person that only people of a team can do.
func (a *App) HoldingsIn(ctx context.Context, actor practice.Actor, id practice.MemberID, team practice.TeamID) ([]practice.Holding, error) {
	held, err := a.Holdings(ctx, actor, id)
	return ofTeam(held, team), err
}

func ofTeam(held []practice.Holding, team practice.TeamID) []practice.Holding {
	return slices.DeleteFunc(held, func(h practice.Holding) bool { return h.Team != team || !h.InTeam() })
}

// LeaveTeam takes a person out of a team: a steward's act, or their own. What they
// decide and call there goes where the handover says; what is not in it is refused
// ("member.holds"). What they carry and look after, they keep.
func (a *App) LeaveTeam(ctx context.Context, actor practice.Actor, id practice.MemberID, team practice.TeamID, handover []practice.Handover) error {
	if err := asSteward(actor); err != nil && (actor.Member != id || len(actor.Scopes) > 0) {
		return err
	}
	return a.change(ctx, id, func(tx *store.Tx, m *practice.Member) error {
		i := slices.Index(m.Teams, team)
		if i < 0 {
			return practice.ErrNotFound
		}
		held, err := tx.Holdings(id, actor.Member)
		if err != nil {
			return err
		}
		if _, err := handAll(tx, actor, *m, ofTeam(held, team), handover); err != nil {
			return err
		}
		m.Teams = slices.Delete(m.Teams, i, i+1)
		return tx.Emit(practice.Event{Kind: "member.left", About: string(id), In: string(team)})
	})
}

// RenameMember changes what the team calls somebody: their own act, or a
// steward's.
func (a *App) RenameMember(ctx context.Context, actor practice.Actor, id practice.MemberID, name string) error {
	if err := asSteward(actor); err != nil && (actor.Member != id || len(actor.Scopes) > 0) {
		return err
	}
	if err := practice.CheckName(name); err != nil {
		return err
	}
	return a.change(ctx, id, func(_ *store.Tx, m *practice.Member) error {
		m.Name = strings.Join(strings.Fields(name), " ")
		return nil
	})
}

// SetSteward gives or takes the steward's hat: a steward's act, who says their
// passphrase first ("prove.first"). The last one keeps it.
func (a *App) SetSteward(ctx context.Context, actor practice.Actor, id practice.MemberID, steward bool) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	if !actor.Proved && !actor.Operator {
		return practice.ErrUnproved
	}
	return a.change(ctx, id, func(tx *store.Tx, m *practice.Member) error {
		m.Steward = steward
		if steward && m.Guest {
			return practice.Refuse(practice.Conflict, "member.guest").With("name", m.Name)
		}
		if steward {
			return apart(tx, *m)
		}
		return anotherSteward(tx, id)
	})
}

// SetRecords gives somebody the keeping of records, or takes it: a steward's act,
// who says their passphrase first ("prove.first").
func (a *App) SetRecords(ctx context.Context, actor practice.Actor, id practice.MemberID, records bool) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	if !actor.Proved && !actor.Operator {
		return practice.ErrUnproved
	}
	return a.change(ctx, id, func(_ *store.Tx, m *practice.Member) error {
		if records && !m.Belongs() {
			return practice.Refuse(practice.Conflict, "member.guest").With("name", m.Name)
		}
		m.Records = records
		return nil
	})
}

// SaveLeads records whose work, pay or role a person decides about, so that
// leaders are never proposed for a room: a steward's act.
func (a *App) SaveLeads(ctx context.Context, actor practice.Actor, id practice.MemberID, led []practice.MemberID) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	return a.change(ctx, id, func(tx *store.Tx, m *practice.Member) error {
		m.Leads = nil
		for _, other := range led {
			if other == id || slices.Contains(m.Leads, other) {
				continue
			}
			if _, err := tx.Member(other); err != nil {
				return err
			}
			m.Leads = append(m.Leads, other)
		}
		if len(m.Leads) > 0 {
			return apart(tx, *m)
		}
		return nil
	})
}

// Holdings is what waits for one person: promises, procedures, reviews they
// lead, failures they convene.
func (a *App) Holdings(ctx context.Context, actor practice.Actor, id practice.MemberID) ([]practice.Holding, error) {
	if err := asSteward(actor); err != nil && actor.Member != id {
		return nil, err
	}
	return read(ctx, a, func(tx *store.Tx) ([]practice.Holding, error) { return tx.Holdings(id, actor.Member) })
}

// anotherSteward refuses to leave the organisation without one.
func anotherSteward(tx *store.Tx, but practice.MemberID) error {
	people, err := tx.Members()
	if err != nil {
		return err
	}
	for _, m := range people {
		if m.Active && m.Steward && m.ID != but {
			return nil
		}
	}
	return practice.Refuse(practice.Conflict, "member.last")
}

// change reads a person, changes them and writes them back, in one
// transaction.
func (a *App) change(ctx context.Context, id practice.MemberID, f func(*store.Tx, *practice.Member) error) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(id)
		if err != nil {
			return err
		}
		if m.Erased {
			return practice.ErrNotFound
		}
		if err := f(tx, &m); err != nil {
			return err
		}
		return tx.SaveMember(m)
	})
}
