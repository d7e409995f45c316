package measure_test

import (
	"math/rand/v2"
	"testing"

	"debrief/internal/measure"
)

// mostFalse is how often a year a team may be told that its reviews are hollow where
// one in four changes nothing.
const mostFalse = 1

// tried lets teams live as the rule says, or with another number in its place.
func tried(c measure.Circle, sure float64) measure.Tried {
	return measure.Simulate(c, 200, 3, sure, rand.New(rand.NewPCG(7, 7)))
}

func TestAlarm_tellsHealthyTeamsOnceAYearAtMost(t *testing.T) {
	loudest := 0.0
	for _, c := range measure.Circles(0.25) {
		_, may := tried(c, measure.HollowSure).PerYear()
		if may.High > mostFalse {
			t.Errorf("%s: told up to %.2f times a year", c.Name, may.High)
		}
		_, may = tried(c, 0.5).PerYear()
		loudest = max(loudest, may.Low)
	}
	if loudest <= mostFalse {
		t.Errorf("a rule that speaks at 0.5 tells teams %.2f times a year: this test would not notice", loudest)
	}
}

func TestAlarm_findsHollowTeams(t *testing.T) {
	for _, c := range measure.Circles(0.75) {
		found := tried(c, measure.HollowSure)
		if n := found.After(50); n == 0 || n > measure.HollowLast {
			t.Errorf("%s: half of the hollow teams are told after %d reviews, of %d that were told at all", c.Name, n, len(found.First))
		}
		if deaf := tried(c, 0.9999); deaf.After(50) != 0 {
			t.Errorf("%s: a rule that is nearly deaf finds them too", c.Name)
		}
	}
}

func TestSimulate_isTheSameEachTime(t *testing.T) {
	c := measure.Circles(0.5)[1]
	once, _ := tried(c, measure.HollowSure).PerYear()
	again, _ := tried(c, measure.HollowSure).PerYear()
	if once != again {
		t.Errorf("the same seed said %v and then %v", once, again)
	}
}

func TestAlarmed_risesOnceAnEpisode(t *testing.T) {
	for _, tt := range []struct {
		stood bool
		share measure.Share
		want  bool
	}{
		{false, measure.Share{K: 3, N: 3}, false}, // too few
		{false, measure.Share{K: 3, N: 4}, true},
		{false, measure.Share{K: 4, N: 6}, false},
		{true, measure.Share{K: 4, N: 6}, true},
		{false, measure.Share{K: 6, N: 10}, false},
		{true, measure.Share{K: 6, N: 10}, true},
		{true, measure.Share{K: 5, N: 10}, false}, // as many changed something
		{true, measure.Share{K: 3, N: 3}, false},  // and too few to say anything
		{false, measure.Share{K: 7, N: 10}, true},
	} {
		if got := measure.Alarmed(tt.stood, tt.share); got != tt.want {
			t.Errorf("%d of %d, stood before %v: %v", tt.share.K, tt.share.N, tt.stood, got)
		}
	}
}
