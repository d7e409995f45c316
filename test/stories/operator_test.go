package stories

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"debrief/internal/debrieftest"
)

// Whoever runs a small server copies it while people work, moves everything to a new
// machine with one file, and lets the steward in there again by a link. The others come
// in as the steward says, what they wrote is there, and the old sessions are not.
func TestOperator_movesToANewMachine(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Phone)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		amal.Open("/report")
		amal.Type(s.Say("report.what"), gate+" at noon.")
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		ines.Open("/team/kept")
		ines.See(s.Say("kept.backups.off"))
		ines.Look("operator-kept")

		folder := t.TempDir()
		if err := os.Chmod(folder, 0o700); err != nil { // as the doctor wants it
			t.Fatal(err)
		}
		copied, moved := filepath.Join(folder, "debrief.backup"), filepath.Join(folder, "debrief.db")
		s.run("backup", "--database", s.site.Database(), copied)
		amal.Open("/report")
		amal.Type(s.Say("report.what"), lamp+" at noon.") // after the copy: the control
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		s.run("restore", "--database", moved, copied)
		s.run("doctor", "--database", moved)
		link := regexp.MustCompile(`/in/\S+`).FindString(s.run("user", "reset", "--database", moved, "Ines"))

		there := &story{t, s.Speaker, debrieftest.Start(t, debrieftest.Options{Database: moved, Flags: []string{"--backups", folder}})}
		for _, d := range []*debrieftest.Device{ines, amal} {
			d.Base = there.site.URL
			d.Open("/")
			d.See(s.Say("people.in.lede"))
		}
		ines.Open(link)
		ines.Type("[name=passphrase]", "four walls and a small server")
		ines.Click("main form button")
		ines.Gone(s.Say("signin.once"))
		there.letIn(ines, "Amal", amal)
		amal.Click(gate)
		amal.See(gate)
		for text, want := range map[string]string{gate: "1", lamp: "0"} {
			if got := there.reports(amal, text); got != want {
				t.Errorf("%q is there %s times, want %s", text, got, want)
			}
		}
		ines.Open("/team/kept")
		ines.Gone(s.Say("kept.backups.off"))
		ines.Look("operator-moved")
	})
}

// run runs a command of the operator and returns what it says.
func (s *story) run(args ...string) string {
	s.Helper()
	out, err := exec.Command(debrieftest.Binary(s), args...).CombinedOutput()
	if err != nil {
		s.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}
