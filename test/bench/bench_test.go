// Package bench measures Debrief beside a peer in the same run: in turn, five
// rounds, the median of the rounds' ratios, and both raw figures kept.
//
//	make bench
package bench

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

func TestMain(m *testing.M) { os.Exit(debrieftest.Main(m)) }

const rounds = 5

// A measure is one way of doing the thing that is measured. It returns what one
// round cost.
type measure struct {
	name string
	once func() time.Duration
}

// compare runs ours and its peers in turn and reports the medians. A ratio
// above one says how many times longer the peer takes.
func compare(b *testing.B, ours measure, peers ...measure) {
	b.Helper()
	all := append([]measure{ours}, peers...)
	took := make([][]time.Duration, len(all))
	for range rounds {
		for i, m := range all {
			took[i] = append(took[i], m.once())
		}
	}
	for i, m := range all {
		b.Logf("%-28s %v", m.name, took[i])
		b.ReportMetric(float64(median(took[i]))/1e6, m.name+"-ms")
		if i == 0 {
			continue
		}
		var ratios []float64
		for r := range rounds {
			ratios = append(ratios, float64(took[i][r])/float64(took[0][r]))
		}
		b.ReportMetric(median(ratios), "times-"+m.name)
	}
	b.ReportMetric(0, "ns/op") // what counts stands above
}

func median[T time.Duration | float64](of []T) T {
	sorted := slices.Clone(of)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// each times a function over some inputs and returns the median.
func each[T any](inputs []T, do func(T)) time.Duration {
	var took []time.Duration
	for _, in := range inputs {
		began := time.Now()
		do(in)
		took = append(took, time.Since(began))
	}
	return median(took)
}

// size is how many records the large benchmarks have; BENCH_RECORDS changes it
// for a quick look.
func size(b *testing.B) int {
	n := 100_000
	if s := os.Getenv("BENCH_RECORDS"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			b.Fatal(err)
		}
	}
	return n
}
