package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Guardians returns those who stand and those who are put forward. Everybody may know
// them, and what is still missing.
func (a *App) Guardians(ctx context.Context, actor practice.Actor) ([]practice.Guardian, error) {
	if actor.Member == "" {
		return nil, practice.ErrUnauthenticated
	}
	return read(ctx, a, func(tx *store.Tx) ([]practice.Guardian, error) { return tx.Guardians() })
}

// GuardianTimes returns how long what guardians were told waited until it was read, and for
// a first answer. Everybody may know that.
func (a *App) GuardianTimes(ctx context.Context, actor practice.Actor) (practice.GuardianTimes, error) {
	if actor.Member == "" {
		return practice.GuardianTimes{}, practice.ErrUnauthenticated
	}
	return read(ctx, a, func(tx *store.Tx) (practice.GuardianTimes, error) {
		all, err := tx.MisuseWaits()
		return practice.GuardianTimesOf(all, tx.Now()), err
	})
}

// ProposeGuardian puts somebody forward: a steward's act, which makes nobody a guardian.
// Before the first one, whom to turn to where it is about the guardian is named.
func (a *App) ProposeGuardian(ctx context.Context, actor practice.Actor, id practice.MemberID) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(id)
		if err != nil {
			return practice.Refuse(practice.Invalid, "member.unknown").At("member")
		}
		if err := practice.MayBeGuardian(m); err != nil {
			return err
		}
		house, err := tx.Organisation()
		if err != nil {
			return err
		}
		all, err := tx.Guardians()
		switch {
		case err != nil:
			return err
		case slices.ContainsFunc(all, func(g practice.Guardian) bool { return g.Member == id }):
			return nil // they are put forward already
		case house.OtherWay == "" && len(all) == 0:
			return practice.Refuse(practice.Conflict, "guardian.otherway").At("member")
		}
		n := practice.Notice{Member: id, Code: "notice.guardian", Link: practice.GuardiansPath}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
		return tx.SaveGuardian(practice.Guardian{Member: id, NamedBy: actor.Member})
	})
}

// AgreeGuardian agrees to somebody who is put forward.
func (a *App) AgreeGuardian(ctx context.Context, actor practice.Actor, id practice.MemberID) error {
	return a.onGuardian(ctx, actor, id, func(tx *store.Tx, by practice.Member, g practice.Guardian) error {
		g, err := g.Agree(by)
		if err != nil {
			return err
		}
		m, err := tx.Member(id)
		if err := errors.Join(err, practice.MayBeGuardian(m)); err != nil {
			return err
		}
		return tx.SaveGuardian(g)
	})
}

// TakeOnGuarding is the yes of whoever is put forward, with what the words make that
// they were shown. Said again it draws new words; what was sealed to the old ones they do
// not read any more.
func (a *App) TakeOnGuarding(ctx context.Context, actor practice.Actor, key practice.ReceiptKey) error {
	return a.onGuardian(ctx, actor, actor.Member, func(tx *store.Tx, by practice.Member, g practice.Guardian) error {
		if err := practice.MayBeGuardian(by); err != nil {
			return err
		}
		g.Lookup, g.Public = key.Lookup, key.Public()
		return tx.SaveGuardian(g)
	})
}

// EndGuardian ends a guardian's time, or says that somebody wants it to end: they
// themselves end it at once, anybody else with a second person who is no steward. It
// reports whether it ended.
func (a *App) EndGuardian(ctx context.Context, actor practice.Actor, id practice.MemberID) (ended bool, err error) {
	err = a.onGuardian(ctx, actor, id, func(tx *store.Tx, by practice.Member, g practice.Guardian) (err error) {
		if ended, err = g.MayEnd(by); err != nil {
			return err
		}
		if ended {
			return tx.EndGuardian(id)
		}
		g.EndBy = by.ID
		return tx.SaveGuardian(g)
	})
	return ended, err
}

// KeepGuardian takes back that a guardian's time is to end: by whoever wanted it.
func (a *App) KeepGuardian(ctx context.Context, actor practice.Actor, id practice.MemberID) error {
	return a.onGuardian(ctx, actor, id, func(tx *store.Tx, by practice.Member, g practice.Guardian) error {
		if g.EndBy != by.ID {
			return practice.ErrNotFound
		}
		g.EndBy = ""
		return tx.SaveGuardian(g)
	})
}

func (a *App) onGuardian(ctx context.Context, actor practice.Actor, id practice.MemberID, f func(*store.Tx, practice.Member, practice.Guardian) error) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		by, err := tx.Member(actor.Member)
		if err != nil {
			return err
		}
		g, err := tx.Guardian(id)
		if err != nil {
			return err
		}
		return f(tx, by, g)
	})
}

// apart refuses to give power over others to a guardian who stands.
func apart(tx *store.Tx, m practice.Member) error {
	all, err := tx.Guardians()
	return errors.Join(err, practice.StandsApart(all, m))
}

// readsRaw refuses whoever a guardian has closed raw answers to: they read none, and
// take no new place where people write some.
func readsRaw(tx *store.Tx, actor practice.Actor) error {
	closed, err := tx.ReadingClosed(actor.Member)
	if err == nil && closed {
		err = practice.Refuse(practice.Conflict, "reading.closed")
	}
	return err
}
