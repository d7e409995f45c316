package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// RoomNow is a room beside which a tablet hangs, for whoever is picked there. No title
// stands in it: anybody may be looking.
type RoomNow struct {
	Review practice.Review
	Came   bool // they took their place: its three words open it
}

// RoomsNow returns the rooms of a tablet's team that are about to begin or run and to
// which whoever is picked there is invited.
func (a *App) RoomsNow(ctx context.Context, actor practice.Actor) ([]RoomNow, error) {
	return read(ctx, a, func(tx *store.Tx) ([]RoomNow, error) {
		var now []RoomNow
		for _, team := range actor.Teams {
			open, err := tx.OpenReviews(team)
			if err != nil {
				return nil, err
			}
			for _, r := range open {
				room, err := roomNow(tx, actor, r)
				switch {
				case err == nil:
					now = append(now, room)
				case !errors.Is(err, practice.ErrNotFound):
					return nil, err
				}
			}
		}
		return now, nil
	})
}

// roomNow is a review as a room beside the actor's tablet. What is no such room, or
// not theirs, is not there.
func roomNow(tx *store.Tx, actor practice.Actor, r practice.Review) (RoomNow, error) {
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return RoomNow{}, err
	}
	if actor.Tablet == "" || !actor.In(f.Team) || !r.RoomNow(f, tx.Now()) {
		return RoomNow{}, practice.ErrNotFound
	}
	i, err := tx.Invitation(r.ID, actor.Member)
	return RoomNow{r.Outside(), i.Spent}, err
}

// mayTakePlaceAtTablet refuses a place at a tablet in another room than the one it
// hangs beside, and one that was taken already: perhaps by whoever bears the name, on
// a device of their own.
func mayTakePlaceAtTablet(tx *store.Tx, actor practice.Actor, r practice.Review) error {
	if actor.Tablet == "" {
		return nil
	}
	now, err := roomNow(tx, actor, r)
	if err == nil && now.Came {
		err = practice.Refuse(practice.Conflict, "tablet.came")
	}
	return err
}
