package measure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Circle is a made-up team to try the alarm on: how often it meets about an avoidable
// gap, and how many of these reviews change nothing.
type Circle struct {
	Name      string
	Reviews   float64 // a year
	Months    int     // of a year in which all of them are
	CycleDays int
	Hollow    float64 // share that changes nothing
}

// Circles are those that are tried: each size with each share.
func Circles(shares ...float64) (all []Circle) {
	for _, c := range []Circle{
		{Name: "small", Reviews: 8, Months: 12, CycleDays: 14},
		{Name: "middle", Reviews: 24, Months: 12, CycleDays: 14},
		{Name: "large", Reviews: 96, Months: 12, CycleDays: 14},
		{Name: "seasonal", Reviews: 24, Months: 4, CycleDays: 7},
	} {
		for _, c.Hollow = range shares {
			all = append(all, c)
		}
	}
	return all
}

// Tried is what came of trying a rule on many teams of a kind.
type Tried struct {
	Circle
	Teams, Years int
	Alarms       []int // of each team
	First        []int // after how many reviews that count each team was told first; those that never were are left out
}

// Simulate lets teams of a kind live for some years, and asks the rule every day. sure
// is how probable it has to be that more than half change nothing.
func Simulate(c Circle, teams, years int, sure float64, random *rand.Rand) Tried {
	t := Tried{Circle: c, Teams: teams, Years: years}
	for range teams {
		alarms, first := c.live(years, sure, random)
		t.Alarms = append(t.Alarms, alarms)
		if first > 0 {
			t.First = append(t.First, first)
		}
	}
	return t
}

// held is a review that had an avoidable gap: on which day it closed, on which the next
// cycle began, and whether it changed nothing until then.
type held struct {
	closed, ripe int
	hollow       bool
}

// live is one team's years, in days: how often it was told, and after how many reviews
// first.
func (c Circle) live(years int, sure float64, random *rand.Rand) (alarms, first int) {
	var reviews []held
	stands, seen := false, Share{}
	for day := range years * 365 {
		if c.meets(day, random) {
			reviews = append(reviews, held{day, (day/c.CycleDays + 1) * c.CycleDays, random.Float64() < c.Hollow})
		}
		s, ripe := counted(reviews, day)
		if s == seen {
			continue // the same share says the same as the day before
		}
		was := stands
		if stands = alarmed(stands, s, sure); stands && !was {
			if alarms++; first == 0 {
				first = ripe
			}
		}
		seen = s
	}
	return alarms, first
}

// meets reports whether a team meets on a day: at any day of its months by chance.
func (c Circle) meets(day int, random *rand.Rand) bool {
	days := 365 * float64(c.Months) / 12
	return float64(day%365) < days && random.Float64() < c.Reviews/days
}

// counted is the share that the alarm looks at on a day, and how many reviews have
// counted until then.
func counted(reviews []held, today int) (s Share, ripe int) {
	for ripe = len(reviews); ripe > 0 && reviews[ripe-1].ripe > today; {
		ripe--
	}
	for _, r := range latest(reviews[:ripe], HollowLast) {
		if r.closed < today-HollowDays {
			continue
		}
		if s.N++; r.hollow {
			s.K++
		}
	}
	return s, ripe
}

// PerYear is how often a team is told in a year, and where that may well be, as the
// teams differ.
func (t Tried) PerYear() (mean float64, may Interval) {
	n, years, sum, squares := float64(t.Teams), float64(t.Years), 0.0, 0.0
	for _, a := range t.Alarms {
		x := float64(a) / years
		sum, squares = sum+x, squares+x*x
	}
	mean = sum / n
	half := z * math.Sqrt(max(0, squares/n-mean*mean)/n)
	return mean, Interval{max(0, mean-half), mean + half}
}

// After is after how many reviews so many of 100 teams were told; 0 where fewer ever
// were.
func (t Tried) After(hundredth int) int {
	i := (t.Teams*hundredth + 99) / 100
	if i < 1 || i > len(t.First) {
		return 0
	}
	return slices.Sorted(slices.Values(t.First))[i-1]
}
