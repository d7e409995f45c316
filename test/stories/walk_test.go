package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// From a fresh installation to a closed record, where everybody goes on by what
// their own page tells them of the others.
func TestLoop_live(t *testing.T) {
	inTurn(t, func(s *story) { s.walk(false) })
}

// The same without a single script.
func TestLoop_withoutScripts(t *testing.T) {
	inTurn(t, func(s *story) { s.walk(true) })
}

// A pair is two people in one room, with scripts or without.
type pair struct {
	*story
	ines, amal *debrieftest.Device
	plain      bool
}

func (s *story) walk(plain bool) {
	p := s.untilNamed(plain)
	p.closed()
}

// begun is two people in a room that has begun.
func (s *story) begun(plain bool) *pair {
	s.Helper()
	p := &pair{story: s, ines: s.founder(debrieftest.Desktop), plain: plain}
	p.ines.NoScripts(plain)
	p.amal = s.joined(p.ines, "Amal", debrieftest.Phone)
	p.amal.NoScripts(plain)
	s.called(p.ines, p.amal)
	p.sit(p.ines)
	p.sit(p.amal)
	p.refresh(p.ines)
	p.ines.Click(s.Say("room.wait.begin"))
	p.follow(p.amal)
	return p
}

// untilNamed goes on until one person is named who carries it.
func (s *story) untilNamed(plain bool) *pair {
	s.Helper()
	p := s.begun(plain)
	p.question("question.1", "Twelve boxes are in the van by two.", "Twelve boxes, one of them brake pads.")
	p.toNamed()
	return p
}

// toNamed goes on from question two.
func (p *pair) toNamed() {
	p.Helper()
	p.question("question.2", "The van left with eleven boxes. The list was last week's.", "I loaded from the list on the door.")
	p.gaps()
	p.sorted()
	p.embedded()
	p.named()
}

// sit takes a seat. Without scripts the ticket is handed over by a tap more.
func (p *pair) sit(d *debrieftest.Device) {
	p.Helper()
	d.Open("/f/1/room")
	d.Click(p.Say("room.wait.closeness.saw"))
	if p.plain {
		d.Click("main button")
	}
	d.See(p.Say("room.wait.agree"))
}

// follow goes where the room has gone. With scripts the page says so by itself.
func (p *pair) follow(d *debrieftest.Device) {
	p.Helper()
	p.refresh(d)
	d.Click(p.Say("live.go"))
}

// refresh is what somebody without scripts does to see what the others did.
func (p *pair) refresh(d *debrieftest.Device) {
	if p.plain {
		d.Reload()
	}
}

// question is written alone by both, read together, and agreed.
func (p *pair) question(key, one, other string) {
	p.Helper()
	p.alone(key, one, other)
	p.together(key, one)
}

// alone is how both write to a question, until they read it.
func (p *pair) alone(key, one, other string) {
	p.Helper()
	p.write(p.ines, key+".write", one)
	p.write(p.amal, key+".write", other)
	p.refresh(p.ines)
	p.ines.See(other)
}

// together is how both agree on the text of a question.
func (p *pair) together(key, one string) {
	p.Helper()
	p.ines.Type("[name=text]", one)
	p.ines.Click(p.Say("room.agree.stand"))
	p.refresh(p.amal)
	p.amal.See(p.Say("room.agree.count", "n", 1, "all", 2))
	p.amal.Click(p.Say("room.agree.stand"))
	p.amal.Click(p.Say("room.agree.next", "what", p.Say(key+".next")))
	p.follow(p.ines)
}

// gaps are named by each, and taken up.
func (p *pair) gaps() {
	p.Helper()
	p.gap(p.ines, "Twelve boxes", "Eleven boxes", "at the shelf, before loading")
	p.gap(p.amal, "The list is of today", "It was of the 3rd", "on the door")
	p.refresh(p.ines)
	p.ines.See("It was of the 3rd")
	p.ines.Click(p.Say("room.gap.from"))
	p.ines.See(p.Say("room.gap.count", "n", 1))
	p.ines.Click(p.Say("room.gap.next"))
	p.follow(p.amal)
}

// sorted is the one gap, by both alone and alike.
func (p *pair) sorted() {
	p.Helper()
	for _, d := range []*debrieftest.Device{p.ines, p.amal} {
		d.Click(p.Say("kind.avoidable"))
		d.Click(p.Say("room.judge.mine"))
	}
	p.refresh(p.amal)
	p.amal.Click(p.Say("room.sort.agree.last", "kind", p.Say("kind.avoidable")))
	p.follow(p.ines)
}

// embedded is the change: a first step, written and in use before they stand up.
func (p *pair) embedded() {
	p.Helper()
	p.ines.Look("room-change-first")
	p.ines.Type(p.Say("embed.procedure.name"), "Loading the van")
	p.ines.Type(p.Say("embed.step.first"), "Print the list on the morning of the day.")
	p.ines.Click(p.Say("embed.step.do"))
	p.ines.See(p.Say("embed.done"))
	p.refresh(p.amal) // who sees at once what was put in, and may take it back
	p.amal.See("Print the list on the morning of the day.")
	p.amal.See(p.Say("embed.undo"))
	p.amal.Look("room-placed-elsewhere")
	p.ines.Click(p.Say("embed.next.carry"))
	p.follow(p.amal)
	p.amal.See(p.Say("close.already.back"))
}

// named is one person who carries it.
func (p *pair) named() {
	p.Helper()
	p.amal.Click("Amal")
	p.amal.Type("[name=act]", "puts up the new list")
	p.amal.Type("[name=moment]", "before the van is loaded on Saturday")
	p.amal.Click(p.Say("close.do.name"))
	p.amal.See("puts up the new list")
	p.refresh(p.ines)
	p.ines.See("puts up the new list")
}

// closed is the record, and where else it shows.
func (p *pair) closed() {
	p.Helper()
	p.amal.See(p.Say("close.tapped", "n", 0, "all", 2))
	p.amal.Click(p.Say("close.do"))
	p.amal.Look("room-close-anyway")
	p.amal.Click(p.Say("close.anyway"))
	p.amal.See(p.Say("record.carrier"))
	p.late(p.ines)
	p.amal.Open("/f/1/record")
	p.amal.See("Print the list on the morning of the day.")
	p.ines.Open("/p")
	p.ines.See("Loading the van")
	p.ines.Open("/")
	p.ines.See("Print the list on the morning of the day.")
	p.ines.Look("now-after")
}

// late is somebody whose room was closed before they tapped: they may still.
func (p *pair) late(d *debrieftest.Device) {
	p.Helper()
	p.refresh(d)
	d.See(p.Say("review.closed.title"))
	d.Look("room-closed-late")
	for _, what := range []string{"learned", "blamed", "again"} {
		d.Click(`#taps form:has([value=` + what + `]) [value=yes]`)
	}
	d.See(p.Say("review.closed.title"))
	d.Gone(p.Say("close.tap.late.title"))
}
