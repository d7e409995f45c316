package stories

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// What every task costs in taps. The budgets are the design's; a debt that is
// known stands beside its row. One person does everything, another takes part;
// there are two gaps, of which one is changed and one is a boundary.
func TestBudget_wholeLoop(t *testing.T) {
	inTurn(t, func(s *story) {
		m := &meter{story: s, ines: s.founder(debrieftest.Phone)}
		m.comeIn()
		s.checklist(m.ines)
		everything := m.ines.Taps()
		m.report()
		m.meet()
		part := m.amal.Taps()
		m.arrive()
		m.write()
		m.gap()
		m.judge()
		m.change()
		m.close()
		m.Count("Whole loop, who takes part", 14, 0, m.amal.Taps()-part)
		// Beginning, moving the room on, taking two gaps up and settling them cost a
		// tap each; the budget counts none of them.
		m.Count("Whole loop, who does everything", 26, 7, m.ines.Taps()-everything)
		m.after()
		m.Check(s)
	})
}

// meter is two people, and what they spend.
type meter struct {
	*story
	debrieftest.Budget
	ines, amal *debrieftest.Device
}

func (m *meter) comeIn() {
	m.Helper()
	m.ines.Open("/team/people")
	m.ines.Type("[name=names]", "Amal")
	m.ines.Click(m.Say("people.add.do"))
	m.Spend(m.ines, "Let somebody in", 1, func() { m.ines.Click(m.Say("people.link.make") + ", Amal") })
	m.amal = m.somebody(debrieftest.Phone)
	link := strings.TrimSpace(m.ines.Text("#secret"))
	m.Spend(m.amal, "Come in", 1, func() {
		m.amal.Open(link)
		m.amal.Click(m.Say("people.link.do"))
		m.amal.Gone(m.Say("people.link.do"))
	})
}

func (m *meter) report() {
	m.Helper()
	m.Spend(m.ines, "Report", 4, func() {
		m.ines.Open("/report")
		m.ines.Type(m.Say("report.what"), "The courier van left without the box of brake pads.")
		m.ines.Click(m.Say("report.when.now"))
		m.ines.Click(m.Say("report.stage.after"))
		m.ines.Click(m.Say("report.send"))
		m.ines.See(m.Say("echo.in"))
	})
	m.Spend(m.amal, "Report, with the defaults", 1, func() {
		m.reportsThat(m.amal, "The van left and the box of brake pads stayed on the shelf.")
	})
	m.Spend(m.amal, "Same again", 1, func() {
		m.amal.Click(m.Say("echo.same"))
		m.amal.See(m.Say("echo.said.same"))
	})
	m.Spend(m.amal, "Same again, undone", 1, func() {
		m.amal.Click(m.Say("echo.undo"))
		m.amal.See(m.Say("echo.same"))
	})
	m.Spend(m.amal, "Add a fact", 1, func() {
		m.amal.Open("/f/1")
		m.amal.Type(m.Say("failure.facts.line"), "The list on the door was last week's.")
		m.amal.Click(m.Say("failure.facts.add"))
		m.amal.See("The list on the door was last week's.")
	})
}

func (m *meter) meet() {
	m.Helper()
	m.ines.Open("/f/1")
	m.Spend(m.ines, "Triage", 2, func() {
		m.ines.Click(m.Say("triage.asked"))
		m.ines.Click(m.Say("triage.call"))
		m.ines.See(m.Say("invite.who"))
	})
	m.ines.Evaluate(meetNow)
	m.Spend(m.ines, "Time, people, invite", 1, func() {
		m.ines.Click(m.Say("invite.send"))
		m.ines.See(m.Say("home.item.door"))
	})
}

func (m *meter) arrive() {
	m.Helper()
	for _, d := range []*debrieftest.Device{m.ines, m.amal} {
		d.Open("/f/1/room")
		m.Spend(d, "Arrive", 1, func() {
			d.Click(m.Say("room.wait.closeness.did"))
			d.See(m.Say("room.wait.begin"))
		})
	}
	m.ines.Click(m.Say("room.wait.begin"))
}

// both does a task of each, the one after the other.
func (m *meter) both(task string, most int, do func(*debrieftest.Device)) {
	m.Helper()
	for _, d := range []*debrieftest.Device{m.ines, m.amal} {
		m.Spend(d, task, most, func() { do(d) })
	}
}

func (m *meter) write() {
	m.Helper()
	m.question("1")
	m.question("2")
}

// question is written alone, and agreed.
func (m *meter) question(n string) {
	m.Helper()
	m.both("Question "+n+": write", 1, func(d *debrieftest.Device) {
		d.See(m.Say("question." + n))
		m.story.write(d, "question."+n+".write", "Twelve boxes are in the van by two.")
	})
	m.ines.Type("[name=text]", "Twelve boxes by two.")
	m.both("Question "+n+": stand behind it", 1, func(d *debrieftest.Device) {
		d.Holds("[name=text]", "Twelve boxes by two.")
		d.Click(m.Say("room.agree.stand"))
		d.See(m.Say("room.agree.stood"))
	})
	m.ines.Click(m.Say("room.agree.next", "what", m.Say("question."+n+".next")))
}

func (m *meter) gap() {
	m.Helper()
	parts := []string{"Twelve boxes", "Eleven boxes", "at the shelf, where they are counted against the list"}
	m.both("Question 3: write", 1, func(d *debrieftest.Device) {
		d.See(m.Say("question.3"))
		m.story.gap(d, parts[0], parts[1], parts[2])
		parts = []string{"The list of today", "The list of the 3rd", "on the door"}
	})
	m.ines.See("The list of the 3rd")
	for i, words := range []string{"Eleven boxes", "The list of the 3rd"} { // answers stand in random order
		at := m.ines.Evaluate(`1 + [...document.querySelectorAll(".answer")].findIndex(e => e.innerText.includes("` + words + `"))`)
		m.Spend(m.ines, "Question 3: take up a gap", 1, func() {
			m.ines.Click(".answer:nth-of-type(" + at + ") [name=from]")
			m.ines.See(m.Say("room.gap.count", "n", i+1))
		})
	}
	m.ines.Click(m.Say("room.gap.next"))
}

func (m *meter) judge() {
	m.Helper()
	for _, d := range []*debrieftest.Device{m.ines, m.amal} {
		d.See(m.Say("room.judge.title"))
		for range 2 {
			if d.Evaluate(`document.querySelector("main h1").innerText.includes("at the shelf")`) == "true" {
				m.Spend(d, "Question 4, avoidable", 2, func() {
					d.Click(m.Say("kind.avoidable"))
					d.Click(m.Say("room.judge.mine"))
				})
				continue
			}
			m.Spend(d, "Question 4, inherent", 2, func() {
				d.Click(m.Say("kind.inherent"))
				d.Click(m.Say("room.judge.could.nobody"))
			})
		}
	}
	m.Spend(m.ines, "Settle what all see alike", 1, func() {
		m.ines.Click(m.Say("room.sort.agree.keep", "kind", m.Say("kind.avoidable")))
	})
	m.Spend(m.ines, "Settle what all see alike, inherent, and go on", 1, func() {
		m.ines.Type(m.Say("room.judge.needs"), "The shop prints the list each day.")
		m.ines.Click(m.Say("room.sort.agree.last", "kind", m.Say("kind.inherent")))
		m.ines.See(m.Say("embed.avoidable.lede"))
	})
}

func (m *meter) change() {
	m.Helper()
	m.Spend(m.ines, "Avoidable: change the step", 1, func() { // the one that shares words with the gap is open
		m.ines.Type("li.edit [name=text]", "Read the date on the list aloud, and count the boxes against it.")
		m.ines.Click(m.Say("embed.step.do"))
		m.ines.See(m.Say("embed.done"))
	})
	m.Spend(m.ines, "Inherent: name the boundary", 2, func() {
		m.ines.Type("[name=boundary]", "The shop prints the list the evening before.")
		m.ines.Type("[name=assume]", "Half of the boxes come late.")
		m.ines.Click("[name=place]")
		m.ines.Click(m.Say("embed.constraint.do"))
		m.ines.See(m.Say("embed.done"))
	})
	m.ines.Click(m.Say("embed.next.carry"))
	m.ines.See(m.Say("close.heading"))
}

func (m *meter) close() {
	m.Helper()
	m.amal.See(m.Say("close.heading"))
	m.both("Closing answers", 3, func(d *debrieftest.Device) {
		for n := 1; n <= 3; n++ {
			d.Click(fmt.Sprintf(`#taps form:nth-of-type(%d) [value=yes]`, n))
		}
	})
	m.Spend(m.ines, "Close", 2, func() {
		m.ines.See(m.Say("close.tapped", "n", 2, "all", 2))
		m.ines.Click("Amal")
		m.ines.Type("[name=act]", "puts up the new list")
		m.ines.Type("[name=moment]", "before the van is loaded on Saturday")
		m.ines.Click(m.Say("close.do"))
		m.ines.See(m.Say("record.carrier"))
	})
}

// after is what comes when the room is closed.
func (m *meter) after() {
	m.Helper()
	m.amal.Open("/carry")
	m.amal.Click("Puts up the new list")
	m.Spend(m.amal, "Say yes to a carry", 1, func() {
		m.amal.Click(m.Say("carry.yes"))
		m.amal.Gone(m.Say("carry.no"))
	})
	m.prints("/f/1/record")
	m.amal.Open("/search")
	m.Spend(m.amal, "Search", 1, func() {
		m.amal.Type("[name=q]", "brake pads")
		m.amal.Press("Enter")
		m.amal.See(m.Say("search.found", "n", 2))
	})
	m.amal.Open("/p/loading-the-van")
	m.Spend(m.amal, "Use a checklist, each tick", 2, func() {
		m.amal.Click(m.Say("procedure.use"))
		m.amal.Click("Read the date on the list")
	})
	m.ines.Open("/p/loading-the-van")
	m.ines.Click(m.Say("procedure.edit") + ", " + m.Say("procedure.step", "n", 2))
	m.Spend(m.ines, "Change without a failure", 2, func() {
		m.ines.Click("[name=reason][value=wording]")
		m.ines.Type("[name=source]", "said at the meeting")
		m.ines.Type("#text", "Count the boxes twice.")
		m.ines.Click(m.Say("other.do"))
		m.ines.See(m.Say("procedure.edit.done", "n", 3))
	})
}

// prints asserts that a record as short as this one needs one sheet, whichever
// paper is in the printer.
func (m *meter) prints(address string) {
	m.Helper()
	m.amal.Open(address)
	for name, paper := range map[string]debrieftest.Paper{"A4": debrieftest.A4, "Letter": debrieftest.Letter} {
		if n := m.amal.Sheets(paper); n != 1 {
			m.Errorf("the record takes %d sheets of %s", n, name)
		}
	}
	m.amal.OnPaper(true)
	m.amal.See("Said yes")
	m.amal.OnPaper(false)
}
