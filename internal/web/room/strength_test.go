package room_test

import (
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// What only asks people to take care is asked about, and so is one more graph; both are
// put in place all the same. What removes the trouble itself is asked nothing.
func TestChange_weakIsAskedAndPutInPlace(t *testing.T) {
	const easier, shows = "Can we make it easier instead?", "What will someone do differently when they see it?"
	for _, c := range []struct {
		line, strength string
		asked, not     string
	}{
		{"All drivers are told again to look.", "exhorts", easier, shows},
		{"Add a graph of the queue.", "eases", shows, "nothing else"},
		{"The gate shuts by itself.", "removes", "", easier},
	} {
		circle := webtest.NewCircle(t, web.New, 1)
		b, _ := roomAtChange(circle, twoLists, practice.Avoidable)
		b.Send("/elsewhere", "", "link", "https://depot.example/1", "text", c.line, "strength", c.strength)
		b.Sees("In place", c.line, c.asked).Misses(c.not)
	}
}

// A list of twenty lines asks which one goes, where one is added, and takes it; a shorter
// one asks nothing.
func TestChange_longListAsksAndTakesOneMore(t *testing.T) {
	for lines, asks := range map[int]bool{practice.LongList - 1: false, practice.LongList: true} {
		circle := webtest.NewCircle(t, web.New, 1)
		b, seat := roomAtChange(circle, []string{"# Loading\n\n" + strings.Repeat("- [ ] Look at a box\n", lines)}, practice.Avoidable)
		e, err := circle.Web.Rooms.Embedding(t.Context(), seat, "")
		if err != nil {
			t.Fatal(err)
		}
		last := e.Procedures[0].Steps[lines-1].ID
		b.Open(circle.URL + practice.SeatPath(circle.Review.ID) + "/change/" + string(e.Gap.ID) + "?behind=" + string(last))
		if got := strings.Contains(b.Text(), "Which line goes?"); got != asks {
			t.Errorf("%d lines: asked is %v", lines, got)
		}
		b.Send("/step", "", "text", "Count the boxes", "strength", "eases").Sees("In place", "Count the boxes")
	}
}
