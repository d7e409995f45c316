package people_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

func TestSetUp_takesTheRestFromThePack(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	pack := w.Web.Words.Pack("tech")
	noor.Wants("team", noor.Get("/team"), http.StatusOK, "Saturday crew", pack.Harms[0], pack.NearMisses[0], pack.Groups[0])
	noor.Wants("organisation", noor.Get("/team/organisation"), http.StatusOK, "Europe/Berlin", `value="09:00"`, "Nobody named yet")
	noor.Wants("set-up again", (&webtest.Browser{Town: w}).Get("/setup/"+w.Door), http.StatusConflict, "has been set up already")
	noor.Wants("set-up sent again", (&webtest.Browser{Town: w}).Post("/setup/"+w.Door, webtest.SetUpAnswers()...), http.StatusConflict)
}

func TestSetUp_refuses(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	b := &webtest.Browser{Town: w}
	b.Wants("another secret", b.Get("/setup/"+strings.Repeat("x", 52)), http.StatusConflict, "does not work")
	b.Wants("another secret, sent", b.Post("/setup/"+strings.Repeat("x", 52), webtest.SetUpAnswers()...), http.StatusConflict)
	b.Wants("an unknown field", b.Post("/setup/"+w.Door, webtest.SetUpAnswers("steward", "yes")...), http.StatusBadRequest)
	b.Wants("a short passphrase", b.Post("/setup/"+w.Door, replace(webtest.SetUpAnswers(), "passphrase", "kettle on")...), http.StatusUnprocessableEntity, "15 characters or more")
	b.Wants("no name", b.Post("/setup/"+w.Door, replace(webtest.SetUpAnswers(), "name", "")...), http.StatusUnprocessableEntity, `href="#name"`)
	b.Wants("nothing at all", b.Post("/setup/"+w.Door, replace(replace(replace(webtest.SetUpAnswers(), "name", ""), "team", ""), "organisation", "")...),
		http.StatusUnprocessableEntity, `href="#organisation"`, `href="#team"`, `href="#name"`)
	b.Wants("a zone that is not", b.Post("/setup/"+w.Door, replace(webtest.SetUpAnswers(), "zone", "Mars")...), http.StatusUnprocessableEntity, `href="#zone"`)
	b.Wants("a day that is none", b.Post("/setup/"+w.Door, replace(webtest.SetUpAnswers(), "began", "soon")...), http.StatusUnprocessableEntity, `href="#began"`)
	b.Wants("a day that ends before it begins", b.Post("/setup/"+w.Door, replace(webtest.SetUpAnswers(), "ends", "08:00")...), http.StatusUnprocessableEntity, `href="#hours"`)
	b.Wants("still open", b.Get("/setup/"+w.Door), http.StatusOK)
	if b.Cookie != nil {
		t.Error("somebody was let in")
	}
}

// replace sets one value in names and values in turn.
func replace(pairs []string, name, value string) []string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			pairs[i+1] = value
		}
	}
	return pairs
}

func TestPeople_whoMayWhat(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, amalPage := noor.Join("Amal")
	_, delePage := noor.Join("Dele")
	made := noor.Post("/you/tokens", "purpose", "x", "scope", "write", "days", "90").Body.String()
	program := &webtest.Browser{Town: w, Bearer: regexp.MustCompile(`dbf_[a-z2-7]{59}`).FindString(made)}
	stranger := &webtest.Browser{Town: w}
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	teamForm := []string{"team", "Saturday crew", "pack", "tech", "harm", "a", "near", "b", "other", "", "groups", "", "emergency", "", "cycle", "14", "next", "2026-06-20", "version", versionOf(noor, team)}

	const ok, went, no, in = http.StatusOK, http.StatusSeeOther, http.StatusNotFound, http.StatusUnauthorized
	for _, c := range []struct {
		address string
		form    []string // nil: only looked at
		steward int
		member  int
	}{
		{"/team", nil, ok, ok},
		{"/team/people", nil, ok, ok},
		{"/team/organisation", nil, ok, ok},
		{"/you", nil, ok, ok},
		{"/team/new", nil, ok, no},
		{delePage, nil, ok, no},
		{amalPage, nil, ok, no},
		{team, teamForm, went, went},
		{"/team/organisation", []string{"organisation", "A", "zone", "UTC", "starts", "09:00", "ends", "17:00", "retention", "90", "guardian", "", "version", versionOf(noor, "/team/organisation")}, went, no},
		{"/team/people", []string{"names", "Farah", "team", strings.TrimPrefix(team, "/team/")}, went, no},
		{delePage + "/link", []string{"use", "in"}, ok, no},
		{delePage + "/link", []string{"use", "reset"}, ok, no},
		{delePage + "/name", []string{"name", "Dele Okoye"}, went, no},
		{amalPage + "/name", []string{"name", "Amal"}, went, went},
		{amalPage + "/link", []string{"use", "in"}, ok, ok},
		{delePage + "/leads", nil, http.StatusMethodNotAllowed, http.StatusMethodNotAllowed},
		{delePage + "/leads", []string{"leads", strings.TrimPrefix(amalPage, "/team/people/")}, went, no},
		{delePage + "/steward", []string{"steward", "no"}, went, no},
		{delePage + "/left", []string{"once", "k"}, went, no},
	} {
		ask := func(b *webtest.Browser) int {
			if c.form == nil {
				return b.Get(c.address).Code
			}
			return b.Post(c.address, c.form...).Code
		}
		// A steward comes last: what they do is done.
		wantStranger := went
		if c.form != nil {
			wantStranger = in
		}
		if c.member == http.StatusMethodNotAllowed {
			wantStranger = c.member
		}
		for _, who := range []struct {
			name string
			b    *webtest.Browser
			want int
		}{{"a stranger", stranger, wantStranger}, {"a program", program, wantStranger}, {"a member", amal, c.member}, {"a steward", noor, c.steward}} {
			if got := ask(who.b); got != who.want {
				t.Errorf("%s %v by %s: %d, want %d", c.address, c.form, who.name, got, who.want)
			}
		}
	}
}

func TestForms_refuseUnknownFields(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	_, page := noor.Join("Amal")
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	for _, address := range []string{"/in", "/in/x", "/team/new", "/team/people", "/team/organisation", team, page + "/link", page + "/name", page + "/leads",
		page + "/steward", page + "/left", page + "/devices/dev_x", "/you/passphrase", "/you/tokens", "/you/tokens/tok_x/end"} {
		noor.Wants(address, noor.Post(address, "role", "steward"), http.StatusBadRequest, "role")
	}
	noor.Wants("Amal is what she was", noor.Get(page), http.StatusOK, "Make a steward")
}

func TestDoor_passphrase(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	const pass = "the kettle stands left"
	noor.Wants("too short", noor.Post("/you/passphrase", "passphrase", "short"), http.StatusUnprocessableEntity, "15 characters or more")
	noor.Wants("set", noor.Post("/you/passphrase", "passphrase", pass), http.StatusSeeOther)
	b := &webtest.Browser{Town: w}
	got := b.Post("/in", "name", "Noor Haddad", "passphrase", "guess", "next", "/team")
	b.Wants("wrong", got, http.StatusUnprocessableEntity, "do not go together", `value="Noor Haddad"`, `name="next" value="/team"`)
	if strings.Contains(got.Body.String(), "guess") {
		t.Error("the page shows the passphrase")
	}
	for _, to := range []struct{ next, want string }{{"/team", "/team"}, {"//evil.example", "/"}, {"https://evil.example", "/"}, {"", "/"}} {
		b := &webtest.Browser{Town: w}
		if got := b.Post("/in", "name", "noor haddad", "passphrase", pass, "next", to.next).Header().Get("Location"); got != to.want || b.Cookie == nil {
			t.Errorf("next %q leads to %q, want %q", to.next, got, to.want)
		}
	}
	for range 5 {
		b.Post("/in", "name", "Noor Haddad", "passphrase", "guess")
	}
	sixth := b.Post("/in", "name", "Noor Haddad", "passphrase", pass)
	b.Wants("a sixth time", sixth, http.StatusTooManyRequests, "That was too often. Wait a minute.")
	if wait := sixth.Header().Get("Retry-After"); wait != "60" {
		t.Errorf("Retry-After: %q", wait)
	}
	w.Now = w.Now.Add(time.Minute)
	b.Wants("a minute later", b.Post("/in", "name", "Noor Haddad", "passphrase", pass), http.StatusSeeOther)
}

func TestSignOut(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	secret := noor.Cookie
	got := noor.Post("/out")
	if got.Code != http.StatusSeeOther || got.Header().Get("Clear-Site-Data") == "" || noor.Cookie != nil {
		t.Errorf("signing out: %d, %v", got.Code, got.Header())
	}
	noor.Cookie = secret
	if got := noor.Get("/you"); got.Code != http.StatusSeeOther {
		t.Errorf("the old cookie still opens: %d", got.Code)
	}
}

func TestLink_replacesTheDeviceOfTheBrowser(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	before := noor.Cookie
	link := regexp.MustCompile(`/in/[a-z2-7]{52}`).FindString(noor.Post(noor.Add("Amal")+"/link", "use", "in").Body.String())
	noor.Wants("opened in the steward's own browser", noor.Post(link), http.StatusSeeOther)
	noor.Wants("who is it now", noor.Get("/you"), http.StatusOK, "<h1>Amal</h1>")
	old := &webtest.Browser{Town: w, Cookie: before}
	if got := old.Get("/you"); got.Code != http.StatusSeeOther {
		t.Errorf("the device it was before is still in: %d", got.Code)
	}
}

func TestTeam_second(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	noor.Wants("without a reason", noor.Post("/team/new", "team", "Night shift", "pack", "tech"), http.StatusConflict, "Let it work once first", `name="why"`)
	got := noor.Post("/team/new", "team", "Night shift", "pack", "operations", "why", "They asked twice")
	noor.Wants("with one", got, http.StatusSeeOther)
	noor.Wants("it", noor.Get(got.Header().Get("Location")), http.StatusOK, "Night shift", "They asked twice", "Saturday crew")
	noor.Wants("of a name that is taken", noor.Post("/team/new", "team", "Night shift", "pack", "tech", "why", "x"), http.StatusUnprocessableEntity, "There is a team of that name already")
}

func TestPeople_lastStewardStays(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	self := regexp.MustCompile(`/team/people/mem_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	noor.Wants("let go", noor.Post(self+"/left"), http.StatusConflict, "last steward")
	noor.Wants("hat off", noor.Post(self+"/steward", "steward", "no"), http.StatusConflict, "last steward")
	noor.Wants("still here", noor.Get("/you"), http.StatusOK)
}

func TestShownOnce_isNotKept(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	got := noor.Post("/you/tokens", "purpose", "monitor", "scope", "read", "days", "30")
	secret := regexp.MustCompile(`dbf_[a-z2-7]{59}`).FindString(got.Body.String())
	if secret == "" || got.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("secret %q, cached %q", secret, got.Header().Get("Cache-Control"))
	}
	page := noor.Get("/you").Body.String()
	if strings.Contains(page, secret) || !strings.Contains(page, "monitor") {
		t.Error("one's own page shows the secret, or not the token")
	}
	for _, wrong := range []string{"-1", "0", "366", "many"} {
		noor.Wants("days "+wrong, noor.Post("/you/tokens", "purpose", "x", "scope", "read", "days", wrong), http.StatusUnprocessableEntity, `href="#days"`)
	}
	noor.Wants("without a name", noor.Post("/you/tokens", "scope", "read", "days", "1"), http.StatusUnprocessableEntity, `href="#purpose"`)
}
