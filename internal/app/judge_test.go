package app

import (
	"fmt"
	"testing"

	"debrief/internal/language"
	"debrief/internal/measure"
	"debrief/internal/practice"
)

// Agreed texts are read by the phrases of the program and by the team's own, as far back
// as they are measured.
func TestReadings_judgeWhatWasAgreed(t *testing.T) {
	a := &App{phrases: language.English()}
	trail := practice.Trail{People: 5, Team: practice.Team{Phrases: "[concrete]\nfrobnitz"}}
	for i := range measure.BareReviews + 1 {
		trail.Gaps = append(trail.Gaps, practice.TrailGap{Review: practice.ReviewID(fmt.Sprint("rev_", i)), Text: "It went badly.\nEverywhere"})
	}
	last := len(trail.Gaps) - 1
	trail.Gaps[last].Text = "Nobody saw the frobnitz.\nEarly on"
	trail.Gaps[last-1].Text = "It went badly.\nAt 10:40"
	if all := a.readings(&trail); len(all) != len(measure.Names()) {
		t.Errorf("%d readings", len(all))
	}
	for i, want := range []bool{false, true, true, true, true, true, true, false, false} {
		if trail.Gaps[i].Bare != want {
			t.Errorf("%q, %d before the last: %t", trail.Gaps[i].Text, last-i, trail.Gaps[i].Bare)
		}
	}
	trail.Team.Phrases, trail.Gaps[last].Bare = "", false
	if a.readings(&trail); !trail.Gaps[last].Bare {
		t.Error("without its own list a team's word names something")
	}
}
