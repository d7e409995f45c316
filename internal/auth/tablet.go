package auth

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// MakeTablet turns the device that asks into a tablet of a team, and returns the
// secret for its cookie. The device itself ends: nothing of whoever held it is left
// there. It refuses where the actor is neither of the team nor a steward.
func (a *Auth) MakeTablet(r *http.Request, actor practice.Actor, team practice.TeamID, label string) (string, error) {
	if !mayLetIn(actor, team) {
		return "", practice.ErrNotFound
	}
	if err := practice.CheckName(label); err != nil {
		return "", err
	}
	_, device, err := a.ByCookie(r)
	if err != nil {
		return "", err
	}
	secret := newSecret(a.random)
	return secret, a.update(r.Context(), func(tx *store.Tx) error {
		if _, err := tx.Team(team); err != nil {
			return err
		}
		if err := tx.EndDevice(device); err != nil {
			return err
		}
		today := day(tx.Now())
		return tx.AddTablet(practice.Tablet{ID: practice.TabletID(tx.NewBlindID("tab")), Team: team, Label: strings.Join(strings.Fields(label), " "),
			MadeAt: today, SeenAt: today, EndsAt: tabletEnds(today), By: actor.Member}, hashSecret(secret))
	})
}

// tabletEnds is until when a tablet stays one that is used today.
func tabletEnds(today time.Time) time.Time { return today.AddDate(0, 0, deviceDays+1) }

// AtTablet makes the actor of a tablet, with the name that is picked there: nobody's
// where member is empty. A name that is not of the team is not there. For what is no
// tablet, or not any more, it returns [practice.ErrNoTablet].
func (a *Auth) AtTablet(r *http.Request, member practice.MemberID) (practice.Actor, error) {
	t, err := a.tablet(r)
	if err != nil {
		return practice.Actor{}, err
	}
	var m practice.Member
	if member != "" {
		err = a.view(r.Context(), func(tx *store.Tx) (err error) {
			m, err = tx.Member(member)
			if err == nil && (!m.Active || m.Guest || !slices.Contains(m.Teams, t.Team)) {
				err = practice.ErrNotFound
			}
			return err
		})
	}
	return t.Actor(m), err
}

// tablet finds the one a request comes from, and notes the day. Where that cannot
// be written, it goes on: a full disk takes no tablet off the wall.
func (a *Auth) tablet(r *http.Request) (practice.Tablet, error) {
	var t practice.Tablet
	cookie, err := r.Cookie(a.CookieName())
	if err != nil {
		return t, practice.ErrNoTablet
	}
	err = a.view(r.Context(), func(tx *store.Tx) (err error) {
		t, err = tx.TabletByHash(hashSecret(cookie.Value))
		if practice.KindOf(err) == practice.NotFound || err == nil && !tx.Now().Before(t.EndsAt) {
			err = practice.ErrNoTablet
		}
		return err
	})
	if today := day(a.now()); err == nil && !t.SeenAt.Equal(today) {
		_ = a.update(r.Context(), func(tx *store.Tx) error { return tx.SeeTablet(t.ID, today, tabletEnds(today)) })
	}
	return t, err
}

// IsTablet reports whether a request comes from a tablet that a team shares.
func (a *Auth) IsTablet(r *http.Request) bool {
	_, err := a.tablet(r)
	return err == nil
}

// TabletIdle is how long a name stays picked where nobody touches the tablet.
func (a *Auth) TabletIdle() time.Duration { return a.idle }

// Pick is the cookie with the name that is picked at a tablet, and the time: it
// proves as little as the tap that made it. Without a member it takes one back.
func (a *Auth) Pick(member practice.MemberID) *http.Cookie {
	life, value := a.idle, string(member)+"."+strconv.FormatInt(a.now().Unix(), 36)
	if member == "" {
		life, value = -time.Second, ""
	}
	c := a.cookie(a.pickName(), value, life)
	c.SameSite = http.SameSiteStrictMode
	return c
}

// Picked reads the name that is picked at a tablet; nobody's where it was left alone
// for too long, whatever the browser thinks of the age of a cookie.
func (a *Auth) Picked(r *http.Request) practice.MemberID {
	c, err := r.Cookie(a.pickName())
	if err != nil {
		return ""
	}
	member, at, _ := strings.Cut(c.Value, ".")
	since, err := strconv.ParseInt(at, 36, 64)
	if age := a.now().Sub(time.Unix(since, 0)); err != nil || age < -time.Second || age > a.idle {
		return ""
	}
	return practice.MemberID(member)
}

func (a *Auth) pickName() string { return a.CookieName() + "-pick" }

// TabletCookies are what a browser keeps that was just made a tablet, and nothing of
// whoever made it one.
func (a *Auth) TabletCookies(secret string) []*http.Cookie {
	return []*http.Cookie{a.cookie(a.CookieName(), secret, deviceDays*24*time.Hour), a.cookie(a.proofName(), "", -time.Second)}
}

// StayTablet is the cookie of a tablet again, which a browser then keeps for as long
// as the server does.
func (a *Auth) StayTablet(r *http.Request) *http.Cookie {
	var secret string
	if c, err := r.Cookie(a.CookieName()); err == nil {
		secret = c.Value
	}
	return a.cookie(a.CookieName(), secret, deviceDays*24*time.Hour)
}

// Tablets lists the tablets of a team, for its people and stewards.
func (a *Auth) Tablets(ctx context.Context, actor practice.Actor, team practice.TeamID) ([]practice.Tablet, error) {
	if !mayLetIn(actor, team) {
		return nil, practice.ErrNotFound
	}
	var all []practice.Tablet
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.Tablets(team)
		return err
	})
	return all, err
}

// Tablet returns a tablet that the actor may name and end: they made it one, or are
// a steward.
func (a *Auth) Tablet(ctx context.Context, actor practice.Actor, id practice.TabletID) (practice.Tablet, error) {
	var t practice.Tablet
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		t, err = ownTablet(tx, actor, id)
		return err
	})
	return t, err
}

func ownTablet(tx *store.Tx, actor practice.Actor, id practice.TabletID) (practice.Tablet, error) {
	t, err := tx.Tablet(id)
	if err == nil && !actor.MayEndTablet(t) {
		return practice.Tablet{}, practice.ErrNotFound
	}
	return t, err
}

// NameTablet changes what a tablet is called.
func (a *Auth) NameTablet(ctx context.Context, actor practice.Actor, id practice.TabletID, label string) error {
	if err := practice.CheckName(label); err != nil {
		return err
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if _, err := ownTablet(tx, actor, id); err != nil {
			return err
		}
		return tx.NameTablet(id, strings.Join(strings.Fields(label), " "))
	})
}

// EndTablet ends a tablet at once.
func (a *Auth) EndTablet(ctx context.Context, actor practice.Actor, id practice.TabletID) error {
	return a.update(ctx, func(tx *store.Tx) error {
		if _, err := ownTablet(tx, actor, id); err != nil {
			return err
		}
		return tx.EndTablet(id)
	})
}

// LeaveTablet ends the tablet a request comes from, where it comes from one: somebody
// has come in there as themselves.
func (a *Auth) LeaveTablet(r *http.Request) error {
	t, err := a.tablet(r)
	if err != nil {
		return nil
	}
	return a.update(r.Context(), func(tx *store.Tx) error { return tx.EndTablet(t.ID) })
}
