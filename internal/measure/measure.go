// Package measure says from what a team did how its practice fares: what was counted,
// how unsure that is, and one word for both together. It is pure. It reads what
// happened as a [practice.Trail], in which nobody is, and knows no clock, no database
// and no language.
//
// Everything is counted in whole cases, a few or a few hundred of them. So each
// probability here is a sum over cases and no approximation, and no library is needed.
package measure

import "math"

// Version is that of the definitions: it goes up when what is counted changes.
const Version = 3

// Sure is how sure an interval is to hold what it is about.
const Sure = 0.90

// z is the quantile of the normal distribution that leaves 5 in 100 above it.
const z = 1.6448536269514722

// Interval is from where to where something may well be.
type Interval struct{ Low, High float64 }

// Holds reports whether x lies in the interval.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// logChoose is the logarithm of how many ways there are to choose k of n.
func logChoose(n, k int) float64 {
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

func logFactorial(n int) float64 {
	g, _ := math.Lgamma(float64(n) + 1)
	return g
}

// atMost is the probability that of n tries, each of which succeeds with p, no more
// than k do.
func atMost(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n, p <= 0:
		return 1
	case p >= 1:
		return 0
	}
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(logChoose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(sum, 1)
}
