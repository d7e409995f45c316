package measure

import "math"

// Share is K of N.
type Share struct{ K, N int }

// Of counts which of some cases are meant.
func Of[T any](cases []T, meant func(T) bool) Share {
	s := Share{N: len(cases)}
	for _, c := range cases {
		if meant(c) {
			s.K++
		}
	}
	return s
}

// P is the share as a number from 0 to 1, and 0 of nothing.
func (s Share) P() float64 {
	if s.N == 0 {
		return 0
	}
	return float64(s.K) / float64(s.N)
}

// Wilson is where the share of all such cases may well be, by Wilson's score. Of
// nothing it can be anywhere.
func (s Share) Wilson() Interval {
	if s.N == 0 {
		return Interval{0, 1}
	}
	n, p := float64(s.N), s.P()
	below := 1 + z*z/n
	centre := (p + z*z/(2*n)) / below
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n)) / below
	i := Interval{max(centre-half, 0), min(centre+half, 1)}
	if s.K == 0 { // exactly, whatever the rounding
		i.Low = 0
	}
	if s.K == s.N {
		i.High = 1
	}
	return i
}

// Above is how probable it is that the share of all such cases is more than x, to
// whoever knew nothing before: a Beta(1,1) prior.
func (s Share) Above(x float64) float64 { return atMost(s.K, s.N+1, x) }

// Over is how probable it is that one share is more than another, to whoever knew
// nothing of either before.
func (s Share) Over(before Share) float64 {
	yes, no := s.K+1, s.N-s.K+1
	wasYes, wasNo := before.K+1, before.N-before.K+1
	sum := 0.0
	for i := range yes {
		sum += math.Exp(logBeta(wasYes+i, wasNo+no)-logBeta(1+i, no)-logBeta(wasYes, wasNo)) / float64(no+i)
	}
	return min(sum, 1)
}

// logBeta is the logarithm of the beta function of whole numbers.
func logBeta(a, b int) float64 { return logFactorial(a-1) + logFactorial(b-1) - logFactorial(a+b-1) }

// Newcombe is by how much one share may well differ from another, from -1 to 1.
func (s Share) Newcombe(other Share) Interval {
	p, q := s.P(), other.P()
	a, b := s.Wilson(), other.Wilson()
	return Interval{
		Low:  max(p-q-math.Hypot(p-a.Low, b.High-q), -1),
		High: min(p-q+math.Hypot(a.High-p, q-b.Low), 1),
	}
}

// Trend is where a share goes.
type Trend string

// Where it goes. A trend that chance may well have made is none.
const (
	Rising  Trend = "rising"
	Falling Trend = "falling"
	Level   Trend = "level" // no clear change
)

// Since says where a share went since an earlier one.
func (s Share) Since(before Share) Trend {
	if s.N == 0 || before.N == 0 {
		return Level
	}
	switch over := s.Over(before); {
	case over >= Sure:
		return Rising
	case over <= 1-Sure:
		return Falling
	}
	return Level
}

// Sign is the one word for what was counted and how unsure it is.
type Sign string

// The signs. A share alone never gives one: its whole interval does.
const (
	Few      Sign = "few" // cases, to say anything
	Healthy  Sign = "healthy"
	Decaying Sign = "decaying"
	Unclear  Sign = "unclear"
)

// Rule says from how many cases on a share speaks, and from which number on it is
// well or ill: above Well and below Ill, or the other way round where what is counted
// had better be rare. A rule that knows no number from which on it is well has the
// one that no interval is beyond, 1 or 0.
type Rule struct {
	Least     int
	Well, Ill float64
	Rare      bool
}

// Sign says what a share means by a rule.
func (r Rule) Sign(s Share) Sign {
	if s.N < r.Least {
		return Few
	}
	i := s.Wilson()
	well, ill := i.Low > r.Well, i.High < r.Ill
	if r.Rare {
		well, ill = i.High < r.Well, i.Low > r.Ill
	}
	switch {
	case ill:
		return Decaying
	case well:
		return Healthy
	}
	return Unclear
}
