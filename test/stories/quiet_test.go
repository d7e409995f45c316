package stories

import (
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// Where reports without a name have a host of their own, whoever leaves their name off
// goes there, where no session follows, and finds the way back to everything else.
func TestUnnamed_ownHost(t *testing.T) {
	t.Parallel()
	at := debrieftest.FreeAddress(t)
	house, quiet := "http://"+at, "http://quiet.localhost"+at[strings.LastIndex(at, ":"):]
	s := begin(t, debrieftest.Options{Database: storetest.SQLite(t), Flags: []string{"--addr", at, "--base-url", house, "--unnamed-url", quiet}})
	ines := s.founder(debrieftest.Phone)
	ines.Open("/team")
	ines.Click("a[href^='/team/address/']")
	ines.See(s.Say("team.address.how"))
	ines.See(strings.TrimPrefix(quiet, "http://") + "/r/")
	ines.Look("address")
	ines.Open("/report")
	ines.Type(s.Say("report.what"), "The courier van left without the box of brake pads.")
	ines.Click(s.Say("report.send"))
	ines.See(s.Say("echo.in"))

	unnamed := func() {
		t.Helper()
		ines.Open(house + "/report")
		ines.Click(s.Say("report.unnamed"))
		ines.See(s.Say("unnamed.beside.title"))
		if !strings.HasPrefix(ines.Evaluate(`location.href`), quiet+"/r/") {
			t.Fatalf("without a name they are at %s", ines.Evaluate(`location.href`))
		}
	}
	unnamed()
	ines.Click(s.Say("unnamed.named"))
	ines.See(s.Say("report.heading"))
	if ines.Evaluate(`location.href`) != house+"/report" {
		t.Errorf("with a name they are at %s", ines.Evaluate(`location.href`))
	}
	unnamed()
	ines.Type(s.Say("report.what"), "The van left without the brake pads again.")
	ines.Click(s.Say("report.send"))
	ines.See(s.Say("echo.in"))
	ines.Look("quiet-sent")
	words := strings.TrimSpace(ines.Text("#words"))
	ines.Click("The courier van left without the box of brake pads")
	ines.See(s.Say("failure.facts"))
	if ines.Evaluate(`location.href`) != house+"/f/1" {
		t.Errorf("the earlier one is at %s", ines.Evaluate(`location.href`))
	}

	ines.Open(house + "/more")
	ines.Click(s.Say("more.receipt"))
	ines.Type(s.Say("receipt.words"), words)
	ines.Click(s.Say("receipt.open"))
	ines.See("The van left without the brake pads again.")
	if ines.Evaluate(`location.href`) != quiet+"/receipt" {
		t.Errorf("the words open at %s", ines.Evaluate(`location.href`))
	}
	ines.Forgive("404")
	ines.Open(quiet + "/f/1")
	ines.Gone("The courier van")
	ines.Look("quiet-not-there")
	ines.Click(s.Say("not.found.way.now"))
	if ines.Evaluate(`location.href`) != house+"/" {
		t.Errorf("from what is not there they come to %s", ines.Evaluate(`location.href`))
	}

	stranger := s.somebody(debrieftest.Phone)
	stranger.Open("/in")
	stranger.Look("door-receipt")
	stranger.Click(s.Say("receipt.title"))
	stranger.Type(s.Say("receipt.words"), words)
	stranger.Click(s.Say("receipt.open"))
	stranger.See("The van left without the brake pads again.")
}
