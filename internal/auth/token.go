package auth

import (
	"context"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// MakeToken makes an API token for a member: oneself, proved, or anybody for
// the operator. The secret it returns is shown this once and kept nowhere.
func (a *Auth) MakeToken(ctx context.Context, actor practice.Actor, member practice.MemberID, n practice.NewToken) (practice.Token, string, error) {
	if len(actor.Scopes) > 0 || actor.Member != member && !actor.Operator {
		return practice.Token{}, "", practice.ErrNotFound
	}
	if !actor.Proved && !actor.Operator {
		return practice.Token{}, "", practice.ErrUnproved
	}
	if err := slow(a.pace.count("tokens "+string(member), tokensPerMember)); err != nil {
		return practice.Token{}, "", err
	}
	if err := n.Check(); err != nil {
		return practice.Token{}, "", err
	}
	if n.Days == 0 {
		n.Days = practice.TokenDays
	}
	secret := newTokenSecret(a.random)
	var t practice.Token
	err := a.update(ctx, func(tx *store.Tx) error {
		m, err := tx.Member(member)
		if err != nil {
			return err
		}
		if !m.Active {
			return practice.Refuse(practice.Conflict, "member.inactive").With("name", m.Name)
		}
		t = practice.Token{
			ID:     practice.TokenID(tx.NewID("tok")),
			Member: member,
			Name:   strings.TrimSpace(n.Name),
			Scopes: n.Scopes,
			EndsAt: tx.Now().AddDate(0, 0, n.Days),
		}
		return tx.AddToken(t, hashSecret(secret))
	})
	if err != nil {
		return practice.Token{}, "", err
	}
	return t, secret, nil
}

// Tokens lists a member's tokens, those that have ended too: one's own, or
// anybody's for the operator.
func (a *Auth) Tokens(ctx context.Context, actor practice.Actor, member practice.MemberID) ([]practice.Token, error) {
	if !mayManage(actor, member) {
		return nil, practice.ErrNotFound
	}
	var tokens []practice.Token
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		tokens, err = tx.Tokens(member)
		return err
	})
	return tokens, err
}

// EndToken ends a token at once.
func (a *Auth) EndToken(ctx context.Context, actor practice.Actor, id practice.TokenID) error {
	return a.update(ctx, func(tx *store.Tx) error {
		t, err := tx.Token(id)
		if err != nil {
			return err
		}
		if !mayManage(actor, t.Member) {
			return practice.ErrNotFound
		}
		return tx.EndToken(id)
	})
}

// byToken makes the actor of an API token. What does not look like one of ours
// never reaches the database.
func (a *Auth) byToken(ctx context.Context, secret string) (practice.Actor, error) {
	if !isToken(secret) {
		return practice.Actor{}, practice.ErrUnauthenticated
	}
	var actor practice.Actor
	var t practice.Token
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		if t, err = tx.TokenByHash(hashSecret(secret)); err != nil {
			return strange(err)
		}
		if !tx.Now().Before(t.EndsAt) || len(t.Scopes) == 0 {
			return practice.ErrUnauthenticated
		}
		actor, err = actorFor(tx, t.Member)
		actor.Scopes = t.Scopes
		return err
	})
	if err != nil {
		return practice.Actor{}, err
	}
	if today := day(a.now()); !t.SeenAt.Equal(today) {
		// Where this cannot be written, reading goes on all the same.
		_ = a.update(ctx, func(tx *store.Tx) error { return tx.SeeToken(t.ID, today) })
	}
	return actor, nil
}
