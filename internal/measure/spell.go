package measure

import (
	"math"
	"slices"
	"time"
)

// Spell is how long something took, or how long it has lasted so far.
type Spell struct {
	Long time.Duration
	Over bool // else it is at least so long
}

// Step is where a curve of what still lasts goes down, or where some were last seen.
type Step struct {
	At    time.Duration
	Left  int     // how many had lasted until then
	Ended int     // how many of them ended then
	Share float64 // of all, how many last longer
	Band  Interval
}

// Survival is the curve of Kaplan and Meier with Greenwood's variance, its band drawn
// on the log-log scale so that it stays between none and all. Where all have ended
// the band has no width by that formula; it then goes down to none and keeps the top
// it had.
func Survival(spells []Spell) []Step {
	sorted := slices.Clone(spells)
	slices.SortFunc(sorted, func(a, b Spell) int { return int(a.Long - b.Long) })
	var curve []Step
	share, variance, high := 1.0, 0.0, 1.0
	for i := 0; i < len(sorted); {
		s := Step{At: sorted[i].Long, Left: len(sorted) - i}
		for ; i < len(sorted) && sorted[i].Long == s.At; i++ {
			if sorted[i].Over {
				s.Ended++
			}
		}
		left, ended := float64(s.Left), float64(s.Ended)
		share *= 1 - ended/left
		variance += ended / (left * (left - ended)) // infinite once all have ended
		s.Share, s.Band = share, band(share, variance, high)
		high = s.Band.High
		curve = append(curve, s)
	}
	return curve
}

// band is where a share of a curve may well be.
func band(share, variance, high float64) Interval {
	switch share {
	case 1:
		return Interval{1, 1}
	case 0:
		return Interval{0, high}
	}
	wide := z * math.Sqrt(variance) / math.Abs(math.Log(share))
	return Interval{math.Pow(share, math.Exp(wide)), math.Pow(share, math.Exp(-wide))}
}

// Middle is the median of some spells with what it may well be. Known is false where
// more than half are still going on: then nobody knows it yet. Bounds that nobody
// knows are zero; the lower one is known as soon as any is.
type Middle struct {
	Median    time.Duration
	Known     bool
	Low, High time.Duration
}

// Median is the middle of some spells. Where all are over its interval is of order
// statistics, and there is none under five; where some go on it is read off the
// curve, so that what goes on counts as at least so long and is never dropped.
func Median(spells []Spell) Middle {
	if slices.ContainsFunc(spells, func(s Spell) bool { return !s.Over }) {
		return medianOf(Survival(spells))
	}
	n := len(spells)
	if n == 0 {
		return Middle{}
	}
	long := make([]time.Duration, 0, n)
	for _, s := range spells {
		long = append(long, s.Long)
	}
	slices.Sort(long)
	m := Middle{Median: (long[(n-1)/2] + long[n/2]) / 2, Known: true}
	if r := rank(n); r > 0 {
		m.Low, m.High = long[r-1], long[n-r]
	}
	return m
}

// rank is the r of the narrowest interval from the rth to the rth last of n that is
// sure enough to hold the median; 0 where none is.
func rank(n int) int {
	r := 0
	for 1-2*atMost(r, n, 0.5) >= Sure {
		r++
	}
	return r
}

// rounding is what a product of shares may be off by.
const rounding = 1e-12

// medianOf reads the median off a curve: where it and its band cross the middle. A
// curve that runs along the middle has it halfway, as a plain median of an even number.
func medianOf(curve []Step) Middle {
	var m Middle
	along := time.Duration(-1)
	for _, s := range curve {
		if s.Ended > 0 && along >= 0 {
			m.Median, along = (along+s.At)/2, -1
		}
		if s.Share < 0.5+rounding && !m.Known {
			m.Median, m.Known = s.At, true
			if s.Share > 0.5-rounding {
				along = s.At
			}
		}
		if s.Band.Low <= 0.5 && m.Low == 0 {
			m.Low = s.At
		}
		if s.Band.High <= 0.5 && m.High == 0 {
			m.High = s.At
		}
	}
	return m
}
