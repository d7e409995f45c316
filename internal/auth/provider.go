package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"debrief/internal/oidc"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Provider is where people may sign in, beside their way in here. Who they are
// there opens what they linked with it themselves, and nothing else.
type Provider struct {
	*oidc.Provider
	Name   string // as people call it
	Knocks bool   // whoever is linked with nobody may knock, and comes that way from then on
}

// tripLife is how long somebody may take at the provider, and then to knock.
const tripLife = 10 * time.Minute

// Provider returns where people may sign in, or nil.
func (a *Auth) Provider() *Provider { return a.at }

// trip is what a browser keeps while it is at the provider.
type trip struct {
	oidc.Trip
	Next   string            // where they were going
	Member practice.MemberID // who wants to be linked; empty for whoever signs in
}

// SetOut returns the address of the provider for somebody who signs in, and the
// cookie that binds the way back to this browser. It refuses "provider.away" and
// too many tries.
func (a *Auth) SetOut(r *http.Request, next string) (string, *http.Cookie, error) {
	return a.setOut(r, trip{Next: next})
}

// SetOutToLink is [Auth.SetOut] for somebody who is in and wants to come that way
// from then on. wish is from [Auth.Wish]. Whoever has a passphrase says it first
// ("prove.first"), as for everything that outlasts a device.
func (a *Auth) SetOutToLink(r *http.Request, wish string) (string, *http.Cookie, error) {
	if a.at == nil {
		return "", nil, practice.ErrNotFound
	}
	actor, device, err := a.ByCookie(r)
	if err != nil {
		return "", nil, err
	}
	var of practice.DeviceID
	if err := a.unseal(r.Context(), sealWish, wish, &of); err != nil || of != device {
		return "", nil, errSeal
	}
	kept, err := a.passphraseOf(r.Context(), actor)
	if err != nil {
		return "", nil, err
	}
	if kept != "" && !actor.Proved {
		return "", nil, practice.ErrUnproved
	}
	return a.setOut(r, trip{Next: "/you?kept=yes", Member: actor.Member})
}

// Wish is what a page of this device's own carries to [Auth.SetOutToLink], so
// that no page of another site links anybody: a form may not lead to the
// provider, and a link of any site may.
func (a *Auth) Wish(ctx context.Context, device practice.DeviceID) (string, error) {
	return a.seal(ctx, sealWish, device, 24*time.Hour)
}

func (a *Auth) setOut(r *http.Request, t trip) (to string, c *http.Cookie, err error) {
	if a.at == nil {
		return "", nil, practice.ErrNotFound
	}
	if err := slow(a.pace.count("provider "+placeKey(r.RemoteAddr), strangersPerPlace)); err != nil {
		return "", nil, err
	}
	if to, t.Trip, err = a.at.SetOut(r.Context(), t.Member != ""); err != nil {
		return "", nil, a.at.refusal(err)
	}
	sealed, err := a.seal(r.Context(), sealTrip, t, tripLife)
	return to, a.cookie(a.tripName(), sealed, tripLife), err
}

// refusal says what came of asking the provider.
func (p *Provider) refusal(err error) error {
	switch {
	case errors.Is(err, oidc.ErrAway):
		return practice.Refuse(practice.Busy, "provider.away").With("name", p.Name)
	case errors.Is(err, oidc.ErrDenied):
		return practice.Refuse(practice.Forbidden, "provider.denied").With("name", p.Name)
	case errors.Is(err, oidc.ErrRefused):
		return errSeal
	}
	return err
}

// Back is what came of a way to the provider.
type Back struct {
	Secret string // of a device that was let in; empty where none was
	Next   string // where to go on
	Known  string // who they are there, sealed for a knock; empty where somebody here is linked with it, or nobody may knock
	Nobody bool   // nobody here is linked with it
}

// ComeBack reads what a browser brought from the provider: it lets in the device
// of whoever is linked with that, or links whoever set out to be. It refuses
// what did not set out in this browser within ten minutes, and what is not as it
// has to be ("provider.refused"), a no there ("provider.denied"), a provider that
// is away, and a link that somebody else has ("provider.taken").
func (a *Auth) ComeBack(r *http.Request) (Back, error) {
	if a.at == nil {
		return Back{}, practice.ErrNotFound
	}
	cookie, err := r.Cookie(a.tripName())
	if err != nil {
		return Back{}, errSeal
	}
	var t trip
	if err := a.unseal(r.Context(), sealTrip, cookie.Value, &t); err != nil {
		return Back{}, err
	}
	subject, err := a.at.ComeBack(r.Context(), t.Trip, r.URL.Query())
	if err != nil {
		return Back{}, a.at.refusal(err)
	}
	i := practice.Identity{Issuer: a.at.Issuer, Subject: subject}
	if t.Member == "" {
		return a.comeBy(r, i, t.Next)
	}
	actor, _, err := a.ByCookie(r)
	if err != nil {
		return Back{}, err
	}
	if actor.Member != t.Member { // somebody else came in on this browser meanwhile
		return Back{}, errSeal
	}
	return Back{Next: t.Next}, a.update(r.Context(), func(tx *store.Tx) error { return link(tx, t.Member, i, a.at) })
}

// comeBy lets in the device of whoever is linked with an identity.
func (a *Auth) comeBy(r *http.Request, i practice.Identity, next string) (Back, error) {
	secret := newSecret(a.random)
	err := a.come(r.Context(), func(tx *store.Tx) error {
		m, err := tx.MemberByIdentity(i)
		if err != nil {
			return err
		}
		return letIn(tx, m, secret, Arrival{Agent: r.UserAgent()})
	})
	switch {
	case err == nil:
		return Back{Secret: secret, Next: next}, nil
	case practice.KindOf(err) != practice.NotFound:
		return Back{}, err
	}
	back := Back{Nobody: true}
	if a.at.Knocks {
		back.Known, err = a.seal(r.Context(), sealIdentity, i, tripLife)
		return back, err
	}
	return back, nil
}

// link keeps that a member comes in by a provider from now on, and tells them.
func link(tx *store.Tx, m practice.MemberID, i practice.Identity, at *Provider) error {
	if by, err := tx.MemberByIdentity(i); err == nil && by == m {
		return nil
	}
	err := tx.AddIdentity(m, i)
	if errors.Is(err, practice.ErrChanged) {
		return practice.Refuse(practice.Conflict, "provider.taken")
	}
	if err != nil || at == nil {
		return err
	}
	return tx.Tell(practice.Notice{Member: m, Code: "notice.link-provider", Link: "/you", Args: practice.Args{"name": at.Name}}, "")
}

// Linked reports whether the actor comes in by the provider.
func (a *Auth) Linked(ctx context.Context, actor practice.Actor) (bool, error) {
	if a.at == nil {
		return false, nil
	}
	var all []practice.Identity
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Identities(actor.Member)
		return err
	})
	return slices.ContainsFunc(all, func(i practice.Identity) bool { return i.Issuer == a.at.Issuer }), err
}

// Unlink ends that the actor comes in by the provider. It refuses where they have
// neither a passphrase nor another device ("provider.last"): when this device is
// lost, nothing of theirs would be left.
func (a *Auth) Unlink(ctx context.Context, actor practice.Actor, this practice.DeviceID) error {
	if a.at == nil || len(actor.Scopes) > 0 {
		return practice.ErrNotFound
	}
	return a.update(ctx, func(tx *store.Tx) error {
		kept, err := tx.Passphrase(actor.Member)
		if err != nil {
			return err
		}
		devices, err := tx.Devices(actor.Member)
		if err != nil {
			return err
		}
		another := func(d practice.Device) bool { return d.ID != this }
		if kept == "" && !slices.ContainsFunc(devices, another) {
			return practice.Refuse(practice.Conflict, "provider.last").With("name", a.at.Name).At("provider")
		}
		return tx.RemoveIdentity(actor.Member, a.at.Issuer)
	})
}

// NoTrip takes back the cookie of a way to the provider.
func (a *Auth) NoTrip() *http.Cookie { return a.cookie(a.tripName(), "", -time.Second) }

func (a *Auth) tripName() string { return a.CookieName() + "-trip" }
