package room_test

import (
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// linkOn is the signed link of that use on a page.
func linkOn(t *testing.T, page, use string) string {
	t.Helper()
	link := regexp.MustCompile(`/pass/` + use + `/[\w-]+`).FindString(page)
	if link == "" {
		t.Fatalf("no link for a %s:\n%s", use, page)
	}
	return link
}

// A guest takes a place by the link, sees no title before the room, and nothing
// else opens with it.
func TestGuest_takesAPlace(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	host := c.Browser(0).Open("/f/1/guests")
	host.Send("/guests", "Make their link", "name", "").Sees("Their name")
	link := linkOn(t, host.Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Sees("Tariq").Page, "seat")
	guest := c.Browser(-1).Open(link)
	guest.Sees("Your place, Tariq", "the running server could link a seat").Misses("12 of 50")
	guest.Send(link, "closeness", "closeness", "saw").Misses("12 of 50")
	guest.Send("/seat/"+string(c.Review.ID), "ticket").Sees("Your three words", "What we agree").Misses("last time's promise")
	member := c.Browser(0).Open("/f/1/room").Send("/f/1/room", "closeness", "closeness", "did")
	member.Send("/seat/"+string(c.Review.ID), "ticket").Sees("last time's promise")
	c.Browser(-1).Open(link).Sees("You took your place.")
	host.Open("/f/1/guests").Sees("Took their place.")
	for _, other := range []string{strings.Replace(link, "seat", "carry", 1), link[:len(link)-1] + "_", "/pass/seat/x"} {
		c.Browser(-1).Open(other).Sees("This link opens nothing any more.")
	}
}

// A guest who was there reads the record by the same link, once the room is closed,
// and nothing leads on from it. One who did not come reads nothing.
func TestGuest_readsTheRecord(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	host := c.Browser(0).Open("/f/1/guests")
	came := linkOn(t, host.Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	host.Send("/guests", "Make their link", "name", "Lena")
	missed := strings.Replace(host.Page, came, "", -1)
	missed = linkOn(t, missed, "seat")
	c.Browser(-1).Open(came).Sees("Three people or fewer").Send(came, "closeness", "closeness", "saw")
	c.Browser(-1).Open(came + "/record").Sees("Nothing stands at this address")
	closeRoom(t, c)
	read := c.Browser(-1).Open(came).Sees("It is over", "Read the record").Open(came+"/record").Sees("12 of 50", "Who may read it")
	if onward := regexp.MustCompile(`href="/(f|carry|p|c|e|search|report)\b[^"]*"`).FindString(read.Page); onward != "" {
		t.Errorf("a guest is led on to %s", onward)
	}
	c.Browser(-1).Open(missed).Sees("It is over").Misses("Read the record")
	c.Browser(-1).Open(missed + "/record").Sees("Nothing stands at this address").Misses("12 of 50")
}

// closeRoom writes the room of the circle as closed by its lead.
func closeRoom(t *testing.T, c *webtest.Circle) {
	t.Helper()
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.Review.ID)
		if err != nil {
			return err
		}
		r.Phase, r.StartedAt, r.ClosedAt = practice.PhaseClosed, tx.Now(), tx.Now()
		return tx.SaveReview(r, r.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A guest whose room is closed, by themselves or by another, is told that they read the
// record by their link, and is never led to a page of the team.
func TestGuest_sitsInAClosedRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	link := linkOn(t, c.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	seat := practice.SeatPath(c.Review.ID)
	guest := c.Browser(-1).Open(link).Send(link, "closeness", "closeness", "saw").Send(seat, "ticket")
	member := c.Browser(0).Open("/f/1/room").Send("/f/1/room", "closeness", "closeness", "did").Send(seat, "ticket")
	closeRoom(t, c)
	told := func() {
		t.Helper()
		if guest.Open(seat).Sees("debrief is closed", "by the link you came with"); strings.Contains(guest.Page, practice.RecordPath(1)) {
			t.Error("a guest is led to the record as a member")
		}
		member.Open(seat).Sees("Read the record").Misses("by the link you came with")
	}
	told()
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.SetSeats(c.Review.ID, nil) })
	if err != nil {
		t.Fatal(err)
	}
	told()
}

// A guest who closes the room is told the same, and not sent to the record as a member.
func TestGuest_closesTheRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	link := linkOn(t, c.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	seat := practice.SeatPath(c.Review.ID)
	guest := c.Browser(-1).Open(link).Send(link, "closeness", "closeness", "saw").Send(seat, "ticket")
	putAt(c, practice.PhaseCarry, practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable,
		Route: practice.Route{Kind: practice.RouteNothing, Why: "it was the weather"}})
	guest.Open(seat).Send("/carry", "act", "who", string(c.People[0].Member), "act", "say what we looked at", "moment", "on Saturday", "aloud", "yes")
	guest.Send("/close", "Close the").Send("/close", "Close anyway", "anyway", "yes").Sees("debrief is closed", "by the link you came with")
	if !strings.HasPrefix(guest.At, c.URL+seat) {
		t.Errorf("the guest is at %s", guest.At)
	}
}

// A guest who waited too long before the seat is told to open the link again, and not
// led to a page of the team.
func TestGuest_waitsTooLong(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	link := linkOn(t, c.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq").Page, "seat")
	guest := c.Browser(-1).Open(link).Send(link, "closeness", "closeness", "saw")
	c.Clock.Pass(practice.TicketLife + time.Second)
	guest.Send("/seat/"+string(c.Review.ID), "ticket").Sees("Open the link you were given again.").Misses("/f/1/room")
	again := c.Browser(-1).Open(link).Sees("You took your place.").Send(link, "closeness", "closeness", "saw")
	again.Send("/seat/"+string(c.Review.ID), "ticket").Sees("Your three words")
}

// A link that was taken back opens nothing.
func TestGuest_linkIsTakenBack(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	host := c.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq")
	link := linkOn(t, host.Page, "seat")
	host.Send("", "Take the link back").Misses("Tariq")
	c.Browser(-1).Open(link).Sees("This link opens nothing any more.")
}

// Who sits by a link that is taken back is out at once: their pages, the parts of
// them and their news say so, and nothing they send arrives.
func TestGuest_linkIsTakenBackInTheRoom(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	host := c.Browser(0).Open("/f/1/guests").Send("/guests", "Make their link", "name", "Tariq")
	link := linkOn(t, host.Page, "seat")
	seat := practice.SeatPath(c.Review.ID)
	guest := c.Browser(-1).Open(link).Send(link, "closeness", "closeness", "saw").Send(seat, "ticket").Sees("Your three words")
	host.Open("/f/1/guests").Sees("ends every seat that was taken by a link").Send("", "Take the link back").Sees("opens nothing any more").Misses("Tariq")
	guest.Open(seat + "/arrive").Sees("This seat has ended.").Misses("Your three words")
	news, err := guest.Client.Get(c.URL + seat + "/news")
	if err != nil {
		t.Fatal(err)
	}
	defer news.Body.Close()
	if said, err := io.ReadAll(news.Body); err != nil || !strings.Contains(string(said), "data: *") {
		t.Errorf("the news of a seat that ended: %q, %v", said, err)
	}
}

// A carrier without an account says yes by a link, and later that it is done.
func TestGuest_carries(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	carry := practice.Carry{Review: c.Review.ID, Failure: c.Review.Failure, Team: c.People[0].Teams[0], State: practice.CarryOffered,
		Moment: "Before Saturday", Act: "count the bags", DueAt: c.Clock.Now().Add(72 * time.Hour), NamedAt: c.Clock.Now()}
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		m, err := tx.Guest("Tariq")
		if err != nil {
			return err
		}
		carry.ID, carry.Carrier = practice.CarryID(tx.NewID("cry")), m.ID
		return tx.AddCarry(carry)
	})
	if err != nil {
		t.Fatal(err)
	}
	link := linkOn(t, c.Browser(0).Open(practice.CarryPath(carry.ID)).Send("/link", "A link for Tariq").Page, "carry")
	guest := c.Browser(-1).Open(link)
	guest.Sees("Tariq, ", "asks you to carry this").Misses("I did not say yes")
	heard := carry
	heard.State, heard.Witness = practice.CarryAccepted, true
	if err := c.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveCarry(heard, carry.State) }); err != nil {
		t.Fatal(err)
	}
	guest.Open(link).Sees("says that you said yes aloud").Send(link, "I did not say yes", "do", "unsay").Sees("asks you to carry this")
	guest.Send(link, "I say yes", "do", "yes").Sees("You said yes.")
	guest.Send(link, "Done", "do", "done", "proof", "").Sees("What shows it")
	guest.Send(link, "Done", "do", "done", "proof", "The bags were counted.").Sees("Nothing is asked of you any more.")
}
