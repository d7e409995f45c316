package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Whoever is invited says go or not now at the door of the room, and can say it
// anew; nobody is told.
func TestReady(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The trolley stood in the rain.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Open("/f/1/invite")
		ines.Click(s.Say("invite.send"))
		ines.Open("/f/1/room")
		ines.See(s.Say("ready.few"))
		ines.Look("ready")
		ines.Click(s.Say("ready.not-now"))
		ines.See(s.Say("ready.said.why"))
		ines.See(s.Say("ready.said.not-now"))
		ines.Look("ready-said")
		ines.Click(s.Say("ready.go"))
		ines.See(s.Say("ready.said.go"))
		ines.Open("/f/1/room")
		ines.See(s.Say("ready.said.go"))
		ines.Look("ready-again")
		ines.NoScripts(true)
		ines.Open("/f/1/room")
		ines.Click(s.Say("ready.look"))
		ines.See(s.Say("ready.said.go"))
		ines.NoScripts(false)
		s.seat(ines)
		ines.See(s.Say("room.wait.ready"))
		ines.Gone(s.Say("room.wait.begin"))
		ines.Look("ready-waits")
	})
}
