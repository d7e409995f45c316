package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// The same ditch: a second report finds the first by words that both have and
// names them; one tap ties them, one undoes it. What has nothing to do with it
// is new ground.
func TestEcho_sameDitch(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		s.reportsThat(ines, "The courier van left at two and the box of brake pads stayed on the shelf.")
		s.reportsThat(ines, "Somebody spilled paint over the invoices in the office.")
		ines.See(s.Say("echo.none"))

		s.reportsThat(ines, "The box of brake pads was forgotten on the shelf again when the van left.")
		ines.See(s.Say("echo.found", "n", 1))
		for _, word := range []string{"brake pads", "shelf"} {
			ines.See(word)
		}
		if shared := ines.Text(".slip .small"); len(shared) == 0 {
			s.Error("no words that both have are named")
		}
		ines.Gone("invoices")

		var b debrieftest.Budget
		b.Spend(ines, "Same again", 1, func() {
			ines.Click(s.Say("echo.same"))
			ines.See(s.Say("echo.said.same"))
		})
		ines.Look("echo-same")
		first := ines.Tab()
		first.Open("/f/1")
		first.See(s.Say("failure.same", "n", 1))
		b.Spend(ines, "Same again, undone", 1, func() {
			ines.Click(s.Say("echo.undo"))
			ines.See(s.Say("echo.same"))
		})
		first.Reload()
		first.Gone(s.Say("failure.same", "n", 1))
		b.Check(s)
	})
}

// reportsThat sends a report.
func (s *story) reportsThat(d *debrieftest.Device, what string) {
	s.Helper()
	d.Open("/report")
	d.Type(s.Say("report.what"), what)
	d.Click(s.Say("report.send"))
	d.See(s.Say("echo.in"))
}
