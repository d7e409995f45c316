package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

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
// learned from. While a failure is held with which they have to do, it has to
// wait ("erase.held"). There is no way back.
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
		return eraseMember(tx, actor, m, practice.Erasure{Called: called})
	})
}

// EraseMember erases somebody who has left, or never had an account, and asks
// for it by letter: a steward's act, who says their passphrase first
// ("prove.first") and why they do it. The other stewards are told. Whoever is
// here does it themselves ("erase.here").
func (a *App) EraseMember(ctx context.Context, actor practice.Actor, id practice.MemberID, e practice.Erasure) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	if !actor.Proved && !actor.Operator {
		return practice.ErrUnproved
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(id)
		switch {
		case err != nil:
			return err
		case m.Erased:
			return practice.ErrNotFound
		case m.Belongs():
			return practice.Refuse(practice.Conflict, "erase.here").With("name", m.Name)
		}
		if err := practice.CheckLetter(m.Name, e.Why); err != nil {
			return err
		}
		e.By, e.Why = actor.Member, strings.TrimSpace(e.Why)
		if err := eraseMember(tx, actor, m, e); err != nil {
			return err
		}
		return tellStewards(tx, actor.Member, practice.Notice{Code: "notice.erased", Link: keptPath,
			Args: practice.Args{"name": actor.Name, "why": e.Why}})
	})
}

// eraseMember takes somebody out who is here, unless a hold keeps them.
func eraseMember(tx *store.Tx, actor practice.Actor, m practice.Member, e practice.Erasure) error {
	if err := unheld(tx, m.ID); err != nil {
		return err
	}
	if err := openAll(tx, actor, m); err != nil {
		return err
	}
	if err := endWays(tx, m); err != nil {
		return err
	}
	e.Member, e.Day = m.ID, tx.Now().UTC().Truncate(24*time.Hour)
	return erase(tx, e)
}

// unheld refuses to erase somebody whose name stands with what is held, and says
// who decided that.
func unheld(tx *store.Tx, m practice.MemberID) error {
	holds, err := tx.HoldsAbout(m)
	if err != nil || len(holds) == 0 {
		return err
	}
	f, err := tx.Failure(holds[0].Failure)
	if err != nil {
		return err
	}
	by, err := memberOrNobody(tx, holds[0].By)
	if err != nil {
		return err
	}
	code := "erase.held"
	if by.Name == "" {
		code = "erase.held.once"
	}
	return practice.Refuse(practice.Conflict, code).With("number", f.Number).With("why", holds[0].Why).With("name", by.Name)
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

// erase takes somebody out, and leaves the work of taking them out of the files.
func erase(tx *store.Tx, e practice.Erasure) error {
	if err := tx.EraseMember(e); err != nil && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	if err := tx.RememberErasure(e); err != nil {
		return err
	}
	return errors.Join(tx.KeepLedger(), tx.Enqueue("store.scrub", tx.Now(), nil),
		tx.Emit(practice.Event{Kind: "member.erased", About: string(e.Member)}))
}
