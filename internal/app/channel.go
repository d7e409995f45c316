package app

import (
	"context"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Channel returns what of a team goes out, to people of the team and stewards.
// Nobody reads the address back: it is a secret of the chat.
func (a *App) Channel(ctx context.Context, actor practice.Actor, team practice.TeamID) (practice.Channel, error) {
	if !mayEditTeam(actor, team) {
		return practice.Channel{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (practice.Channel, error) {
		if _, err := tx.Team(team); err != nil {
			return practice.Channel{}, err
		}
		return tx.Channel(team)
	})
}

// SaveChannel chooses a chat for a team, and whether messages say titles. An
// empty address keeps the one that is there.
func (a *App) SaveChannel(ctx context.Context, actor practice.Actor, n practice.Channel) error {
	n.Address = strings.TrimSpace(n.Address)
	if err := n.Check(); err != nil {
		return err
	}
	return a.changeChannel(ctx, actor, n.Team, func(c practice.Channel) practice.Channel {
		if n.Address != "" {
			c = practice.Channel{Team: n.Team, Address: n.Address}
		}
		c.Titles = n.Titles
		return c
	})
}

// EndChannel takes the chat of a team away: nothing goes there any more.
func (a *App) EndChannel(ctx context.Context, actor practice.Actor, team practice.TeamID) error {
	return a.changeChannel(ctx, actor, team, func(c practice.Channel) practice.Channel {
		return practice.Channel{Team: team, Titles: c.Titles}
	})
}

// changeChannel reads what of a team goes out, changes it and writes it back.
func (a *App) changeChannel(ctx context.Context, actor practice.Actor, team practice.TeamID, f func(practice.Channel) practice.Channel) error {
	if !mayEditTeam(actor, team) {
		return practice.ErrNotFound
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Team(team); err != nil {
			return err
		}
		c, err := tx.Channel(team)
		if err != nil {
			return err
		}
		return tx.SaveChannel(f(c))
	})
}

// TryChannel sends a message to the chat of a team that says nothing else.
func (a *App) TryChannel(ctx context.Context, actor practice.Actor, team practice.TeamID) error {
	if !mayEditTeam(actor, team) {
		return practice.ErrNotFound
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Channel(team)
		if err != nil {
			return err
		}
		if c.Address == "" {
			return practice.Refuse(practice.Conflict, "chat.none").At("address")
		}
		return tx.Announce(practice.Dispatch{Code: practice.DispatchTry, Team: team, Link: "/team/messages/" + string(team)})
	})
}

// Outgoing is how the messages of the whole server fare, for stewards. It names
// whom mail does not reach, and never what it was about.
type Outgoing struct {
	Mails    bool // this server sends mail
	Waiting  int
	LastMail time.Time
	Troubled []Trouble
}

// Trouble is a message that did not arrive.
type Trouble struct {
	Dispatch practice.Dispatch
	To       string // a person, or a team
}

// Outgoing returns it.
func (a *App) Outgoing(ctx context.Context, actor practice.Actor) (Outgoing, error) {
	if err := asSteward(actor); err != nil {
		return Outgoing{}, err
	}
	return read(ctx, a, func(tx *store.Tx) (Outgoing, error) {
		o := Outgoing{Mails: a.mails}
		state, err := tx.Outgoing()
		if err != nil {
			return o, err
		}
		o.Waiting, o.LastMail = state.Waiting, state.LastMail
		for _, m := range state.Troubled {
			t := Trouble{Dispatch: m}
			if m.Team != "" {
				team, err := tx.Team(m.Team)
				if err != nil {
					return o, err
				}
				t.To = team.Name
			} else {
				who, err := memberOrNobody(tx, m.Member)
				if err != nil {
					return o, err
				}
				t.To = who.Name
			}
			o.Troubled = append(o.Troubled, t)
		}
		return o, nil
	})
}
