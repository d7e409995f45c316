package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestSetUp_takesTheRestFromThePack(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	pack := w.web.Words.Pack("tech")
	noor.wants("team", noor.get("/team"), http.StatusOK, "Saturday crew", pack.Harms[0], pack.NearMisses[0], pack.Groups[0])
	noor.wants("organisation", noor.get("/team/organisation"), http.StatusOK, "Europe/Berlin", `value="09:00"`, "Nobody named yet")
	noor.wants("set-up again", (&browser{town: w}).get("/setup/"+w.door), http.StatusConflict, "has been set up already")
	noor.wants("set-up sent again", (&browser{town: w}).post("/setup/"+w.door, setUpAnswers()...), http.StatusConflict)
}

func TestSetUp_refuses(t *testing.T) {
	w := newTown(t)
	b := &browser{town: w}
	b.wants("another secret", b.get("/setup/"+strings.Repeat("x", 52)), http.StatusConflict, "does not work")
	b.wants("another secret, sent", b.post("/setup/"+strings.Repeat("x", 52), setUpAnswers()...), http.StatusConflict)
	b.wants("an unknown field", b.post("/setup/"+w.door, setUpAnswers("steward", "yes")...), http.StatusBadRequest)
	b.wants("a short passphrase", b.post("/setup/"+w.door, replace(setUpAnswers(), "passphrase", "kettle on")...), http.StatusUnprocessableEntity, "15 characters or more")
	b.wants("no name", b.post("/setup/"+w.door, replace(setUpAnswers(), "name", "")...), http.StatusUnprocessableEntity, `href="#name"`)
	b.wants("a zone that is not", b.post("/setup/"+w.door, replace(setUpAnswers(), "zone", "Mars")...), http.StatusUnprocessableEntity, `href="#zone"`)
	b.wants("a day that ends before it begins", b.post("/setup/"+w.door, replace(setUpAnswers(), "ends", "08:00")...), http.StatusUnprocessableEntity, `href="#hours"`)
	b.wants("still open", b.get("/setup/"+w.door), http.StatusOK)
	if b.cookie != nil {
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
	w := newTown(t)
	noor := w.settle()
	amal, amalPage := noor.join("Amal")
	_, delePage := noor.join("Dele")
	made := noor.post("/you/tokens", "purpose", "x", "scope", "write", "days", "90").Body.String()
	program := &browser{town: w, bearer: regexp.MustCompile(`dbf_[a-z2-7]{59}`).FindString(made)}
	stranger := &browser{town: w}
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	teamForm := []string{"team", "Saturday crew", "pack", "tech", "harm", "a", "near", "b", "other", "", "groups", "", "emergency", "", "cycle", "14", "began", "2026-06-01", "version", versionOf(noor, team)}

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
		ask := func(b *browser) int {
			if c.form == nil {
				return b.get(c.address).Code
			}
			return b.post(c.address, c.form...).Code
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
			b    *browser
			want int
		}{{"a stranger", stranger, wantStranger}, {"a program", program, wantStranger}, {"a member", amal, c.member}, {"a steward", noor, c.steward}} {
			if got := ask(who.b); got != who.want {
				t.Errorf("%s %v by %s: %d, want %d", c.address, c.form, who.name, got, who.want)
			}
		}
	}
}

func TestForms_refuseUnknownFields(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	_, page := noor.join("Amal")
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	for _, address := range []string{"/in", "/in/x", "/team/new", "/team/people", "/team/organisation", team, page + "/link", page + "/name", page + "/leads",
		page + "/steward", page + "/teams", page + "/left", page + "/devices/dev_x", "/you/passphrase", "/you/tokens", "/you/tokens/tok_x/end"} {
		noor.wants(address, noor.post(address, "role", "steward"), http.StatusBadRequest, "role")
	}
	noor.wants("Amal is what she was", noor.get(page), http.StatusOK, "Make a steward")
}

func TestDoor_passphrase(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	const pass = "the kettle stands left"
	noor.wants("too short", noor.post("/you/passphrase", "passphrase", "short"), http.StatusUnprocessableEntity, "15 characters or more")
	noor.wants("set", noor.post("/you/passphrase", "passphrase", pass), http.StatusSeeOther)
	b := &browser{town: w}
	got := b.post("/in", "name", "Noor Haddad", "passphrase", "guess", "next", "/team")
	b.wants("wrong", got, http.StatusUnprocessableEntity, "do not go together", `value="Noor Haddad"`, `name="next" value="/team"`)
	if strings.Contains(got.Body.String(), "guess") {
		t.Error("the page shows the passphrase")
	}
	for _, to := range []struct{ next, want string }{{"/team", "/team"}, {"//evil.example", "/"}, {"https://evil.example", "/"}, {"", "/"}} {
		b := &browser{town: w}
		if got := b.post("/in", "name", "noor haddad", "passphrase", pass, "next", to.next).Header().Get("Location"); got != to.want || b.cookie == nil {
			t.Errorf("next %q leads to %q, want %q", to.next, got, to.want)
		}
	}
	for range 5 {
		b.post("/in", "name", "Noor Haddad", "passphrase", "guess")
	}
	sixth := b.post("/in", "name", "Noor Haddad", "passphrase", pass)
	b.wants("a sixth time", sixth, http.StatusTooManyRequests, "Too many tries. Wait a minute.")
	if wait := sixth.Header().Get("Retry-After"); wait != "60" {
		t.Errorf("Retry-After: %q", wait)
	}
	w.now = w.now.Add(time.Minute)
	b.wants("a minute later", b.post("/in", "name", "Noor Haddad", "passphrase", pass), http.StatusSeeOther)
}

func TestSignOut(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	secret := noor.cookie
	got := noor.post("/out")
	if got.Code != http.StatusSeeOther || got.Header().Get("Clear-Site-Data") == "" || noor.cookie != nil {
		t.Errorf("signing out: %d, %v", got.Code, got.Header())
	}
	noor.cookie = secret
	if got := noor.get("/you"); got.Code != http.StatusSeeOther {
		t.Errorf("the old cookie still opens: %d", got.Code)
	}
}

func TestLink_replacesTheDeviceOfTheBrowser(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	before := noor.cookie
	shown := noor.post("/team/people", "names", "Amal", "team", strings.TrimPrefix(regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String()), "/team/"))
	link := regexp.MustCompile(`/in/[a-z2-7]{52}`).FindString(noor.post(shown.Header().Get("Location")+"/link", "use", "in").Body.String())
	noor.wants("opened in the steward's own browser", noor.post(link), http.StatusSeeOther)
	noor.wants("who is it now", noor.get("/you"), http.StatusOK, "<h1>Amal</h1>")
	old := &browser{town: w, cookie: before}
	if got := old.get("/you"); got.Code != http.StatusSeeOther {
		t.Errorf("the device it was before is still in: %d", got.Code)
	}
}

func TestTeam_second(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	noor.wants("without a reason", noor.post("/team/new", "team", "Night shift", "pack", "tech"), http.StatusConflict, "Let it work once first", `name="why"`)
	got := noor.post("/team/new", "team", "Night shift", "pack", "operations", "why", "They asked twice")
	noor.wants("with one", got, http.StatusSeeOther)
	noor.wants("it", noor.get(got.Header().Get("Location")), http.StatusOK, "Night shift", "They asked twice", "Saturday crew")
	noor.wants("of a name that is taken", noor.post("/team/new", "team", "Night shift", "pack", "tech", "why", "x"), http.StatusUnprocessableEntity, "There is a team of that name already")
}

func TestPeople_lastStewardStays(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	self := regexp.MustCompile(`/team/people/mem_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	noor.wants("let go", noor.post(self+"/left"), http.StatusConflict, "last steward")
	noor.wants("hat off", noor.post(self+"/steward", "steward", "no"), http.StatusConflict, "last steward")
	noor.wants("still here", noor.get("/you"), http.StatusOK)
}

func TestShownOnce_isNotKept(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	got := noor.post("/you/tokens", "purpose", "monitor", "scope", "read", "days", "30")
	secret := regexp.MustCompile(`dbf_[a-z2-7]{59}`).FindString(got.Body.String())
	if secret == "" || got.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("secret %q, cached %q", secret, got.Header().Get("Cache-Control"))
	}
	page := noor.get("/you").Body.String()
	if strings.Contains(page, secret) || !strings.Contains(page, "monitor") {
		t.Error("one's own page shows the secret, or not the token")
	}
	for _, wrong := range []string{"-1", "0", "366", "many"} {
		noor.wants("days "+wrong, noor.post("/you/tokens", "purpose", "x", "scope", "read", "days", wrong), http.StatusUnprocessableEntity, `href="#days"`)
	}
	noor.wants("without a name", noor.post("/you/tokens", "scope", "read", "days", "1"), http.StatusUnprocessableEntity, `href="#purpose"`)
}
