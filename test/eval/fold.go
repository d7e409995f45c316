package main

import (
	"fmt"
	"io"

	"debrief/internal/recall"
)

// folds is into how many parts the groups are cut to choose settings on some
// and score them on the others.
const folds = 6

// choices are the usual settings and those with one thing changed.
func choices() []recall.Settings {
	all := []recall.Settings{recall.Usual()}
	change := func(do func(*recall.Settings)) {
		s := recall.Usual()
		do(&s)
		all = append(all, s)
	}
	change(func(s *recall.Settings) { s.Title = 1 })
	change(func(s *recall.Settings) { s.Title = 3 })
	change(func(s *recall.Settings) { s.Length = 30 })
	change(func(s *recall.Settings) { s.Length = 100 })
	change(func(s *recall.Settings) { s.Ideas = 0.6 })
	change(func(s *recall.Settings) { s.Ideas = 1.5 })
	change(func(s *recall.Settings) { s.Near = 0.4 })
	change(func(s *recall.Settings) { s.Near = 1.5 })
	return all
}

// printFolds chooses settings on five parts of the groups and scores them on
// the sixth, for each part in turn. If that does about as well as the usual
// settings do, these owe little to having been chosen on the same groups.
func (d data) printFolds(out io.Writer) {
	form := forms()[0]
	all := choices()
	results := make([]answers, len(all))
	for i, s := range all {
		results[i] = d.ask(unseen("", fill(d.pool, s), d), form).within(scopes()[0].holds)
	}
	usual := d.ask(unseen("", fill(d.pool, recall.Usual()), d), form).within(scopes()[0].holds)
	part := map[string]int{}
	for i, g := range d.groups {
		part[g.Name] = i % folds
	}
	var held, same answers
	for f := range folds {
		in := func(a answer) bool { return part[a.group.Name] == f }
		best, most := 0, -1.0
		for i := range all {
			train := results[i].within(func(a answer) bool { return !in(a) })
			if v := train.mean(answer.hit5) + train.mean(answer.recall10); v > most {
				best, most = i, v
			}
		}
		held = append(held, results[best].within(in)...)
		same = append(same, usual.within(in)...)
		fmt.Fprintf(out, "  part %d: chosen on the others %+v\n", f+1, all[best])
	}
	fmt.Fprintf(out, "  chosen on other groups: hit@5 %s, recall@10 %s\n", held.interval(answer.hit5), held.interval(answer.recall10))
	fmt.Fprintf(out, "  the usual settings:     hit@5 %s, recall@10 %s\n", same.interval(answer.hit5), same.interval(answer.recall10))
}

func (as answers) mean(measure func(answer) float64) float64 {
	sum := 0.0
	for _, a := range as {
		sum += measure(a)
	}
	return sum / float64(len(as))
}
