package app

import (
	"context"
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// KeepErasures is the kind of the job that writes down, beside the database, who
// was erased.
const KeepErasures = "erasures.keep"

// Mine returns everything that is kept about the actor under their name: their
// own act, who says their passphrase first ("prove.first").
func (a *App) Mine(ctx context.Context, actor practice.Actor) (practice.Mine, error) {
	if err := asOneself(actor); err != nil {
		return practice.Mine{}, err
	}
	return read(ctx, a, func(tx *store.Tx) (practice.Mine, error) {
		m, err := tx.Member(actor.Member)
		if err != nil {
			return practice.Mine{}, err
		}
		mine, err := tx.Mine(m.ID)
		if err != nil {
			return mine, err
		}
		mine.Name, mine.Steward = m.Name, m.Steward
		if err := nameTies(tx, m, &mine); err != nil {
			return mine, err
		}
		if mine.Contact, err = tx.Contact(m.ID); err != nil && !isNotFound(err) {
			return mine, err
		}
		mine.Contact.Secret = ""
		if mine.Devices, err = tx.Devices(m.ID); err != nil {
			return mine, err
		}
		mine.Tokens, err = tx.Tokens(m.ID)
		return mine, err
	})
}

// nameTies names somebody's teams, and whom they lead.
func nameTies(tx *store.Tx, m practice.Member, mine *practice.Mine) error {
	for _, id := range m.Teams {
		t, err := tx.Team(id)
		if err != nil {
			return err
		}
		mine.Teams = append(mine.Teams, t.Name)
	}
	for _, id := range m.Leads {
		led, err := tx.Member(id)
		if err != nil {
			return err
		}
		mine.Leads = append(mine.Leads, led.Name)
	}
	return nil
}

// asOneself refuses a token, and a device that may have been left open.
func asOneself(actor practice.Actor) error {
	switch {
	case len(actor.Scopes) > 0 || actor.Member == "":
		return practice.ErrForbidden
	case !actor.Proved:
		return practice.ErrUnproved
	}
	return nil
}

// EraseMe erases the actor, who says their passphrase first ("prove.first").
// Where their name stood, called stands. What they hold is open again; a review
// that they called and that is not closed has to go to somebody first
// ("member.holds"). What they wrote stays without them: it is what the others
// learned from. There is no way back.
func (a *App) EraseMe(ctx context.Context, actor practice.Actor, called string) error {
	if err := asOneself(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(actor.Member)
		if err != nil {
			return err
		}
		if err := anotherSteward(tx, m.ID); err != nil {
			return err
		}
		if err := openAll(tx, actor, m); err != nil {
			return err
		}
		if err := endWays(tx, m); err != nil {
			return err
		}
		return erase(tx, practice.Erasure{Member: m.ID, Called: called, Day: tx.Now().UTC().Truncate(24 * time.Hour)})
	})
}

// openAll makes everything that somebody holds open again.
func openAll(tx *store.Tx, actor practice.Actor, m practice.Member) error {
	held, err := tx.Holdings(m.ID, m.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		open := practice.Handover{Kind: h.Kind, ID: h.ID}
		if open.Check() != nil {
			return practice.Refuse(practice.Conflict, "erase.holds").With("title", h.Title)
		}
		if _, err := hand(tx, actor, m, open); err != nil {
			return err
		}
	}
	return nil
}

// Forget erases again whom a database from before the erasure still knows. It is
// nobody's act.
func (a *App) Forget(ctx context.Context, erased []practice.Erasure) error {
	known, err := a.Erasures(ctx)
	if err != nil {
		return err
	}
	done := map[practice.MemberID]bool{}
	for _, e := range known {
		done[e.Member] = true
	}
	for _, e := range erased {
		if done[e.Member] {
			continue
		}
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return erase(tx, e) }); err != nil {
			return err
		}
	}
	return nil
}

// Erasures returns who was erased, for the list beside the database.
func (a *App) Erasures(ctx context.Context) ([]practice.Erasure, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Erasure, error) { return tx.Erasures() })
}

// erase takes somebody out, and leaves the work of taking them out of the files.
func erase(tx *store.Tx, e practice.Erasure) error {
	if err := tx.EraseMember(e); err != nil && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	if err := tx.RememberErasure(e); err != nil {
		return err
	}
	return errors.Join(tx.Enqueue(KeepErasures, tx.Now(), nil), tx.Enqueue("store.scrub", tx.Now(), nil),
		tx.Emit(practice.Event{Kind: "member.erased", About: string(e.Member)}))
}
