package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody was there and was not invited. They say so at the door, whoever
// called the room invites them with one tap, and they sit in it.
func TestThere_isInvitedInOneTap(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The van left at 14:00 and the box of brake pads stayed on the shelf.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Open("/f/1/invite")
		ines.Evaluate(`document.querySelectorAll("input[name=people]").forEach(box => { box.checked = box.closest("label").textContent.includes("Ines") })`)
		ines.Click(s.Say("invite.send"))
		ines.See(s.Say("home.item.door"))

		amal.Open("/f/1/room")
		amal.Look("room-yours")
		amal.Click(s.Say("room.yours.way.there"))
		amal.See(s.Say("room.there.asked"))
		amal.Look("room-asked")
		ines.Open("/")
		ines.See(s.Say("notice.there", "name", "Amal", "title", "The van left at 14:00 and the box of brake pads stayed on the shelf"))
		ines.Click(s.Say("room.there.invite", "name", "Amal"))
		ines.Gone(s.Say("room.there.invite", "name", "Amal"))
		s.seat(amal)

		amal.Click(s.Say("room.side"))
		amal.Click(s.Say("script.park.title"))
		amal.Type(s.Say("script.park.idea"), "Keep the list in the van")
		amal.Click(s.Say("script.park"))
		amal.See("Keep the list in the van")
		amal.Look("room-parked")
	})
}
