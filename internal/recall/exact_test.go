package recall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// exhaustive scores every document by itself, without postings, windows or
// accumulators, and returns the ids of the best with their scores.
func exhaustive(x *Index, ask question, limit int) []string {
	type scored struct {
		id    string
		score uint64
	}
	var all []scored
	for _, d := range x.docs {
		score := uint64(0)
		for _, t := range ask.terms {
			for _, w := range d.terms {
				if w.term == t.term {
					score += uint64(t.weight) * uint64(w.impact)
				}
			}
		}
		if score > 0 {
			all = append(all, scored{d.ID, score})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	var out []string
	for _, s := range all[:min(limit, len(all))] {
		out = append(out, fmt.Sprint(s.id, " ", s.score))
	}
	return out
}

func TestFirst_isExact(t *testing.T) {
	for seed := range uint64(4) {
		docs := corpus(500, seed)
		x := filled(docs)
		for i := range 100 {
			x.Remove(docs[5*i].ID) // leaves holes
		}
		for _, d := range corpus(30, 100+seed) {
			ask := x.ask(Query{Title: d.Title, Text: d.Text})
			if diff := gocmp.Diff(exhaustive(x, ask, 25), firstOf(x, ask, 25)); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// More documents than fit into one window of scoring.
func TestFirst_isExactAcrossWindows(t *testing.T) {
	x := New()
	for i := range window + 5000 {
		x.Put(Doc{ID: fmt.Sprintf("flr_%06d", i), Title: fmt.Sprintf("pump%d", i%977), Text: fmt.Sprintf("valve%d leaked", i%31)})
	}
	for i := range 5 {
		ask := x.ask(Query{Text: fmt.Sprintf("pump%d and valve%d", 31*i, i)})
		if diff := gocmp.Diff(exhaustive(x, ask, 200), firstOf(x, ask, 200)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func firstOf(x *Index, ask question, limit int) []string {
	scores := *x.score(ask.terms)
	var out []string
	for _, slot := range x.best(scores, limit, &Filter{}) {
		out = append(out, fmt.Sprint(x.docs[slot].ID, " ", scores[slot]))
	}
	return out
}

// A question cannot be so long that a score runs over.
func TestAsk_ofAWholeBookDoesNotOverflow(t *testing.T) {
	x := New()
	var book string
	for i := range 4000 {
		book += strings.Repeat(fmt.Sprintf("w%dq ", i), 20)
	}
	for i := range 300 {
		x.Put(Doc{ID: fmt.Sprint(i), Text: fmt.Sprintf("w%dq", i)})
	}
	x.Put(Doc{ID: "book", Text: book})
	ask := x.ask(Query{Text: book})
	if len(ask.terms) > mostTerms {
		t.Errorf("%d terms", len(ask.terms))
	}
	if diff := gocmp.Diff(exhaustive(x, ask, 50), firstOf(x, ask, 50)); diff != "" {
		t.Error(diff)
	}
	most := uint64(0)
	for _, t := range ask.terms {
		most += uint64(t.weight) * 255
	}
	if most >= 1<<32 {
		t.Errorf("a document could score %d", most)
	}
}
