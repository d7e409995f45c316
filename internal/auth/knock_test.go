package auth_test

import (
	"strings"
	"sync"
	"testing"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// code is the code of Noor's and Amal's team.
func (h *house) code(t *testing.T) string {
	t.Helper()
	c, err := h.TeamCode(t.Context(), h.amal, h.amal.Teams[0])
	is(t, "the code of one's team", err, "")
	return c.Words
}

// knock asks to come in, from a place of its own.
func (h *house) knock(t *testing.T, name string) (practice.Knock, string) {
	t.Helper()
	k, secret, err := h.Knock(t.Context(), auth.Asking{Code: h.code(t), Name: name, Agent: "Firefox/140.0 Android"})
	is(t, name+" knocks", err, "")
	return k, secret
}

func TestKnock_letsInOnceSomebodySaidYes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		before, err := h.app.Members(t.Context(), h.steward)
		is(t, "everybody", err, "")
		k, secret := h.knock(t, "  Mo   Okafor ")
		if len(strings.Fields(k.Words)) != 2 {
			t.Errorf("the words to compare: %q", k.Words)
		}
		during, err := h.app.Members(t.Context(), h.steward)
		is(t, "everybody", err, "")
		if len(during) != len(before) {
			t.Error("there is an account before anybody said yes")
		}
		_, err = h.ComeIn(t.Context(), secret, auth.Arrival{})
		is(t, "before the yes", err, "knock.waits")
		door, err := h.app.Knocks(t.Context(), h.amal)
		is(t, "the door", err, "")
		if len(door) != 1 || door[0].Name != "Mo Okafor" || door[0].Words != k.Words || door[0].Known.ID != "" || !door[0].May ||
			door[0].Label != "Firefox, Android" {
			t.Fatalf("at the door: %+v", door)
		}
		is(t, "Amal says yes", h.app.LetIn(t.Context(), h.amal, k.ID), "")
		is(t, "and says no afterwards", h.app.TurnAway(t.Context(), h.steward, k.ID), "knock.over")
		cookie, err := h.ComeIn(t.Context(), secret, auth.Arrival{Agent: "Firefox/140.0 Android"})
		must(t, cookie, err)
		mo, err := h.Authenticate(h.with(cookie))
		is(t, "the device", err, "")
		if mo.Name != "Mo Okafor" || mo.Steward || !mo.In(h.amal.Teams[0]) {
			t.Errorf("let in: %+v", mo)
		}
		devices, err := h.Devices(t.Context(), mo, mo.Member)
		is(t, "devices", err, "")
		if len(devices) != 1 || devices[0].By != h.amal.Member || !devices[0].EndsAt.Equal(h.clock.Now().AddDate(0, 0, 90)) {
			t.Errorf("the device: %+v", devices)
		}
		_, err = h.ComeIn(t.Context(), secret, auth.Arrival{})
		is(t, "a second device with one yes", err, "not.found")
	})
}

func TestKnock_twoComeInWithOneYes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		k, secret := h.knock(t, "Mo")
		is(t, "Amal says yes", h.app.LetIn(t.Context(), h.amal, k.ID), "")
		var all sync.WaitGroup
		start, errs := make(chan struct{}), make([]error, 6)
		for i := range errs {
			all.Go(func() {
				<-start
				_, errs[i] = h.ComeIn(t.Context(), secret, auth.Arrival{})
			})
		}
		close(start)
		all.Wait()
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			} else {
				is(t, "one of those who lost", err, "not.found")
			}
		}
		if in != 1 {
			t.Errorf("%d devices came in with one yes", in)
		}
	})
}

func TestKnock_refusedAndOver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		k, secret := h.knock(t, "Mo")
		is(t, "Amal says no", h.app.TurnAway(t.Context(), h.amal, k.ID), "")
		_, err := h.ComeIn(t.Context(), secret, auth.Arrival{})
		is(t, "after the no", err, "knock.refused")

		k, secret = h.knock(t, "Mo")
		h.clock.Pass(practice.KnockLife)
		is(t, "a yes after a day", h.app.LetIn(t.Context(), h.amal, k.ID), "knock.over")
		_, _, err = h.Knocked(t.Context(), secret)
		is(t, "looking after a day", err, "not.found")
		is(t, "the daily round", h.app.Dispose(t.Context()), "")
		err = h.store.View(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Knock(k.ID)
			return err
		})
		is(t, "what is kept of who knocked in vain", err, "not.found")

		k, secret = h.knock(t, "Mo")
		is(t, "a yes", h.app.LetIn(t.Context(), h.amal, k.ID), "")
		h.clock.Pass(practice.KnockLife)
		_, err = h.ComeIn(t.Context(), secret, auth.Arrival{})
		is(t, "coming in a day after the yes", err, "not.found")

		k, secret = h.knock(t, "Mo")
		is(t, "taken back", h.TakeKnockBack(t.Context(), secret), "")
		is(t, "a yes to what was taken back", h.app.LetIn(t.Context(), h.amal, k.ID), "not.found")
	})
}

func TestTeamCode(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		old := h.code(t)
		if again := h.code(t); again != old || len(strings.Fields(old)) != 4 {
			t.Errorf("codes %q and %q", old, again)
		}
		for _, typed := range []string{old, strings.ToUpper(old), strings.ReplaceAll(old, " ", "-"), " " + strings.ReplaceAll(old, " ", ",  ")} {
			team, err := h.CodeOf(t.Context(), typed, "192.0.2.1:9")
			is(t, typed, err, "")
			if team.ID != h.amal.Teams[0] {
				t.Errorf("%q is of %v", typed, team)
			}
		}
		outsider := practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}
		_, err := h.TeamCode(t.Context(), outsider, h.amal.Teams[0])
		is(t, "another team's", err, "not.found")
		_, err = h.RenewTeamCode(t.Context(), practice.Actor{Member: h.amal.Member, Teams: h.amal.Teams, Scopes: []practice.Scope{practice.ScopeWrite}}, h.amal.Teams[0])
		is(t, "by token", err, "not.found")
		fresh, err := h.RenewTeamCode(t.Context(), h.amal, h.amal.Teams[0])
		is(t, "a new one", err, "")
		_, _, err = h.Knock(t.Context(), auth.Asking{Code: old, Name: "Mo"})
		is(t, "with the old one", err, "code.old")
		_, _, err = h.Knock(t.Context(), auth.Asking{Code: "", Name: "Mo"})
		is(t, "with none", err, "code.old")
		h.clock.Pass(practice.CodeLife)
		_, _, err = h.Knock(t.Context(), auth.Asking{Code: fresh.Words, Name: "Mo"})
		is(t, "after a week", err, "code.old")
	})
}

func TestKnock_nobodyIsFlooded(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		code := h.code(t)
		for range 10 {
			_, _, err := h.Knock(t.Context(), auth.Asking{Code: code, Name: "Mo", Remote: "192.0.2.1:9"})
			is(t, "one of ten from one place", err, "")
		}
		_, _, err := h.Knock(t.Context(), auth.Asking{Code: code, Name: "Mo", Remote: "192.0.2.7:9"})
		is(t, "an eleventh from the same network", err, "knock.slow")
		for range practice.MaxKnocks - 10 {
			_, _, err := h.Knock(t.Context(), auth.Asking{Code: code, Name: "Mo", Remote: "198.51.100.4:9"})
			is(t, "from another network", err, "")
		}
		_, _, err = h.Knock(t.Context(), auth.Asking{Code: code, Name: "Mo", Remote: "203.0.113.1:9"})
		is(t, "one more than can wait", err, "knock.many")
		for range 20 {
			_, err = h.CodeOf(t.Context(), "alder mill", "203.0.113.5:9")
			is(t, "a guess", err, "code.old")
		}
		_, err = h.CodeOf(t.Context(), code, "203.0.113.9:9")
		is(t, "a twenty-first guess, even the right one", err, "knock.slow")
	})
}
