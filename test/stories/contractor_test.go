package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody without an account is handed a signed link, takes part in one room on a
// phone, and is asked to carry what came of it. They say yes by another link, later
// what shows that it is done, and nothing else of the organisation opens for them.
func TestContractor_carries(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		s.checklist(ines)
		s.called(ines)
		ines.Open("/f/1/guests")
		ines.Type(s.Say("guest.name"), "Tariq Stone")
		ines.Click(s.Say("guest.make"))
		ines.Look("contractor-invited")
		place := strings.TrimSpace(ines.Text("#link-0"))

		tariq := s.somebody(debrieftest.Phone)
		tariq.Open(place)
		tariq.See(s.Say("guest.place", "name", "Tariq Stone"))
		tariq.Gone("brake pads")
		tariq.Look("contractor-place")
		s.shut(tariq)
		s.arrive(ines)
		tariq.Click(s.Say("room.wait.closeness.saw"))
		tariq.See(s.Say("room.wait.agree"))
		tariq.Look("contractor-room")
		ines.Click(s.Say("room.wait.begin"))
		s.answer(ines, tariq, "1", "Twelve boxes are in the van by two.", "My pallet leaves with the van.")
		tariq.Look("contractor-answers")
		s.agree(ines, tariq, "1", "Twelve boxes and the pallet leave by two.")
		s.answer(ines, tariq, "2", "Eleven boxes were in the van.", "The list was last week's.")
		s.agree(ines, tariq, "2", "Eleven boxes left. The list was last week's.")
		s.parted(ines, tariq)
		s.judge(ines, tariq)
		s.change(ines)

		s.names(ines, "Tariq Stone", true)
		ines.See(s.Say("carry.aloud"))
		tariq.Open(s.room(tariq) + "/carry")
		tariq.See(s.Say("carry.aloud"))
		tariq.Look("contractor-aloud")
		ines.Click(s.Say("close.another"))
		s.names(ines, "Tariq Stone", false)
		ines.See(s.Say("carry.asked", "name", "Tariq Stone"))
		ines.Click(s.Say("close.do"))
		ines.Click(s.Say("close.anyway"))
		ines.See(s.Say("record.carrier"))
		tariq.See(s.Say("guest.record"))
		tariq.Look("contractor-closed")
		s.shut(tariq)

		ines.Open("/carry")
		ines.Click("main a[href^='/carry/']")
		ines.Click(s.Say("guest.link", "name", "Tariq Stone"))
		ines.Look("contractor-link")
		promise := strings.TrimSpace(ines.Text("#link"))
		tariq.Open(promise)
		tariq.See(s.Say("guest.carry", "name", "Tariq Stone", "team", "Workshop"))
		tariq.See("print the list each morning")
		tariq.Look("contractor-asked")
		tariq.Click(s.Say("carry.yes"))
		tariq.See(s.Say("guest.carry.yes"))
		tariq.Look("contractor-yes")
		ines.Open("/carry")
		ines.See("Tariq Stone")
		tariq.Open(promise)
		tariq.Type(s.Say("carry.done.proof"), "A photo of the list on the door.")
		tariq.Click(s.Say("carry.done.do"))
		tariq.See(s.Say("guest.carry.over"))
		tariq.Look("contractor-done")
		tariq.Open(promise)
		tariq.See(s.Say("guest.carry.over"))
		tariq.Gone(s.Say("carry.done.do"))
		tariq.Gone("print the list")
		tariq.Open(place)
		tariq.See(s.Say("guest.over"))
		s.shut(tariq)
		ines.Open("/carry")
		ines.Click("main a[href^='/carry/']")
		ines.See("A photo of the list on the door.")
	})
}

// names asks somebody without an account to carry it on, aloud or not.
func (s *story) names(d *debrieftest.Device, name string, aloud bool) {
	s.Helper()
	d.Type("[name=carrier]", name)
	d.Type("[name=act]", "print the list each morning")
	d.Type("[name=moment]", "Before the first van of next week")
	for box, want := range map[string]bool{"guest": true, "aloud": aloud} {
		if (d.Evaluate(`document.querySelector("[name=`+box+`]").checked`) == "true") != want {
			d.Click("[name=" + box + "]")
		}
	}
	d.Click(s.Say("close.do.name"))
}

// shut fails where a page of the organisation opens for somebody who is not of it.
func (s *story) shut(d *debrieftest.Device) {
	s.Helper()
	at := d.Evaluate(`location.href`)
	for _, page := range []string{"/", "/f/1", "/f/1/record", "/f/1/record.md", "/f/1/in", "/search?q=van", "/p", "/p/loading-the-van", "/c", "/e", "/carry",
		"/team", "/team/people", "/you", "/you/mine", "/more", "/report"} {
		d.Open(page)
		d.See(s.Say("people.in.lede"))
		for _, word := range []string{"brake pads", "Loading the van", "Ines"} {
			if text := d.Text("body"); strings.Contains(text, word) {
				s.Errorf("%s says %q to somebody who is not of it", page, word)
			}
		}
	}
	d.Open(at)
}
