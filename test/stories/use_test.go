package stories

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
)

// A month after a room changed a step, somebody who does the work, and did not promise
// it, is asked whether it is really done this way. What they say is theirs to change, is
// counted by another day's work, and is read by everybody as one word.
func TestUse_aMonthLater(t *testing.T) {
	tell(t, func(s *story) {
		p := s.untilNamed(false)
		p.closed()
		day := func(ahead int) {
			t.Helper()
			if _, a := s.days(ahead); a.CheckUse(t.Context()) != nil {
				t.Fatal("the work of a day")
			}
		}
		day(29)
		p.ines.Open("/")
		if text := p.ines.Text("main"); strings.Contains(text, s.Say("use.title")) {
			t.Errorf("asked before a month is over: %s", text)
		}
		day(31)
		p.ines.Open("/")
		p.ines.See(s.Say("use.title"))
		p.ines.Look("use-now")
		p.ines.Click(`main a[href^="/use/"]`)
		p.ines.See(s.Say("use.lede", "n", 1))
		p.ines.See(s.Say("use.few", "n", 1))
		p.ines.Look("use")
		at := p.ines.Evaluate(`location.pathname`)
		p.ines.NoScripts(true)
		p.ines.Click(s.Say("use.answer.partly"))
		p.ines.See(s.Say("use.said.why"))
		p.ines.Look("use-said")
		p.ines.Click(s.Say("use.answer.yes"))
		p.ines.See(s.Say("use.answer.yes"))
		p.ines.NoScripts(false)

		p.amal.Forgive("status of 404") // whoever promised is not asked
		p.amal.Open(at)
		p.amal.See(s.Say("not.found.title"))
		p.amal.Open("/f/1/record")
		p.amal.See(s.Say("use.record.open"))
		day(31) // the one who was asked has answered
		p.amal.Open("/f/1/record")
		counted, _, _ := strings.Cut(s.Say("use.record.yes", "day", time.Now()), ".")
		p.amal.See(counted)
		p.amal.Look("use-record")
		p.ines.Open("/f/1")
		p.ines.See(s.Say("standing.in-use"))
		p.ines.Open("/")
		if text := p.ines.Text("main"); strings.Contains(text, s.Say("use.title")) {
			t.Errorf("still asked: %s", text)
		}
		day(31 + int(practice.HeldAfter.Hours()/24) + 1)
		p.ines.Open("/f/1")
		p.ines.See(s.Say("standing.held"))
	})
}
