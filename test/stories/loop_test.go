package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// From the first page to a closed record: two people on two devices. A failure
// becomes a changed step that carries its scar, and one of them carries it on.
func TestLoop(t *testing.T) {
	tell(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.checklist(ines)

		amal.Open("/report")
		amal.Type(s.Say("report.what"), "The courier van left without the brake pads. The list on the door was last week's.")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		s.invite(ines)

		s.arrive(ines)
		s.arrive(amal)
		ines.Click(s.Say("room.wait.begin"))

		s.answer(ines, amal, "1", "Six boxes of brake pads on the van at eight.", "The van loaded from today's list.")
		s.agree(ines, amal, "1", "Six boxes of brake pads on the van at eight, from today's list.")
		s.answer(ines, amal, "2", "Five boxes were loaded at eight.", "The list on the door was from Thursday.")
		s.agree(ines, amal, "2", "Five boxes were loaded. The list on the door was from Thursday.")
		s.parted(ines, amal)
		s.judge(ines, amal)
		s.change(ines)
		s.close(ines, amal)

		amal.Open("/f/1/record")
		amal.See("Read the date on the list aloud before loading.")
		amal.Look("record")
		ines.Open("/p/loading-the-van")
		ines.See(s.Say("frame.number", "n", 1))
		ines.Look("procedure-scar")
		amal.Open("/")
		ines.Open("/carry")
		ines.See("print the list each morning")
	})
}

// checklist brings in the procedure that the failure will change.
func (s *story) checklist(d *debrieftest.Device) {
	s.Helper()
	d.Open("/p/new")
	d.Type("[name=title]", "Loading the van")
	d.Type("[name=markdown]", "- [ ] Take the list from the door\n- [ ] Count the boxes against the list\n")
	d.Click(s.Say("procedure.new.do"))
	d.See("Count the boxes against the list")
}

// meetNow chooses the time for which nobody is asked before whether it is a go, so
// that no story waits.
const meetNow = `document.querySelector("[name=meet][value=now]").checked = true`

// invite calls the room with everybody of the team.
func (s *story) invite(d *debrieftest.Device) {
	s.Helper()
	s.inviteTo(d, "/f/1")
}

func (s *story) inviteTo(d *debrieftest.Device, failure string) {
	s.Helper()
	d.Open(failure)
	d.Click(s.Say("triage.asked"))
	d.Click(s.Say("triage.call"))
	d.See(s.Say("invite.who"))
	d.Evaluate(`document.querySelectorAll('[name=people]').forEach(b => b.checked = true)`)
	d.Evaluate(meetNow)
	d.Click(s.Say("invite.send"))
	d.See(s.Say("home.item.door"))
}

// arrive takes a seat.
func (s *story) arrive(d *debrieftest.Device) {
	s.Helper()
	d.Open("/f/1/room")
	d.Click(s.Say("room.wait.closeness.did"))
	d.See(s.Say("room.wait.begin"))
}

// answer writes alone, twice, and opens for both.
func (s *story) answer(a, b *debrieftest.Device, n, first, second string) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/" + n)
		text := first
		if d == b {
			text = second
		}
		d.Type("[name=text]", text)
		d.Click(s.Say("room.write.mine"))
		if d == a {
			d.See(s.Say("room.write.in"))
		}
	}
	b.See(first) // the last one to write opens them for everybody
}

// room is where a device's seat is.
func (s *story) room(d *debrieftest.Device) string {
	return d.Evaluate(`location.pathname.split('/').slice(0, 3).join('/')`)
}

// agree writes the one text and has both stand behind it.
func (s *story) agree(a, b *debrieftest.Device, n, text string) {
	s.Helper()
	a.Open(s.room(a) + "/" + n)
	a.Type("#text", text)
	a.Click(s.Say("room.agree.stand"))
	a.See(s.Say("room.agree.stood"))
	b.Open(s.room(b) + "/" + n)
	b.Click(s.Say("room.agree.stand"))
	b.See(s.Say("room.agree.stood"))
	a.Open(s.room(a) + "/" + n)
	a.Click(s.Say("room.agree.next", "what", s.Say("question."+n+".next")))
}

// parted finds where intended and actual parted.
func (s *story) parted(a, b *debrieftest.Device) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/3")
		d.Type("#text", "Loaded from today's list")
		d.Type("#actual", "Loaded from Thursday's list")
		d.Type("#where", "At the door, before the first box")
		d.Click(s.Say("room.write.mine"))
		if d == a {
			d.See(s.Say("room.write.in"))
		}
	}
	b.See(s.Say("room.gap.from"))
	b.Click(s.Say("room.gap.from"))
	b.See(s.Say("room.gap.next"))
	b.Open(s.room(b) + "/3")
	b.Click(s.Say("room.gap.next"))
	b.See(s.Say("room.judge.title"))
}

// judge sorts the gap alone, and settles it.
func (s *story) judge(a, b *debrieftest.Device) {
	s.Helper()
	for _, d := range []*debrieftest.Device{a, b} {
		d.Open(s.room(d) + "/4")
		d.Click("input[name=kind][value=avoidable]")
		d.Click(s.Say("room.judge.mine"))
	}
	b.See(s.Say("room.sort.agree"))
	b.Click(s.Say("room.sort.agree.last", "kind", s.Say("kind.avoidable")))
	b.See(s.Say("embed.avoidable.lede"))
}

// change puts another wording into the step, and everybody sees it.
func (s *story) change(d *debrieftest.Device) {
	s.Helper()
	d.Open(s.room(d) + "/change")
	d.Look("room-change")
	d.Click(s.Say("procedure.edit"))
	d.Type("li.edit [name=text]", "Read the date on the list aloud before loading.")
	d.Click(s.Say("embed.step.do"))
	d.See(s.Say("embed.done"))
	d.Look("room-changed")
	d.Click(s.Say("embed.next.carry"))
	d.See(s.Say("close.heading"))
}

// close names one person, taps three times, and closes.
func (s *story) close(a, b *debrieftest.Device) {
	s.Helper()
	a.Open(s.room(a) + "/carry")
	a.Type("[name=carrier]", "the team")
	a.Type("[name=act]", "print the list each morning")
	a.Type("[name=moment]", "Before the first van of next week")
	a.Click(s.Say("close.do.name"))
	a.Look("room-carry-refused")
	a.Type("[name=carrier]", "Amal")
	a.Click(s.Say("close.aloud"))
	a.Click(s.Say("close.do.name"))
	a.See(s.Say("carry.aloud"))
	b.Open(s.room(b) + "/carry")
	b.Look("room-carry")
	b.Click(`form[action$="/tap"] button[value=yes]`)
	a.Open(s.room(a) + "/carry")
	a.Click(s.Say("close.do"))
	a.Click(s.Say("close.anyway"))
	a.See(s.Say("record.carrier"))
}
