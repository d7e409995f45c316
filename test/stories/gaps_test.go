package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// Two gaps on two devices: what one puts in place the other sees, and is taken
// along to the next gap without a tap. Whoever writes there is left alone.
func TestLoop_liveOverTwoGaps(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.begun(false)
		p.question("question.1", "Twelve boxes are in the van by two.", "Twelve boxes, one of them brake pads.")
		p.question("question.2", "The van left with eleven boxes. The list was last week's.", "I loaded from the list on the door.")
		p.twoGaps()
		p.twoSorted()

		gap := func(n int) string { return p.Say("embed.gap", "n", n, "all", 2) }
		p.amal.See(gap(1))
		p.ines.Type(p.Say("embed.procedure.name"), "Loading the van")
		p.ines.Type(p.Say("embed.step.first"), "Print the list on the morning of the day.")
		p.ines.Click(p.Say("embed.step.do"))
		p.ines.See(gap(2))

		p.amal.See(p.Say("embed.ahead.next", "n", 1))
		p.amal.Look("room-change-ahead")
		p.amal.See(gap(2)) // by itself
		p.amal.See("Print the list on the morning of the day.")
		p.amal.Look("room-change-next")

		at, link := p.amal.Address(), p.Say("embed.elsewhere.link")
		p.amal.Type(link, "https://depot.example/door")
		p.ines.Click(p.Say("embed.nothing.title"))
		p.ines.Type("#nothing-why", "The printer was mended.")
		p.ines.Click(p.Say("embed.nothing.do"))
		p.ines.See(p.Say("embed.nothing.done", "why", "The printer was mended."))
		p.amal.See(p.Say("embed.nothing.done", "why", "The printer was mended."))
		p.amal.Holds("#link", "https://depot.example/door")
		if now := p.amal.Address(); now != at {
			p.Errorf("somebody who writes was taken from %s to %s", at, now)
		}
		p.ines.Click(p.Say("embed.undo"))
		p.ines.Click(p.Say("embed.refer.title"))
		p.ines.Type("#refer-name", "Rosa")
		p.ines.Type("#refer-mail", "rosa@printers.example")
		p.ines.Type("#refer-why", "The printer is hers.")
		p.ines.Click(p.Say("embed.refer.do"))
		p.ines.See(p.Say("embed.refer.done.link"))
		p.ines.Click(p.Say("embed.next.carry"))
		p.follow(p.amal)
		p.amal.See(p.Say("close.already.back"))
		p.named()
		p.amal.See(p.Say("close.tapped", "n", 0, "all", 2))
		p.amal.Click(p.Say("close.do"))
		p.amal.Click(p.Say("close.anyway"))
		p.amal.See(p.Say("record.carrier"))
		p.ines.Open("/f/1/record")
		p.handedOn()
	})
}

// handedOn is what the team cannot change, before somebody without an account who can: they
// open a link on a phone without scripts, and the team reads their answer.
func (p *pair) handedOn() {
	p.Helper()
	p.ines.Click(p.Say("referral.open"))
	p.ines.Click(p.Say("guest.link", "name", "Rosa"))
	p.ines.See(p.Say("referral.link", "name", "Rosa"))
	link := strings.TrimSpace(p.ines.Text(".notice code"))
	rosa := p.somebody(debrieftest.Phone)
	rosa.NoScripts(true)
	rosa.Open(link)
	rosa.See(p.Say("referral.title.asked"))
	rosa.See("The printer is hers.")
	rosa.Gone("Twelve boxes, one of them brake pads.") // no answers
	rosa.Look("referral-asked")
	rosa.Click(p.Say("referral.decline"))
	rosa.Type("#decline-why", "It was sold in May.")
	rosa.Click(p.Say("referral.decline.do"))
	rosa.See("It was sold in May.")
	p.ines.Open("/f/1/record")
	p.ines.Click(p.Say("referral.open"))
	p.ines.See("It was sold in May.")
	p.ines.See(p.Say("referral.hand"))
	p.ines.Look("referral-declined")
}

// twoGaps are named, one by each, and both taken up.
func (p *pair) twoGaps() {
	p.Helper()
	p.gap(p.ines, "Twelve boxes", "Eleven boxes", "at the shelf, before loading")
	p.gap(p.amal, "The list is of today", "It was of the 3rd", "on the door")
	p.ines.See("It was of the 3rd")
	for n := 1; n <= 2; n++ {
		p.ines.Click(p.Say("room.gap.from"))
		p.ines.See(p.Say("room.gap.count", "n", n))
	}
	p.ines.Click(p.Say("room.gap.next"))
	p.follow(p.amal)
}

// twoSorted are both avoidable, by both alone and alike.
func (p *pair) twoSorted() {
	p.Helper()
	for _, d := range []*debrieftest.Device{p.ines, p.amal} {
		for n := 1; n <= 2; n++ {
			d.See(p.Say("room.gap.of", "n", n, "all", 2))
			d.Click(p.Say("kind.avoidable"))
			d.Click(p.Say("room.judge.mine"))
		}
	}
	p.ines.See(p.Say("room.sort.agree"))
	if on := p.ines.Evaluate(`[...document.querySelectorAll("main button:disabled")].map(b => b.innerText).join()`); !strings.Contains(on, p.Say("room.sort.next")) {
		p.Errorf("before any gap is sorted nothing holds back what is next: %q", on)
	}
	p.ines.Click(p.Say("room.sort.agree.keep", "kind", p.Say("kind.avoidable")))
	p.ines.Click(p.Say("room.sort.agree.last", "kind", p.Say("kind.avoidable")))
	p.follow(p.amal)
}
