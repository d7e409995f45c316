package stories

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// Somebody looks for what others wrote, narrows it, turns the pages and takes
// their words to the report; on a screen, then on a phone without scripts.
func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		t.Parallel()
		bringFerries(t, database)
		s := begin(t, debrieftest.Options{Database: database})
		ines := s.founder(debrieftest.Desktop)
		ines.Open("/report")
		ines.Type(s.Say("report.what"), "The ramp key hung on the wrong hook. We looked for it until the ferry had gone.")
		ines.Click(s.Say("report.send"))
		ines.See(s.Say("echo.in"))

		ines.Press("/")
		ines.See("F-12")
		ines.Axe()
		ines.Look("search-empty")
		ines.Type("#q", "ramp ferry")
		ines.Press("Enter")
		ines.See(s.Say("search.found", "n", 46))
		if marked := ines.Text(".hit em"); !strings.EqualFold(marked, "ramp") {
			s.Errorf("marked is %q", marked)
		}
		ines.Axe()
		ines.Look("search")
		ines.Click(s.Say("search.elsewhere"))
		ines.See(s.Say("search.found", "n", 45))
		ines.Click(s.Say("search.narrow.off", "what", s.Say("search.elsewhere")))
		ines.See(s.Say("search.found", "n", 46))

		amal := s.joined(ines, "Amal", debrieftest.Phone)
		amal.NoScripts(true)
		amal.Open("/search")
		amal.Type("#q", "ramp ferry")
		amal.Click("main button")
		amal.See(s.Say("search.found", "n", 46))
		amal.Look("search")
		amal.Click(s.Say("search.more"))
		amal.Click(s.Say("search.more"))
		amal.Click(s.Say("search.back"))
		amal.See(s.Say("search.more"))
		amal.Open("/search?q=F-46")
		amal.See("The ramp key hung on the wrong hook")
		amal.Open("/search?q=%22hook+ramp%22")
		amal.See(s.Say("search.found", "n", 0))
		amal.Look("search-none")
		amal.Click(s.Say("search.none.loose"))
		amal.See("The ramp key hung on the wrong hook")
		amal.Open("/search?q=" + strings.Repeat("rudder+", 40))
		amal.See(s.Say("search.long", "max", 200))
		amal.Open("/search?q=rudder+chain")
		amal.Click(".margin a")
		if words := amal.Value(s.Say("report.what")); words != "rudder chain" {
			s.Errorf("the report begins with %q", words)
		}
	})
}

// bringFerries imports reviews of another organisation into a new database.
func bringFerries(t *testing.T, database string) {
	t.Helper()
	var lines strings.Builder
	for i := range 45 {
		fmt.Fprintf(&lines, `{"id":"ferry-%d","title":"Ferry %d waited at the ramp","body":"The ramp of berth %d did not come down. It was the hydraulic pump.","org":"Harrow Ferries","date":"20%d-04-02","licence":"CC0-1.0"}`+"\n", i, i, i, 19+i%4)
	}
	file := filepath.Join(t.TempDir(), "ferries.jsonl")
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(debrieftest.Binary(t), "import", "reviews", "--database", database, file).CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
}
