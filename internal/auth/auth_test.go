package auth_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// house is an organisation that was set up, and its doors.
type house struct {
	*auth.Auth
	app     *app.App
	store   *store.Store
	clock   *storetest.Clock
	steward practice.Actor
	amal    practice.Actor
}

const passphrase = "the kettle stands left"

// each runs the test on both databases. The steward is Noor, the member Amal.
func each(t *testing.T, test func(*testing.T, *house)) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		h := &house{store: s, clock: c, app: app.New(app.Options{Store: s})}
		h.Auth = auth.New(auth.Options{Store: s, Now: c.Now, Random: rand.Reader,
			Hash: auth.HashCost{KiB: 8, Passes: 1, Lanes: 1}})
		var err error
		if h.steward, err = h.app.SetUp(t.Context(), newOrganisation()); err != nil {
			t.Fatal(err)
		}
		added, err := h.app.AddMembers(t.Context(), h.steward, h.steward.Teams[0], []string{"Amal"})
		if err != nil {
			t.Fatal(err)
		}
		m := added[0].Member
		h.amal = practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams, Proved: true}
		h.steward.Proved = true
		test(t, h)
	})
}

func newOrganisation() practice.NewOrganisation {
	return practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Alder & Mill", Zone: "Europe/Berlin",
			DayStartsAt: 9 * 60, DayEndsAt: 17 * 60, RetentionDays: 90},
		Team: practice.Team{Name: "Saturday crew", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "Somebody was hurt"},
			{Kind: practice.TriggerNearMiss, Text: "It only just went well"},
		}},
		Steward: "Noor",
	}
}

// with is a request that carries a device's secret.
func (h *house) with(secret string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	w := httptest.NewRecorder()
	h.SetCookie(w, secret)
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	return r
}

// bearing is a request that carries a token.
func bearing(secret string) *http.Request {
	r := httptest.NewRequest("GET", "/api/v1/failures", nil)
	r.Header.Set("Authorization", "Bearer "+secret)
	return r
}

// is fails unless err has the code; "" is no error at all.
func is(t *testing.T, what string, err error, code string) {
	t.Helper()
	got := ""
	var refusal *practice.Error
	if errors.As(err, &refusal) {
		got = refusal.Code
	} else if err != nil {
		got = err.Error()
	}
	if got != code {
		t.Errorf("%s: %q, want %q", what, got, code)
	}
}

func must(t *testing.T, secret string, err error) string {
	t.Helper()
	if err != nil || secret == "" {
		t.Fatalf("secret %q, %v", secret, err)
	}
	return secret
}

func TestAuthenticate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{Agent: "Firefox/140.0 Linux"})
		must(t, secret, err)
		actor, err := h.Authenticate(h.with(secret))
		is(t, "a device that was let in", err, "")
		if actor.Member != h.amal.Member || actor.Steward || actor.Operator || !actor.In(h.steward.Teams[0]) || len(actor.Scopes) > 0 {
			t.Errorf("actor %+v", actor)
		}
		_, err = h.Authenticate(httptest.NewRequest("GET", "/", nil))
		is(t, "nothing", err, "sign.in")
		_, err = h.Authenticate(h.with(secret + "x"))
		is(t, "a wrong secret", err, "sign.in")
		_, err = h.Authenticate(h.with(""))
		is(t, "an empty secret", err, "sign.in")
		both := h.with(secret)
		both.Header.Set("Authorization", "Bearer dbf_wrong")
		_, err = h.Authenticate(both)
		is(t, "a wrong token beside a right cookie", err, "sign.in")
	})
}

func TestDevice_ends(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, secret, err)
		h.clock.Pass(90*24*time.Hour - time.Second)
		_, err = h.Authenticate(h.with(secret))
		is(t, "a second before 90 days", err, "")
		h.clock.Pass(time.Second)
		_, err = h.Authenticate(h.with(secret))
		is(t, "after 90 days", err, "sign.in")
	})
}

func TestDevice_ofAStewardWhoCameByPassphrase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "first passphrase", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		in := func() string {
			secret, err := h.SignIn(t.Context(), auth.SignIn{Name: "noor", Passphrase: passphrase, Remote: "192.0.2.1:9"})
			return must(t, secret, err)
		}
		idle := in()
		h.clock.Pass(11 * time.Hour)
		_, err := h.Authenticate(h.with(idle))
		is(t, "after 11 hours", err, "")
		h.clock.Pass(11 * time.Hour)
		_, err = h.Authenticate(h.with(idle))
		is(t, "after 11 more hours", err, "")
		h.clock.Pass(13 * time.Hour)
		_, err = h.Authenticate(h.with(idle))
		is(t, "after 13 hours of nothing", err, "sign.in")

		busy := in()
		for range 7*24/6 - 1 {
			h.clock.Pass(6 * time.Hour)
			_, err = h.Authenticate(h.with(busy))
			is(t, "in use all week", err, "")
		}
		h.clock.Pass(6 * time.Hour)
		_, err = h.Authenticate(h.with(busy))
		is(t, "after 7 days", err, "sign.in")
	})
}

// Only what a steward opened with a passphrase ends early.
func TestDevice_lastsNinetyDaysForTheOthers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		byPassphrase, err := h.LetIn(t.Context(), h.amal, auth.Arrival{Passphrase: true})
		must(t, byPassphrase, err)
		byLink, err := h.LetIn(t.Context(), h.steward, auth.Arrival{})
		must(t, byLink, err)
		h.clock.Pass(89 * 24 * time.Hour)
		for what, secret := range map[string]string{"a member's, by passphrase": byPassphrase, "a steward's, by a link": byLink} {
			_, err := h.Authenticate(h.with(secret))
			is(t, what, err, "")
		}
	})
}

// A list of devices says on which day each was last here, once that day is over.
func TestDevice_wasSeenOnADay(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, secret, err)
		seen := func() time.Time {
			_, err := h.Authenticate(h.with(secret))
			is(t, "come", err, "")
			all, err := h.Devices(t.Context(), h.amal, h.amal.Member)
			is(t, "devices", err, "")
			if len(all) != 1 {
				t.Fatalf("%d devices", len(all))
			}
			return all[0].SeenAt
		}
		h.clock.Pass(5 * 24 * time.Hour)
		seen()
		second := h.clock.Now().Truncate(24 * time.Hour)
		h.clock.Pass(3 * 24 * time.Hour)
		if got := seen(); !got.Equal(second) {
			t.Errorf("seen on %s, want %s", got, second)
		}
	})
}

func TestSignIn_sameAnswerForAll(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "first passphrase", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		for i, s := range []auth.SignIn{
			{Name: "Noor", Passphrase: "the kettle stands right"},
			{Name: "Nobody", Passphrase: passphrase},
			{Name: "Amal", Passphrase: passphrase}, // has none
			{Name: "Amal", Passphrase: ""},
			{Name: "", Passphrase: ""},
		} {
			s.Remote = "192.0.2.1:9"
			_, err := h.SignIn(t.Context(), s)
			is(t, string(rune('a'+i)), err, "sign.in.wrong")
		}
		secret, err := h.SignIn(t.Context(), auth.SignIn{Name: " NOOR ", Passphrase: passphrase, Remote: "192.0.2.1:9"})
		must(t, secret, err)
	})
}

func TestSignIn_tooOften(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "first passphrase", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		for _, name := range []string{"Noor", "Nobody"} {
			for range 5 {
				_, err := h.SignIn(t.Context(), auth.SignIn{Name: name, Passphrase: "x", Remote: "192.0.2.1:9"})
				is(t, name, err, "sign.in.wrong")
			}
			_, err := h.SignIn(t.Context(), auth.SignIn{Name: name, Passphrase: passphrase, Remote: "198.51.100.1:9"})
			is(t, name+" a sixth time, from elsewhere", err, "sign.in.slow")
		}
		h.clock.Pass(time.Minute)
		secret, err := h.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase, Remote: "192.0.2.1:9"})
		must(t, secret, err)

		for i := range 20 {
			_, err := h.SignIn(t.Context(), auth.SignIn{Name: "guess" + string(rune('a'+i)), Passphrase: "x", Remote: "203.0.113.5:9"})
			is(t, "one of many names", err, "sign.in.wrong")
		}
		_, err = h.SignIn(t.Context(), auth.SignIn{Name: "guess", Passphrase: "x", Remote: "203.0.113.77:9"})
		is(t, "a twenty-first name from the same network", err, "sign.in.slow")
		secret, err = h.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase, Remote: "192.0.2.1:9"})
		must(t, secret, err)
	})
}

func TestSignIn_forgivesWhoCameIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "first passphrase", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		for range 3 {
			for range 3 {
				_, err := h.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: "x"})
				is(t, "a slip", err, "sign.in.wrong")
			}
			secret, err := h.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase})
			must(t, secret, err)
		}
	})
}

func TestSignIn_rehashes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "first passphrase", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		before := h.kept(t)
		dearer := auth.New(auth.Options{Store: h.store, Now: h.clock.Now, Random: rand.Reader,
			Hash: auth.HashCost{KiB: 16, Passes: 1, Lanes: 1}})
		secret, err := dearer.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase})
		must(t, secret, err)
		after := h.kept(t)
		if after == before {
			t.Error("a passphrase at the old cost was left as it was")
		}
		secret, err = dearer.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase})
		must(t, secret, err)
		if h.kept(t) != after {
			t.Error("a passphrase at today's cost was hashed again")
		}
	})
}

// kept is what the database has of the steward's passphrase.
func (h *house) kept(t *testing.T) (hash string) {
	t.Helper()
	err := h.store.View(context.Background(), func(tx *store.Tx) (err error) {
		hash, err = tx.Passphrase(h.steward.Member)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestChangePassphrase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "too short for a steward", h.ChangePassphrase(t.Context(), h.steward, "", "", "kettle on"), "passphrase.short")
		is(t, "first", h.ChangePassphrase(t.Context(), h.steward, "", "", passphrase), "")
		here, err := h.LetIn(t.Context(), h.steward, auth.Arrival{})
		must(t, here, err)
		there, err := h.LetIn(t.Context(), h.steward, auth.Arrival{})
		must(t, there, err)
		_, this, err := h.ByCookie(h.with(here))
		is(t, "here", err, "")

		is(t, "wrong one before", h.ChangePassphrase(t.Context(), h.steward, this, "guess", "the kettle stands right"), "passphrase.wrong")
		is(t, "right one before", h.ChangePassphrase(t.Context(), h.steward, this, passphrase, "the kettle stands right"), "")
		_, err = h.Authenticate(h.with(here))
		is(t, "this device", err, "")
		_, err = h.Authenticate(h.with(there))
		is(t, "the other device", err, "sign.in")
		_, err = h.SignIn(t.Context(), auth.SignIn{Name: "Noor", Passphrase: passphrase})
		is(t, "the old passphrase", err, "sign.in.wrong")
	})
}
