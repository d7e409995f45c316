package room_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// leading asks the last of some people, who is not invited any more, to lead the room.
func leading(t *testing.T, people int, outside bool) *webtest.Circle {
	t.Helper()
	c := webtest.NewCircle(t, web.New, people)
	guide := c.People[people-1]
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.Uninvite(c.Review.ID, guide.Member); err != nil {
			return err
		}
		return tx.SaveGuide(practice.Guide{Review: c.Review.ID, Member: guide.Member, Outside: outside})
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// part asks for the live part of the guide's page, as its script does; news for what it
// listens to.
func part(t *testing.T, c *webtest.Circle, person, of string) (int, string) {
	t.Helper()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, c.URL+"/f/1/guide"+of, nil)
	r.Header.Set("X-Fragment", "main")
	if of != "" {
		r.Header.Set("Accept", "text/event-stream")
	}
	r.AddCookie(&http.Cookie{Name: "session", Value: person})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b strings.Builder
	if err := answer.Write(&b); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, b.String()
}

// The page that goes with a room is one person's; what stands before the room goes
// when it begins, and when it closes the page says so in its middle.
func TestGuided_goesWithTheRoom(t *testing.T) {
	c := leading(t, 3, true)
	if _, text := part(t, c, "0", ""); strings.Contains(text, "Before question one") || !strings.Contains(text, "You do not lead this one") {
		t.Errorf("somebody invited reads it: %s", text)
	}
	if b := c.Browser(0).Open("/f/1/guide/news"); b.Status != http.StatusNotFound {
		t.Errorf("somebody invited listens: %d", b.Status)
	}
	to := func(phase practice.Phase) {
		t.Helper()
		err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
			r, err := tx.Review(c.Review.ID)
			if err != nil {
				return err
			}
			was := r.Version
			r.Phase, r.StartedAt, r.Version = phase, tx.Now(), was+1
			return tx.SaveReview(r, was)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []struct {
		phase practice.Phase
		words string
		has   bool
	}{
		{"", "Before question one", true}, {"", "Nobody asks to talk", true}, {"", "Your note", true},
		{practice.PhaseIntended, "What did we intend to happen?", true}, {practice.PhaseIntended, "What did you notice then?", true},
		{practice.PhaseIntended, "Nobody asks to talk", false}, {practice.PhaseIntended, "I cannot lead it", false}, {practice.PhaseIntended, "Your note", true},
		{practice.PhaseClosed, "/f/1/record", true}, {practice.PhaseClosed, "Your note", false},
	} {
		if want.phase != "" {
			to(want.phase)
		}
		if code, text := part(t, c, "2", ""); strings.Contains(text, want.words) != want.has {
			t.Errorf("in %q it answers %d %s", want.phase, code, text)
		}
	}
}

// Whoever leads a room has no seat in it: its door leads them to their page. Somebody
// who is not invited stays before the door.
func TestPlace_leadsAGuideToTheirPage(t *testing.T) {
	c := leading(t, 4, true)
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.Uninvite(c.Review.ID, c.People[2].Member) })
	if err != nil {
		t.Fatal(err)
	}
	c.Browser(3).Open("/f/1/room").Sees("You lead this one", "Before question one")
	c.Browser(2).Open("/f/1/room").Sees("is for those who were there").Misses("You lead this one")
}

// What is refused is said beside the two buttons, and saying no leads away.
func TestGuided_isAnswered(t *testing.T) {
	c := leading(t, 3, false)
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		m, err := tx.Member(c.People[2].Member)
		if err != nil {
			return err
		}
		m.Leads = []practice.MemberID{c.People[1].Member}
		return tx.SaveMember(m)
	})
	if err != nil {
		t.Fatal(err)
	}
	kai := c.Browser(2)
	kai.Open("/f/1/guide").Sees("Would you lead this one?")
	kai.Send("/f/1/guide", "", "do", "outside").Sees("leads one of those invited.").Sees("Not me")
	kai.Send("/f/1/guide", "", "do", "no")
	if _, text := part(t, c, "2", ""); strings.Contains(text, "Would you lead") {
		t.Errorf("whoever said no reads it: %s", text)
	}
}

// Whoever did not say yes before the room began is asked no more, and hears nothing of it.
func TestGuided_saysItHasBegun(t *testing.T) {
	c := leading(t, 3, false)
	kai := c.Browser(2).Open("/f/1/guide").Sees("I was not part of this event")
	if !strings.Contains(kai.Page, "/f/1/guide/news") {
		t.Error("the page does not hear that it begins")
	}
	failure := c.Browser(0).Open("/f/1").Sees(c.People[2].Name + " is asked to lead it, and has not said yes.")
	putAt(c, practice.PhaseIntended)
	failure.Open("/f/1").Sees("Led by the script, together.").Misses("is asked to lead it")
	if _, text := part(t, c, "2", ""); !strings.Contains(text, "has begun.") || strings.Contains(text, "<form") {
		t.Errorf("the page that stayed open: %s", text)
	}
	if _, text := part(t, c, "2", "/news"); !strings.Contains(text, "data: *") {
		t.Errorf("it hears %s", text)
	}
	if kai.Open("/f/1/guide").Sees("has begun."); strings.Contains(kai.Page, "/f/1/guide/news") {
		t.Error("the page goes with the room")
	}
}

// Whoever led a room and may not read it any more is told so on the page they have open,
// and those in the room that nobody leads it; so they are when somebody is let go.
func TestGuided_isOver(t *testing.T) {
	for what, gone := range map[string]func(a *app.App, steward, kai practice.Actor, f practice.FailureID) error{
		"restricted": func(a *app.App, steward, _ practice.Actor, f practice.FailureID) error {
			_, err := a.RestrictFailure(t.Context(), steward, f, []practice.MemberID{steward.Member})
			return err
		},
		"let go": func(a *app.App, steward, kai practice.Actor, _ practice.FailureID) error {
			return a.LetGo(t.Context(), steward, kai.Member, nil)
		},
	} {
		c := leading(t, 3, true)
		seat := c.Sit(1)[0]
		putAt(c, practice.PhaseIntended)
		seat.Open(practice.SeatPath(c.Review.ID)).Misses("Nobody leads this")
		c.Browser(2).Open("/f/1/guide").Sees("You lead this one")
		failure := c.Browser(0).Open("/f/1").Sees(c.People[2].Name + " leads it, and was not part of it.")
		if err := gone(c.Web.App, c.People[0], c.People[2], c.Review.Failure); err != nil {
			t.Fatal(err)
		}
		seat.Open(seat.At).Sees("Nobody leads this from outside any more.")
		failure.Open("/f/1").Sees("Nobody leads this from outside any more.").Misses("leads it")
		if what == "let go" {
			continue // and let in nowhere
		}
		if _, text := part(t, c, "2", ""); !strings.Contains(text, "You do not lead this one any more.") || strings.Contains(text, "note-of-mine") || strings.Contains(text, "12 of 50") {
			t.Errorf("the page that stayed open: %s", text)
		}
		if _, text := part(t, c, "2", "/news"); !strings.Contains(text, "data: *") {
			t.Errorf("it hears %s", text)
		}
	}
}

// A guest asks to talk first like everybody who is invited, until the room begins or
// their link is taken back. Where the script leads there is nobody to ask.
func TestGuest_asksToTalkFirst(t *testing.T) {
	plain := webtest.NewCircle(t, web.New, 1)
	alone := linkOn(t, plain.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	plain.Browser(-1).Open(alone).Misses("Ask to talk first")

	c := leading(t, 3, true)
	kai := c.People[2].Name
	host := c.Browser(0).Open("/f/1/guests")
	link := linkOn(t, host.Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	c.Browser(2).Open("/f/1/guide").Sees("Nobody asks to talk with you first.")
	guest := c.Browser(-1).Open(link).Sees(kai + " leads it, and was not part of it")
	guest.Send(link+"/talk", "Ask to talk first", "do", "ask").Sees(kai + " is told that you ask to talk first.").Misses("12 of 50")
	c.Browser(2).Open("/f/1/guide").Sees("with you first Tariq")
	guest.Send(link+"/talk", "Take it back", "do", "back").Sees("Ask to talk first")
	c.Browser(2).Open("/f/1/guide").Misses("Tariq")
	guest.Send(link+"/talk", "Ask to talk first", "do", "ask")
	host.Open("/f/1/guests").Send("", "Take the link back")
	c.Browser(2).Open("/f/1/guide").Sees("Nobody asks to talk with you first.")

	link = linkOn(t, host.Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	guest = c.Browser(-1).Open(link)
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.Review.ID)
		if err != nil {
			return err
		}
		was := r.Version
		r.Phase, r.StartedAt, r.Version = practice.PhaseIntended, tx.Now(), was+1
		return tx.SaveReview(r, was)
	})
	if err != nil {
		t.Fatal(err)
	}
	guest.Send(link+"/talk", "Ask to talk first", "do", "ask").Sees("has begun")
	c.Browser(-1).Open(link).Misses("Ask to talk first")
}

// In writing nobody reads aloud, asks or comes to a moment: the page says what is true
// there, and whoever is asked says yes until the first answers open.
func TestGuided_inWriting(t *testing.T) {
	c := leading(t, 3, true)
	set := func(phase practice.Phase, begun time.Time) {
		t.Helper()
		err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
			r, err := tx.Review(c.Review.ID)
			if err != nil {
				return err
			}
			was := r.Version
			r.Form, r.Zone, r.Phase, r.StartedAt, r.Version, r.MeetAt = practice.FormDays, "Europe/Berlin", phase, begun, was+1, tx.Now().Add(time.Hour)
			r.PhaseEndsAt = r.MeetAt
			return tx.SaveReview(r, was)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for phase, says := range map[practice.Phase][]string{
		practice.PhaseArrive:   {"They write from", "Nobody reads this aloud.", "Before they read each other"},
		practice.PhaseIntended: {"They write until", "What is asked of them now: Write questions one and two, alone.", "Before they read each other"},
	} {
		set(phase, map[bool]time.Time{true: webtest.Noon}[phase != practice.PhaseArrive])
		b := c.Browser(2).Open("/f/1/guide").Sees(says...)
		b.Misses("You need not come to it", "Before you meet", "Read this aloud", "Then ask", "Write what you saw.")
	}
}
