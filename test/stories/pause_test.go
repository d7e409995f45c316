package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

// A team of six whose reviews stopped changing anything is told so, once. Each is asked
// what is in the way, without a name. One proposes a pause and another agrees: reports
// are still taken, no review is called, and it says why. It ends with what changed, and
// then one small review goes first.
func TestPause_anAlarmAPauseANewStart(t *testing.T) {
	tell(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		ines.Open("/team/people")
		ines.Type("[name=names]", "Bo\nCem\nDele\nElif")
		ines.Click(s.Say("people.add.do"))
		s.year()
		_, a := s.days(0)
		for range 2 {
			if err := a.WatchAlarms(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		amal.Open("/")
		amal.See(s.Say("vitality.alarm", "k", 7, "n", 10))
		amal.See(s.Say("alarm.count"))
		amal.Look("alarm-now")
		amal.Click(s.Say("alarm.say"))
		amal.See(s.Say("cause.nobody"))
		amal.NoScripts(true)
		amal.Click(s.Say("cause.take"))
		amal.Look("cause")
		amal.Click(s.Say("cause.undone"))
		amal.See(s.Say("cause.said.why"))
		amal.NoScripts(false)

		ines.Open("/")
		ines.Click(s.Say("alarm.look"))
		ines.See(s.Say("alarm.cases"))
		ines.Look("pause")
		ines.Click(s.Say("pause.propose.do"))
		ines.See(s.Say("pause.why.title"))
		ines.Type("#propose-why", "What we agree is undone a week later")
		ines.Click(s.Say("pause.propose.do"))
		ines.See(s.Say("pause.yours"))
		amal.Open("/")
		amal.See("What we agree is undone a week later")
		amal.Click(s.Say("pause.answer"))
		amal.Click(s.Say("pause.agree"))
		amal.See(s.Say("pause.open"))
		amal.Look("pausing")

		amal.Open("/report")
		amal.Type(s.Say("report.what"), "The gate was left open")
		amal.Click(s.Say("report.when.now"))
		amal.Click(s.Say("report.stage.after"))
		amal.Click(s.Say("report.send"))
		amal.See("The gate was left open")
		ines.Forgive("status of 409")
		ines.Open("/f/41/invite")
		ines.See("What we agree is undone a week later")
		ines.Look("pause-refused")
		ines.Click(s.Say("pause.on.way.pause"))
		ines.Type("#resume-said", "Whoever changes a step signs it")
		ines.Click(s.Say("pause.resume"))
		ines.See(s.Say("start.lede"))
		ines.See("The gate was left open")
		ines.Look("start")
		ines.Click(s.Say("start.take"))
		ines.See(s.Say("invite.how"))
		ines.See("The gate was left open")
		amal.Open("/")
		amal.See(s.Say("start.title"))
		amal.Look("start-now")
	})
}
