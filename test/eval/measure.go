package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// answer is how one member's question for the others went.
type answer struct {
	group  group
	from   record
	again  bool     // the answer looked for is the same failure in the same system
	wanted []string // the other members
	ranked []string // all that was found, best first
}

type answers []answer

// ask lets every member of every group ask for the others, and every member
// of a same-again set for the rest of that set.
func (d data) ask(e engine, f form) answers {
	var out answers
	for _, g := range d.groups {
		for _, id := range g.Members {
			title, text := f.cut(d.byID[id])
			a := answer{group: g, from: d.byID[id], wanted: without(g.Members, id)}
			for _, h := range e.ask(id, title, text) {
				if h.ID != id {
					a.ranked = append(a.ranked, h.ID)
				}
			}
			out = append(out, a)
			for _, set := range g.SameAgain {
				if slices.Contains(set, id) && len(set) > 1 {
					a.again, a.wanted = true, without(set, id)
					out = append(out, a)
				}
			}
		}
	}
	return out
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}

// within keeps the answers that a scope holds.
func (as answers) within(holds func(answer) bool) answers {
	return slices.DeleteFunc(slices.Clone(as), func(a answer) bool { return !holds(a) })
}

// scope is a part of the pairs that gets its own line.
type scope struct {
	name  string
	holds func(answer) bool
}

func scopes() []scope {
	plain := func(holds func(answer) bool) func(answer) bool {
		return func(a answer) bool { return !a.again && holds(a) }
	}
	return []scope{
		{"all", plain(func(answer) bool { return true })},
		{"same organisation", plain(func(a answer) bool { return a.group.Scope == "same-organisation" })},
		{"cross organisation", plain(func(a answer) bool { return a.group.Scope == "cross-organisation" })},
		{"incident reviews", plain(func(a answer) bool { return a.from.isReview() })},
		{"facts only", plain(func(a answer) bool { return a.from.Kind == "facts-only" })},
		{"near misses", plain(func(a answer) bool { return a.from.Kind == "near-miss-report" })},
		{"lessons", plain(func(a answer) bool { return a.from.Kind == "lesson-learned" })},
		{"same again", func(a answer) bool { return a.again }},
	}
}

func (a answer) hit5() float64 {
	for _, id := range a.ranked[:min(5, len(a.ranked))] {
		if slices.Contains(a.wanted, id) {
			return 1
		}
	}
	return 0
}

func (a answer) recall10() float64 {
	n := 0
	for _, id := range a.ranked[:min(10, len(a.ranked))] {
		if slices.Contains(a.wanted, id) {
			n++
		}
	}
	return float64(n) / float64(min(10, len(a.wanted)))
}

// lookalikes counts how often a record that only looks alike came above the
// best true one.
func (as answers) lookalikes() string {
	worse, all := 0, 0
	for _, a := range as {
		best := slices.IndexFunc(a.ranked, func(id string) bool { return slices.Contains(a.wanted, id) })
		for _, id := range a.group.Lookalikes {
			if a.again || id == a.from.ID {
				continue
			}
			all++
			if at := slices.Index(a.ranked, id); at >= 0 && (best < 0 || at < best) {
				worse++
			}
		}
	}
	return fmt.Sprintf("%d of %d", worse, all)
}

// interval is the mean of a measure with the middle 95 % of a thousand means
// over groups drawn again, the same draws for every engine.
func (as answers) interval(measure func(answer) float64) string {
	byGroup := map[string][]float64{}
	var names []string
	all := 0.0
	for _, a := range as {
		if byGroup[a.group.Name] == nil {
			names = append(names, a.group.Name)
		}
		byGroup[a.group.Name] = append(byGroup[a.group.Name], measure(a))
		all += measure(a)
	}
	r := rand.New(rand.NewPCG(1, 2))
	means := make([]float64, 1000)
	for i := range means {
		var drawn []float64
		for range names {
			drawn = append(drawn, byGroup[names[r.IntN(len(names))]]...)
		}
		means[i] = mean(drawn)
	}
	slices.Sort(means)
	return fmt.Sprintf("%.3f [%.2f %.2f]", all/float64(len(as)), means[25], means[974])
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
