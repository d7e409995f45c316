package stories

import (
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// Two servers on one database. What somebody reports at one shows by itself on
// a page that hangs on the other; when one of them dies, its people go on at
// the other as if nothing had been.
func TestNodes_oneDies(t *testing.T) {
	database := storetest.Postgres(t)
	s := begin(t, debrieftest.Options{Database: database})
	other := debrieftest.Start(t, debrieftest.Options{Database: database})

	ines := s.founder(debrieftest.Desktop)
	amal := s.joined(ines, "Amal", debrieftest.Phone)
	ines.Open("/")

	amal.Base = other.URL
	amal.Open("/report")
	amal.Type(s.Say("report.what"), "The lift key was not on its hook.")
	amal.Forgive("net::ERR_") // whatever was on its way from a server that is killed, the worker's script too
	amal.Forgive("An unknown error occurred when fetching the script.")
	other.Kill()
	amal.Base = s.site.URL
	amal.Open("/report")
	amal.Type(s.Say("report.what"), "The lift key was not on its hook.")
	amal.Click(s.Say("report.send"))
	amal.See(s.Say("echo.in"))
	ines.See("The lift key was not on its hook")

	if err := other.Restart(); err != nil {
		t.Fatal(err)
	}
	amal.Base = other.URL
	amal.Open("/search?q=lift+key") // of the index of the node that came back
	amal.See("The lift key was not on its hook")
	amal.Open("/report")
	amal.Type(s.Say("report.what"), "The trolley stood in the rain.")
	amal.Click(s.Say("report.send"))
	amal.See(s.Say("echo.in"))
	ines.See("The trolley stood in the rain")
}
