package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody who was not there leads a room: they are asked, say so, hear who wants to
// talk first, and follow the room without a seat. Whoever was there is refused.
func TestGuide(t *testing.T) {
	tell(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		kai := s.joined(ines, "Kai", debrieftest.Desktop)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The trolley stood in the rain.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))

		ines.Open("/f/1/invite")
		ines.Evaluate(`document.querySelectorAll("input[name=people]").forEach(box => { box.checked = !box.closest("label").textContent.includes("Kai") })`)
		ines.Evaluate(meetNow)
		ines.Click(s.Say("guide.outside"))
		ines.Choose("#guide", "Amal")
		ines.Click(s.Say("invite.send"))
		ines.See(s.Say("guide.part.title", "name", "Amal"))
		ines.See(s.Say("guide.part.why"))
		ines.Look("guide-refused")
		ines.Choose("#guide", "Kai")
		ines.Click(s.Say("invite.send"))
		ines.See(s.Say("home.item.door"))
		ines.Open("/f/1/invite")
		ines.See(s.Say("guide.asked", "name", "Kai"))
		ines.Look("guide-asked")

		amal.Open("/f/1/room")
		amal.Gone(s.Say("guide.talk"))
		kai.Open("/")
		kai.Look("guide-now")
		kai.Click(s.Say("home.carry.answer"))
		kai.Look("guide-would-you")
		kai.Click(s.Say("guide.say"))
		kai.See(s.Say("guide.asks.none"))
		amal.Open("/f/1/room")
		amal.Click(s.Say("guide.talk"))
		amal.See(s.Say("guide.talk.asked", "name", "Kai"))
		amal.Look("guide-talk")
		kai.Open("/")
		kai.See(s.Say("notice.talk", "title", "The trolley stood in the rain"))
		kai.Click(s.Say("home.item.door"))
		kai.See("Amal")
		kai.Type(s.Say("guide.note"), "Ask Amal how she is.")
		kai.Click(s.Say("guide.note.keep"))
		kai.Holds(s.Say("guide.note"), "Ask Amal how she is.")
		kai.Look("guide-before")

		for _, d := range []*debrieftest.Device{ines, amal} {
			s.seat(d)
		}
		ines.See(s.Say("guide.in-room", "name", "Kai"))
		ines.Click(s.Say("room.wait.begin"))
		kai.See(s.Say("question.1"))
		kai.See(s.Say("guide.written", "n", 0))
		kai.Type(s.Say("guide.note"), "Half a line that is not kept yet")
		amal.Type(s.Say("question.1.write"), "Keep the trolley dry.")
		amal.Click(s.Say("room.write.mine"))
		kai.See(s.Say("guide.written", "n", 1))
		kai.Holds(s.Say("guide.note"), "Half a line that is not kept yet")
		kai.Gone("Keep the trolley dry.")
		ines.Click(s.Say("script.pause.blame"))
		kai.See(s.Say("script.pause.blame.said"))
		ines.Type(s.Say("question.1.write"), "Keep the rain off it.")
		ines.Click(s.Say("room.write.mine"))
		kai.See(s.Say("guide.open"))
		kai.Gone("Keep the rain off it.")
		ines.See(s.Say("script.pause.blame.said"))
		kai.Look("guide-leads")
		ines.Click(s.Say("room.pressed.heard"))
		kai.Gone(s.Say("room.pressed.blame.way"))
		kai.Open("/f/1/room")
		kai.See(s.Say("guide.leading"))
	})
}
