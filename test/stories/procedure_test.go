package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

const checklist = `# Loading the van

Take the list of today.

- [ ] Count the boxes against the list
- [ ] Close the rear doors and lock them
- [ ] Tell the shop when the van leaves
`

// A checklist comes in as Markdown and is changed in every way there is, from
// no failure. Its history tells each, and its print says which version it is.
func TestProcedure_changedInEveryWay(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		ines.Open("/p/new")
		ines.Look("procedure-new")
		ines.Type("[name=title]", "Loading the van")
		ines.Type("[name=markdown]", checklist)
		ines.Click(s.Say("procedure.new.do"))
		s.reads(ines, "Count the boxes against the list", "Close the rear doors and lock them", "Tell the shop when the van leaves")
		ines.See("Take the list of today.")

		s.revised(ines, 1, 2, "procedure.edit.text", func() { ines.Type("#text", "Count the boxes against the list of today") })
		ines.Look("procedure")
		s.revised(ines, 3, 3, "procedure.edit.move", func() { ines.Choose("#to", s.Say("procedure.edit.front")) })
		s.reads(ines, "Tell the shop when the van leaves", "Count the boxes against the list of today", "Close the rear doors and lock them")
		s.revised(ines, 3, 4, "procedure.edit.split", func() {
			ines.Type("#text", "Close the rear doors")
			ines.Type("#rest", "Lock them")
			ines.Look("procedure-split")
		})
		s.reads(ines, "Tell the shop when the van leaves", "Count the boxes against the list of today", "Close the rear doors", "Lock them")
		s.revised(ines, 4, 5, "procedure.edit.merge", func() { ines.Type("#text", "Close and lock the rear doors") })
		s.revised(ines, 1, 6, "procedure.edit.remove", func() {})
		s.revised(ines, 2, 7, "procedure.edit.add", func() { ines.Type("#text", "Tell the shop") })
		s.reads(ines, "Count the boxes against the list of today", "Close and lock the rear doors", "Tell the shop")

		ines.Click(s.Say("procedure.history"))
		for n := 1; n <= 7; n++ {
			ines.See(s.Say("procedure.history.version", "n", n))
		}
		ines.Look("procedure-history")
		ines.Open("/p/loading-the-van/history/1")
		ines.See("Close the rear doors and lock them")
		ines.Look("procedure-version")

		ines.Open("/p/loading-the-van")
		ines.See(s.Say("unused.last.never"))
		ines.Click(s.Say("procedure.use"))
		ines.Click("Close and lock the rear doors")
		ines.Click(s.Say("unused.spared"))
		ines.Look("procedure-use")
		ines.Click(s.Say("form.done"))
		ines.See(s.Say("procedure.history"))
		if used := ines.Evaluate(`document.querySelector("main header").innerText`); strings.Contains(used, s.Say("unused.last.never")) || !strings.Contains(used, "Last used") {
			s.Errorf("after a use its page says %q", used)
		}
		ines.OnPaper(true)
		ines.See("/p/loading-the-van/current?v=7")
		if nav := ines.Evaluate(`[...document.querySelectorAll("nav, form, button")].filter(e => e.checkVisibility()).length`); nav != "0" {
			s.Errorf("on paper there are %s things to press", nav)
		}
		ines.See("Tell the shop")
		ines.OnPaper(false)
		ines.Open("/p/loading-the-van/current?v=6")
		ines.See(s.Say("procedure.current.no", "n", 6, "now", 7))
		ines.Look("procedure-current")
	})
}

// reads checks the steps that are in use, in their order.
func (s *story) reads(d *debrieftest.Device, steps ...string) {
	s.Helper()
	d.Open("/p/loading-the-van")
	got := d.Evaluate(`[...document.querySelectorAll(".step .say")].map(e => e.innerText.replace(/^\s*\d+\s*/, "").trim()).join("|")`)
	if want := strings.Join(steps, "|"); got != want {
		s.Errorf("the steps are %q, want %q", got, want)
	}
}

// revised changes a step of the procedure for a reason that is no failure, and
// sees the version it becomes.
func (s *story) revised(d *debrieftest.Device, step, version int, act string, fill func()) {
	s.Helper()
	s.revises(d, step, act, fill)
	d.Click(s.Say("other.do"))
	d.See(s.Say("procedure.edit.done", "n", version))
}

// revises fills in the form.
func (s *story) revises(d *debrieftest.Device, step int, act string, fill func()) {
	s.Helper()
	d.Open("/p/loading-the-van")
	d.Click(s.Say("procedure.edit") + ", " + s.Say("procedure.step", "n", step))
	if act != "procedure.edit.text" { // which is what comes first
		d.Click(s.Say(act))
	}
	d.Click("[name=reason][value=wording]")
	d.Type("[name=source]", "said at the meeting")
	fill()
}

// Two write the same step at the same time. The second is shown both texts and
// joins them; nothing that anybody wrote is gone.
func TestProcedure_twoEditors(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		s.checklist(ines)
		other := ines.Tab()
		s.revises(ines, 2, "procedure.edit.text", func() { ines.Type("#text", "Count the boxes aloud.") })
		s.revises(other, 2, "procedure.edit.text", func() { other.Type("#text", "Two count the boxes.") })
		ines.Click(s.Say("other.do"))
		ines.See(s.Say("procedure.edit.done", "n", 2))

		other.Click(s.Say("other.do"))
		other.See(s.Say("step.meanwhile.title"))
		other.See("Count the boxes aloud.")
		if got := other.Value("#text"); got != "Two count the boxes." {
			s.Errorf("the field holds %q", got)
		}
		other.Look("procedure-both")
		other.Click(s.Say("both.join"))
		if got := other.Value("#text"); !strings.Contains(got, "Count the boxes aloud.") || !strings.Contains(got, "Two count the boxes.") {
			s.Errorf("joined they are %q", got)
		}
		other.Click(s.Say("other.do"))
		other.See(s.Say("procedure.edit.done", "n", 3))
		other.See("Count the boxes aloud.")
		other.See("Two count the boxes.")
	})
}
