package loop_test

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

var mainButton = regexp.MustCompile(`class="btn[^"]*\bgo\b[^"]*"`)

// Whoever comes to the start page finds one main button where something waits for
// them, and reads who is next where it does not.
func TestNow_hasOneMainButton(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	one := func(who int, has string) *webtest.Plain {
		t.Helper()
		b := c.Browser(who).Open("/").Sees(has)
		if all := mainButton.FindAllString(mainOf(b.Page), -1); len(all) != 1 {
			t.Errorf("person %d has the main buttons %q", who, all)
		}
		return b
	}
	none := func(who int, has ...string) {
		t.Helper()
		b := c.Browser(who).Open("/").Sees(has...).Misses("Decide")
		if mainButton.MatchString(mainOf(b.Page)) {
			t.Errorf("person %d is asked for what is not theirs", who)
		}
	}
	reporter := c.Browser(1).Open("/report").Send("/report", "", "what", "Six lamps were out.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(reporter.At, "/in")
	one(2, "nobody convenes it yet").Sees("One thing waits for you.", "Decide", "Six lamps were out")
	reporter.Open(at).Send("/convener", "", "convener", string(c.People[2].Member))
	one(2, "you convene this one")
	none(1, "Nothing is waiting for you.", "Person 2 decides next", "Six lamps were out")
}

// Several reviews are not all at the time of the first.
func TestNow_severalBeginWithTheFirst(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	call := func(what string) {
		t.Helper()
		b := c.Browser(0).Open("/report").Send("/report", "", "what", what, "when", "now", "stage", "after")
		b.Open(strings.TrimSuffix(b.At, "/in")+"/invite").Send("/invite", "", "meet", "now", "form", "live", "box", "25", "people", string(c.People[1].Member))
	}
	call("Six lamps were out.")
	c.Browser(0).Open("/").Sees("One review at ").Misses("the first")
	call("The lift key was gone.")
	c.Browser(0).Open("/").Sees("Two reviews, the first ")
}

// A report that people tied to one whose review is called goes with it, on the
// start page and on its own. Undone, it waits again.
func TestNow_tiedGoesAlong(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	a := app.New(app.Options{Store: c.Store})
	called, err := a.TriageFailure(t.Context(), c.People[0], c.Review.Failure, app.Triage{Decision: practice.TriageSignificant, Triggers: []string{"x"}})
	if err != nil {
		t.Fatal(err)
	}
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "The lamps were out again.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(b.At, "/in")
	b.Sees("take it back until the")
	b.Open("/").Sees("Decide")
	again, err := a.Failure(t.Context(), c.People[1], called.Number+1)
	if err != nil {
		t.Fatal(err)
	}
	tie, err := a.TieFailures(t.Context(), c.People[1], again.ID, called.ID, practice.TieSame)
	if err != nil {
		t.Fatal(err)
	}
	with := "goes with F-" + strconv.Itoa(called.Number)
	b.Open("/").Sees("The lamps were out again", "goes with it").Misses("Decide")
	b.Open(at + "/in").Sees("take it back").Misses("take it back until")
	b.Open(at).Sees(with, "Nobody has to decide twice", "take it back").Misses("take it back until", "Does it need half an hour together?", "nobody convenes it yet")
	b.Send("/untie", "", "tie", string(tie.ID), "back", "page").Misses(with).Sees("Does it need half an hour together?")
	b.Open("/").Sees("Decide").Misses("goes with it")
}

// Once that review is closed, the report that went along says so, with what changed
// and the way to the record, and its reporter's start page names both. Undone, it
// waits again.
func TestFailure_reviewedWithAnother(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	a := app.New(app.Options{Store: c.Store})
	b := c.Browser(1).Open("/report").Send("/report", "", "what", "The lamps were out again.", "when", "now", "stage", "after")
	at := strings.TrimSuffix(b.At, "/in")
	again, err := a.Failure(t.Context(), c.People[1], 2)
	if err != nil {
		t.Fatal(err)
	}
	tie, err := a.TieFailures(t.Context(), c.People[1], again.ID, c.Review.Failure, practice.TieSame)
	if err != nil {
		t.Fatal(err)
	}
	b.Open(at).Sees("goes with F-1", "Add the fact").Misses("reviewed with", "One lock at the door")
	err = c.Store.Update(t.Context(), func(tx *store.Tx) error {
		f, err := tx.Failure(c.Review.Failure)
		if err != nil {
			return err
		}
		f.Triage, f.Standing = practice.TriageSignificant, practice.Changed
		r := c.Review
		r.Phase, r.StartedAt, r.ClosedAt = practice.PhaseClosed, tx.Now(), tx.Now().Add(time.Hour)
		guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: f.Team, Link: "https://elsewhere.example", Text: "One lock at the door", At: tx.Now()}
		gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "on", Actual: "out", Where: "door", Taken: true, Verdict: practice.Avoidable,
			Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}
		return errors.Join(tx.SaveFailure(f), tx.SaveReview(r, r.Version), tx.AddSafeguard(guard), tx.AddGap(gap),
			tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Safeguard: guard.ID, Failure: f.ID, Gap: gap.ID, At: tx.Now()}))
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Open(at).Sees("reviewed with F-1", "One lock at the door", "Record of F-1").Misses("goes with F-1", "Add the fact")
	if !strings.Contains(b.Page, `href="/f/1/record"`) {
		t.Error("no way to the record")
	}
	b.Open("/").Sees("Because you spoke up", "Your report F-2, reviewed with F-1, changed something elsewhere").Misses("Decide")
	b.Open("/f/1/record").Sees("Also reported as F-2")
	b.Open(at).Send("/untie", "", "tie", string(tie.ID), "back", "page").Misses("reviewed with", "One lock at the door").Sees("Does it need half an hour together?")
	b.Open("/").Sees("Decide").Misses("Because you spoke up")
}

func mainOf(page string) string {
	_, rest, _ := strings.Cut(page, "<main")
	main, _, _ := strings.Cut(rest, "</main>")
	return main
}
