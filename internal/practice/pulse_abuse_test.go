package practice

import (
	"fmt"
	"slices"
	"testing"
)

// sliced is what somebody makes out of a few by taking the team they know from the whole
// organisation: the marks of all others together, and how many these are.
func sliced(results []PulseCounted, team TeamID) (sum, people int) {
	var house, known PulseResult
	for _, r := range results {
		switch r.Team {
		case "":
			house = r.PulseResult
		case team:
			known = r.PulseResult
		}
	}
	if !house.Exact() || !known.Exact() {
		return 0, 0
	}
	return house.Count.Sum - known.Count.Sum, house.Count.Of() - known.Count.Of()
}

// Somebody who leads takes their own team from the whole, to read the few beside it. What
// is said leaves nothing to subtract; the control says everything, and gives the few away.
func TestPulseAbuse_subtractsATeamFromTheWhole(t *testing.T) {
	crew := append(times(15, dares), append(times(5, between), times(5, doesNot)...)...)
	for few := 1; few < PulseFew; few++ {
		boxes := []PulseBox{boxOf("crew", 30, crew...), boxOf("kiosk", 6, times(few, doesNot)...)}
		if sum, people := sliced(CountPulses(boxes), "crew"); people != 0 {
			t.Errorf("%d at the kiosk came to %d together", people, sum)
		}
		house := boxOf("", 36, slices.Concat(crew, boxes[1].Sheets)...)
		bare := []PulseCounted{boxes[0].say(true, len(crew)), house.say(true, len(house.Sheets))}
		if sum, people := sliced(bare, "crew"); people != few || sum != few*doesNot.Sum() {
			t.Errorf("the control: %d at the kiosk came to %d together", people, sum)
		}
	}
}

// Somebody who leads cuts a team in two, so that the part beside it is small. Whoever is
// in both halves is asked once, and a half that is too small is not asked at all; the
// control asks every half, and one of them is two people.
func TestPulseAbuse_cutsATeamSmall(t *testing.T) {
	var all []MemberID
	for n := range 14 {
		all = append(all, MemberID(fmt.Sprintf("m%02d", n)))
	}
	cuts := []Circle{{"all", all}, {"all but two", all[:12]}, {"the two", all[12:]}}
	smallest := func(asked []Circle) int {
		least := len(all)
		for _, c := range asked {
			least = min(least, len(c.People))
		}
		return least
	}
	asked := AskOnce(cuts)
	seen := map[MemberID]int{}
	for _, c := range asked {
		for _, m := range c.People {
			seen[m]++
		}
	}
	for m, n := range seen {
		if n > 1 {
			t.Errorf("%s is in %d slices", m, n)
		}
	}
	if smallest(asked) < PulseFew {
		t.Errorf("a slice of %d is asked", smallest(asked))
	}
	if smallest(cuts) != 2 {
		t.Error("the control has no slice that is too small")
	}
}

// Somebody who leads lets one person go and takes another on, and reads two quarters
// beside each other. They do not stand beside each other; the control reads them anyway,
// and knows by how much the two differ.
func TestPulseAbuse_changesOnePersonAndCompares(t *testing.T) {
	before := boxOf("crew", 25, append(times(15, dares), times(10, between)...)...)
	for changed := 1; changed <= 4; changed++ {
		after := boxOf("crew", 25, append(times(15-changed, dares), append(times(changed, doesNot), times(10, between)...)...)...)
		for n := range changed {
			after.Pulse.Asked[n] = MemberID(fmt.Sprint("newcomer", n))
		}
		first, second := CountPulses([]PulseBox{before})[0], CountPulses([]PulseBox{after})[0]
		if may := second.Compares(first.PulseResult, first.Who); may != (2*changed >= PulseFew) {
			t.Errorf("%d went and %d came: compared %v", changed, changed, may)
		}
		if less := first.Count.Sum - second.Count.Sum; changed == 1 && less != dares.Sum()-doesNot.Sum() {
			t.Errorf("the control: one other person makes %d", less)
		}
	}
}
