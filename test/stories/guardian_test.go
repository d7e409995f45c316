package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// Somebody in a room tells the guardian in three taps, without a name, that what was
// said is used against them. The guardian answers and confirms it; the receipt reads the
// answer; whoever misused it reads no more of what people wrote alone; and the team is
// asked whether it pauses, of which no case and nobody is named. A conflict that the room
// parked waits for whoever was there, and is settled with a line.
func TestGuardian_fromTheRoom(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.begun(false)
		p.parks("Who may stop the van")
		p.toNamed()
		seat := p.ines.Evaluate(`location.pathname`)
		cem := s.joined(p.ines, "Cem", debrieftest.Phone)
		dara := s.joined(p.ines, "Dara", debrieftest.Desktop)
		p.ines.Open(seat)
		p.ines.Look("guardian-room")
		p.ines.Click(s.Say("guardian.link"))
		p.ines.See(s.Say("guardian.nobody"))
		p.ines.Look("guardian-none")

		p.ines.Open("/team/organisation")
		p.ines.Type(s.Say("people.otherway"), "the works council")
		p.ines.Click(s.Say("team.save"))
		p.ines.See(s.Say("team.saved"))
		p.ines.Open("/team/guardian")
		p.ines.Evaluate(`(() => { const all = document.querySelector("[name=member]"); all.value = [...all.options].find((o) => o.text === "Cem").value })()`)
		p.ines.Click(s.Say("guardians.propose.do"))
		p.ines.See(s.Say("guardians.waits.both", "name", "Cem"))
		dara.Open("/team/guardian")
		dara.Click(s.Say("guardians.agree"))
		dara.See(s.Say("guardians.waits.yes", "name", "Cem"))
		cem.Open("/team/guardian")
		cem.Click(s.Say("guardians.take.on"))
		cem.See(s.Say("guardians.words"))
		words := strings.TrimSpace(cem.Text("#words"))
		cem.Look("guardian-words")

		p.hurt(cem)
		p.ines.Open(seat)
		p.ines.See("puts up the new list")
		if text := p.ines.Evaluate(`document.body.textContent`); !strings.Contains(text, s.Say("support.facts")) || !strings.Contains(text, s.Say("frame.leave")) {
			t.Error("the room does not say where support is, or how to leave")
		}
		p.ines.Click(s.Say("guardian.link"))
		p.ines.Look("guardian-tell")
		p.ines.Type(s.Say("guardian.text"), "What I wrote about the list was read out to the client.")
		p.ines.Click(s.Say("guardian.send"))
		p.ines.See(s.Say("guardian.told"))
		p.ines.Look("guardian-told")
		seven := strings.TrimSpace(p.ines.Text("#words"))
		s.hour()
		desk := func() {
			t.Helper()
			cem.Open("/guardian/desk")
			cem.Type(s.Say("receipt.words"), words)
			cem.Click(s.Say("receipt.open"))
			cem.See("read out to the client")
		}
		cem.NoScripts(true)
		desk()
		cem.Look("guardian-desk")
		cem.Type(s.Say("case.answer"), "Thank you. I talk with them, and name nobody.")
		cem.Click(s.Say("case.send"))
		cem.See(s.Say("case.state.answered"))
		cem.NoScripts(false)
		p.ines.Open("/receipt")
		p.ines.Type(s.Say("receipt.words"), seven)
		p.ines.Click(s.Say("receipt.open"))
		p.ines.See("I talk with them, and name nobody.")
		p.ines.Look("guardian-said")

		p.ines.Open(seat)
		p.ines.See("puts up the new list")
		p.closed()
		p.settles("Who may stop the van")
		const raw = "I loaded from the list on the door."
		page := func() string {
			p.amal.Open("/f/1/record/answers")
			return p.amal.Evaluate(`document.querySelector("main").textContent`)
		}
		p.opens(page, raw) // the control
		desk()
		cem.Type(s.Say("case.answer"), "It is so.")
		cem.Evaluate(`(() => { document.querySelector("[name=state]").value = "confirmed"; document.querySelector("details.more").open = true; const all = document.querySelector("[name=close]"); all.value = [...all.options].find((o) => o.text === "Amal").value })()`)
		cem.Look("guardian-confirms")
		cem.Click(s.Say("case.send"))
		cem.See(s.Say("case.state.confirmed"))
		cem.See(s.Say("case.closed.to", "name", "Amal"))
		dara.Open("/")
		dara.See(s.Say("pause.guardian.answer"))
		dara.Look("guardian-pause")
		dara.Click(s.Say("pause.answer"))
		dara.Click(s.Say("pause.agree"))
		dara.See(s.Say("pause.open"))
		dara.Gone(s.Say("pause.guardian.answer"))
		if text := page(); strings.Contains(text, raw) || !strings.Contains(text, s.Say("record.answers.shut")) {
			t.Errorf("Amal still reads %s", text)
		}
		p.amal.Look("guardian-shut")
		if strings.Contains(s.site.Log(), "/guardian") {
			t.Errorf("the log has a line about it:\n%s", s.site.Log())
		}
	})
}

// opens lets Amal open what was written alone, which is told and shows what it is about.
func (p *pair) opens(page func() string, raw string) {
	p.Helper()
	if strings.Contains(page(), raw) {
		p.Error("read before it was opened, and nobody is told")
	}
	p.amal.Click(p.Say("answers.open"))
	p.amal.See(p.Say("answers.kept"))
	if !strings.Contains(page(), raw) {
		p.Fatal("whoever took part does not read what was written alone")
	}
}

// hurt says that somebody was hurt.
func (p *pair) hurt(d *debrieftest.Device) {
	p.Helper()
	d.Open("/f/1")
	d.Click(p.Say("severe.mark"))
	d.See(p.Say("support.none"))
	d.Look("support-failure")
}

// parks parks a conflict at question one, which both agree on then.
func (p *pair) parks(line string) {
	p.Helper()
	p.alone("question.1", "Twelve boxes are in the van by two.", "Twelve boxes, one of them brake pads.")
	p.ines.Click(p.Say("conflict.room"))
	p.ines.Type(p.Say("conflict.line"), line)
	p.ines.Click(p.Say("conflict.room.do"))
	p.ines.See(p.Say("conflict.room.back"))
	p.ines.Look("park")
	p.amal.Click(p.Say("conflict.room"))
	p.amal.See(line)
	p.together("question.1", "Twelve boxes are in the van by two.")
}

// settles looks after it once the room is closed, and says how it was settled.
func (p *pair) settles(line string) {
	p.Helper()
	p.ines.Open("/")
	p.ines.Click(p.Say("conflict.home", "n", 1))
	p.ines.See(line)
	p.ines.Look("conflicts")
	p.ines.Click(p.Say("conflict.take"))
	p.ines.Click(p.Say("conflict.take.do"))
	p.ines.Type(p.Say("conflict.how"), "Whoever drives may.")
	p.ines.Look("conflicts-mine")
	p.ines.Click(p.Say("conflict.end"))
	p.ines.See("Whoever drives may.")
}
