package measure_test

import (
	"bufio"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/measure"
)

// vector is one line of testdata/vectors.txt, which R wrote.
type vector struct {
	name, line string
	in         []string
	out        []float64
}

func vectors(t *testing.T) []vector {
	t.Helper()
	f, err := os.Open("testdata/vectors.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []vector
	for lines := bufio.NewScanner(f); lines.Scan(); {
		left, right, _ := strings.Cut(lines.Text(), "=")
		words := strings.Fields(left)
		v := vector{name: words[0], line: lines.Text(), in: words[1:]}
		for _, word := range strings.Fields(right) {
			if word == "NA" { // what nobody knows
				word = "0"
			}
			v.out = append(v.out, number(t, word))
		}
		all = append(all, v)
	}
	return all
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// at is the nth of what goes in, as a whole number.
func (v vector) at(t *testing.T, n int) int { return int(number(t, v.in[n])) }

func (v vector) share(t *testing.T, n int) measure.Share {
	return measure.Share{K: v.at(t, n), N: v.at(t, n+1)}
}

func (v vector) spells(t *testing.T) []measure.Spell {
	var all []measure.Spell
	for _, s := range v.in {
		long, over, _ := strings.Cut(s, ":")
		all = append(all, measure.Spell{Long: time.Duration(number(t, long)) * time.Hour, Over: over == "1"})
	}
	return all
}

func ends(i measure.Interval) []float64 { return []float64{i.Low, i.High} }

// ours is what this package makes of what goes in.
func (v vector) ours(t *testing.T) []float64 {
	switch v.name {
	case "wilson":
		return ends(v.share(t, 0).Wilson())
	case "above":
		return []float64{v.share(t, 0).Above(number(t, v.in[2]))}
	case "over":
		return []float64{v.share(t, 0).Over(v.share(t, 2))}
	case "newcombe":
		return ends(v.share(t, 0).Newcombe(v.share(t, 2)))
	case "poisson":
		return ends(measure.Poisson(v.at(t, 0)))
	case "rank":
		r, sure := measure.Rank(v.at(t, 0))
		return []float64{float64(r), sure}
	case "survival":
		for _, s := range measure.Survival(v.spells(t)) {
			if s.At.Hours() == v.out[0] {
				return []float64{s.At.Hours(), float64(s.Left), float64(s.Ended), s.Share, s.Band.Low, s.Band.High}
			}
		}
	case "median":
		m := measure.Median(v.spells(t))
		return []float64{m.Median.Hours(), m.Low.Hours(), m.High.Hours()}
	}
	return nil
}

func TestVectors(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range vectors(t) {
		ours := v.ours(t)
		seen[v.name] = true
		if len(ours) != len(v.out) {
			t.Errorf("%s: we say %v", v.line, ours)
			continue
		}
		for i := range ours {
			if math.Abs(ours[i]-v.out[i]) > 1e-8*max(1, math.Abs(v.out[i])) {
				t.Errorf("%s: we say %v", v.line, ours)
			}
		}
	}
	if len(seen) != 8 {
		t.Errorf("checked %v", seen)
	}
}
