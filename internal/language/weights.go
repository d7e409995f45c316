package language

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed weights.txt
var table string

// weights are what each sign counts for a kind, what a sum begins with, from which on it
// is a remark, from which on without a word of reproach, and below which a phrase is doubted.
type weights struct {
	of                       map[string]float64
	start, from, clear, soft float64
}

// readWeights reads the table of them.
func readWeights(table string) (map[Kind]*weights, error) {
	all := map[Kind]*weights{}
	var w *weights
	for i, line := range strings.Split(table, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if line[0] == '[' {
			w = &weights{of: map[string]float64{}}
			all[Kind(strings.Trim(line, "[]"))] = w
			continue
		}
		number, name, _ := strings.Cut(line, " ")
		v, err := strconv.ParseFloat(number, 64)
		if name = strings.TrimSpace(name); err != nil || w == nil || name == "" {
			return nil, fmt.Errorf("weights, line %d: %q is no number with a name in a section", i+1, line)
		}
		switch name {
		case "to begin with":
			w.start = v
		case "a remark from":
			w.from = v
		case "a doubt below":
			w.soft = v
		case "clear from":
			w.clear = v
		default:
			w.of[name] = v
		}
	}
	return all, nil
}

// sum is what the signs of a sentence come to.
func (w *weights) sum(f Signs) float64 {
	sum := w.start
	for name, n := range f {
		sum += w.of[name] * n
	}
	return sum
}

// WithoutWeights reads by the phrases alone.
func (r *Reader) WithoutWeights() *Reader {
	bare := *r
	bare.weights = nil
	return &bare
}

// curt is how many words a sentence has at most that is remarked on whatever its signs are.
const curt = 6

// unsure are the sections of phrases that need more than themselves.
var unsure = append([]string{"omission"}, almost...)

// doubted reports whether the signs of a sentence speak loudly against its blaming
// anybody: then the unsure phrases of the program's own list do not either.
func (r *Reader) doubted(f Signs) bool {
	w := r.weights[Blame]
	return w != nil && w.sum(f) < w.soft
}

// weighed is a remark on a sentence of which no phrase says anything, where its signs
// together are enough, on the words that speak loudest. Where one of them is left
// alone, there is none.
func (r *Reader) weighed(k Kind, s sentence, found map[string][]match, signs Signs) (Nudge, bool) {
	w := r.weights[k]
	if w == nil || w.sum(signs) < w.from ||
		k == Blame && (!r.ofSomebody(s) || signs["account"] > 0) ||
		k == Abstract && signs["exact"]+signs["counted"]+signs["anchor"]+signs["found out"] > 0 {
		return Nudge{}, false
	}
	said := r.speaking(w, k, s, found, w.sum(signs))
	if len(said) == 0 || slices.ContainsFunc(found["left alone"], func(m match) bool {
		return slices.ContainsFunc(said, m.meets)
	}) {
		return Nudge{}, false
	}
	if k == Abstract {
		from, to := len(s.tokens), 0
		for _, m := range said {
			from, to = min(from, m.from), max(to, m.to)
		}
		return s.nudge(k, match{from: from, to: to}), true
	}
	m := said[0]
	for i := m.from - 1; i >= max(0, m.from-reach) && !s.tokens[i].closes; i-- {
		if r.somebody(s, i) {
			m.from = i
			break
		}
	}
	return s.nudge(k, m), true
}

// reach is how many words there are at most between somebody and what is said of them
// that a remark shows together.
const reach = 6

// speaking are the words of a sentence that speak for a kind, the loudest first. What
// somebody thinks or where their eyes are says something only where the sum is clear.
func (r *Reader) speaking(w *weights, k Kind, s sentence, found map[string][]match, sum float64) []match {
	var said []match
	loud := map[int]float64{}
	take := func(m match, weight float64) {
		if weight > 0 && !s.tokens[m.from].quoted && (k == Abstract || !r.byUs(s, m)) {
			said = append(said, m)
			loud[m.from] = max(loud[m.from], weight)
		}
	}
	phrases := []string{"vague", "thin"}
	if k == Blame {
		phrases = append([]string{"hint"}, almost...)
	}
	for _, name := range phrases {
		for _, m := range found[name] {
			sign := name
			if k == Blame && name != "hint" {
				sign = "nearly blame"
			}
			take(m, w.of[sign])
		}
	}
	classes := []string{"lofty"}
	if k == Blame {
		classes = append([]string{"scorn"}, verdicts...)
		if sum >= w.clear {
			classes = append(classes, "mind", "body", "ruin", "press")
		}
	}
	for i, t := range s.tokens {
		for n, c := range classes {
			if r.in(c, t.word) {
				take(match{phrase{line: t.word}, i, i + 1}, w.of[classes[0]]/float64(n+1))
			}
		}
	}
	slices.SortStableFunc(said, func(a, b match) int { return cmp.Compare(loud[b.from], loud[a.from]) })
	return said
}
