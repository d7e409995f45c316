package stories

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Six people are asked whether it is safe to speak. Five answer, by keyboard, by finger
// and without scripts, and the quarter says one word; in the next one four do, and it
// says that they are too few. Of what they answered nothing is left in the files.
func TestPulse_twoQuarters(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		people := []*debrieftest.Device{ines}
		for _, name := range []string{"Amal", "Ben", "Cleo", "Dara", "Eli"} {
			people = append(people, s.joined(ines, name, debrieftest.Phone))
		}
		ines.Open("/pulse")
		ines.See(s.Say("pulse.closed.title"))
		opens := practice.Organisation{Zone: "UTC"}.PulseOpens(time.Now()).Add(36 * time.Hour)
		s.pulses(opens)

		ines.Open("/")
		ines.See(s.Say("home.pulse"))
		ines.Look("pulse-now")
		ines.Click(s.Say("home.pulse"))
		ines.See(s.Say("pulse.promise"))
		ines.Look("pulse")
		ines.Click(s.Say("pulse.take"))
		ines.Look("pulse-sheet")
		ines.Click(s.Say("pulse.send"))
		ines.See(s.Said("pulse.missing", 3))
		s.fill(ines, "6172534")
		ines.See(s.Say("pulse.thanks"))
		ines.Look("pulse-sent")
		ines.Open("/pulse")
		ines.See(s.Say("pulse.yours.title"))
		people[1].Open("/pulse")
		people[1].Look("pulse-phone")
		people[1].NoScripts(true)
		for i, d := range people[1:5] {
			d.Open("/pulse")
			d.Click(s.Say("pulse.take"))
			if i == 0 {
				d.Look("pulse-sheet-phone")
			}
			s.fill(d, []string{"1717177", "1726167", "2617177", "1717276"}[i])
			d.See(s.Say("pulse.thanks"))
		}
		people[1].NoScripts(false)
		ines.Open("/vitality")
		ines.See(s.Say("vitality.safe.more"))
		if text := ines.Text("#safe"); strings.Contains(text, s.Say("measure.band.high")) || strings.Contains(text, "5") {
			t.Errorf("before the close: %s", text)
		}
		if s.sheet("6172534") == 0 {
			t.Error("no sheet stands in the files before the close: looking for it afterwards proves nothing")
		}

		s.pulses(opens.Add(practice.PulseOpen))
		ines.Open("/vitality")
		ines.See(s.Say("vitality.safe.read"))
		if text := ines.Text("#safe"); !strings.Contains(text, s.Say("measure.band.mixed")) {
			t.Errorf("four dare and one does half: %s", text)
		}
		ines.Look("pulse-vitality")
		if n := s.sheet("6172534"); n != 0 {
			t.Errorf("a sheet stands %d times in the files", n)
		}

		next := practice.Organisation{Zone: "UTC"}.PulseOpens(opens.Add(practice.PulseOpen + 48*time.Hour)).Add(36 * time.Hour)
		s.pulses(next)
		for _, d := range people[1:5] {
			d.Open("/pulse")
			d.Click(s.Say("pulse.take"))
			s.fill(d, "7162534")
		}
		s.pulses(next.Add(practice.PulseOpen))
		ines.Open("/vitality")
		ines.See(s.Say("vitality.few"))
		if n := s.sheet("7162534"); n != 0 {
			t.Errorf("a sheet of the four stands %d times in the files", n)
		}
	})
}

// Said is the title of a refusal.
func (s *story) Said(code string, n int) string { return s.Say(code+".title", "n", n) }

// pulses does the work of a day that has not come yet, and wipes the files.
func (s *story) pulses(at time.Time) {
	s.Helper()
	db := storetest.Open(s, s.site.Database(), func(o *store.Options) { o.Now = func() time.Time { return at } })
	if err := app.New(app.Options{Store: db}).KeepPulses(s.Context()); err != nil {
		s.Fatal(err)
	}
	if err := db.Scrub(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// fill marks the seven sentences and sends the sheet.
func (s *story) fill(d *debrieftest.Device, marks string) {
	s.Helper()
	for i, mark := range marks {
		d.Click(`main input[name="` + practice.SheetItem(i+1) + `"][value="` + string(mark) + `"]`)
	}
	d.Click(s.Say("pulse.send"))
}

// sheet counts how often a sheet stands in the files of the database.
func (s *story) sheet(marks string) (n int) {
	s.Helper()
	for _, text := range storetest.AtRest(s, s.site.Database()) {
		n += bytes.Count(text, []byte(marks))
	}
	return n
}
