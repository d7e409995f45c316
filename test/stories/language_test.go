package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// What somebody writes alone is remarked on once, for them and nobody else: before
// a report goes, and beside an answer that nobody reads yet. Without scripts too.
func TestLanguage(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		const said = "If the printing group had done their job we would have had the short leaflet. By half past ten everyone was just confused."
		amal.Open("/report")
		amal.Type(s.Say("report.what"), said)
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("nudge.only"))
		amal.See("We did not have the short leaflet …")
		amal.Look("nudge-report")
		amal.Click(s.Say("nudge.use"))
		amal.See(s.Say("nudge.used"))
		amal.Look("nudge-used")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		amal.Open("/f/1")
		amal.See("We did not have the short leaflet")

		amal.Open("/report")
		amal.Type(s.Say("report.what"), said)
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("nudge.only"))
		amal.Type("[name=other]", "the neighbours")
		amal.Press("Enter")
		amal.See(s.Say("echo.in"))
		amal.Open("/f/2")
		amal.See("If the printing group had done their job")

		ines.NoScripts(true)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "They clearly did not care about the gate.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("nudge.only"))
		ines.Look("nudge-plain")
		ines.Click(s.Say("nudge.send.never"))
		ines.See(s.Say("echo.in"))
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "They clearly did not care about the hall.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.NoScripts(false)
	})
}

// In a room the answer is kept at once and the remark stands beside it.
func TestLanguage_inTheRoom(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.called(ines, amal)
		s.seat(ines)
		s.seat(amal)
		ines.Click(s.Say("room.wait.begin"))
		ines.See(s.Say("room.write.mine"))
		ines.Type("[name=text]", "Management should have given us the list by eight.")
		ines.Click(s.Say("room.write.mine"))
		ines.See(s.Say("nudge.only"))
		ines.Click(s.Say("nudge.wrong"))
		ines.See(s.Say("nudge.wrong.tell"))
		ines.Look("nudge-room")
		ines.Click(s.Say("nudge.keep"))
		ines.Gone(s.Say("nudge.only"))
		amal.Open(s.room(amal) + "/1")
		amal.Type("[name=text]", "We need better communication.")
		amal.Click(s.Say("room.write.mine"))
		amal.See("Management should have given us the list")
		amal.Gone(s.Say("nudge.only"))
	})
}
