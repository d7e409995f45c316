package stories

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// away is an address of this machine that a browser does not take for the machine
// itself, with a port at which nobody listens.
func away(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().IsGlobalUnicast() {
			_, port, _ := net.SplitHostPort(debrieftest.FreeAddress(t))
			return net.JoinHostPort(p.Addr().String(), port)
		}
	}
	t.Fatal("this machine is in no network: give it an address, such as ip address add 10.9.8.7/32 dev lo")
	return ""
}

const passphrase = "copper heron on a quiet lake"

// By plain http from another machine a browser says less about where a form comes
// from, keeps no cookie that is marked Secure, and has none of what it keeps for
// safe places. Everything works all the same: coming in by link and by passphrase,
// a report, a fact, a room with its forms.
func TestPlain_http(t *testing.T) {
	s := begin(t, debrieftest.Options{Flags: []string{"--addr", away(t)}})
	ines := s.founder(debrieftest.Desktop)
	if ines.Evaluate(`String(isSecureContext)`) != "false" {
		t.Fatalf("the browser takes %s for a safe place", s.site.URL)
	}
	amal := s.joined(ines, "Amal", debrieftest.Phone)
	amal.NoScripts(true) // forms alone, and with scripts in the other window
	s.called(ines, amal)
	s.seat(ines)
	amal.Open("/f/1/room")
	amal.Click(s.Say("room.wait.closeness.saw"))
	amal.Click(s.Say("room.seat.take"))
	amal.See(s.Say("room.wait.agree"))
	ines.Click(s.Say("room.wait.begin"))
	s.answer(ines, amal, "1", "Six boxes on the van at eight.", "The van loaded from today's list.")

	ines.Forgive("insecure origins") // nothing there can be told to clear what a browser keeps
	ines.Open("/you")
	ines.Type("[name=passphrase]", passphrase)
	ines.Press("Enter")
	ines.See(s.Say("you.passphrase.change"))
	ines.Click(s.Say("you.out"))
	ines.See(s.Say("signin.out"))
	ines.Open("/in")
	ines.Click(s.Say("signin.passphrase.title"))
	ines.Type(`form[action="/in"] [name=name]`, "Ines")
	ines.Type("[name=passphrase]", passphrase)
	ines.Click(s.Say("signin.passphrase.do"))
	ines.Open("/f/1")
	ines.See("The list on the door was printed on the 3rd.")

	s.takesForms()
}

// takesForms has somebody come in by a form from here, and from elsewhere.
func (s *story) takesForms() {
	s.Helper()
	form := url.Values{"name": {"Ines"}, "passphrase": {passphrase}}
	for origin, want := range map[string]int{s.site.URL: http.StatusSeeOther, "http://elsewhere.test": http.StatusForbidden, "null": http.StatusForbidden} {
		ask, err := http.NewRequest(http.MethodPost, s.site.URL+"/in", strings.NewReader(form.Encode()))
		if err != nil {
			s.Fatal(err)
		}
		ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		ask.Header.Set("Origin", origin)
		answer, page, err := debrieftest.NewVisitor().Do(ask)
		if err != nil {
			s.Fatal(err)
		}
		if answer.StatusCode != want {
			s.Errorf("a form from %s: %s\n%.300s", origin, answer.Status, page)
		}
		for _, c := range answer.Cookies() {
			if c.Secure || strings.HasPrefix(c.Name, "__") {
				s.Errorf("a cookie that no browser keeps here: %s", c)
			}
		}
	}
}
