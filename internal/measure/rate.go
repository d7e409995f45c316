package measure

import "math"

// Poisson is how many of something rare may well be had in as long a time, where
// count were: exact.
func Poisson(count int) Interval {
	tail := (1 - Sure) / 2
	i := Interval{High: solve(func(mean float64) bool { return poissonAtMost(count, mean) > tail })}
	if count > 0 {
		i.Low = solve(func(mean float64) bool { return 1-poissonAtMost(count-1, mean) < tail })
	}
	return i
}

// solve returns where a condition that holds from 0 on ends.
func solve(holds func(float64) bool) float64 {
	low, high := 0.0, 1.0
	for holds(high) {
		low, high = high, 2*high
	}
	for range 60 {
		if mid := (low + high) / 2; holds(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// poissonAtMost is the probability of no more than k where mean are had on average.
func poissonAtMost(k int, mean float64) float64 {
	if mean == 0 {
		return 1
	}
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(float64(i)*math.Log(mean) - mean - logFactorial(i))
	}
	return min(sum, 1)
}
