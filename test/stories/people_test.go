package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// A steward adds two people, hands one of them a link, and ends the device
// again.
func TestPeople_letInAndEnded(t *testing.T) {
	inTurn(t, func(s *story) {
		ines, amal := s.founder(debrieftest.Desktop), s.somebody(debrieftest.Phone)
		ines.Open(s.site.SetUp)
		ines.See(s.Say("set-up.done.title"))

		ines.Open("/team/people")
		ines.Type("[name=names]", "Amal\n- Dele Okoye")
		ines.Click(s.Say("people.add.do"))
		ines.See(s.Say("people.added", "n", 2))
		ines.Look("people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Look("people-member")
		ines.Click(s.Say("people.link.make"))
		ines.See(s.Say("people.once"))
		ines.Look("people-shown")
		link := strings.TrimSpace(ines.Text("#secret"))

		amal.Open("/in")
		amal.Look("people-door")
		amal.Open(link)
		amal.See(s.Say("people.link.heading", "name", "Amal"))
		amal.Look("people-link")
		amal.Click(s.Say("people.link.do"))
		amal.Gone(s.Say("people.link.do"))
		amal.Open("/you")
		amal.See(s.Say("you.devices.this"))
		amal.Look("people-you")
		amal.Open("/team")
		amal.Look("people-team")

		stranger := s.somebody(debrieftest.Phone)
		stranger.Open(link)
		stranger.See(s.Say("link.once.title"))
		stranger.Look("people-used")

		ines.Open("/team/people")
		ines.Click(s.Say("people.open") + " Amal")
		ines.Click(s.Say("team.devices.end"))
		ines.See(s.Say("people.devices.none"))
		amal.Open("/you")
		amal.See(s.Say("people.in.lede"))

		ines.Open("/you")
		ines.Look("people-own")
		ines.Click(s.Say("you.out"))
		ines.See(s.Say("signin.out"))
		ines.Open("/team")
		ines.See(s.Say("people.in.lede"))
	})
}
