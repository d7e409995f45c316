package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// proofTime is how long somebody counts as proved after they came in or said
// their passphrase. A device that was left lying open makes no token and no
// steward.
const proofTime = 10 * time.Minute

// key is what something is sealed with, the same on every node. It never changes,
// and is read once.
type key struct {
	mu   sync.Mutex
	read []byte
}

// keyOf returns a key, which from reads where nobody needed it yet.
func (a *Auth) keyOf(ctx context.Context, k *key, from func(*store.Tx) ([]byte, error)) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.read != nil {
		return k.read, nil
	}
	err := a.update(ctx, func(tx *store.Tx) (err error) {
		k.read, err = from(tx)
		return err
	})
	return k.read, err
}

// sealing returns what proofs are sealed with. Nothing of a proof is stored: it
// would say when somebody was there.
func (a *Auth) sealing(ctx context.Context) ([]byte, error) {
	return a.keyOf(ctx, &a.proofs, func(tx *store.Tx) ([]byte, error) { return tx.Secret("proofs") })
}

// proof is a cookie that says until when the device with that secret is proved,
// or nil where nobody came in through us.
func (a *Auth) proof(secret string) *http.Cookie {
	a.proofs.mu.Lock()
	key := a.proofs.read
	a.proofs.mu.Unlock()
	if key == nil {
		return nil
	}
	until := strconv.FormatInt(a.now().Add(proofTime).Unix(), 36)
	c := a.cookie(a.proofName(), until+"."+sealed(key, secret, until), proofTime)
	c.SameSite = http.SameSiteStrictMode
	return c
}

// sealed is what only we could have written about a device.
func sealed(key []byte, secret, until string) string {
	h := hmac.New(sha256.New, key)
	io.WriteString(h, hashSecret(secret)+" "+until)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// proved reports whether a request carries a proof of its device that is not
// over. Where that cannot be told, it does not: a full disk locks nobody out.
func (a *Auth) proved(r *http.Request, secret string) bool {
	c, err := r.Cookie(a.proofName())
	if err != nil {
		return false
	}
	until, seal, _ := strings.Cut(c.Value, ".")
	at, err := strconv.ParseInt(until, 36, 64)
	if err != nil || !a.now().Before(time.Unix(at, 0)) {
		return false
	}
	key, err := a.sealing(r.Context())
	return err == nil && hmac.Equal([]byte(seal), []byte(sealed(key, secret, until)))
}

// Prove hears the passphrase of whoever sits at a device once more and returns
// the cookie that proves it for ten minutes. It refuses a wrong one
// ("passphrase.wrong"), too many tries, and people who have none
// ("passphrase.none"): they choose one first.
func (a *Auth) Prove(r *http.Request, passphrase string) (*http.Cookie, error) {
	cookie, err := r.Cookie(a.CookieName())
	if err != nil {
		return nil, practice.ErrUnauthenticated
	}
	actor, _, err := a.ByCookie(r)
	if err != nil {
		return nil, err
	}
	kept, err := a.passphraseOf(r.Context(), actor)
	if err != nil {
		return nil, err
	}
	if kept == "" {
		return nil, practice.Refuse(practice.Conflict, "passphrase.none").At("passphrase")
	}
	if err := a.say(r.Context(), actor, passphrase, kept); err != nil {
		return nil, at(err, "passphrase")
	}
	if _, err := a.sealing(r.Context()); err != nil {
		return nil, err
	}
	return a.proof(cookie.Value), nil
}

// ProofOf is the cookie that proves a device whose owner just chose a
// passphrase, and nothing where the request comes from no device.
func (a *Auth) ProofOf(r *http.Request) *http.Cookie {
	cookie, err := r.Cookie(a.CookieName())
	if err != nil {
		return nil
	}
	if _, err := a.sealing(r.Context()); err != nil {
		return nil // they say it once more
	}
	return a.proof(cookie.Value)
}

func (a *Auth) proofName() string { return a.CookieName() + "-proof" }
