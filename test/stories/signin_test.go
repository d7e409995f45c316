package stories

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

const riverside = "Riverside sign-in"

// signin is a story with a provider, which is another site and another process.
type signin struct {
	*story
	provider *debrieftest.SignIn
}

// tellSignIn tells it on both databases, from a provider that is there, or away.
func tellSignIn(t *testing.T, there bool, how func(signin)) {
	storetest.Each(t, func(t *testing.T, database string) {
		p, at := debrieftest.NewSignIn(t), debrieftest.FreeAddress(t)
		if there {
			p.Start("http://" + at)
		}
		how(signin{begin(t, debrieftest.Options{Database: database, Flags: []string{"--addr", at, "--base-url", "http://" + at,
			"--oidc-issuer", p.Issuer, "--oidc-client", "debrief", "--oidc-secret-file", p.Secret, "--oidc-name", riverside, "--oidc-knock"}}), p})
	})
}

// goOn says at the provider who somebody is.
func (s signin) goOn(d *debrieftest.Device, who string) {
	s.Helper()
	d.See("The other house")
	d.Type("[name=who]", who)
	d.Click("Go on")
}

// answers waits until the site has noticed that the provider is there.
func (s signin) answers(d *debrieftest.Device) {
	s.Helper()
	d.Forgive("status of 503")
	for range 10_000 {
		d.Open("/in")
		d.Click(s.Say("provider.continue", "name", riverside))
		if strings.Contains(d.Text("body"), "The other house") {
			return
		}
	}
	s.Fatal("the site does not notice its provider")
}

// Somebody links their account there with their account here, and comes in by it
// from then on; somebody new comes from there to the door of the team.
func TestSignIn_elsewhere(t *testing.T) {
	tellSignIn(t, false, func(s signin) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Desktop)
		mo := s.somebody(debrieftest.Phone)
		mo.NoScripts(true)
		mo.Forgive("status of 503")
		mo.Open("/in")
		mo.Look("signin-provider")
		mo.Click(s.Say("provider.continue", "name", riverside))
		mo.See(s.Say("provider.away.title", "name", riverside))
		mo.Look("signin-away")
		s.provider.Start(s.site.URL)
		s.answers(mo)

		mo.Forgive("status of 403")
		mo.Click("No")
		mo.See(s.Say("provider.denied.title", "name", riverside))

		amal.Open("/you")
		amal.Click(s.Say("provider.link", "name", riverside))
		s.goOn(amal, "amal-7")
		amal.See(s.Say("provider.linked"))
		amal.Look("you-provider")
		amal.Click(s.Say("provider.unlink"))
		amal.See(s.Say("provider.last.title"))
		amal.Open("/")
		amal.See(s.Say("notice.link-provider", "name", riverside))
		amal.Open("/you")
		amal.Click(s.Say("you.out"))
		amal.See(s.Say("signin.out"))
		amal.Look("signin-provider-wide")
		amal.Open("/more")
		amal.Click(s.Say("provider.continue", "name", riverside))
		s.goOn(amal, "amal-7")
		if to := amal.Address(); !strings.HasSuffix(to, "/more") {
			s.Errorf("she was going to /more and is at %s", to)
		}
		amal.Open("/you")
		amal.See(s.Say("you.devices.this"))

		s.newcomer(ines, mo)

		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Click(s.Say("people.left.do"))
		ines.Click(s.Say("leaving.do", "name", "Amal"))
		ines.See(s.Say("leaving.bring", "name", "Amal"))
		amal.Open("/you")
		amal.Click(s.Say("provider.continue", "name", riverside))
		s.goOn(amal, "amal-7")
		amal.See(s.Say("provider.nobody", "name", riverside))
	})
}

// newcomer is Mo, whom nobody has seen here yet.
func (s signin) newcomer(ines, mo *debrieftest.Device) {
	s.Helper()
	ines.Open("/team/people")
	ines.Click(s.Say("code.print"))
	link := strings.TrimSpace(ines.Text("#code-link"))
	mo.Open("/in")
	mo.Click(s.Say("provider.continue", "name", riverside))
	s.goOn(mo, "mo-3")
	mo.See(s.Say("provider.nobody", "name", riverside))
	mo.Look("signin-nobody")
	mo.Type("[name=name]", "Mo")
	mo.Type("[name=code]", link[strings.LastIndex(link, "/")+1:])
	mo.Click(s.Say("join.do"))
	mo.See(s.Say("join.waits"))
	ines.Open("/team/people")
	ines.See(s.Say("provider.knocks", "name", "Mo"))
	ines.Look("signin-knocks")
	ines.Click(s.Say("knock.yes", "name", "Mo"))
	mo.Gone(s.Say("join.waits"))
	mo.Open("/you")
	mo.See(s.Say("provider.linked"))
	mo.Click(s.Say("you.out"))
	mo.Click(s.Say("provider.continue", "name", riverside))
	s.goOn(mo, "mo-3")
	mo.Open("/you")
	mo.See(s.Say("you.devices.this"))
}

var loginID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// trip is a browser that was at the provider and holds the way back, unopened.
func (s signin) trip(v *debrieftest.Visitor, who string) (back string) {
	s.Helper()
	address, page := s.site.URL+"/in/oidc", ""
	for range 4 {
		var to string
		if to, page = s.look(v, address, ""); to == "" {
			break
		}
		address = to
	}
	id := loginID.FindStringSubmatch(page)
	if id == nil {
		s.Fatalf("no page of the provider at %s: %s", address, page)
	}
	at, _ := s.look(v, address, url.Values{"id": {id[1]}, "who": {who}}.Encode())
	back, _ = s.look(v, at, "")
	if !strings.HasPrefix(back, s.site.URL+"/in/oidc/back?") {
		s.Fatalf("back at %s", back)
	}
	return back
}

// look asks for a page, or sends a form, and says where that leads.
func (s signin) look(v *debrieftest.Visitor, address, form string) (to, page string) {
	s.Helper()
	method := http.MethodGet
	if form != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(s.Context(), method, address, strings.NewReader(form))
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, page, err := v.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	if res.Header.Get("Location") == "" {
		return "", page
	}
	u, err := res.Request.URL.Parse(res.Header.Get("Location"))
	if err != nil {
		s.Fatal(err)
	}
	return u.String(), page
}

// A way back is good in the browser it was begun in, once, and as it is.
func TestSignIn_stolenAndReplayed(t *testing.T) {
	tellSignIn(t, true, func(s signin) {
		s.founder(debrieftest.Desktop)
		refused := s.Say("provider.refused.title")

		amal := debrieftest.NewVisitor()
		back := s.trip(amal, "amal-7")
		thief := s.somebody(debrieftest.Desktop)
		thief.Forgive("status of 403")
		thief.Open(back)
		thief.See(refused)
		thief.Look("signin-refused")
		if to, page := s.look(amal, back, ""); !strings.HasSuffix(to, "/in?nobody=yes") { // the control: it was good
			s.Errorf("her own way back leads to %q: %s", to, page)
		}
		for what, again := range map[string]func() (*debrieftest.Visitor, string){
			"opened twice": func() (*debrieftest.Visitor, string) { return amal, back },
			"another state": func() (*debrieftest.Visitor, string) {
				v := debrieftest.NewVisitor()
				return v, s.trip(v, "amal-7") + "x"
			},
			"another code": func() (*debrieftest.Visitor, string) {
				v := debrieftest.NewVisitor()
				return v, strings.Replace(s.trip(v, "amal-7"), "code=", "code=x", 1)
			},
			"a code of somebody else's": func() (*debrieftest.Visitor, string) {
				v := debrieftest.NewVisitor()
				mine, _ := url.Parse(s.trip(v, "mo-3"))
				theirs, _ := url.Parse(s.trip(debrieftest.NewVisitor(), "amal-7"))
				q := mine.Query()
				q.Set("code", theirs.Query().Get("code"))
				mine.RawQuery = q.Encode()
				return v, mine.String()
			},
		} {
			v, address := again()
			if to, page := s.look(v, address, ""); to != "" || !strings.Contains(page, refused) {
				s.Errorf("%s: leads to %q: %.2000s", what, to, page)
			}
		}

		v := debrieftest.NewVisitor()
		back = s.trip(v, "amal-7")
		s.provider.Stop()
		if to, page := s.look(v, back, ""); to != "" || !strings.Contains(page, s.Say("provider.away.title", "name", riverside)) {
			s.Errorf("a provider that went away: %q: %.2000s", to, page)
		}
		code := regexp.MustCompile(`code=([^&]+)`).FindStringSubmatch(back)[1]
		if log := s.site.Log(); strings.Contains(log, code) || !strings.Contains(log, "a sign-in was refused") {
			s.Errorf("the log:\n%s", log)
		}
	})
}
