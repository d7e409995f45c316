package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody on a phone reports what went wrong, twice in two ways; the second
// time they hear of the first. The convener decides and asks people to meet.
func TestReport_toInvitation(t *testing.T) {
	inTurn(t, func(s *story) {
		var b debrieftest.Budget
		ines := s.founder(debrieftest.Desktop)
		ines.Look("now-empty")
		amal := s.joined(ines, "Amal", debrieftest.Phone)

		b.Spend(amal, "Report, with the defaults", 1, func() {
			amal.Open("/report")
			amal.Look("report")
			amal.Focuses(s.Say("report.what"))
			amal.Type(s.Say("report.what"), "The courier van left without the box of brake pads. The list on the door was last week's.")
			amal.Click(s.Say("report.send"))
			amal.See(s.Say("echo.in"))
		})
		amal.See(s.Say("echo.none"))
		amal.Look("echo-new-ground")

		b.Spend(amal, "Report", 4, func() {
			amal.Open("/report")
			amal.Type(s.Say("report.what"), "The van left and the box of brake pads stayed on the shelf. Nobody had looked at the list.")
			amal.Click(s.Say("report.when.now"))
			amal.Click(s.Say("report.stage.after"))
			amal.Click(s.Say("report.send"))
			amal.See(s.Say("echo.in"))
		})
		amal.Look("echo")
		if amal.Address() != "/f/2/in" {
			s.Errorf("the second report is at %s", amal.Address())
		}

		b.Spend(amal, "Add a fact", 1, func() {
			amal.Open("/f/2")
			amal.Type(s.Say("failure.facts.line"), "The list was printed on the 3rd.")
			amal.Click(s.Say("failure.facts.add"))
			amal.See("The list was printed on the 3rd.")
		})
		amal.Look("failure")

		ines.Open("/")
		ines.Look("now")
		ines.Open("/f/2")
		b.Spend(ines, "Triage", 2, func() {
			ines.Click(s.Say("triage.asked"))
			ines.Click(s.Say("triage.call"))
		})
		ines.See(s.Say("invite.who"))
		ines.Look("invite")
		b.Check(s)
	})
}

// A report sent twice, as a nervous thumb or a bad line does, is one report, whether
// the browser has kept the page it goes back to or not; with other words it is
// another one, and none of them are lost.
func TestReport_sentTwice(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founderWith(debrieftest.NewKeepingDevice(s, s.site.URL, debrieftest.Phone))
		for number, leave := range []string{`""`, `String(addEventListener("unload", () => {}))`} { // who listens for that is not kept
			said := "The door code was still the old one, for the " + []string{"first", "second"}[number] + " time."
			ines.Open("/report")
			ines.Type(s.Say("report.what"), said)
			ines.Evaluate(leave)
			ines.Evaluate(`window.kept = "kept"`)
			send := func() string {
				ines.Click(s.Say("report.send"))
				ines.See(s.Say("echo.in"))
				return ines.Address()
			}
			first := send()
			ines.Back()
			if kept := ines.Evaluate(`window.kept ?? ""`); (kept == "") != (number == 1) {
				s.Fatalf("%d: the browser has the page as it was: %q", number, kept)
			}
			if got := ines.Value(s.Say("report.what")); got != said {
				s.Errorf("after Back the field holds %q", got)
			}
			if again := send(); again != first {
				s.Errorf("sent again it became %s, first it was %s", again, first)
			}
			ines.Back()
			ines.Type(s.Say("report.what"), said+" And the lock was rusty.")
			if other := send(); other == first {
				s.Errorf("other words became %s, which is there", other)
			}
		}
	})
}

// Without scripts too a report sent twice is one report, whether the browser has kept
// the page it goes back to or not.
func TestReport_sentTwiceWithoutScripts(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founderWith(debrieftest.NewKeepingDevice(s, s.site.URL, debrieftest.Phone))
		ines.NoScripts(true)
		for number, leave := range []string{`""`, `String(addEventListener("unload", () => {}))`} {
			ines.Open("/report")
			ines.Type(s.Say("report.what"), "The door code was still the old one, for the "+[]string{"first", "second"}[number]+" time.")
			ines.Evaluate(leave)
			ines.Evaluate(`window.kept = "kept"`)
			send := func() string {
				ines.Click(s.Say("report.send"))
				ines.See(s.Say("echo.in"))
				return ines.Address()
			}
			first := send()
			ines.Back()
			if kept := ines.Evaluate(`window.kept ?? ""`); (kept == "") != (number == 1) {
				s.Fatalf("%d: the browser has the page as it was: %q", number, kept)
			}
			if again := send(); again != first {
				s.Errorf("sent again it became %s, first it was %s", again, first)
			}
			ines.Back()
			ines.Type(s.Say("report.what"), "The lock was rusty, too.")
			if other := send(); other == first {
				s.Errorf("other words became %s, which is there", other)
			}
		}
	})
}
