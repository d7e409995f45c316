package auth

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// How long a device that was let in stays in. A steward who came by passphrase
// may be at a machine of somebody else's, so theirs ends early.
const (
	deviceDays      = 90
	stewardDays     = 7
	stewardRest     = 12 * time.Hour
	shortestAdvance = time.Hour // how coarse the clock of a resting device is
)

// Arrival is how a device comes in.
type Arrival struct {
	Agent      string // the browser's User-Agent; only a label is made of it
	Passphrase bool   // by passphrase, rather than by a link somebody handed over

	By practice.MemberID // who of the team said yes; empty where nobody was asked
}

// LetIn lets a device in for the actor and returns the secret for its cookie.
func (a *Auth) LetIn(ctx context.Context, actor practice.Actor, how Arrival) (string, error) {
	secret := newSecret(a.random)
	err := a.come(ctx, func(tx *store.Tx) error { return letIn(tx, actor.Member, secret, how) })
	if err != nil {
		return "", err
	}
	return secret, nil
}

// come is the transaction in which a device comes in.
func (a *Auth) come(ctx context.Context, in func(*store.Tx) error) error {
	if _, err := a.sealing(ctx); err != nil {
		return err
	}
	return a.update(ctx, in)
}

// letIn is LetIn within a transaction that does something else too.
func letIn(tx *store.Tx, member practice.MemberID, secret string, how Arrival) error {
	m, err := tx.Member(member)
	if err != nil || !m.Active || m.Guest {
		return practice.ErrUnauthenticated
	}
	now := tx.Now()
	d := practice.Device{
		ID:      practice.DeviceID(tx.NewBlindID("dev")),
		Member:  member,
		Label:   deviceLabel(how.Agent),
		LetInAt: day(now),
		SeenAt:  day(now),
		EndsAt:  now.AddDate(0, 0, deviceDays),
		By:      how.By,
	}
	if m.Steward && how.Passphrase {
		d.EndsAt, d.RestsAt = now.AddDate(0, 0, stewardDays), restUntil(now)
	}
	return tx.AddDevice(d, hashSecret(secret))
}

// byDevice makes the actor of a cookie.
func (a *Auth) byDevice(ctx context.Context, secret string) (practice.Actor, practice.DeviceID, error) {
	var actor practice.Actor
	var d practice.Device
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		if d, err = tx.DeviceByHash(hashSecret(secret)); err != nil {
			return strange(err)
		}
		now := tx.Now()
		if !now.Before(d.EndsAt) || !d.RestsAt.IsZero() && !now.Before(d.RestsAt) {
			return practice.ErrUnauthenticated
		}
		actor, err = actorFor(tx, d.Member)
		return err
	})
	if err != nil {
		return practice.Actor{}, "", err
	}
	a.seeDevice(ctx, d)
	return actor, d.ID, nil
}

// seeDevice notes the day, and the hour for a device that may not rest long.
// Where that cannot be written, reading goes on: a full disk locks nobody out.
func (a *Auth) seeDevice(ctx context.Context, d practice.Device) {
	now := a.now()
	if d.RestsAt.IsZero() {
		a.writeSeen(ctx, a.seen.note(d.ID, day(now)))
		return
	}
	if rests := restUntil(now); !d.SeenAt.Equal(day(now)) || !rests.Equal(d.RestsAt) {
		_ = a.update(ctx, func(tx *store.Tx) error { return tx.SeeDevice(d.ID, day(now), rests) })
	}
}

// writeSeen keeps which devices were seen on a day that is over, all in one
// transaction: one each, at the moment it happened, would say who was there
// just before something appeared without a name.
func (a *Auth) writeSeen(ctx context.Context, over seenDay) {
	if len(over.devices) == 0 {
		return
	}
	_ = a.update(ctx, func(tx *store.Tx) error {
		for id := range over.devices {
			if err := tx.SeeDevice(id, over.day, time.Time{}); err != nil && practice.KindOf(err) != practice.NotFound {
				return err
			}
		}
		return nil
	})
}

// seenDay is the devices that were seen on the day that runs, in memory.
type seenDay struct {
	day     time.Time
	devices map[practice.DeviceID]bool
}

// seenDays is the one that runs.
type seenDays struct {
	sync.Mutex
	seenDay
}

// note remembers a device, and returns the day that is over where this is the
// first of another.
func (s *seenDays) note(id practice.DeviceID, today time.Time) (over seenDay) {
	s.Lock()
	defer s.Unlock()
	if !s.day.Equal(today) {
		over, s.seenDay = s.seenDay, seenDay{day: today, devices: map[practice.DeviceID]bool{}}
	}
	s.devices[id] = true
	return over
}

// Devices lists a person's devices that are in: their own, or anybody's for a
// steward.
func (a *Auth) Devices(ctx context.Context, actor practice.Actor, member practice.MemberID) ([]practice.Device, error) {
	if !mayManage(actor, member) {
		return nil, practice.ErrNotFound
	}
	var devices []practice.Device
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		devices, err = tx.Devices(member)
		return err
	})
	return devices, err
}

// NameDevice changes what a device is called: its owner's act.
func (a *Auth) NameDevice(ctx context.Context, actor practice.Actor, id practice.DeviceID, label string) error {
	return a.update(ctx, func(tx *store.Tx) error {
		d, err := tx.Device(id)
		if err != nil {
			return err
		}
		if len(actor.Scopes) > 0 || actor.Member != d.Member {
			return practice.ErrNotFound
		}
		if err := practice.CheckName(label); err != nil {
			return err
		}
		return tx.NameDevice(id, strings.Join(strings.Fields(label), " "))
	})
}

// EndDevice ends a device at once: one's own, or anybody's for a steward.
func (a *Auth) EndDevice(ctx context.Context, actor practice.Actor, id practice.DeviceID) error {
	return a.update(ctx, func(tx *store.Tx) error {
		d, err := tx.Device(id)
		if err != nil {
			return err
		}
		if !mayManage(actor, d.Member) {
			return practice.ErrNotFound
		}
		return tx.EndDevice(id)
	})
}

// Cookies are what the browser of a device keeps that was just let in: its
// secret, and for a while the proof that whoever sits there came in themselves.
func (a *Auth) Cookies(secret string) []*http.Cookie {
	all := []*http.Cookie{a.cookie(a.CookieName(), secret, deviceDays*24*time.Hour)}
	if proof := a.proof(secret); proof != nil {
		all = append(all, proof)
	}
	return all
}

// SetCookie hands the secret of a device to its browser.
func (a *Auth) SetCookie(w http.ResponseWriter, secret string) {
	for _, c := range a.Cookies(secret) {
		http.SetCookie(w, c)
	}
}

// NoCookies take everything back.
func (a *Auth) NoCookies() []*http.Cookie {
	return []*http.Cookie{a.cookie(a.CookieName(), "", -time.Second), a.cookie(a.proofName(), "", -time.Second)}
}

// ClearCookie takes back what [Auth.SetCookie] handed out.
func (a *Auth) ClearCookie(w http.ResponseWriter) {
	for _, c := range a.NoCookies() {
		http.SetCookie(w, c)
	}
}

func (a *Auth) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteLaxMode}
}

// CookieName is what the cookie of a device is called.
func (a *Auth) CookieName() string {
	if a.secure {
		return "__Host-debrief"
	}
	return "debrief"
}

// day is the day of t in UTC. What is kept by day does not say when somebody
// was there.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// restUntil is when a steward's device ends if it is not used again, to the
// full hour.
func restUntil(now time.Time) time.Time {
	return now.UTC().Truncate(shortestAdvance).Add(stewardRest + shortestAdvance)
}

// strange turns "no such secret" into "we do not know you".
func strange(err error) error {
	if practice.KindOf(err) == practice.NotFound {
		return practice.ErrUnauthenticated
	}
	return err
}

// deviceLabel is what a list of devices calls a browser: enough to recognise
// one's own, and nothing that tells two of a kind apart.
func deviceLabel(agent string) string {
	var parts []string
	for _, list := range [][][2]string{
		{{"Edg", "Edge"}, {"OPR", "Opera"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"Chrom", "Chrome"}, {"CriOS", "Chrome"}, {"Safari", "Safari"}},
		{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}},
	} {
		for _, pair := range list {
			if strings.Contains(agent, pair[0]) {
				parts = append(parts, pair[1])
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}
