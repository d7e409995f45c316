package room_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// asksReady puts the question to the people of a circle, until a quarter of an hour before
// they meet in an hour.
func asksReady(t *testing.T, c *webtest.Circle) {
	t.Helper()
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		r := c.Review
		r.MeetAt = c.Clock.Now().Add(time.Hour)
		r, err := r.AskReady(false, c.Clock.Now())
		if err != nil {
			return err
		}
		r.Version++
		return tx.SaveReview(r, c.Review.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// While people are asked nobody is offered to begin. Whoever tries all the same reads
// why not, as long as it is so, whatever news comes in.
func TestReady_nobodyIsOfferedToBegin(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Sit(2)[0]
	asksReady(t, c)
	at := practice.SeatPath(c.Review.ID) + "/arrive"
	const offered, why = "Begin with question one", "The room opens when that is known"
	b.Sees(offered).Send("/move", "", "version", strconv.Itoa(c.Review.Version+1)).Sees(why).Misses(offered)
	if !strings.Contains(b.Page, `data-src="`+at+`?tried"`) {
		t.Error("the next news takes the refusal away")
	}
	b.Open(at + "?tried").Sees(why)
	b.Open(at).Sees("Everyone invited is still asked", "Then any one of you can begin.").Misses(offered, why)
	c.Clock.Pass(time.Hour - practice.ReadyAhead)
	if err := c.Web.App.CloseReady(t.Context(), c.Review.ID); err != nil {
		t.Fatal(err)
	}
	b.Open(at+"?tried").Sees(offered).Misses(why, "still asked")
}

// slowLine serves pages, and what was said in a browser before only when it is told to.
func slowLine(t *testing.T, pages http.Handler) (string, chan<- struct{}) {
	tell := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Fragment") == "said" {
			<-tell
		}
		pages.ServeHTTP(w, r)
	}))
	t.Cleanup(s.CloseClientConnections)
	return s.URL, tell
}

// Three are asked before a room, one of them a guest; one says not now. At the moment all
// read the same words, whoever it was. Whoever is of the team has links to the ways on;
// for a guest they are words, because no page opens for them.
func TestNotNow_forEverybody(t *testing.T) {
	s := &days{T: t, Circle: webtest.NewCircle(t, web.New, 2)}
	asksReady(t, s.Circle)
	err := s.Store.Update(t.Context(), func(tx *store.Tx) error {
		house, err := tx.Organisation()
		if err != nil {
			return err
		}
		house.Guardian = "Marguerite Oda, marguerite@x.example"
		return tx.SaveOrganisation(house)
	})
	if err != nil {
		t.Fatal(err)
	}
	guest, err := s.Web.App.InviteGuest(t.Context(), s.People[0], 1, "Tariq")
	if err != nil {
		t.Fatal(err)
	}
	addresses := []string{"/f/1/room", "/f/1/room", guest.Path()}
	line, told := slowLine(t, s.Web)
	for i, answer := range []string{"Go", "Not now", "Go"} {
		d := debrieftest.NewDevice(t, s.URL, debrieftest.Phone)
		d.Forgive("/news")
		if i < len(s.People) {
			d.Cookie("session", string(rune('0'+i)))
		}
		d.Open(addresses[i])
		d.See("So few are asked that the one word may tell who said it.")
		d.Click(answer)
		d.See("You said: " + strings.ToLower(answer))
		d.Base = line
		d.Open(addresses[i])
		d.Evaluate(`window.tapped = document.querySelector("[name=answer]")`)
		told <- struct{}{}
		d.See("You said: " + strings.ToLower(answer))
		if d.Evaluate(`String(window.tapped.isConnected)`) != "true" {
			t.Error("a button goes away under the finger on it")
		}
		if got := d.Text("[aria-pressed=true]"); got != answer {
			t.Errorf("%q looks chosen, %q was said", got, answer)
		}
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
