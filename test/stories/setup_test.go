package stories

import (
	"testing"

	"debrief/internal/debrieftest"
)

func TestSetUp(t *testing.T) {
	inTurn(t, func(s *story) {
		d := s.somebody(debrieftest.Phone)
		d.Open(s.site.SetUp)
		d.See(s.Say("setup.heading"))
		d.Axe()
		d.Click(s.Say("setup.do"))
		d.Axe() // nothing was filled in, and the page says so
		d.Open(s.site.SetUp)
		d.Type("[name=organisation]", "Harbour Bikes")
		d.Type("[name=team]", "Workshop")
		d.Type("[name=name]", "Ines")
		d.Click(s.Say("setup.do"))
		if d.Address() != "/" {
			s.Errorf("set up, and then at %s:\n%s", d.Address(), d.Text("body"))
		}
		d.Axe()

		late := s.somebody(debrieftest.Desktop)
		late.Open(s.site.SetUp)
		late.Axe()
		if late.Address() == "/" {
			s.Error("the set-up link opened twice")
		}
	})
}
