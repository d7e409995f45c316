package auth

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// How long a link that opens once waits to be opened.
const (
	linkInDays    = 7
	linkResetTime = 15 * time.Minute
)

// MakeLink makes a link that opens once and returns its secret, which is shown
// this once and kept nowhere. An earlier link of the same use is taken back.
//
// Anyone may make one to let in another device of their own. A steward and the
// operator may make one for anybody; that person finds a notice of it.
func (a *Auth) MakeLink(ctx context.Context, actor practice.Actor, member practice.MemberID, use practice.LinkUse) (string, error) {
	if !mayManage(actor, member) {
		return "", practice.ErrNotFound
	}
	secret := newSecret(a.random)
	err := a.update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(member)
		if err != nil {
			return err
		}
		if !m.Active {
			return practice.Refuse(practice.Conflict, "member.inactive").With("name", m.Name)
		}
		if m.Guest {
			return practice.Refuse(practice.Conflict, "member.guest").With("name", m.Name)
		}
		l := practice.Link{Member: member, Use: use, EndsAt: tx.Now().AddDate(0, 0, linkInDays)}
		if use == practice.LinkReset {
			l.EndsAt = tx.Now().Add(linkResetTime)
		}
		if err := tx.EndLinks(member, use); err != nil {
			return err
		}
		if err := tx.AddLink(l, hashSecret(secret)); err != nil || actor.Member == member {
			return err
		}
		n := practice.Notice{Member: member, Code: "notice.link", Link: "/you", Args: practice.Args{"who": actor.Name}}
		if actor.Operator {
			n = practice.Notice{Member: member, Code: "notice.link-operator", Link: "/you"}
		}
		return tx.Tell(n, "")
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Invitation is what the page behind a link says before the link is opened.
type Invitation struct {
	Name    string // who is let in
	Use     practice.LinkUse
	Steward bool // a passphrase of theirs has to be longer
}

// Invitation reads a link without opening it, because programs that preview
// links open them too. It returns [practice.ErrNotFound] for one that was
// opened, is over or never was.
func (a *Auth) Invitation(ctx context.Context, secret string) (Invitation, error) {
	var i Invitation
	err := a.view(ctx, func(tx *store.Tx) error {
		l, err := tx.LinkByHash(hashSecret(secret))
		if err != nil {
			return err
		}
		m, err := tx.Member(l.Member)
		if err != nil || !m.Active {
			return practice.ErrNotFound
		}
		i = Invitation{Name: m.Name, Use: l.Use, Steward: m.Steward}
		return nil
	})
	return i, err
}

// OpenLink opens a link and lets the device in; the secret it returns is for
// the cookie. Of two who open it at once, one gets [practice.ErrNotFound].
//
// A link to reset wants a new passphrase and ends every other device and token
// of the person; another link may bring a first passphrase or none.
func (a *Auth) OpenLink(ctx context.Context, secret, passphrase string, how Arrival) (string, error) {
	i, err := a.Invitation(ctx, secret)
	if err != nil {
		return "", err
	}
	kept := ""
	if i.Use == practice.LinkReset {
		if kept, err = a.newPassphrase(ctx, passphrase, i.Steward, i.Name); err != nil {
			return "", err
		}
	}
	cookie := newSecret(a.random)
	err = a.come(ctx, func(tx *store.Tx) error {
		l, err := tx.OpenLink(hashSecret(secret))
		if err != nil {
			return err
		}
		if l.Use == practice.LinkReset {
			if err := tx.EndEverything(l.Member); err != nil {
				return err
			}
			if err := tx.SavePassphrase(l.Member, kept); err != nil {
				return err
			}
		}
		return letIn(tx, l.Member, cookie, how)
	})
	if err != nil {
		return "", err
	}
	return cookie, nil
}
