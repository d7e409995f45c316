package stories

import (
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// Somebody of the team leaves their name off, with what they had typed already.
// It is sent without cookies, the words are shown once, and open it again.
func TestUnnamed_andBack(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The courier van left without the box of brake pads.")
		ines.Click(s.Say("report.unnamed"))
		ines.See(s.Say("unnamed.beside.title"))
		if got := ines.Value(s.Say("report.what")); got != "The courier van left without the box of brake pads." {
			s.Errorf("on the way to the other form the words became %q", got)
		}
		ines.Look("unnamed")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))
		ines.Look("sent")
		words := strings.TrimSpace(ines.Text("#words"))
		if n := len(strings.Fields(words)); n != 7 {
			s.Fatalf("%d words: %q", n, words)
		}
		if strings.Contains(s.site.Log(), "/r/") || strings.Contains(s.site.Log(), "GET /report") {
			s.Errorf("the log has a line about it:\n%s", s.site.Log())
		}
		ines.Open("/receipt")
		ines.Type(s.Say("receipt.words"), strings.ToUpper(words))
		ines.Click(s.Say("receipt.open"))
		ines.See("The courier van left without the box of brake pads.")
		ines.Look("held")
		ines.Click(s.Say("receipt.back"))
		ines.Click("form[action='/receipt/back'] button")
		ines.See(s.Say("receipt.back.done"))
		if strings.Contains(ines.Address(), strings.Fields(words)[0]) {
			s.Errorf("the words stand in the address %s", ines.Address())
		}
		s.aMonthLater(ines)
	})
}

// aMonthLater is when the words of a report ask whether anything bad has happened since.
func (s *story) aMonthLater(d *debrieftest.Device) {
	s.Helper()
	d.Open("/report")
	d.Type(s.Say("report.what"), "The tyre was flat.")
	d.Click(s.Say("report.unnamed"))
	d.Click(s.Say("report.send"))
	d.See(s.Say("echo.in"))
	words := strings.TrimSpace(d.Text("#words"))
	s.appear(time.Now().UTC().Truncate(time.Hour).AddDate(0, 0, -31))
	open := func() {
		s.Helper()
		d.Open("/receipt")
		d.Type(s.Say("receipt.words"), words)
		d.Click(s.Say("receipt.open"))
		d.See(s.Say("afterwards.ask"))
	}
	open()
	d.Look("afterwards")
	d.Click(s.Say("afterwards.not"))
	d.See(s.Say("afterwards.thanks"))
	open()
	d.Click(s.Say("afterwards.yes"))
	d.See(s.Say("guardian.title"))
	d.Open("/team/guardian")
	d.See(s.Say("guardians.time.few"))
	d.Look("guardian-times")
}
