// Package bench measures Debrief beside a peer in the same run: in turn, five
// rounds, the median of the rounds' ratios, and both raw figures kept. What a
// figure is worth on a busy machine is its ratio, and nothing else of it is
// claimed.
//
//	make bench
//
// A peer that cannot be had fails its benchmark by name.
package bench

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

func TestMain(m *testing.M) {
	if database := os.Getenv(bareDatabase); database != "" {
		bare(database)
	}
	if os.Getenv(fanEnv) != "" {
		fan()
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s, %s, %d processors, load %s\n", runtime.Version(), cpuName(), runtime.NumCPU(), strings.TrimSpace(string(load)))
	os.Exit(debrieftest.Main(m))
}

// cpuName is what the processor calls itself.
func cpuName() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

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
		b.ReportMetric(float64(median(took[i]))/1e6, word(m.name)+"-ms")
		if i == 0 {
			continue
		}
		var ratios []float64
		for r := range rounds {
			ratios = append(ratios, float64(took[i][r])/float64(took[0][r]))
		}
		b.ReportMetric(median(ratios), "times-"+word(m.name))
	}
	b.ReportMetric(0, "ns/op") // what counts stands above
}

// word is a name without spaces, as a unit has to be.
func word(name string) string { return strings.ReplaceAll(name, " ", "-") }

func median[T time.Duration | float64](of []T) T {
	sorted := slices.Clone(of)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// tail is what one in a hundred takes at least.
func tail(of []time.Duration) time.Duration {
	sorted := slices.Clone(of)
	slices.Sort(sorted)
	return sorted[len(sorted)*99/100]
}

// each times a function over some inputs.
func each[T any](inputs []T, do func(T)) []time.Duration {
	var took []time.Duration
	for _, in := range inputs {
		began := time.Now()
		do(in)
		took = append(took, time.Since(began))
	}
	return took
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
