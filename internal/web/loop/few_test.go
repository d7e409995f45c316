package loop_test

import (
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// In a team of two or three nothing promises that what has no name is really
// without one, and nobody is told to choose among more people than there are.
func TestFew_isSaidWhereItCounts(t *testing.T) {
	const few, many = "unnamed is not really unnamed", "Five to eight is right"
	for people, said := range map[int][]string{2: {few}, 3: {few}, 4: nil, 6: {many}} {
		c := webtest.NewCircle(t, web.New, people)
		b := c.Browser(1).Open("/report").Sees("Leave my name off").Misses("together with others")
		if got := strings.Contains(b.Text(), few); got != (people <= 3) {
			t.Errorf("%d people choose whether to leave their names off, and are told so: %v", people, got)
		}
		at := hrefTo(b.Page, "/r/")
		b.Send("/report", "", "what", "Six lamps were out.", "when", "now", "stage", "after")
		invite := c.Browser(0).Open(strings.TrimSuffix(b.At, "/in") + "/invite")
		for _, words := range []string{few, many} {
			if n, want := strings.Count(invite.Text(), words), len(said); n > 1 || (n == 1) != (want == 1 && said[0] == words) {
				t.Errorf("%d people to choose from: %q is said %d times", people, words, n)
			}
		}
		stranger := c.Browser(-1).Open(at).Misses("Together with others", "together with others")
		if got := strings.Contains(stranger.Text(), few); got != (people <= 3) {
			t.Errorf("the form without a name of %d people says so: %v", people, got)
		}
	}
}

// hrefTo is the first link of a page to an address that begins so.
func hrefTo(page, start string) string {
	_, rest, _ := strings.Cut(page, `href="`+start)
	to, _, _ := strings.Cut(rest, `"`)
	return start + strings.ReplaceAll(to, "&amp;", "&")
}

// Whoever convenes is invited too, and hands it to somebody else, whom they
// choose.
func TestConvener_isThereAndHandsIt(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "Six lamps were out.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(b.At, "/in")
	convener := c.Browser(0).Open(at + "/invite")
	for i, ticked := range []bool{true, true, false} {
		if box := tagWith(convener.Page, `value="`+string(c.People[i].Member)+`"`); strings.Contains(box, "checked") != ticked {
			t.Errorf("person %d: %s", i, box)
		}
	}
	convener.Sees("convenes")
	page := convener.Open(at).Page
	_, list, _ := strings.Cut(page, `<select id="to"`)
	list, _, _ = strings.Cut(list, "</select>")
	if !strings.Contains(list, `<option value="">`) || strings.Contains(list, "selected") || strings.Contains(list, c.People[0].Name) || !strings.Contains(list, "Person 2") {
		t.Errorf("to whom it can be handed: %s", list)
	}
	convener.Send("/convener", "").Sees("Choose who takes it.")
	convener.Send("/convener", "", "convener", string(c.People[2].Member)).Sees("Person 2 convenes this one")
}

// tagWith is the tag of a page that has some text in it.
func tagWith(page, has string) string {
	before, after, _ := strings.Cut(page, has)
	end, _, _ := strings.Cut(after, ">")
	return before[strings.LastIndex(before, "<"):] + has + end + ">"
}
