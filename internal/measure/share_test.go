package measure_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"debrief/internal/measure"
)

// Of nine cases in ten the interval holds what it is about, or nearly so, wherever that is.
func TestWilson_holdsWhatItIsAbout(t *testing.T) {
	for _, n := range []int{5, 8, 20, 60} {
		for p := 0.05; p < 0.96; p += 0.05 {
			held := 0.0
			for k := range n + 1 {
				if (measure.Share{K: k, N: n}).Wilson().Holds(p) {
					held += chance(k, n, p)
				}
			}
			if held < 0.79 {
				t.Errorf("of %d with %.2f the interval holds it in %.2f", n, p, held)
			}
		}
	}
}

// chance is the probability of exactly k of n, by multiplying it out.
func chance(k, n int, p float64) float64 {
	c := 1.0
	for i := range k {
		c *= float64(n-i) / float64(i+1) * p
	}
	return c * math.Pow(1-p, float64(n-k))
}

func TestShare_properties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		n := 1 + r.IntN(60)
		s := measure.Share{K: r.IntN(n + 1), N: n}
		m := 1 + r.IntN(60)
		o := measure.Share{K: r.IntN(m + 1), N: m}
		i := s.Wilson()
		if !i.Holds(s.P()) || i.Low < 0 || i.High > 1 {
			t.Fatalf("%v has %v", s, i)
		}
		mirror := measure.Share{K: n - s.K, N: n}.Wilson()
		if math.Abs(mirror.Low-(1-i.High)) > 1e-12 {
			t.Fatalf("%v and its opposite have %v and %v", s, i, mirror)
		}
		if more := (measure.Share{K: 10 * s.K, N: 10 * n}).Wilson(); more.High-more.Low > i.High-i.Low {
			t.Fatalf("%v knows less than a tenth of it", s)
		}
		if both := s.Over(o) + o.Over(s); math.Abs(both-1) > 1e-9 {
			t.Fatalf("%v over %v and back is %v", s, o, both)
		}
		d := s.Newcombe(o)
		if back := o.Newcombe(s); math.Abs(d.Low+back.High) > 1e-12 || !d.Holds(s.P()-o.P()) {
			t.Fatalf("%v less %v has %v, and back %v", s, o, d, back)
		}
		if s.K < n && s.Above(0.5) > (measure.Share{K: s.K + 1, N: n}).Above(0.5) {
			t.Fatalf("one more makes %v less", s)
		}
	}
}

func TestShare_since(t *testing.T) {
	for _, c := range []struct {
		now, before measure.Share
		want        measure.Trend
	}{
		{measure.Share{8, 10}, measure.Share{4, 10}, measure.Rising},
		{measure.Share{7, 10}, measure.Share{5, 10}, measure.Level},
		{measure.Share{4, 10}, measure.Share{8, 10}, measure.Falling},
		{measure.Share{9, 9}, measure.Share{}, measure.Level},
	} {
		if got := c.now.Since(c.before); got != c.want {
			t.Errorf("%v since %v is %s", c.now, c.before, got)
		}
	}
}

// The whole interval makes the word, at the case where it tips and the one before.
func TestRule_sign(t *testing.T) {
	common := measure.Rule{Least: 8, Well: 0.5, Ill: 0.5}
	rare := measure.Rule{Least: 8, Well: 0.2, Ill: 0.2, Rare: true}
	never := measure.Rule{Least: 8, Well: 1, Ill: 0.5}
	for _, c := range []struct {
		rule measure.Rule
		s    measure.Share
		want measure.Sign
	}{
		{common, measure.Share{7, 7}, measure.Few},
		{common, measure.Share{8, 8}, measure.Healthy},
		{common, measure.Share{7, 8}, measure.Healthy},
		{common, measure.Share{6, 8}, measure.Unclear},
		{common, measure.Share{2, 8}, measure.Unclear},
		{common, measure.Share{1, 8}, measure.Decaying},
		{rare, measure.Share{0, 8}, measure.Unclear},
		{rare, measure.Share{0, 12}, measure.Healthy},
		{rare, measure.Share{3, 8}, measure.Unclear},
		{rare, measure.Share{4, 8}, measure.Decaying},
		{never, measure.Share{40, 40}, measure.Unclear},
		{never, measure.Share{1, 8}, measure.Decaying},
	} {
		if got := c.rule.Sign(c.s); got != c.want {
			t.Errorf("%v by %v is %s with %v", c.s, c.rule, got, c.s.Wilson())
		}
	}
}

// What goes on counts as at least so long: it raises the median and is never dropped.
func TestMedian_countsWhatGoesOn(t *testing.T) {
	over := []measure.Spell{{5 * time.Hour, true}, {6 * time.Hour, true}, {7 * time.Hour, true}, {8 * time.Hour, true}, {9 * time.Hour, true}}
	all := measure.Median(over)
	if all.Median != 7*time.Hour || all.Low != 5*time.Hour || all.High != 9*time.Hour {
		t.Errorf("the median is %v", all)
	}
	late := append(slices.Clone(over), measure.Spell{Long: 90 * time.Hour}, measure.Spell{Long: 91 * time.Hour})
	if m := measure.Median(late); m.Median <= all.Median || !m.Known {
		t.Errorf("two that go on make it %v", m)
	}
	if m := measure.Median([]measure.Spell{{Long: time.Hour}, {Long: time.Hour}, {5 * time.Hour, true}}); !m.Known || m.Median != 5*time.Hour {
		t.Errorf("one that outlasted two that were last seen before is %v", m)
	}
	if m := measure.Median([]measure.Spell{{time.Hour, true}, {Long: 2 * time.Hour}, {Long: 2 * time.Hour}}); m.Known {
		t.Errorf("most go on, and the median is %v", m)
	}
	if m := measure.Median(over[:4]); m.Low != 0 || m.High != 0 {
		t.Errorf("four have the interval %v", m)
	}
	if m := measure.Median(nil); m.Known {
		t.Errorf("none have the median %v", m)
	}
}

// Without anything that goes on, the curve is the plain share of what lasts longer.
func TestSurvival_properties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var spells []measure.Spell
		for range 1 + r.IntN(30) {
			spells = append(spells, measure.Spell{Long: time.Duration(1+r.IntN(40)) * time.Hour, Over: true})
		}
		for _, s := range measure.Survival(spells) {
			longer := measure.Of(spells, func(x measure.Spell) bool { return x.Long > s.At })
			if math.Abs(s.Share-longer.P()) > 1e-9 || !s.Band.Holds(s.Share) {
				t.Fatalf("%v of %v last longer than %v: %v", longer.K, longer.N, s.At, s)
			}
		}
		last, band := 1.0, 1.0
		for i := range spells {
			spells[i].Over = r.IntN(3) > 0
		}
		for _, s := range measure.Survival(spells) {
			if s.Share > last || s.Band.High > band+1e-9 || !s.Band.Holds(s.Share) {
				t.Fatalf("the curve goes up, or leaves its band: %v", s)
			}
			last, band = s.Share, s.Band.High
		}
	}
}

func TestPoisson_tips(t *testing.T) {
	for count := range 30 {
		i := measure.Poisson(count)
		if i.Low >= float64(count)+0.001 || i.High <= float64(count) || math.IsNaN(i.Low) {
			t.Errorf("%d has %v", count, i)
		}
		if next := measure.Poisson(count + 1); next.Low <= i.Low || next.High <= i.High {
			t.Errorf("one more than %d has %v after %v", count, next, i)
		}
	}
}
