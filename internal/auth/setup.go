package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"sync"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// door is the way in of an installation that nobody has set up. Its secret is
// in memory only, and another one at every start.
type door struct {
	mu   sync.Mutex
	hash string
}

// OpenSetUp makes the secret of the set-up link, or returns an empty one where
// set-up was done. On several nodes each has a link of its own; the first one
// used wins.
func (a *Auth) OpenSetUp(ctx context.Context) (string, error) {
	done, err := a.IsSetUp(ctx)
	if err != nil || done {
		return "", err
	}
	secret := newSecret(a.random)
	a.door.mu.Lock()
	defer a.door.mu.Unlock()
	a.door.hash = hashSecret(secret)
	return secret, nil
}

// The refusals of the set-up page.
var (
	errSetUpDone = practice.Refuse(practice.Conflict, "set-up.done")
	errSetUpLink = practice.Refuse(practice.Conflict, "set-up.link")
)

// CheckSetUp refuses every secret once set-up was done ("set-up.done"), and a
// wrong one before ("set-up.link").
func (a *Auth) CheckSetUp(ctx context.Context, secret string) error {
	done, err := a.IsSetUp(ctx)
	if err != nil {
		return err
	}
	if done {
		return errSetUpDone
	}
	a.door.mu.Lock()
	hash := a.door.hash
	a.door.mu.Unlock()
	if hash == "" || subtle.ConstantTimeCompare([]byte(hash), []byte(hashSecret(secret))) != 1 {
		return errSetUpLink
	}
	return nil
}

// reminder is the code of the notice to a first steward without a passphrase.
const reminder = "notice.passphrase"

// RemindOfPassphrase puts on the start page of a first steward who chose none
// what a passphrase is for: once, until they put it away or choose one.
func (a *Auth) RemindOfPassphrase(ctx context.Context, actor practice.Actor) error {
	return a.update(ctx, func(tx *store.Tx) error {
		return tx.AddNotice(practice.Notice{Member: actor.Member, Code: reminder, Link: "/you#pass"})
	})
}

func forgetReminder(tx *store.Tx, m practice.MemberID) error {
	all, err := tx.Notices(m)
	if err != nil {
		return err
	}
	for _, n := range all {
		if n.Code == reminder {
			return tx.SeeNotice(n.ID, m)
		}
	}
	return nil
}

// IsSetUp reports whether there is an organisation to come in to.
func (a *Auth) IsSetUp(ctx context.Context) (bool, error) {
	err := a.view(ctx, func(tx *store.Tx) error {
		_, err := tx.Organisation()
		return err
	})
	if errors.Is(err, practice.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
