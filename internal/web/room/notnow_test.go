package room_test

import (
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Three are asked before a room, one of them a guest; one says not now. At the moment all
// read the same words, whoever it was. Whoever is of the team has links to the ways on;
// for a guest they are words, because no page opens for them.
func TestNotNow_forEverybody(t *testing.T) {
	s := &days{T: t, Circle: webtest.NewCircle(t, web.New, 2)}
	err := s.Store.Update(t.Context(), func(tx *store.Tx) error {
		house, err := tx.Organisation()
		if err != nil {
			return err
		}
		house.Guardian = "Marguerite Oda, marguerite@x.example"
		r := s.Review
		r.MeetAt = s.Clock.Now().Add(time.Hour)
		if r, err = r.AskReady(false, s.Clock.Now()); err != nil {
			return err
		}
		r.Version++
		if err := tx.SaveOrganisation(house); err != nil {
			return err
		}
		return tx.SaveReview(r, s.Review.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
	guest, err := s.Web.App.InviteGuest(t.Context(), s.People[0], 1, "Tariq")
	if err != nil {
		t.Fatal(err)
	}
	addresses := []string{"/f/1/room", "/f/1/room", guest.Path()}
	for i, answer := range []string{"Go", "Not now", "Go"} {
		d := debrieftest.NewDevice(t, s.URL, debrieftest.Phone)
		d.Forgive("/news")
		if i < len(s.People) {
			d.Cookie("session", string(rune('0'+i)))
		}
		d.Open(addresses[i])
		d.See("So few are asked that the one word may tell who said it.")
		d.Click(answer)
		d.See("You said")
		d.See("So few are asked")
		d.Gone("Nobody sees who")
		s.devices = append(s.devices, d)
	}
	s.Clock.Pass(time.Hour - practice.ReadyAhead + time.Second)
	if err := s.Web.App.CloseReady(t.Context(), s.Review.ID); err != nil {
		t.Fatal(err)
	}
	for i, d := range s.devices {
		d.Open(addresses[i])
		for _, words := range []string{"Not now.", "Write alone", "Someone else leads it", "Without somebody with power", "Marguerite Oda", "Another time within 72 hours", "There is no \"open anyway\""} {
			d.See(words)
		}
		links := d.Evaluate(`[...document.querySelectorAll("main .plainlist a")].map((a) => a.getAttribute("href")).join(" ")`)
		want := "/f/1/invite#leads /f/1/invite mailto:marguerite@x.example /f/1/invite /f/1/invite"
		if i == len(s.People) {
			want = "mailto:marguerite@x.example"
		}
		if links != want {
			t.Errorf("the ways lead to %s, want %s", links, want)
		}
	}
	s.devices[0].Look("not-now")
	s.devices[2].Look("not-now-guest")
	s.devices[0].Dark(true)
	s.picture(s.devices[0], "not-now-dark")
}
