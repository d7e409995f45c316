package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Reach is how the outside world reaches one person: messages and a calendar.
type Reach struct {
	Contact practice.Contact
	Feed    *practice.Feed // nil where they have none
	Mails   bool           // this server sends mail at all
}

// Reach returns the actor's own.
func (a *App) Reach(ctx context.Context, actor practice.Actor) (Reach, error) {
	return read(ctx, a, func(tx *store.Tx) (Reach, error) {
		r := Reach{Mails: a.mails}
		var err error
		if r.Contact, err = tx.Contact(actor.Member); err != nil {
			return r, err
		}
		f, err := tx.Feed(actor.Member)
		if isNotFound(err) {
			return r, nil
		}
		r.Feed = &f
		return r, err
	})
}

// SaveContact changes when the actor hears: muted, weekly, quiet hours, zone.
// Their address is changed by AskMail alone.
func (a *App) SaveContact(ctx context.Context, actor practice.Actor, n practice.Contact) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	if err := n.Check(); err != nil {
		return err
	}
	return a.changeContact(ctx, actor.Member, func(c practice.Contact, _ *store.Tx) (practice.Contact, error) {
		c.Muted, c.Weekly, c.Zone, c.QuietFrom, c.QuietTo = n.Muted, n.Weekly, n.Zone, n.QuietFrom, n.QuietTo
		return c, nil
	})
}

// AskMail sends a link to an address; once its owner opened it, messages go
// there. A token cannot: whoever finds one must not be able to listen.
func (a *App) AskMail(ctx context.Context, actor practice.Actor, address string) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	if !a.mails {
		return practice.Refuse(practice.Conflict, "mail.none").At("mail")
	}
	return a.changeContact(ctx, actor.Member, func(c practice.Contact, tx *store.Tx) (practice.Contact, error) {
		c, err := c.Ask(address, tx.NewBlindID("ask"), tx.Now())
		if err != nil {
			return c, err
		}
		return c, tx.Send(practice.Dispatch{Code: practice.DispatchConfirm, Member: c.Member, Link: confirmPath(c)}, tx.Now())
	})
}

// AskedMail returns the address that waits for a secret, without confirming it,
// because programs that preview links open them too.
func (a *App) AskedMail(ctx context.Context, _ practice.Actor, secret string) (string, error) {
	return read(ctx, a, func(tx *store.Tx) (string, error) {
		c, err := tx.ContactBySecret(secret)
		if err == nil {
			_, err = c.Confirm(tx.Now())
		}
		if err != nil {
			return "", errMailLate
		}
		return c.Asked, nil
	})
}

// ConfirmMail is the word of whoever reads mail at an address. They need not be
// let in on the device they read it on.
func (a *App) ConfirmMail(ctx context.Context, _ practice.Actor, secret string) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.ContactBySecret(secret)
		if isNotFound(err) {
			return errMailLate
		}
		if err != nil {
			return err
		}
		if c, err = c.Confirm(tx.Now()); err != nil {
			return err
		}
		return tx.SaveContact(c)
	})
}

var errMailLate = practice.Refuse(practice.Conflict, "mail.late")

// ForgetMail takes the actor's address away, and what was on its way to it.
func (a *App) ForgetMail(ctx context.Context, actor practice.Actor) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.changeContact(ctx, actor.Member, func(c practice.Contact, tx *store.Tx) (practice.Contact, error) {
		c.Mail, c.Asked, c.Secret = "", "", ""
		return c, tx.ForgetContact(c.Member)
	})
}

// confirmPath is where a mail address is confirmed.
func confirmPath(c practice.Contact) string { return "/you/mail/" + c.Secret }

// inPerson refuses tokens what is only for the person themselves.
func inPerson(actor practice.Actor) error {
	if actor.Member == "" || len(actor.Scopes) > 0 {
		return practice.ErrForbidden
	}
	return nil
}

// changeContact reads somebody's contact, changes it and writes it back.
func (a *App) changeContact(ctx context.Context, m practice.MemberID, f func(practice.Contact, *store.Tx) (practice.Contact, error)) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Contact(m)
		if err != nil {
			return err
		}
		if c, err = f(c, tx); err != nil {
			return err
		}
		return tx.SaveContact(c)
	})
}
