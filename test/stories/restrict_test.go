package stories

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
)

const (
	box     = "The key box stood open"
	wording = "The key box stood open and its code hung beside it. Anybody could have driven off."
)

// Whoever reported it lets only named people read it. For everybody else it is then in
// no list, search, comparison, calendar or export, and not at its own address. Lifted it
// is there again; taken back it is gone, and can be sent again.
func TestRestrict_andLifted(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		cem := s.joined(ines, "Cem", debrieftest.Phone)
		cem.Forgive("status of 404")
		amal.Open("/report")
		amal.Type(s.Say("report.what"), wording)
		amal.Click(s.Say("report.send"))
		amal.See(s.Say("echo.in"))
		s.shown(cem, true)
		amal.Open("/f/1")
		amal.Click(s.Say("readers.link"))
		amal.Click("Ines")
		amal.Look("restrict")
		amal.Click(s.Say("readers.do"))
		amal.See(s.Say("readers.tag"))
		amal.Look("restricted")
		s.shown(cem, false)
		s.shown(ines, true)

		ines.Open("/f/1/invite")
		ines.Evaluate(meetNow)
		ines.Click(s.Say("invite.send"))
		for d, in := range map[*debrieftest.Device]bool{ines: true, cem: false} {
			if got := strings.Contains(s.feed(d), "/f/1/room"); got != in {
				t.Errorf("in a calendar: %t, want %t", got, in)
			}
		}
		if got := s.exported(); strings.Contains(got, box) {
			t.Errorf("what is exported for all has it:\n%s", got)
		}
		ines.Open("/f/1/invite")
		ines.Click(s.Say("invite.off"))

		cem.Open("/report")
		cem.Type(s.Say("report.what"), "The key box stood open again, its code beside it.")
		cem.Click(s.Say("report.send"))
		cem.See(s.Say("echo.none"))
		cem.Look("restrict-echo")
		ines.Open("/f/2/in")
		ines.See(box + " and its")

		amal.Open("/f/1")
		amal.Click(s.Say("readers.change"))
		amal.Click(s.Say("readers.lift"))
		amal.Gone(s.Say("readers.tag"))
		s.shown(cem, true)
		cem.Open("/f/2/in")
		cem.See(box + " and its")
		if got := s.exported(); !strings.Contains(got, box) {
			t.Error("what is exported for all does not have it again")
		}

		amal.Open("/f/1/edit")
		amal.Click(s.Say("own.back"))
		amal.See(s.Say("own.gone.title"))
		amal.Look("restrict-gone")
		s.shown(cem, false)
		amal.Click(s.Say("own.gone.again"))
		amal.See(s.Say("echo.in"))
		cem.Open("/f/3")
		cem.See(box)
	})
}

// shown wants the report to be there for somebody, or nowhere.
func (s *story) shown(d *debrieftest.Device, there bool) {
	s.Helper()
	for _, page := range []string{"/", "/search?q=key+box+open", "/f/1", "/f/1/in", "/f/1/facts", "/api/v1/failures"} {
		d.Open(page)
		text := d.Evaluate(`document.body.innerText`)
		if !there && strings.Contains(text, "driven off") || !there && strings.Contains(text, box+" and its") {
			s.Errorf("%s shows it:\n%s", page, text)
		}
		if there && page != "/" && !strings.Contains(page, "/f/1/") && !strings.Contains(text, box) {
			s.Errorf("%s does not show it:\n%s", page, text)
		}
	}
}

// feed is somebody's calendar, as their program reads it.
func (s *story) feed(d *debrieftest.Device) string {
	s.Helper()
	d.Open("/you/messages")
	d.Click(s.Say("hearing.calendar.make"))
	d.See(s.Say("people.once"))
	return d.Await(`fetch(document.querySelector("#secret").innerText.trim()).then((answer) => answer.text())`)
}

// exported is all that the organisation may take along.
func (s *story) exported() (all string) {
	s.Helper()
	folder := filepath.Join(s.TempDir(), "export")
	s.run("export", "--database", s.site.Database(), folder)
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, err := os.ReadFile(path)
			all += string(text)
			return err
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return all
}
