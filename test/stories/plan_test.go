package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// A team writes on a phone what it means to do, finds what it knew before, supposes
// alone that it failed, freezes it and adds what it knows later.
func TestPlan_beforeTheWork(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		amal.Open("/report")
		amal.Type("[name=what]", "The repair evening in the school hall was empty. Nobody had told the caretaker.")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		ines.Open("/more")
		ines.Click(s.Say("more.plans"))
		ines.See(s.Say("plan.list.none"))
		ines.Look("plans-empty")
		ines.Open("/plan")
		ines.Type("[name=title]", "A repair evening in the school hall")
		ines.Click(s.Say("plan.begin"))
		ines.See("The repair evening in the school hall was empty")
		ines.Type("[name=aim]", "By 30 June twenty bikes are repaired in one evening in the school hall.")
		ines.Type("[name=hard]", "The caretaker has the key, and goes at six.")
		ines.Type("[name=notice]", "Nobody comes, or people come and leave.")
		ines.Type("[name=what1]", "People who leave without a repair")
		ines.Type("[name=from1]", "3 in one evening")
		ines.Type("[name=where1]", "The list at the door")
		ines.Type("[name=who1]", "Amal, at half past seven")
		ines.Type("[name=ask]", "The caretaker, a week before.")
		ines.Look("plan-write")
		ines.Click(s.Say("form.save"))
		ines.See(s.Say("plan.known"))
		ines.Type("[name=so]", "Amal calls the caretaker on Monday.")
		ines.Click(s.Say("plan.known.fits"))
		ines.See("So: Amal calls the caretaker on Monday.")
		amal.Open("/plan/1")
		amal.Type("[name=reason]", "It rained, and nobody came.")
		amal.Click(s.Say("plan.reason.do"))
		amal.See(s.Say("plan.reasons.in"))
		amal.Gone("It rained, and nobody came.")
		ines.Reload()
		ines.Gone("It rained, and nobody came.")
		ines.Look("plan-draft")
		ines.Open("/plan/1")
		ines.Click(s.Say("plan.freeze"))
		ines.See("It rained, and nobody came.")
		amal.Open("/plan/1")
		amal.Type("[name=addition]", "The school closes at eight.")
		amal.Click(s.Say("plan.addition.do"))
		amal.See(s.Say("plan.added"))
		ines.Open("/plan/1")
		ines.See("The school closes at eight.")
		ines.Look("plan-frozen")
		ines.Open("/plan")
		ines.See("A repair evening in the school hall")
	})
}
