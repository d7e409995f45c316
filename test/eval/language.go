package main

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"debrief/internal/language"
)

// labelled is one sentence with the label that somebody gave it.
type labelled struct {
	Text       string `json:"text"`
	Label      string `json:"label"`
	Borderline bool   `json:"borderline"`
	Source     string `json:"source"`
}

// trait is what a file of labels asks of each sentence.
type trait struct {
	kind      language.Kind
	file, yes string
}

// traits are the two kinds that there are labels for.
func traits() []trait {
	return []trait{{language.Blame, "blame", "blame"}, {language.Abstract, "specificity", "abstract"}}
}

// printLanguage scores what is noticed in sentences against hand labels, each
// source by itself: the phrases of the program, which fit nothing, beside a bag of
// words that learned from all other sources.
func printLanguage(out io.Writer, folder string) error {
	for _, t := range traits() {
		var all []labelled
		if err := eachLine(filepath.Join(folder, "labels", t.file+".jsonl"), func(l labelled) { all = append(all, l) }); err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s, %d sentences\n%-28s %-32s %-22s %-22s\n", t.kind, len(all), "", "left out of what it knows", "precision", "recall")
		t.print(out, all)
		fmt.Fprintf(out, "%-28s %-32s %s\n", "debrief", "other work, our own sentences", t.elsewhere())
		fmt.Fprintf(out, "%-28s %-32s %s\n", "debrief", "sentences nobody had seen", t.freshly())
	}
	return nil
}

//go:embed other.txt
var other string

// elsewhere scores sentences from other kinds of work, which we wrote ourselves.
func (t trait) elsewhere() tally {
	var sum tally
	for line := range strings.Lines(other) {
		label, text, found := strings.Cut(line, "|")
		if label = strings.TrimSpace(label); found && (label == "blame" || label == "not") == (t.kind == language.Blame) {
			t.count(&sum, label, t.noticed(text))
		}
	}
	return sum
}

//go:embed unseen.txt
var fresh string

// freshly scores sentences by somebody who had not read the phrases; those that do
// something else count as not doing this.
func (t trait) freshly() tally {
	var sum tally
	for line := range strings.Lines(fresh) {
		if label, text, found := strings.Cut(line, "|"); found {
			t.count(&sum, strings.TrimSpace(label), t.noticed(text))
		}
	}
	return sum
}

// noticed reports whether Debrief makes a remark of the kind on a text.
func (t trait) noticed(text string) bool {
	return slices.ContainsFunc(language.English().Read(text), func(n language.Nudge) bool { return n.Kind == t.kind })
}

// print prints one line for each way, all sources together, and one for each
// source for ours.
func (t trait) print(out io.Writer, all []labelled) {
	bySource := map[string][]labelled{}
	for _, l := range all {
		bySource[l.Source] = append(bySource[l.Source], l)
	}
	var ours, firm, learned tally
	lines := map[string]*tally{}
	for source, held := range bySource {
		others := slices.DeleteFunc(slices.Clone(all), func(l labelled) bool { return l.Source == source })
		bag := t.learn(others)
		lines[source] = &tally{}
		for _, l := range held {
			noticed := t.noticed(l.Text)
			t.count(&ours, l.Label, noticed)
			t.count(lines[source], l.Label, noticed)
			if !l.Borderline {
				t.count(&firm, l.Label, noticed)
			}
			t.count(&learned, l.Label, bag.says(l.Text))
		}
	}
	fmt.Fprintf(out, "%-28s %-32s %s\n", "debrief", "-", ours)
	fmt.Fprintf(out, "%-28s %-32s %s\n", "debrief, no borderline", "-", firm)
	fmt.Fprintf(out, "%-28s %-32s %s\n", "a bag of words", "each source in its turn", learned)
	for _, source := range sorted(bySource) {
		fmt.Fprintf(out, "%-28s %-32s %s\n", "debrief", "only "+source, lines[source])
	}
}

func sorted[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// tally counts what was noticed rightly, wrongly, and not.
type tally struct{ right, wrong, missed int }

// count takes one sentence in: what its label is, and whether it was noticed.
func (t trait) count(sum *tally, label string, noticed bool) {
	switch is := label == t.yes; {
	case is && noticed:
		sum.right++
	case noticed:
		sum.wrong++
	case is:
		sum.missed++
	}
}

// String is precision and recall, each with its interval.
func (t tally) String() string {
	return fmt.Sprintf("%-22s %-22s", part(t.right, t.right+t.wrong), part(t.right, t.right+t.missed))
}

// part is k of n with Wilson's interval at 95 %.
func part(k, n int) string {
	if n == 0 {
		return "none"
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return fmt.Sprintf("%d/%d %.2f [%.2f %.2f]", k, n, p, middle-half, middle+half)
}

// bag is what the simplest thing that learns has learned: how much likelier each
// word is in a sentence that is so than in one that is not.
type bag struct {
	base   float64
	weight map[string]float64
}

func (t trait) learn(from []labelled) bag {
	yes, no := map[string]float64{}, map[string]float64{}
	var ys, ns float64
	for _, l := range from {
		into, n := no, &ns
		if l.Label == t.yes {
			into, n = yes, &ys
		}
		*n++
		for _, w := range slices.Compact(slices.Sorted(slices.Values(stemmedWords(l.Text)))) {
			into[w]++
		}
	}
	b := bag{math.Log((ys + 1) / (ns + 1)), map[string]float64{}}
	for w := range yes {
		b.weight[w] = math.Log((yes[w] + 1) / (ys + 2) * (ns + 2) / (no[w] + 1))
	}
	for w := range no {
		b.weight[w] = math.Log((yes[w] + 1) / (ys + 2) * (ns + 2) / (no[w] + 1))
	}
	return b
}

func (b bag) says(text string) bool {
	sum := b.base
	for _, w := range slices.Compact(slices.Sorted(slices.Values(stemmedWords(strings.ToLower(text))))) {
		sum += b.weight[w]
	}
	return sum > 0
}
