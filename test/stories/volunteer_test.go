package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// A newcomer scans the team's code with a cheap phone and is let in by a yes on
// somebody else's. After the action there is no signal: several people say on that one
// phone, by other names, what happened. It goes by itself when there is a signal, and
// the review that is called from it begins with it.
func TestVolunteer_fiveMinutesToAReview(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		mo := s.scanned(ines, "Mo")
		s.kept(mo)
		ines.Open("about:blank")
		s.cutOff(mo, ines)
		mo.Open("/hot")
		mo.See(s.Say("hot.care.ask"))
		mo.Type(s.Say("hot.meant"), "Sign 50 people by two.")
		mo.Type(s.Say("hot.happened"), "Heron: "+signed+". Moth: the rain came at noon.")
		mo.Type(s.Say("hot.parted"), "At the door: people need a day to read.")
		mo.Click(s.Say("hot.kind.avoidable"))
		mo.Type(s.Say("hot.change"), "First visit, leaflet only.")
		mo.Click("Otter")
		mo.Look("volunteer-written")
		mo.Click(s.Say("hot.send"))
		mo.See(s.Say("hot.leaves.all"))
		mo.Click(s.Say("hot.sure"))
		mo.See(s.Say("hot.waits"))
		mo.Look("volunteer-waits")
		mo.Open("about:blank") // the page is closed on the way home
		mo = mo.Tab()
		s.comeBack()
		mo.Open("/")
		s.eventually(mo, five+`.then((all) => !all.length)`)
		mo.Open("/")
		mo.Click(signed)
		mo.See("Otter")
		mo.Look("volunteer-failure")

		mo.Click(s.Say("triage.asked"))
		mo.Click(s.Say("triage.call"))
		mo.See(s.Say("invite.who"))
		mo.Evaluate(`document.querySelectorAll("[name=people]").forEach((one) => one.checked = true)`)
		mo.Evaluate(meetNow)
		mo.Look("volunteer-invite")
		mo.Click(s.Say("invite.send"))
		p := &pair{story: s, ines: ines, amal: mo}
		p.sit(ines)
		p.sit(mo)
		mo.Click(s.Say("room.wait.begin"))
		p.follow(ines)
		for _, d := range []*debrieftest.Device{ines, mo} {
			d.Holds(s.Say("question.1.write"), "Sign 50 people by two.")
			d.Click(s.Say("room.write.mine"))
		}
		mo.Look("volunteer-question-1")
		s.agree(ines, mo, "1", "Sign 50 people by two.")
		s.answer(ines, mo, "2", "12 signed.", "The leaflets ran out at one.")
		s.agree(ines, mo, "2", "12 signed, and the leaflets ran out at one.")
		mo.Open(s.room(mo) + "/3")
		mo.Holds(s.Say("question.3.write.where"), "At the door: people need a day to read.")
		mo.Look("volunteer-question-3")
		if held := mo.Await(five); held != "" {
			t.Errorf("after it was sent the phone keeps %s", held)
		}
	})
}

// scanned is somebody who opens the address on the team's square with their own
// phone, and is let in there by a yes on the founder's.
func (s *story) scanned(founder *debrieftest.Device, name string) *debrieftest.Device {
	s.Helper()
	founder.Open("/team/people")
	founder.Click(s.Say("code.print"))
	d := s.somebody(debrieftest.Phone)
	d.Open(strings.TrimSpace(founder.Text("#code-link")))
	d.Type("[name=name]", name)
	d.Click(s.Say("join.do"))
	d.See(s.Say("join.waits"))
	founder.Open("/")
	founder.Click(s.Say("home.door"))
	founder.See(strings.TrimSpace(d.Text("#words")))
	founder.Click(s.Say("knock.yes", "name", name))
	founder.Gone(s.Say("knock.compare"))
	d.Gone(s.Say("join.waits"))
	return d
}
