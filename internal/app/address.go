package app

import (
	"context"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Address is where a report reaches a team without an account.
type Address struct {
	Word string // of the address; the same for everybody, whoever they are
	Mark string // shows for a day that somebody of the team is asking, and not who

	Appears time.Time // what is sent there now, at the latest
}

// AddressOf returns the address of one of the actor's teams, which is made the
// first time somebody looks.
func (a *App) AddressOf(ctx context.Context, actor practice.Actor, team practice.TeamID) (Address, error) {
	if !actor.In(team) && !mayEditTeam(actor, team) {
		return Address{}, practice.ErrNotFound
	}
	found, err := read(ctx, a, func(tx *store.Tx) (Address, error) { return addressOf(tx, team) })
	if !isNotFound(err) {
		return found, err
	}
	return write(ctx, a, func(tx *store.Tx) (Address, error) {
		if _, err := tx.Team(team); err != nil {
			return Address{}, err
		}
		if _, err := tx.SeatSecret(); err != nil {
			return Address{}, err
		}
		if _, err := tx.Address(team); isNotFound(err) {
			err = tx.SaveAddress(team, newWord(tx))
			if err != nil {
				return Address{}, err
			}
		} else if err != nil {
			return Address{}, err
		}
		return addressOf(tx, team)
	})
}

func addressOf(tx *store.Tx, team practice.TeamID) (Address, error) {
	word, err := tx.Address(team)
	if err != nil {
		return Address{}, err
	}
	secret, err := tx.KeptSeatSecret()
	if err != nil {
		return Address{}, err
	}
	o, err := tx.Organisation()
	return Address{Word: word, Mark: practice.TeamMark(secret, team, tx.Now()), Appears: o.Appears(tx.Now())}, err
}

// RenewAddress gives a team a new address. The old one leads nowhere from then
// on.
func (a *App) RenewAddress(ctx context.Context, actor practice.Actor, team practice.TeamID) error {
	if !mayEditTeam(actor, team) {
		return practice.ErrForbidden
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Team(team); err != nil {
			return err
		}
		return tx.SaveAddress(team, newWord(tx))
	})
}

// newWord makes the word of an address: 128 random bits.
func newWord(tx *store.Tx) string {
	_, word, _ := strings.Cut(tx.NewBlindID("to"), "_")
	return word
}
