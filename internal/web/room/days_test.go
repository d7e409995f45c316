package room_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// days is a review in writing, with people at devices of their own and a clock
// that only the test moves.
type days struct {
	*testing.T
	*webtest.Circle
	devices []*debrieftest.Device
}

func (s *days) review() (r practice.Review) {
	s.Helper()
	err := s.Store.View(s.Context(), func(tx *store.Tx) (err error) {
		r, err = tx.Review(s.Review.ID)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// strike lets the next moment come, and the job of the clock run.
func (s *days) strike() {
	s.Helper()
	s.Clock.Pass(s.review().PhaseEndsAt.Sub(s.Clock.Now()) + time.Second)
	if err := s.Web.Rooms.Clock(s.Context(), s.Review.ID); err != nil {
		s.Fatal(err)
	}
}

// picture keeps what a device shows, where somebody wants to look at it.
func (s *days) picture(d *debrieftest.Device, name string) {
	if folder := os.Getenv("DEBRIEF_SCREENS"); folder != "" {
		d.Screenshot(folder + "/" + name + ".png")
	}
}

func (s *days) at(d *debrieftest.Device, page string) *debrieftest.Device {
	s.Helper()
	d.Open(practice.SeatPath(s.Review.ID) + page)
	return d
}

// write answers questions one and two on a device.
func (s *days) write(d *debrieftest.Device, intended, happened string) {
	s.Helper()
	s.at(d, "/1")
	d.Type("#intended", intended)
	d.Type("#happened", happened)
	d.Click("I have written mine")
	d.See("Yours is in.")
}

// untilChange has three people on three devices, one of them without scripts, write
// over two days what a room would have told in half an hour. One is late for the first
// moment, and all have half a day more.
func untilChange(t *testing.T) *days {
	s := &days{T: t, Circle: webtest.NewCircle(t, web.New, 3)}
	for i, width := range []int{debrieftest.Desktop, debrieftest.Phone, debrieftest.Phone} {
		d := debrieftest.NewDevice(t, s.URL, width)
		d.Forgive("/news") // a stream is given deadlines on the real clock
		d.Cookie("session", string(rune('0'+i)))
		s.devices = append(s.devices, d)
	}
	ines, amal, late := s.devices[0], s.devices[1], s.devices[2]
	late.NoScripts(true)

	ines.Open("/f/1/invite")
	s.picture(ines, "invite")
	ines.Click("input[name=meet][value=days]")
	ines.Click(".btn.go.big")
	ines.See("In writing: Write questions one and two, alone.")
	s.picture(ines, "failure")
	for _, d := range s.devices {
		d.Open("/f/1/room")
		d.See("Write what you saw. Until")
		d.Click("I saw it")
		if d == late {
			d.Click("I'm here")
		}
		d.See("What comes then")
	}
	s.at(amal, "/1").Look("days-both")
	s.write(ines, "Fifty parcels by noon.", "The van stood at the gate.")
	s.write(amal, "Fifty, said the plan.", "Twelve were out by noon.")
	amal.Type("#happened", "Twelve were out by eleven.")
	amal.Click("Keep it like this")
	amal.See("Yours is in.")
	s.at(ines, "/1").Gone("Twelve were out by eleven.")

	s.strike()
	s.at(amal, "/1").See("Everyone has half a day more, once.")
	s.write(late, "Fifty.", "The gate was locked.")
	s.at(ines, "/1").Gone("The gate was locked.")
	s.strike()
	for _, d := range s.devices {
		s.at(d, "/2")
		for _, words := range []string{"The van stood at the gate.", "Twelve were out by eleven.", "The gate was locked."} {
			d.See(words)
		}
	}
	s.picture(amal, "agree-390")

	for _, q := range []struct{ page, text string }{{"/1", "Fifty parcels by noon."}, {"/2", "Twelve of fifty: the gate was locked."}} {
		s.at(ines, q.page).Type("#text", q.text)
		for _, d := range s.devices {
			if d != ines {
				s.at(d, q.page)
			}
			d.Click("I stand behind it")
			d.See("You stand behind it.")
		}
	}
	s.strike()
	if r := s.review(); r.Phase != practice.PhaseGap {
		t.Fatalf("both texts have everybody behind them: %s", r.Phase)
	}
	for _, d := range s.devices {
		s.at(d, "/3")
		d.Type("We meant", "Fifty by noon")
		d.Type("It went", "Twelve by noon")
		d.Type("Where they parted", "At the gate")
		d.Click("I have written mine")
		d.See("Yours is in.")
	}
	s.strike()
	s.at(ines, "/3").Click("Take it as a gap")
	ines.See("Taken up as a gap.")
	s.strike()
	for _, d := range s.devices {
		s.at(d, "/4").Click("input[name=kind][value=avoidable]")
		d.Click("That is my judgement")
	}
	s.strike()
	s.at(amal, "/4")
	s.picture(amal, "sort-390")
	amal.Click(".gap .btn.go")
	if amal.Gone("You agree."); s.review().Leg() == practice.LegSettle {
		s.strike()
	}
	s.picture(s.at(amal, "/change"), "change-390")
	s.picture(s.at(ines, "/change"), "change-1280")
	return s
}

// They meet for ten minutes over the change, and close. The record says both clocks.
func TestDays_andTenMinutes(t *testing.T) {
	s := untilChange(t)
	ines, amal := s.devices[0], s.devices[1]
	ines.Click("Meet for ten minutes")
	ines.See("left of")
	if r := s.review(); r.InWriting() || !r.MetAt.Equal(s.Clock.Now()) {
		t.Errorf("%+v", r)
	}
	if strings.Contains(s.at(amal, "/change").Text("main"), "Ten minutes together") {
		t.Error("they meet already")
	}
	s.changed(ines)
	s.named(amal)
	ines.Open(practice.SeatPath(s.Review.ID) + "/carry")
	ines.Click(`form[action$="/close"] button`)
	ines.Click("Close anyway")
	s.recorded("In writing and together: written alone after 21 hours, met after")
}

// The same three stay in writing: nobody meets, one person said yes, and at the last
// moment the review closes by itself.
func TestDays_inWritingToTheEnd(t *testing.T) {
	s := untilChange(t)
	s.changed(s.devices[0])
	s.strike()
	s.named(s.devices[1])
	s.devices[0].Open("/f/1")
	s.picture(s.devices[0], "days-end-1280")
	s.strike()
	if r := s.review(); r.Phase != practice.PhaseClosed || !r.MetAt.IsZero() {
		t.Fatalf("at its last moment it is at %s, met %s", r.Phase, r.MetAt)
	}
	s.recorded("In writing: written alone after 21 hours, not met.")
}

// changed puts the first line of a new page in place.
func (s *days) changed(d *debrieftest.Device) {
	s.Helper()
	s.at(d, "/change")
	d.Type("Its name", "Loading the van")
	d.Type("The first step", "Unlock the gate the evening before.")
	d.Click(".btn.go")
	d.See("In place")
	d.Click("Next: who carries it")
	d.See("Who carries this")
}

// named has one person say yes aloud.
func (s *days) named(d *debrieftest.Device) {
	s.Helper()
	s.at(d, "/carry")
	d.Click("Person 1")
	d.Type("[name=act]", "unlocks the gate")
	d.Type("[name=moment]", "on the evening before")
	d.Click("They said yes aloud, and we heard it")
	d.Click("Name this person")
	d.See("said yes aloud")
}

// recorded wants the record to say after how long people wrote, and whether they met.
func (s *days) recorded(clocks string) {
	s.Helper()
	d := s.devices[0]
	d.Open("/f/1/record")
	d.See(clocks)
	d.See("unlocks the gate")
	d.Look("days-record")
}

// While everybody writes alone, whoever convenes calls it off and says why; what was
// written is gone, and everybody who was asked reads the reason.
func TestDays_calledOff(t *testing.T) {
	s := &days{T: t, Circle: webtest.NewCircle(t, web.New, 2)}
	for i := range s.People {
		d := debrieftest.NewDevice(t, s.URL, debrieftest.Phone)
		d.Forgive("/news")
		d.Cookie("session", string(rune('0'+i)))
		s.devices = append(s.devices, d)
	}
	ines, amal := s.devices[0], s.devices[1]
	ines.Open("/f/1/invite")
	ines.Click("input[name=meet][value=days]")
	ines.Click(".btn.go.big")
	ines.See("In writing: Write questions one and two, alone.")
	amal.Open("/f/1/room")
	amal.Click("I saw it")
	s.write(amal, "Fifty parcels by noon.", "The van stood at the gate.")
	ines.Open("/f/1")
	ines.Click("Call it off")
	ines.Type("Because", "Half of us are ill.")
	ines.Look("days-off")
	ines.Click("main details[open] button")
	ines.Gone("In writing:")
	amal.Open("/")
	amal.See("Reason: Half of us are ill.")
	amal.Look("days-off-told")
	if r := s.review(); r.Phase != practice.PhaseOff {
		t.Errorf("it is at %s", r.Phase)
	}
}
