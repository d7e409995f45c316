package web

import (
	"regexp"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// putAt puts the room where a test begins, with gaps in it.
func putAt(c *circle, phase practice.Phase, gaps ...practice.Gap) {
	c.t.Helper()
	err := c.store.Update(c.t.Context(), func(tx *store.Tx) error {
		r, err := tx.Review(c.review.ID)
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
		c.t.Fatal(err)
	}
}

// boxOn is the check box of a form as it stands on the page.
func boxOn(b *plain, name string) (ticked bool) {
	b.t.Helper()
	at := strings.Index(b.page, `type="checkbox" name="`+name+`"`)
	if at < 0 {
		b.t.Fatalf("no box %s at %s:\n%s", name, b.at, b.text())
	}
	return strings.Contains(b.page[at:at+strings.Index(b.page[at:], ">")], " checked")
}

func TestHandover_everySeatTicksForItself(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	putAt(c, practice.PhaseCarry)
	c.reload(all)
	a, b := all[0], all[1]
	a.misses("A name stands in your words").sees("What the team and shift leads, board get", "Only if everyone who came ticks this.").send("/whole", "They may read the whole record too", "whole", "yes")
	if b.open(b.at); !boxOn(a, "whole") || boxOn(b, "whole") {
		t.Errorf("ticked by one: the box is %v there and %v at the other's", boxOn(a, "whole"), boxOn(b, "whole"))
	}
	if a.send("/whole", "They may read the whole record too"); boxOn(a, "whole") {
		t.Error("the tick cannot be taken back")
	}
}

// What a gap led to is seen by all before the close, and what led nowhere yet
// holds the close up.
func TestHandover_showsWhatIsInPlace(t *testing.T) {
	c := newCircle(t, 1)
	a := c.sit(1)[0]
	gap := practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable}
	routed := gap
	routed.Actual, routed.Route = "thirteen", practice.Route{Kind: practice.RouteNothing, Why: "it was the weather"}
	putAt(c, practice.PhaseCarry, routed, gap)
	a.open("/seat/"+string(c.review.ID)).sees("What is already in place", "Nothing to change, because it was the weather", "Not yet in place", "Gap 2: twelve")
	a.send("/close", "Close the").sees("One gap has changed nothing yet.").open(hrefOf(a, "/change")).sees("twelve")
	a.send("/other", "Leave it as it is", "do", "nothing", "why", "it was the wind")
	a.open("/seat/" + string(c.review.ID)).sees("because it was the wind").misses("Not yet in place")
	a.open(hrefOf(a, "/change/")).send("/other", "Undo", "do", "undo")
	a.open("/seat/" + string(c.review.ID)).sees("Not yet in place")
}

// hrefOf is the first link of a page into some address.
func hrefOf(b *plain, to string) string {
	b.t.Helper()
	m := regexp.MustCompile(`href="([^"]*` + regexp.QuoteMeta(to) + `[^"]*)"`).FindStringSubmatch(b.page)
	if m == nil {
		b.t.Fatalf("no link to %s at %s:\n%s", to, b.at, b.text())
	}
	return m[1]
}

func TestSorting_handsForgottenKeepTheSmallForm(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	putAt(c, practice.PhaseSort, practice.Gap{Intended: "Fifty", Actual: "Sixty", Where: "The door"})
	c.reload(all)
	for _, b := range all {
		b.send("/judge", "needs", "kind", "inherent", "could", string(practice.CouldNobody), "needs", "Another hall")
	}
	a := all[0].open(all[0].at)
	if strings.Contains(a.page, "/4/reveal") {
		a.send("/4/reveal", "")
	}
	a.sees("You agree.").send("/settle", "You agree.", "do", "settle", "needs", "A longer table")
	a.sees("You agree.", "In whose hands is that?").misses("Split it in two")
	if !strings.Contains(a.page, `value="A longer table"`) || !strings.Contains(a.page, `id="summary"`) {
		t.Errorf("%d, without what was typed or what is wrong:\n%s", a.status, a.text())
	}
}
