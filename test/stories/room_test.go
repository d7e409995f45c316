package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// called has Amal report and Ines ask everybody to meet; they come back with
// their devices at the door of the room.
func (s *story) called(people ...*debrieftest.Device) {
	s.Helper()
	ines, amal := people[0], people[len(people)-1]
	amal.Open("/report")
	amal.Type(s.Say("report.what"), "The van left at 14:00 and the box of brake pads stayed on the shelf.")
	amal.Click(s.Say("report.send"))
	amal.See(s.Say("echo.in"))
	amal.Open("/f/1")
	amal.Type(s.Say("failure.facts.line"), "The list on the door was printed on the 3rd.")
	amal.Click(s.Say("failure.facts.add"))
	ines.Open("/f/1/invite")
	ines.Evaluate(`document.querySelectorAll("input[name=people]").forEach(box => { box.checked = true })`)
	ines.Evaluate(meetNow)
	ines.Click(s.Say("invite.send"))
}

// seat takes somebody through the door to their seat.
func (s *story) seat(d *debrieftest.Device) (words string) {
	s.Helper()
	d.Open("/f/1/room")
	d.Click(s.Say("room.wait.closeness.saw"))
	d.See(s.Say("room.wait.agree"))
	words = strings.TrimSpace(d.Text(".words"))
	return words
}

// Two people on two devices, one of them a phone: each writes alone, both read
// together, agree, name two gaps, sort them, and go on to change something.
// What one does the other sees without touching anything.
func TestRoom_ofTwo(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		s.called(ines, amal)

		amal.Open("/f/1/room")
		amal.Look("room-door")
		s.seat(ines)
		words := s.seat(amal)
		if strings.Count(words, " ") != 2 {
			s.Errorf("the seat's words are %q", words)
		}
		ines.See(s.Say("room.wait.here.n", "n", 2))
		ines.Look("room-wait")
		ines.Click(s.Say("room.wait.begin"))
		amal.See(s.Say("room.news.begun"))
		amal.Click(s.Say("live.go"))
		amal.See(s.Say("question.1"))
		amal.Look("room-write-1")

		s.write(ines, "question.1.write", "Every box on the list is in the van by 14:00.")
		ines.See(s.Say("room.write.in"))
		ines.Look("room-waiting")
		s.write(amal, "question.1.write", "Twelve boxes, one of them brake pads.")
		ines.See("Twelve boxes, one of them brake pads.")
		ines.See(s.Say("room.read.yours"))
		s.wholeCards(ines)
		ines.Click("Twelve boxes,")
		ines.Click("one of them brake pads.")
		ines.Click(s.Say("room.agree.stand"))
		ines.See(s.Say("room.agree.count", "n", 1, "all", 2))
		amal.See(s.Say("room.agree.count", "n", 1, "all", 2))
		amal.Look("room-agree-1")
		ines.Forgive("409")
		ines.Click(s.Say("room.agree.next", "what", s.Say("question.1.next")))
		ines.See(s.Say("text.waiting.title"))
		amal.Click(s.Say("room.agree.stand"))
		ines.See(s.Say("room.agree.count", "n", 2, "all", 2))
		ines.Gone(s.Say("text.waiting.title"))
		amal.Click(s.Say("room.agree.next", "what", s.Say("question.1.next")))
		amal.See(s.Say("room.facts"))
		ines.See(s.Say("room.moved.on"))
		ines.Click(s.Say("live.go"))
		amal.Look("room-write-2")

		s.write(ines, "question.2.write", "At 14:00 the van left. Eleven boxes were in it. The list on the door was last week's, and nobody had looked at the shelf.")
		s.write(amal, "question.2.write", "I loaded from the list on the door. Brake pads were not on it.")
		ines.See("Brake pads were not on it.")
		ines.Click("Brake pads were not on it.")
		ines.Click(s.Say("room.agree.stand"))
		amal.See(s.Say("room.agree.count", "n", 1, "all", 2))
		amal.Click(s.Say("room.agree.stand"))
		amal.Look("room-agree-2")
		amal.Click(s.Say("room.agree.next", "what", s.Say("question.2.next")))
		ines.Click(s.Say("live.go"))

		ines.See(s.Say("question.3"))
		amal.Look("room-write-3")
		s.gap(ines, "Twelve boxes", "Eleven boxes", "at the shelf, before loading")
		s.gap(amal, "The list is of today", "It was of the 3rd", "on the door")
		ines.See("It was of the 3rd")
		ines.Click(s.Say("room.gap.from"))
		ines.See(s.Say("room.gap.count", "n", 1))
		amal.See(s.Say("room.gap.taken"))
		ines.Look("room-gaps")
		ines.Click(s.Say("room.gap.next"))
		amal.Click(s.Say("live.go"))
		amal.See(s.Say("room.judge.title"))
		amal.Look("room-judge")

		s.wholeCards(amal)
		ines.Click(s.Say("kind.avoidable"))
		ines.Click(s.Say("room.judge.mine"))
		amal.Click(s.Say("kind.inherent"))
		amal.Type(s.Say("room.judge.reason"), "The shop prints the list, not we.")
		amal.Look("room-judge-inherent")
		amal.Click(s.Say("room.judge.could.others"))
		ines.See("The shop prints the list, not we.")
		ines.Look("room-sort")
		ines.Click(s.Say("room.sort.settle"))
		ines.Click("[name=kind][value=avoidable]")
		ines.Type(s.Say("room.agree.differ"), "One of us thinks the shop has to print it.")
		ines.Look("room-differ")
		ines.Click(s.Say("room.sort.on"))
		amal.See("One of us thinks the shop has to print it.")
		amal.Look("room-sorted")
		amal.Click(s.Say("room.sort.next"))
		if at := amal.Address(); !strings.HasSuffix(at, "/change") {
			s.Errorf("after question four the room is at %s", at)
		}
	})
}

// write answers a question and sends it.
func (s *story) write(d *debrieftest.Device, field, text string) {
	s.Helper()
	d.Type(s.Say(field), text)
	d.Click(s.Say("room.write.mine"))
}

func (s *story) gap(d *debrieftest.Device, intended, actual, where string) {
	s.Helper()
	d.Type(s.Say("question.3.write.intended"), intended)
	d.Type(s.Say("question.3.write.actual"), actual)
	s.write(d, "question.3.write.where", where)
}

// wholeCards fails where a tap just inside the right edge of a card that can be
// chosen does not choose it.
func (s *story) wholeCards(d *debrieftest.Device) {
	s.Helper()
	missed := d.Evaluate(`[...document.querySelectorAll("label:has([type=checkbox], [type=radio])")].filter(label => {
		if (!label.checkVisibility()) return false;
		label.scrollIntoView({ block: "center", behavior: "instant" });
		const card = (label.closest(".answer") ?? label).getBoundingClientRect(), line = label.getBoundingClientRect();
		const at = document.elementFromPoint(card.right - 10, line.top + line.height / 2);
		return at?.closest("label") !== label;
	}).map(label => label.innerText).join("; ")`)
	if missed != "" {
		s.Errorf("a tap inside the edge misses %s", missed)
	}
}
