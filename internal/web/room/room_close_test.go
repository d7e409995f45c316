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
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// putAt puts the room where a test begins, with gaps in it.
func putAt(c *webtest.Circle, phase practice.Phase, gaps ...practice.Gap) {
	c.T.Helper()
	err := c.Store.Update(c.T.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.Review.ID)
		if err != nil {
			return err
		}
		was := r.Version
		r.Phase, r.StartedAt, r.EndsAt, r.Version = phase, tx.Now(), tx.Now().Add(r.Box), was+1
		for _, g := range gaps {
			g.ID, g.Review, g.Taken, g.Round = practice.GapID(tx.NewID("gap")), r.ID, true, 1
			if err := tx.AddGap(g); err != nil {
				return err
			}
		}
		return tx.SaveReview(r, was)
	})
	if err != nil {
		c.T.Fatal(err)
	}
}

// boxOn is the check box of a form as it stands on the page.
func boxOn(b *webtest.Plain, name string) (ticked bool) {
	b.T.Helper()
	at := strings.Index(b.Page, `type="checkbox" name="`+name+`"`)
	if at < 0 {
		b.T.Fatalf("no box %s at %s:\n%s", name, b.At, b.Text())
	}
	return strings.Contains(b.Page[at:at+strings.Index(b.Page[at:], ">")], " checked")
}

func TestHandover_everySeatTicksForItself(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	putAt(c, practice.PhaseCarry)
	c.Reload(all)
	a, b := all[0], all[1]
	a.Misses("A name stands in your words").Sees("What the team and shift leads, board get", "Only if everyone who came ticks this.").Send("/whole", "They may read the whole record too", "whole", "yes")
	if b.Open(b.At); !boxOn(a, "whole") || boxOn(b, "whole") {
		t.Errorf("ticked by one: the box is %v there and %v at the other's", boxOn(a, "whole"), boxOn(b, "whole"))
	}
	if a.Send("/whole", "They may read the whole record too"); boxOn(a, "whole") {
		t.Error("the tick cannot be taken back")
	}
}

// What a gap led to is seen by all before the close, and what led nowhere yet
// holds the close up.
func TestHandover_showsWhatIsInPlace(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0]
	gap := practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable}
	routed := gap
	routed.Actual, routed.Route = "thirteen", practice.Route{Kind: practice.RouteNothing, Why: "it was the weather"}
	putAt(c, practice.PhaseCarry, routed, gap)
	a.Open("/seat/"+string(c.Review.ID)).Sees("What is already in place", "Nothing to change, because it was the weather", "Not yet in place", "Gap 2: in the yard")
	a.Send("/carry", "act", "who", string(c.People[0].Member), "act", "say what we looked at", "moment", "on Saturday")
	a.Send("/close", "Close the").Sees("One gap has changed nothing yet.").Open(hrefOf(a, "/change")).Sees("twelve")
	a.Send("/other", "Leave it as it is", "do", "nothing", "why", "it was the wind")
	a.Open("/seat/" + string(c.Review.ID)).Sees("because it was the wind").Misses("Not yet in place")
	a.Open(hrefOf(a, "/change/")).Send("/other", "Undo", "do", "undo")
	a.Open("/seat/" + string(c.Review.ID)).Sees("Not yet in place")
}

// A gap begins with what was agreed to questions one and two, and only where they
// parted is asked. Whoever has nothing to add need not empty those fields first.
func TestQuestion_gapBeginsWithWhatWasAgreed(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	putAt(c, practice.PhaseIntended)
	c.Reload(all)
	meant, went := "Fifty parcels by noon.", "Sixty parcels at two."
	for q, text := range map[string]string{"1": meant, "2": went} {
		if err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
			phase := practice.Questions()[frame.Number(q)-1]
			return tx.SaveText(practice.AgreedText{Review: c.Review.ID, Phase: phase, Text: text, Version: 1}, 0)
		}); err != nil {
			t.Fatal(err)
		}
	}
	putAt(c, practice.PhaseGap)
	c.Reload(all)
	a := all[0].Open(all[0].At).Sees("A gap needs all three. The first two begin with what you agreed")
	for _, text := range []string{meant, went} {
		if !strings.Contains(a.Page, ">\n"+text+"</textarea>") {
			t.Errorf("no field begins with %q", text)
		}
	}
	a.Send("/3/answer", "I have written mine", "text", meant, "actual", went, "where", "at the gate").Sees("Yours is in.")
	b := all[1].Send("/3/answer", "I have nothing to add", "text", meant, "actual", "Sixty-one.", "where", "", "nothing", "yes").Sees("Words, or nothing to add: not both.")
	b.Send("/3/answer", "I have nothing to add", "text", meant, "actual", went, "where", "", "nothing", "yes").Sees("One had nothing to add.", "at the gate")
	if n := strings.Count(b.Page, `<dd class="voice">`); n != 1 {
		t.Errorf("what was agreed stands in the answer once more: %d parts", n)
	}
}

// A room that found no gap says why nothing changes, may think again, and closes
// with somebody who carries that.
func TestQuestion_withoutAGap(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0]
	a.Open(a.At).Send("/move", "Begin with question one")
	for _, q := range []string{"1", "2"} {
		a.Send("/"+q+"/answer", "I have written mine", "text", "Fifty parcels.")
		a.Open(a.At).Send("/"+q+"/text", "I stand behind it", "text", "Fifty parcels.", "stand", "yes").Send("/move", "Next:")
	}
	a.Send("/3/answer", "I have written mine", "text", "fifty", "actual", "fifty", "where", "nowhere")
	a.Open(a.At).Sees("No gap? Then what was surprising?", "Nothing to change, because")
	a.Send("/no-gap", "Go on without a gap", "why", " ").Sees("Why does nothing change?")
	a.Send("/no-gap", "Go on without a gap", "why", "it was the weather").Sees("Nothing to change, because it was the weather")
	a.Send("/no-gap", "Back to question three").Sees("No gap? Then what was surprising?")
	a.Send("/no-gap", "Go on without a gap", "why", "it was the weather").Misses("Not yet in place")
	a.Send("/carry", "act", "who", string(c.People[0].Member), "act", "say what we looked at", "moment", "on Saturday", "aloud", "yes")
	a.Send("/close", "Close the")
	why := "There was no gap. Nothing changes, because it was the weather"
	record := c.Browser(0).Open("/f/1/record").Sees(why)
	answer, err := record.Client.Get(record.At + ".md")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(text), why) {
		t.Errorf("the text: %v\n%s", err, text)
	}
}

// Whose yes somebody else ticked says so: in the room, on their own page before the
// close, and after it. The record says whose word it was.
func TestHandover_iDidNotSayYes(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	putAt(c, practice.PhaseCarry, practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable,
		Route: practice.Route{Kind: practice.RouteNothing, Why: "it was the weather"}})
	c.Reload(all)
	a, b := all[0], all[1]
	aloud := func() string {
		t.Helper()
		a.Open(a.At).Send("/carry", "Name this person", "who", string(c.People[1].Member), "act", "say what we looked at", "moment", "on Saturday", "aloud", "yes").Sees("said yes aloud")
		var carry practice.Carry
		if err := c.Store.View(t.Context(), func(tx *store.Tx) (err error) { carry, err = tx.CarryOf(c.Review.ID); return err }); err != nil {
			t.Fatal(err)
		}
		return practice.CarryPath(carry.ID)
	}
	own := aloud()
	b.Open(b.At).Send("/carry", "They did not say yes", "unsay", "yes").Sees("has not said yes").Misses("They did not say yes")
	aloud()
	c.Browser(0).Open(own).Sees("said yes aloud").Misses("I did not say yes")
	c.Browser(1).Open(own).Send(own, "I did not say yes", "do", "unsay").Sees("I say yes", "Not me").Misses("said yes aloud")
	a.Open(a.At).Sees("has not said yes")
	aloud()
	a.Open(a.At).Send("/close", "Close the").Send("/close", "Close anyway", "anyway", "yes")
	c.Browser(0).Open("/f/1/record").Sees("Said yes aloud, the room heard it")
	one := c.Browser(1).Open("/")
	one.Sees("says that it heard you say yes")
	one.Open(own).Send(own, "I did not say yes", "do", "unsay").Sees("does not carry it").Misses("said yes aloud")
	c.Browser(0).Open("/").Sees("did not say yes. Choose someone else")
	c.Browser(0).Open("/f/1/record").Misses("aloud")
}

// hrefOf is the first link of a page into some address.
func hrefOf(b *webtest.Plain, to string) string {
	b.T.Helper()
	m := regexp.MustCompile(`href="([^"]*` + regexp.QuoteMeta(to) + `[^"]*)"`).FindStringSubmatch(b.Page)
	if m == nil {
		b.T.Fatalf("no link to %s at %s:\n%s", to, b.At, b.Text())
	}
	return m[1]
}

func TestSorting_handsForgottenKeepTheSmallForm(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	putAt(c, practice.PhaseSort, practice.Gap{Intended: "Fifty", Actual: "Sixty", Where: "The door"})
	c.Reload(all)
	for i, could := range []practice.Could{practice.CouldNobody, practice.CouldOthers} {
		all[i].Send("/judge", "needs", "kind", "inherent", "could", string(could), "needs", "Another hall")
	}
	a := all[0].Open(all[0].At)
	if strings.Contains(a.Page, "/4/reveal") {
		a.Send("/4/reveal", "")
	}
	a.Sees("You agree.").Send("/settle", "You agree.", "do", "settle", "needs", "A longer table")
	a.Sees("You agree.", "In whose hands is that?").Misses("Split it in two")
	if !strings.Contains(a.Page, `value="A longer table"`) || !strings.Contains(a.Page, `id="summary"`) {
		t.Errorf("%d, without what was typed or what is wrong:\n%s", a.Status, a.Text())
	}
}

// Whoever would go on before every gap is sorted reads so on the same page, and
// no time is said to be over while this seat has a gap to judge.
func TestSorting_waitsOnItsOwnPage(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	putAt(c, practice.PhaseSort, practice.Gap{Intended: "Fifty", Actual: "Sixty", Where: "The door"}, practice.Gap{Intended: "Ten", Actual: "Nine", Where: "The yard"})
	c.Reload(all)
	c.Clock.Pass(5 * time.Minute)
	all[0].Send("/judge", "That is my judgement", "kind", "avoidable").Sees("Gap 2 of 2", "Opens for all as soon as one of you has judged every gap.").Misses("The time is over", "at the latest", "when everyone has")
	all[0].Send("/judge", "That is my judgement", "kind", "avoidable")
	for range 2 {
		all[1].Send("/judge", "That is my judgement", "kind", "avoidable")
	}
	a := all[1].Open(all[1].At).Sees("You agree.", "Waits until every gap is sorted. Gap 1")
	if !strings.Contains(a.Page, " disabled>Next: change it") {
		t.Error("it may go on with gaps that are not sorted")
	}
	a.Send("/move", "Next: change it").Sees("2 gaps are not sorted yet.", "You agree.")
}

// What all said alone about an inherent gap is not asked again when it is kept;
// what they said differently is.
func TestSorting_handsAreAskedOnce(t *testing.T) {
	for _, c := range []struct {
		second practice.Could
		stands bool
	}{{practice.CouldNobody, true}, {practice.CouldOthers, false}} {
		circle := webtest.NewCircle(t, web.New, 2)
		all := circle.Sit(2)
		putAt(circle, practice.PhaseSort, practice.Gap{Intended: "Fifty", Actual: "Sixty", Where: "The door"})
		circle.Reload(all)
		all[0].Send("/judge", "needs", "kind", "inherent", "could", string(practice.CouldNobody), "needs", "Another hall")
		all[1].Send("/judge", "needs", "kind", "inherent", "could", string(c.second), "needs", "Another hall")
		a := all[0].Open(all[0].At)
		if strings.Contains(a.Page, "/4/reveal") {
			a.Send("/4/reveal", "")
		}
		a.Sees("You agree.")
		if asked := strings.Contains(a.Page, `type="radio" name="could" value="`+string(practice.CouldNobody)+`"`) &&
			!strings.Contains(a.Page, `type="hidden" name="could" value="`+string(practice.CouldNobody)+`"`); asked == c.stands {
			t.Errorf("%s and %s: asked again is %t", practice.CouldNobody, c.second, asked)
		}
		if !c.stands {
			continue
		}
		a.Send("/settle", "Next: change it", "do", "settle", "needs", "Another hall").Sees("Every plan starts from it")
	}
}

// A team that is to carry it is refused with names to tap, and nothing is red.
func TestHandover_aTeamIsRefusedWithNames(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0]
	putAt(c, practice.PhaseCarry)
	a.Open("/seat/"+string(c.Review.ID)).Send("/carry", "", "carrier", "the team", "act", "Count the bags", "moment", "Before Saturday")
	a.Sees("A team cannot carry this. One person can.", "When everyone owns it")
	if !strings.Contains(a.Page, `class="refusal mb5"`) || strings.Contains(a.Page, `class="summary"`) {
		t.Error("the refusal is shown as a slip of the pen")
	}
	name := regexp.MustCompile(`<button class="btn" form="carry" name="pick" value="([^"]+)">`).FindStringSubmatch(a.Page)
	if name == nil {
		t.Fatalf("nobody is offered:\n%s", a.Text())
	}
	a.Send("/carry", "", "pick", name[1]).Sees("Count the bags", "Before Saturday", "Name somebody else")
}

// Whoever has no account has no page to say yes on.
func TestHandover_aGuestSaysYesByALink(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	a := c.Sit(1)[0]
	putAt(c, practice.PhaseCarry)
	a.Open("/seat/"+string(c.Review.ID)).Send("/carry", "", "carrier", "Tariq", "act", "Count the bags", "moment", "Before Saturday")
	a.Sees("Nobody here is called Tariq", "Now page")
	a.Send("/carry", "", "guest", "yes").Sees("Tariq was asked", "by a link that you pass on").Misses("Now page")
	a.Send("/carry", "", "carrier", "Person 1", "guest", "").Sees("Person 1 was asked", "Now page")
}

// Whoever comes back to a room that is over, with a seat or without, reads so in
// the words of its team.
func TestClosedRoom_speaksTheWordsOfItsTeam(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Sit(1)[0]
	putAt(c, practice.PhaseClosed)
	for _, at := range []string{"/1", "/4", "/arrive"} {
		b.Open(practice.SeatPath(c.Review.ID) + at).Sees("This debrief is closed.").Misses("review")
	}
	c.Browser(-1).Open(practice.SeatPath(c.Review.ID)+"/1").Sees("This debrief is closed.", "Read the record").Misses("Back to the")
}
