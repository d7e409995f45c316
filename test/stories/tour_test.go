package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

// Before anything was reported the tour leads to the first report. After one review it is
// short, and says what is not there yet; each stop leads to the thing itself. It goes
// without scripts, on a phone, and on one sheet to print.
func TestTour_fromWhatWasRecorded(t *testing.T) {
	inTurn(t, func(s *story) {
		p := s.untilNamed(false)
		p.closed()
		p.amal.NoScripts(true)
		p.amal.Open("/more")
		p.amal.Click(s.Say("more.tour"))
		p.amal.See(s.Say("tour.young"))
		p.amal.See(s.Say("tour.limit.waits"))
		p.amal.Look("tour")
		p.amal.Click(s.Say("tour.begin"))
		p.amal.See(s.Say("tour.failure.changed"))
		p.amal.Look("tour-1")
		p.amal.Click(s.Say("tour.on", "n", 2))
		p.amal.See(s.Say("tour.line.became"))
		p.amal.Look("tour-2")
		p.amal.Click(s.Say("tour.line.way"))
		if at := p.amal.Address(); !strings.HasPrefix(at, "/p/") {
			t.Errorf("the step is at %s", at)
		}
		p.amal.NoScripts(false)
		p.ines.Open("/tour/all")
		p.ines.See(s.Say("tour.finding.waits"))
		p.ines.Look("tour-all")
	})
}

// An organisation without anything has no story, and makes none up.
func TestTour_ofNothing(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		ines.Open("/tour")
		ines.See(s.Say("tour.empty"))
		ines.Look("tour-empty")
		ines.Click(s.Say("tour.empty.report"))
		ines.See(s.Say("report.heading"))
	})
}

// Somebody who comes later is led to it once, says what helped, and that they did it
// alone; one who was there says so, too.
func TestTour_forSomebodyNew(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		s.checklist(ines)
		s.reportsThat(ines, "The van left without the pads.")
		nora := s.joined(ines, "Nora", debrieftest.Phone)
		nora.NoScripts(true)
		nora.Open("/")
		nora.See(s.Say("tour.away"))
		nora.Look("tour-led")
		nora.Click(s.Say("tour.begin"))
		nora.See(s.Say("tour.new.title"))
		nora.Look("tour-new")
		nora.Click(s.Say("tour.new.nothing"))
		nora.See(s.Say("tour.new.thanks"))
		nora.Open("/")
		if strings.Contains(nora.Text("main"), s.Say("tour.away")) {
			t.Error("she is led to it twice")
		}
		nora.Open("/p/loading-the-van")
		nora.Click(s.Say("ran.link"))
		nora.Look("tour-ran")
		nora.Click(s.Say("ran.do"))
		nora.See(s.Say("ran.asked", "name", "Ines"))
		ines.Open("/")
		ines.Click(`main a[href^="/tour/seen/"]`)
		ines.Look("tour-seen")
		ines.Click(s.Say("seen.yes"))
		nora.Open("/p/loading-the-van")
		if strings.Contains(nora.Text("main"), s.Say("ran.link")) {
			t.Error("it is asked once more")
		}
	})
}
