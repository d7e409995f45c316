package stories

import (
	"crypto/rand"
	"log/slog"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/words"
)

// hour lets appear what waits without a name: another node, whose clock is at the
// next full hour, looks at it.
func (s *story) hour() {
	s.Helper()
	s.appear(time.Now().UTC().Truncate(time.Hour).Add(time.Hour))
}

// appear lets what waits appear as if it were another hour.
func (s *story) appear(due time.Time) {
	s.Helper()
	db, err := store.Open(s.Context(), store.Options{Database: s.site.Database(), Now: func() time.Time { return due }, Random: rand.Reader,
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		s.Fatal(err)
	}
	defer db.Close()
	if err := room.New(room.Options{Store: db, Words: words.NewWordlist()}).Release(s.Context(), due); err != nil {
		s.Fatal(err)
	}
}

// byWords opens a report with its seven words.
func (s *story) byWords(d *debrieftest.Device, words string) {
	s.Helper()
	d.Open("/receipt")
	d.Type(s.Say("receipt.words"), words)
	d.Click(s.Say("receipt.open"))
	d.See(s.Say("receipt.open.title"))
}

// alike fails where the pages tell more of one person than of another: of two who
// did the same but for one report without a name.
func (s *story) alike(d *debrieftest.Device, one, other string, pages ...string) {
	s.Helper()
	for _, page := range pages {
		d.Open(page)
		text := d.Evaluate(`document.documentElement.outerHTML`)
		if a, b := strings.Count(text, one), strings.Count(text, other); a != b {
			s.Errorf("%s has %s %d times and %s %d times", page, one, a, other, b)
		}
	}
}

// Somebody who is afraid leaves their name off, on the phone on which they are known.
// By seven words they read what is asked, answer, and hear what came of it to the last.
// What a steward and a convener see tells as much of them as of anybody else.
func TestAfraid_toTheLastNews(t *testing.T) {
	inTurn(t, func(s *story) {
		ines := s.founder(debrieftest.Desktop)
		amal := s.joined(ines, "Amal", debrieftest.Phone)
		cem := s.joined(ines, "Cem Kaya", debrieftest.Phone)
		s.joined(ines, "Dara Lund", debrieftest.Phone)
		s.checklist(ines)
		pages := []string{"/", "/more", "/team", "/team/people", "/team/kept", "/team/outgoing", "/search?q=brakes", "/p/loading-the-van", "/carry"}

		cem.Open("/report")
		cem.Click(s.Say("report.unnamed"))
		cem.See(s.Say("unnamed.beside.title"))
		cem.Type(s.Say("report.what"), "The brakes of the van were not looked at. We are told to sign that they were.")
		cem.Look("afraid-report")
		cem.Click(s.Say("report.send"))
		cem.See(s.Say("echo.in"))
		seven := strings.TrimSpace(cem.Text("#words"))
		s.byWords(cem, seven)
		cem.See("The brakes of the van were not looked at.")
		s.alike(ines, "Cem Kaya", "Dara Lund", pages...)

		s.hour()
		s.byWords(cem, seven)
		cem.See(s.Say("receipt.news.new"))
		cem.See(s.Say("receipt.thread.none"))
		pages = append(pages, "/f/1", "/f/1/in", "/f/1/facts")
		s.alike(ines, "Cem Kaya", "Dara Lund", pages...)
		s.alike(amal, "Cem Kaya", "Dara Lund", pages...)

		amal.Open("/f/1")
		amal.See(s.Say("failure.unnamed"))
		amal.Type(s.Say("failure.thread.ask"), "On which days?")
		amal.Click(s.Say("failure.thread.do"))
		amal.See(s.Say("failure.thread.sealed"))
		amal.Look("afraid-asked")
		s.byWords(cem, seven)
		cem.See("On which days?")
		cem.Look("afraid-question")
		cem.Type(s.Say("receipt.answer"), "Every Monday, before eight.")
		cem.Click(s.Say("receipt.answer.do"))
		cem.See(strings.Split(s.Say("receipt.pending.message", "when", "\x00"), "\x00")[0])
		amal.Open("/f/1")
		amal.Gone("Every Monday, before eight.")
		s.hour()
		amal.Open("/f/1")
		amal.See("Every Monday, before eight.")

		s.reviewed(ines, amal)
		s.byWords(cem, seven)
		cem.See("Read the date on the list aloud before loading.")
		cem.See("print the list each morning")
		cem.Look("afraid-closed")
		amal.Open("/carry")
		amal.Click("main a[href^='/carry/']")
		amal.Type(s.Say("carry.done.proof"), "It hangs on the door.")
		amal.Click(s.Say("carry.done.do"))
		s.byWords(cem, seven)
		cem.See(s.Say("receipt.news.done", "day", time.Now(), "text", "print the list each morning"))
		cem.Look("afraid-last")
		pages = append(pages, "/f/1/record", "/p/loading-the-van/history")
		s.alike(ines, "Cem Kaya", "Dara Lund", pages...)
		s.alike(amal, "Cem Kaya", "Dara Lund", pages...)
		if strings.Contains(s.site.Log(), "/receipt") || strings.Contains(s.site.Log(), "/r/") {
			t.Errorf("the log has a line about it:\n%s", s.site.Log())
		}
	})
}

// reviewed takes the one failure that is there to a closed review of two.
func (s *story) reviewed(a, b *debrieftest.Device) {
	s.Helper()
	a.Open("/f/1/invite")
	a.Evaluate(`document.querySelectorAll("[name=people]").forEach((one) => one.checked = /Ines|Amal/.test(one.closest("label").innerText))`)
	a.Evaluate(meetNow)
	a.Click(s.Say("invite.send"))
	s.arrive(a)
	s.arrive(b)
	a.Click(s.Say("room.wait.begin"))
	s.answer(a, b, "1", "The brakes are looked at each week.", "Somebody looks at the brakes on Mondays.")
	s.agree(a, b, "1", "The brakes are looked at each Monday.")
	s.answer(a, b, "2", "Nobody looked for three weeks.", "The list was signed before the van came.")
	s.agree(a, b, "2", "The list was signed, and nobody had looked.")
	s.parted(a, b)
	s.judge(a, b)
	s.change(a)
	s.close(a, b)
}
