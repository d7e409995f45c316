package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Whoever has reported something says of the earlier ones whether it is the
// same again, changes their mind, and joins what was reported twice.
func TestEcho(t *testing.T) {
	inTurn(t, func(s *story) {
		var b debrieftest.Budget
		ines := s.founder(debrieftest.Desktop)
		report := func(d *debrieftest.Device, text string) {
			d.Open("/report")
			d.Type(s.Say("report.what"), text)
			d.Click(s.Say("report.send"))
			d.See(s.Say("echo.in"))
		}
		report(ines, "The lift stood still with the pump trolley in it. The fuse of the lift had blown.")
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		report(amal, "The lift stood still again. The fuse had blown, and the trolley was in it for an hour.")
		amal.See(s.Say("echo.shared"))
		amal.Axe()

		b.Spend(amal, "Same again", 1, func() { amal.Click(s.Say("echo.same")) })
		amal.See(s.Say("echo.said.same"))
		amal.Look("echo-same")
		amal.Click(s.Say("echo.undo"))
		amal.Click(s.Say("echo.not"))
		amal.See(s.Say("echo.said.not"))
		amal.Click(s.Say("echo.undo"))
		amal.Gone(s.Say("echo.said.not"))
		amal.NoScripts(true)
		amal.Open("/f/2/in")
		amal.Click(s.Say("echo.join"))
		amal.See(s.Say("echo.joined"))
		ines.Open("/f/2")
		ines.Click(s.Say("echo.undo"))
		ines.Gone(s.Say("echo.joined"))
		ines.Click(s.Say("failure.like.look"))
		ines.See(s.Say("echo.same")) // somebody else's report: no thanks for sending it
		ines.Gone(s.Say("echo.in"))
		ines.Axe()
		b.Check(s)
	})
}
