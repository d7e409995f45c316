package stories

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"debrief/internal/debrieftest"
)

// A small disk is a file system in memory that only the site's process sees.
type smallDisk struct {
	filler string // the file that fills it
}

// onSmallDisk starts a site whose database lies on a disk of a few megabytes.
func onSmallDisk(t *testing.T) (*story, smallDisk) {
	t.Helper()
	folder := t.TempDir()
	starter := filepath.Join(t.TempDir(), "debrief-on-a-small-disk")
	script := fmt.Sprintf("#!/bin/sh\nexec unshare --user --map-root-user --mount sh -c "+
		"'mount -t tmpfs -o size=12m tmpfs %[1]s && exec %[2]s \"$@\"' debrief \"$@\"\n", folder, debrieftest.Binary(t))
	if err := os.WriteFile(starter, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	s := begin(t, debrieftest.Options{Binary: starter, Database: filepath.Join(folder, "debrief.db")})
	return s, smallDisk{filepath.Join("/proc", fmt.Sprint(s.site.PID()), "root", folder, "filler")}
}

// fill leaves no byte free.
func (d smallDisk) fill(t *testing.T) {
	t.Helper()
	f, err := os.Create(d.filler)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	f.Close()
}

func (d smallDisk) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(d.filler); err != nil {
		t.Fatal(err)
	}
}

// The disk is full while somebody reports and others write in a room. Each
// reads why, has their words still before them, and nothing is half done; when
// there is room again, what they sent goes through, once.
func TestFullDisk(t *testing.T) {
	s, disk := onSmallDisk(t)
	ines := s.founder(debrieftest.Desktop)
	amal := s.joined(ines, "Amal", debrieftest.Phone)
	cem := s.joined(ines, "Cem", debrieftest.Phone)
	for _, d := range []*debrieftest.Device{ines, amal, cem} {
		d.Forgive("status of 503")
	}
	s.called(ines, amal)
	s.seat(ines)
	s.seat(amal)
	ines.Click(s.Say("room.wait.begin"))
	amal.See(s.Say("room.news.begun"))
	amal.Click(s.Say("live.go"))

	const reported, wrote = "The key was not in its box.", "Twelve boxes, one of them brake pads."
	cem.Open("/report")
	cem.Type(s.Say("report.what"), reported)
	amal.Type(s.Say("question.1.write"), wrote)
	s.untilFull(disk, ines)

	cem.Click(s.Say("report.send"))
	cem.See(s.Say("store.full.title"))
	cem.See(reported)
	cem.Look("report-full")
	amal.Click(s.Say("room.write.mine"))
	amal.See(s.Say("store.full.title"))
	amal.See(wrote)
	amal.Look("room-full")
	list := ines.Tab()
	found := func() string {
		list.Open("/search?q=" + url.QueryEscape(reported))
		return list.Evaluate(`[...document.querySelectorAll("main a")].filter(a => a.innerText.includes("The key was not in its box")).length`)
	}
	if n := found(); n != "0" {
		t.Errorf("what was not kept is found %s times", n)
	}

	disk.free(t)
	cem.Click(s.Say("form.again"))
	cem.See(s.Say("echo.in"))
	amal.Click(s.Say("form.again"))
	s.write(ines, "question.1.write", "Every box on the list is in the van by 14:00.")
	ines.See(wrote)
	if n := found(); n != "1" {
		t.Errorf("the report is found %s times", n)
	}
}

// untilFull fills the disk, and then what the database had taken of it before.
func (s *story) untilFull(disk smallDisk, by *debrieftest.Device) {
	s.Helper()
	disk.fill(s.T)
	said := by.Evaluate(`(() => {
		for (let n = 0; n < 1000; n++) {
			const sent = new XMLHttpRequest();
			sent.open("POST", "/report", false);
			sent.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
			sent.send("stage=after&when=now&what=Filler+" + n);
			if (sent.status === 503) return "full";
		}
		return "never full";
	})()`)
	if said != "full" {
		s.Fatal(said)
	}
}
