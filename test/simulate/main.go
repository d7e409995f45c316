// Command simulate lets made-up teams live for years under the alarm that reviews change
// nothing, and prints how often it is raised in a year and after how many reviews:
//
//	go run ./test/simulate
//	go run ./test/simulate -sure 0.9 -teams 5000
//
// The same seed prints the same table on every machine. docs/measures.md has it.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"debrief/internal/measure"
)

// trial is what is tried.
type trial struct {
	teams, years int
	sure         float64
	seed         uint64
}

func main() {
	var t trial
	flag.IntVar(&t.teams, "teams", 2000, "teams of each kind")
	flag.IntVar(&t.years, "years", 4, "how long each of them lives")
	flag.Float64Var(&t.sure, "sure", measure.HollowSure, "how probable it has to be that more than half change nothing")
	flag.Uint64Var(&t.seed, "seed", 1, "where chance begins")
	flag.Parse()
	t.run(os.Stdout)
}

// run tries every kind of team and prints a line for each.
func (t trial) run(out io.Writer) {
	fmt.Fprintf(out, "%d teams of each kind, %d years each; told when it is %.2f probable that more than half change nothing\n\n", t.teams, t.years, t.sure)
	fmt.Fprintln(out, "| Team | Reviews a year | Change nothing | Told, a year | 90 in 100 | Never told | Told after: half of the teams | 90 in 100 |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|")
	for _, c := range measure.Circles(0.1, 0.25, 0.5, 0.75, 0.9) {
		tried := measure.Simulate(c, t.teams, t.years, t.sure, rand.New(rand.NewPCG(t.seed, uint64(100*c.Hollow))))
		mean, may := tried.PerYear()
		fmt.Fprintf(out, "| %s | %.0f in %d months | %.0f in 100 | %.3f | %.3f to %.3f | %.0f in 100 | %s | %s |\n", c.Name, c.Reviews, c.Months, 100*c.Hollow,
			mean, may.Low, may.High, 100*(1-float64(len(tried.First))/float64(t.teams)), after(tried, 50), after(tried, 90))
	}
}

// after says after how many reviews so many of 100 teams were told.
func after(t measure.Tried, hundredth int) string {
	if n := t.After(hundredth); n > 0 {
		return fmt.Sprint(n, " reviews")
	}
	return "not in this time"
}
