package auth

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SignIn is a name and a passphrase, typed somewhere.
type SignIn struct {
	Name       string
	Passphrase string
	Remote     string // the address it came from, as in http.Request.RemoteAddr
	Agent      string // the browser's User-Agent
}

// errWrong is the one answer to every wrong pair, so that nobody learns which
// half was wrong or who has a passphrase at all.
var errWrong = practice.Refuse(practice.Invalid, "sign.in.wrong").At("passphrase")

// SignIn lets a device in by passphrase and returns the secret for its cookie.
// Somebody unknown, somebody without a passphrase and a wrong passphrase get
// the same answer after the same work. Too many tries get
// "sign.in.slow" with the minutes to wait, whether the name exists or not.
func (a *Auth) SignIn(ctx context.Context, s SignIn) (string, error) {
	key := nameKey(s.Name)
	if err := a.pace.try(map[string]int{key: triesPerName, placeKey(s.Remote): triesPerPlace}); err != nil {
		return "", err
	}
	m, kept, err := a.known(ctx, s.Name)
	if err != nil {
		return "", err
	}
	ok, stale, err := a.hasher.check(ctx, s.Passphrase, kept)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errWrong
	}
	fresh := ""
	if stale {
		if fresh, err = a.hasher.hash(ctx, s.Passphrase); err != nil {
			return "", err
		}
	}
	a.pace.clear(key)
	secret := newSecret(a.random)
	err = a.come(ctx, func(tx *store.Tx) error {
		if fresh != "" {
			if err := tx.SavePassphrase(m, fresh); err != nil {
				return err
			}
		}
		return letIn(tx, m, secret, Arrival{Agent: s.Agent, Passphrase: true})
	})
	if errors.Is(err, practice.ErrUnauthenticated) {
		return "", errWrong
	}
	return secret, err
}

// known looks a name up. Nobody is no error here: the work goes on as if.
func (a *Auth) known(ctx context.Context, name string) (id practice.MemberID, kept string, err error) {
	err = a.view(ctx, func(tx *store.Tx) error {
		m, err := tx.MemberByName(name)
		if errors.Is(err, practice.ErrNotFound) || err == nil && !m.Active {
			return nil
		}
		if err != nil {
			return err
		}
		id = m.ID
		kept, err = tx.Passphrase(m.ID)
		return err
	})
	return id, kept, err
}

// HasPassphrase reports whether the actor has one.
func (a *Auth) HasPassphrase(ctx context.Context, actor practice.Actor) (bool, error) {
	kept, err := a.passphraseOf(ctx, actor)
	return kept != "", err
}

func (a *Auth) passphraseOf(ctx context.Context, actor practice.Actor) (kept string, err error) {
	err = a.view(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.Passphrase(actor.Member)
		return err
	})
	return kept, err
}

// say refuses words that are not the actor's passphrase, and too many of them.
func (a *Auth) say(ctx context.Context, actor practice.Actor, words, kept string) error {
	key := nameKey(actor.Name)
	if err := a.pace.try(map[string]int{key: triesPerName}); err != nil {
		return err
	}
	ok, _, err := a.hasher.check(ctx, words, kept)
	if err != nil {
		return err
	}
	if !ok {
		return practice.Refuse(practice.Invalid, "passphrase.wrong")
	}
	a.pace.clear(key)
	return nil
}

// at points a refusal that is about no field yet at one.
func at(err error, field string) error {
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Field == "" && refusal.Kind == practice.Invalid {
		return refusal.At(field)
	}
	return err
}

// ChangePassphrase gives the actor a new passphrase. Where they had one, they
// say it, and every device but this one ends.
func (a *Auth) ChangePassphrase(ctx context.Context, actor practice.Actor, this practice.DeviceID, before, after string) error {
	if len(actor.Scopes) > 0 {
		return practice.ErrForbidden
	}
	kept, err := a.passphraseOf(ctx, actor)
	if err != nil {
		return err
	}
	if kept != "" {
		if err := a.say(ctx, actor, before, kept); err != nil {
			return at(err, "before")
		}
	}
	hash, err := a.newPassphrase(ctx, after, actor.Steward, actor.Name)
	if err != nil {
		return err
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := tx.SavePassphrase(actor.Member, hash); err != nil {
			return err
		}
		if kept == "" {
			return forgetReminder(tx, actor.Member)
		}
		return tx.EndOtherDevices(actor.Member, this)
	})
}

// newPassphrase checks and hashes a passphrase somebody chose.
func (a *Auth) newPassphrase(ctx context.Context, passphrase string, steward bool, name string) (string, error) {
	if err := CheckPassphrase(passphrase, steward, name); err != nil {
		return "", err
	}
	return a.hasher.hash(ctx, passphrase)
}
