package auth_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/store"
)

func TestLink_letsInOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		must(t, link, err)
		for range 3 { // programs that preview links look and leave
			i, err := h.Invitation(t.Context(), link)
			is(t, "looking", err, "")
			if i.Name != "Amal" || i.Use != practice.LinkIn || i.Steward {
				t.Errorf("invitation %+v", i)
			}
		}
		secret, err := h.OpenLink(t.Context(), link, "", auth.Arrival{})
		must(t, secret, err)
		actor, err := h.Authenticate(h.with(secret))
		is(t, "the device", err, "")
		if actor.Member != h.amal.Member {
			t.Errorf("let in as %s", actor.Name)
		}
		_, err = h.OpenLink(t.Context(), link, "", auth.Arrival{})
		is(t, "a second time", err, "not.found")
		_, err = h.Invitation(t.Context(), link)
		is(t, "looking afterwards", err, "not.found")
	})
}

func TestLink_twoAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const people = 8
		link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		must(t, link, err)
		var all sync.WaitGroup
		start := make(chan struct{})
		errs := make([]error, people)
		for i := range people {
			all.Go(func() {
				<-start
				_, errs[i] = h.OpenLink(t.Context(), link, "", auth.Arrival{})
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
		devices, err := h.Devices(t.Context(), h.amal, h.amal.Member)
		is(t, "devices", err, "")
		if in != 1 || len(devices) != 1 {
			t.Errorf("%d came in, %d devices; want one of each", in, len(devices))
		}
	})
}

func TestLink_ends(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for use, lasts := range map[practice.LinkUse]time.Duration{
			practice.LinkIn: 7 * 24 * time.Hour, practice.LinkReset: 15 * time.Minute,
		} {
			link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, use)
			must(t, link, err)
			h.clock.Pass(lasts - time.Second)
			_, err = h.Invitation(t.Context(), link)
			is(t, string(use)+" just before its end", err, "")
			h.clock.Pass(time.Second)
			_, err = h.OpenLink(t.Context(), link, passphrase, auth.Arrival{})
			is(t, string(use)+" at its end", err, "not.found")
		}
		first, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		must(t, first, err)
		second, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		must(t, second, err)
		_, err = h.OpenLink(t.Context(), first, "", auth.Arrival{})
		is(t, "a link whose successor was made", err, "not.found")
		secret, err := h.OpenLink(t.Context(), second, "", auth.Arrival{})
		must(t, secret, err)
	})
}

func TestLink_resets(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		lost, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, lost, err)
		_, token, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, token, err)
		link, err := h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkReset)
		must(t, link, err)
		_, err = h.OpenLink(t.Context(), link, "short", auth.Arrival{})
		is(t, "too short", err, "passphrase.short")
		secret, err := h.OpenLink(t.Context(), link, "kettle on", auth.Arrival{})
		must(t, secret, err)
		_, err = h.Authenticate(h.with(secret))
		is(t, "the new device", err, "")
		_, err = h.Authenticate(h.with(lost))
		is(t, "the lost device", err, "sign.in")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token", err, "sign.in")
		in, err := h.SignIn(t.Context(), auth.SignIn{Name: "Amal", Passphrase: "kettle on"})
		must(t, in, err)
	})
}

// A link that only lets in ends nothing of what let its owner in before.
func TestLink_letsInBesideTheRest(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		device, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, device, err)
		_, token, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, token, err)
		_, id, err := h.ByCookie(h.with(device))
		is(t, "her device", err, "")
		is(t, "a passphrase", h.ChangePassphrase(t.Context(), h.amal, id, "", passphrase), "")
		link, err := h.MakeLink(t.Context(), h.amal, h.amal.Member, practice.LinkIn)
		must(t, link, err)
		secret, err := h.OpenLink(t.Context(), link, "", auth.Arrival{})
		must(t, secret, err)
		_, err = h.Authenticate(h.with(device))
		is(t, "the device from before", err, "")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token from before", err, "")
		_, err = h.SignIn(t.Context(), auth.SignIn{Name: "Amal", Passphrase: passphrase})
		is(t, "the passphrase from before", err, "")
	})
}

// Whoever gets a link from somebody else reads on their start page that there is
// one, from whom.
func TestMakeLink_isTold(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			by   practice.Actor
			want string
		}{{h.amal, ""}, {h.steward, "notice.link"}, {practice.Actor{Operator: true}, "notice.link-operator"}} {
			var codes string
			link, err := h.MakeLink(t.Context(), c.by, h.amal.Member, practice.LinkIn)
			must(t, link, err)
			err = h.store.Update(t.Context(), func(tx *store.Tx) error {
				all, err := tx.Notices(h.amal.Member)
				for _, n := range all {
					codes += n.Code
					err = errors.Join(err, tx.SeeNotice(n.ID, h.amal.Member))
				}
				return err
			})
			is(t, "notices", err, "")
			if codes != c.want {
				t.Errorf("of a link by %q they read %q, want %q", c.by.Name, codes, c.want)
			}
		}
	})
}

func TestMakeLink_rights(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		token := h.amal
		token.Scopes = []practice.Scope{practice.ScopeWrite}
		for _, c := range []struct {
			who   string
			actor practice.Actor
			whom  practice.MemberID
			want  string
		}{
			{"a member for themselves", h.amal, h.amal.Member, ""},
			{"a member for somebody else", h.amal, h.steward.Member, "not.found"},
			{"a steward", h.steward, h.amal.Member, ""},
			{"the operator", practice.Actor{Operator: true}, h.amal.Member, ""},
			{"a stranger", practice.Actor{}, h.amal.Member, "not.found"},
			{"a stranger for nobody", practice.Actor{}, "", "not.found"},
			{"a token", token, h.amal.Member, "not.found"},
			{"a steward for nobody", h.steward, "mem_nobody", "not.found"},
		} {
			_, err := h.MakeLink(t.Context(), c.actor, c.whom, practice.LinkIn)
			is(t, c.who, err, c.want)
		}
	})
}

func TestLetGo_endsEverythingAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		is(t, "passphrase", h.ChangePassphrase(t.Context(), h.amal, "", "", "kettle on"), "")
		device, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, device, err)
		_, token, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, token, err)
		link, err := h.MakeLink(t.Context(), h.amal, h.amal.Member, practice.LinkIn)
		must(t, link, err)
		_, err = h.Authenticate(h.with(device))
		is(t, "the device before", err, "")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token before", err, "")

		is(t, "deactivate", h.app.LetGo(t.Context(), h.steward, h.amal.Member, nil), "")
		_, err = h.Authenticate(h.with(device))
		is(t, "the device after", err, "sign.in")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token after", err, "sign.in")
		_, err = h.OpenLink(t.Context(), link, "", auth.Arrival{})
		is(t, "the link after", err, "not.found")
		_, err = h.SignIn(t.Context(), auth.SignIn{Name: "Amal", Passphrase: "kettle on"})
		is(t, "the passphrase after", err, "sign.in.wrong")
		_, err = h.MakeLink(t.Context(), h.steward, h.amal.Member, practice.LinkIn)
		is(t, "a new link", err, "member.inactive")
		_, err = h.LetIn(t.Context(), h.amal, auth.Arrival{})
		is(t, "a device", err, "sign.in")

		_, err = h.app.AddMembers(t.Context(), h.steward, h.steward.Teams[0], []string{"Amal"})
		is(t, "back again", err, "")
		_, err = h.Authenticate(h.with(device))
		is(t, "the device from before", err, "sign.in")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token from before", err, "sign.in")
		_, err = h.SignIn(t.Context(), auth.SignIn{Name: "Amal", Passphrase: "kettle on"})
		is(t, "the passphrase from before", err, "sign.in.wrong")
	})
}

// However somebody became inactive, nothing of theirs opens.
func TestAuthenticate_inactive(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		device, err := h.LetIn(t.Context(), h.amal, auth.Arrival{})
		must(t, device, err)
		_, token, err := h.MakeToken(t.Context(), h.amal, h.amal.Member, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead}})
		must(t, token, err)
		err = h.store.Update(t.Context(), func(tx *store.Tx) error {
			m, err := tx.Member(h.amal.Member)
			if err != nil {
				return err
			}
			m.Active = false
			return tx.SaveMember(m)
		})
		is(t, "inactive", err, "")
		_, err = h.Authenticate(h.with(device))
		is(t, "the device", err, "sign.in")
		_, err = h.Authenticate(bearing(token))
		is(t, "the token", err, "sign.in")
	})
}

func TestEndDevice_rights(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		end := func(by, of practice.Actor) error {
			secret, err := h.LetIn(t.Context(), of, auth.Arrival{})
			must(t, secret, err)
			_, id, err := h.ByCookie(h.with(secret))
			if err != nil {
				t.Fatal(err)
			}
			err = h.EndDevice(t.Context(), by, id)
			_, gone := h.Authenticate(h.with(secret))
			if (err == nil) != (gone != nil) {
				t.Errorf("ending says %v, the device says %v", err, gone)
			}
			return err
		}
		is(t, "one's own", end(h.amal, h.amal), "")
		is(t, "a steward's, by a member", end(h.amal, h.steward), "not.found")
		is(t, "a member's, by a steward", end(h.steward, h.amal), "")
		_, err := h.Devices(t.Context(), h.amal, h.steward.Member)
		is(t, "a list of somebody else's", err, "not.found")
	})
}
