package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody scans the team's code with a phone without scripts, waits, and is in
// when somebody of the team has compared two words and said yes on their own
// device. The printed code ends with the next one.
func TestJoin_byCodeAndSomebodysYes(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Desktop)
		ines.Open("/team/people")
		ines.Click(s.Say("code.print"))
		ines.See(s.Say("code.how"))
		ines.Look("join-code")
		ines.OnPaper(true)
		ines.See(s.Say("code.how"))
		ines.OnPaper(false)
		link := strings.TrimSpace(ines.Text("#code-link"))

		mo := s.somebody(debrieftest.Phone)
		mo.NoScripts(true)
		mo.Open(link)
		if strings.Contains(mo.Address(), "-") || !strings.HasSuffix(mo.Address(), "/join") {
			s.Errorf("the code stands in the address: %s", mo.Address())
		}
		mo.Look("join-ask")
		mo.Type("[name=name]", "Mo")
		mo.Click(s.Say("join.do"))
		mo.See(s.Say("join.waits"))
		mo.Look("join-waits")
		words := strings.TrimSpace(mo.Text("#words"))

		amal.Open("/")
		amal.See(s.Say("notice.let-in", "name", "Mo"))
		amal.See(words)
		amal.Look("join-now")
		amal.Click(s.Say("home.door"))
		amal.See(words)
		amal.Look("join-door")
		amal.Click(s.Say("knock.yes", "name", "Mo"))
		amal.Gone(s.Say("knock.compare"))
		mo.Gone(s.Say("join.waits"))
		mo.Open("/you")
		mo.See(s.Say("you.devices.this"))

		ines.Open("/team/people")
		ines.Click(s.Say("code.print"))
		ines.Click(s.Say("code.renew"))
		late := s.somebody(debrieftest.Phone)
		late.Open(link)
		late.See(s.Say("code.old.title"))

		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Click(s.Say("people.left.do"))
		ines.See(s.Say("leaving.title", "name", "Amal"))
		ines.Look("leaving")
		ines.Click(s.Say("leaving.do", "name", "Amal"))
		ines.See(s.Say("leaving.bring", "name", "Amal"))
		ines.Look("leaving-back")
		ines.Click(s.Say("leaving.bring", "name", "Amal"))
		ines.See(s.Say("people.link.make"))
	})
}
