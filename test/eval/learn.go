package main

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"debrief/internal/language"
)

//go:embed learned.txt
var learnedFrom string

// example is one sentence to learn from: its signs, how much it counts, and whether it
// is so.
type example struct {
	signs  language.Signs
	counts float64
	yes    bool
}

// How much a sentence counts: one that was written to learn from, and one that the
// phrases were widened by.
const (
	toLearn = 3.0
	known   = 1.0
)

// unlabelled is what a sentence of real text counts for a kind, which is taken for one
// that is not so: of remarks on emptiness
// many that the list does not make would be right there.
var unlabelled = map[language.Kind]float64{language.Blame: 0.5, language.Abstract: 0.1}

// examples are all sentences that the weights are learned from: none of those with the
// labels that they are scored by.
func (t trait) examples(folder string) ([]example, error) {
	var all []example
	bare := language.English().WithoutWeights()
	take := func(text string, yes bool, counts float64) {
		if signs := bare.SignsOf(text); len(signs) == 1 {
			all = append(all, example{signs[0].Signs, counts, yes})
		}
	}
	for line := range strings.Lines(learnedFrom) {
		if p := strings.SplitN(line, "|", 3); len(p) == 3 {
			take(p[2], p[0] == t.yes, toLearn)
		}
	}
	for _, file := range []string{"golden.txt", "twins.txt"} {
		text, err := os.ReadFile(filepath.Join("internal", "language", "testdata", file))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if label, text, found := strings.Cut(line, "|"); found && line[0] != '#' {
				take(text, strings.Contains(label, t.yes), toLearn)
			}
		}
	}
	for line := range strings.Lines(other) {
		if label, text, found := strings.Cut(line, "|"); found {
			take(text, strings.TrimSpace(label) == t.yes, known)
		}
	}
	asked := map[string]bool{}
	if err := eachLine(filepath.Join(folder, "labels", t.file+".jsonl"), func(l labelled) { asked[l.Text] = true }); err != nil {
		return nil, err
	}
	pool, err := records(folder)
	for _, id := range slices.Sorted(maps.Keys(pool)) {
		for line := range strings.Lines(pool[id].text()) {
			all = append(all, t.unlabelled(bare, line, asked)...)
		}
	}
	return all, err
}

// unlabelled are the sentences of a real text of which no phrase says anything and no
// label is asked for.
func (t trait) unlabelled(bare *language.Reader, text string, asked map[string]bool) []example {
	var all []example
	said := bare.Read(text)
	for _, s := range bare.SignsOf(text) {
		if !asked[text[s.From:s.To]] && !slices.ContainsFunc(said, func(n language.Nudge) bool { return n.Kind == t.kind && n.Start >= s.From && n.Start < s.To }) {
			all = append(all, example{s.Signs, unlabelled[t.kind], false})
		}
	}
	return all
}

// What the learning is held by: how much a large weight costs, and how often and by how
// much the weights move at first.
const (
	cost  = 5.0
	turns = 400
	pace  = 0.05
)

// learnFrom finds the weights by which the examples are likeliest.
func learnFrom(all []example) map[string]float64 {
	w, mean := map[string]float64{}, map[string]float64{}
	for turn := range turns {
		slope := map[string]float64{}
		for _, e := range all {
			off := e.counts / (1 + math.Exp(-weigh(w, e.signs)))
			if e.yes {
				off -= e.counts
			}
			slope[""] += off
			for name, n := range e.signs {
				slope[name] += off * n
			}
		}
		step := pace * math.Pow(0.99, float64(turn)/1.5)
		for name, s := range slope {
			if name != "" {
				s += cost * w[name]
			}
			mean[name] = 0.9*mean[name] + 0.1*s*s
			w[name] -= step * s / (math.Sqrt(mean[name]) + 1e-8)
		}
	}
	return w
}

// weigh is the sum of the signs; what it begins with has no name.
func weigh(w map[string]float64, f language.Signs) float64 {
	sum := w[""]
	for name, n := range f {
		sum += w[name] * n
	}
	return sum
}

// limits are what the sums are compared with: chosen on sentences of another writer, so
// that nine remarks in ten are right.
var limits = map[language.Kind]string{
	language.Blame:    "-1.00 a remark from\n 0.50 clear from\n-3.00 a doubt below\n",
	language.Abstract: "-1.20 a remark from\n",
}

// heading says what the table is.
const heading = `# What a sentence is weighed by where no phrase of en.txt says anything. Each line is what one sign
# adds, each time up to three; a sign is a class of words of en.txt or how the sentence is made (weigh.go),
# never a word. Learned: go run ./test/eval DATA weights > internal/language/weights.txt
# "a remark from" is enough where a word of reproach or a phrase that nearly blames is there to show, "clear from" without.
# Of a sentence that comes to less than "a doubt below", the phrases of en.txt that need more than themselves blame nobody either.
`

// printWeights learns the table that internal/language reads anew, and prints it.
func printWeights(out io.Writer, folder string) error {
	fmt.Fprint(out, heading)
	for _, t := range traits() {
		all, err := t.examples(folder)
		if err != nil {
			return err
		}
		w := learnFrom(all)
		fmt.Fprintf(out, "\n[%s]\n%s%5.2f to begin with\n", t.kind, limits[t.kind], w[""])
		names := slices.Sorted(maps.Keys(w))
		slices.SortStableFunc(names, func(a, b string) int { return int(math.Copysign(1, w[b]-w[a])) })
		for _, name := range names {
			if name != "" && math.Abs(w[name]) >= 0.05 {
				fmt.Fprintf(out, "%5.2f %s\n", w[name], name)
			}
		}
	}
	return nil
}
