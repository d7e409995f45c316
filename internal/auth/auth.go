// Package auth knows who is asking: devices that were let in, passphrases,
// links that open once, codes by which people knock, a provider at which they
// sign in, and API tokens.
//
// Nothing here can be read back out of the database: secrets are kept as
// SHA-256 of 256 random bits, passphrases as argon2id. Every request looks its
// device or token up again, so somebody who was removed is gone at once, on
// every node.
package auth

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/words"
)

// Options are what an [Auth] needs.
type Options struct {
	Store  *store.Store
	Now    func() time.Time
	Random io.Reader

	// Secure says that people come by https. The cookie is then called
	// __Host-debrief and marked Secure; else it is called debrief, because a
	// browser would refuse the other over plain http.
	Secure bool

	// Provider is where people may sign in too; nil: nowhere.
	Provider *Provider

	// TabletIdle is how long a name stays picked at a shared tablet; 0 means
	// [practice.TabletIdle].
	TabletIdle time.Duration

	// Hash is the cost of a passphrase. The zero value is the cost for real
	// use; only tests set something cheaper.
	Hash HashCost
}

// Auth answers who is asking. It is safe for use by many goroutines.
type Auth struct {
	store  *store.Store
	now    func() time.Time
	random io.Reader
	secure bool
	hasher *hasher
	pace   *pace
	door   door
	seen   seenDays
	proofs key
	passes key
	trips  key
	at     *Provider
	idle   time.Duration
	words  func() *words.Wordlist // read when somebody first needs it
}

// New makes an Auth.
func New(o Options) *Auth {
	return &Auth{
		store:  o.Store,
		now:    o.Now,
		random: o.Random,
		secure: o.Secure,
		hasher: newHasher(o.Hash, o.Random),
		pace:   newPace(o.Now),
		at:     o.Provider,
		idle:   cmp.Or(o.TabletIdle, practice.TabletIdle),
		words:  sync.OnceValue(words.NewWordlist),
	}
}

// Authenticate says on whose behalf a request comes: by API token where it has
// an Authorization header, else by the cookie of a device that was let in. A
// header that is no good is never mended by a cookie.
//
// It returns [practice.ErrUnauthenticated] for everything else: no secret, a
// wrong one, one that has ended, a person who was deactivated.
func (a *Auth) Authenticate(r *http.Request) (practice.Actor, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		secret, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return practice.Actor{}, practice.ErrUnauthenticated
		}
		return a.byToken(r.Context(), strings.TrimSpace(secret))
	}
	actor, _, err := a.ByCookie(r)
	return actor, err
}

// ByCookie is [Auth.Authenticate] for pages, which no token opens. It also
// says which device it was.
func (a *Auth) ByCookie(r *http.Request) (practice.Actor, practice.DeviceID, error) {
	cookie, err := r.Cookie(a.CookieName())
	if err != nil {
		return practice.Actor{}, "", practice.ErrUnauthenticated
	}
	actor, id, err := a.byDevice(r.Context(), cookie.Value)
	actor.Proved = err == nil && a.proved(r, cookie.Value)
	return actor, id, err
}

// actorFor makes the actor of a member who may come in.
func actorFor(tx *store.Tx, id practice.MemberID) (practice.Actor, error) {
	m, err := tx.Member(id)
	if err != nil || !m.Active || m.Guest {
		return practice.Actor{}, practice.ErrUnauthenticated
	}
	return practice.Actor{Member: m.ID, Name: m.Name, Steward: m.Steward, Records: m.Records, Teams: m.Teams}, nil
}

// mayManage reports whether the actor may manage what lets member in: it is
// their own, or they are a steward or the operator. A token never may: whoever
// finds one must not be able to make it last.
func mayManage(actor practice.Actor, member practice.MemberID) bool {
	if len(actor.Scopes) > 0 {
		return false
	}
	return actor.Steward || actor.Member == member || actor.Operator
}

// view and update are the store's, for a shorter line.
func (a *Auth) view(ctx context.Context, f func(*store.Tx) error) error {
	return a.store.View(ctx, f)
}

func (a *Auth) update(ctx context.Context, f func(*store.Tx) error) error {
	return a.store.Update(ctx, f)
}
