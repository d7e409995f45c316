package recall

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// question is a query made ready for the index it is asked of.
type question struct {
	terms  []asked // those that another document has, by term, mostTerms at most
	all    uint64  // the score of a document that says just what the question says
	unmet  float64 // the square of what no document has, as a length
	said   map[uint32][]string
	others others
}

// asked is one term of a question.
type asked struct {
	term    uint32
	weight  uint32 // how rare it is and how often the question says it
	rarity  uint32
	impact  uint8   // how much the question is about it
	reports float64 // how many reports have it, those from anywhere among them, other than those that ask
}

// repeats is how soon saying a word again adds nothing to what is asked.
const repeats = 8.0

// mostTerms is how many terms a question has at most. Longer texts are asked
// by the terms that tell most; so many cannot overflow a score either.
const mostTerms = 600

// ask turns a query into the terms that are in the index.
func (x *Index) ask(q Query) question {
	said := sayings{words: map[uint32][]string{}, counts: map[uint32]float64{}, strange: map[string]uint32{}}
	x.read(q.Title, &said)
	x.read(q.Text, &said)
	ask := question{said: said.words, others: x.others(q.Exclude)}
	for _, term := range said.order {
		n := said.counts[term]
		t := asked{term: term, rarity: ask.others.rarity(term), impact: x.impact(term, n, said.total, said.ideas)}
		t.weight = uint32(math.Round(float64(t.rarity) * n * (repeats + 1) / (n + repeats)))
		if ask.others.has(term) {
			t.reports = ask.others.having(term)
			ask.terms = append(ask.terms, t)
			continue
		}
		ask.all += uint64(t.weight) * uint64(t.impact)
		ask.unmet += math.Pow(float64(t.rarity)*float64(t.impact), 2)
	}
	slices.SortStableFunc(ask.terms, func(a, b asked) int { return cmp.Compare(b.weight, a.weight) })
	ask.terms = ask.terms[:min(mostTerms, len(ask.terms))]
	slices.SortFunc(ask.terms, func(a, b asked) int { return cmp.Compare(a.term, b.term) })
	for _, t := range ask.terms {
		ask.all += uint64(t.weight) * uint64(t.impact)
	}
	return ask
}

// sayings is what a question says, term by term.
type sayings struct {
	order   []uint32 // terms as they were met
	counts  map[uint32]float64
	words   map[uint32][]string // as they were written
	total   float64             // words
	ideas   float64
	strange map[string]uint32 // stems that are in no dictionary, with terms for the time being
}

// term returns the term of a word, one for the time being if it has none.
func (s *sayings) term(w word) uint32 {
	if w.term != unknown {
		return w.term
	}
	stem := stem(w.text)
	term, ok := s.strange[stem]
	if !ok {
		term = unknown - 1 - uint32(len(s.strange))
		s.strange[stem] = term
	}
	return term
}

func (s *sayings) add(term uint32, worth float64, words string) {
	if s.counts[term] == 0 {
		s.order = append(s.order, term)
	}
	s.counts[term] += worth
	if !slices.Contains(s.words[term], words) {
		s.words[term] = append(s.words[term], words)
	}
}

// read adds what a text says.
func (x *Index) read(text string, said *sayings) {
	var row []uint32
	var spans [][2]int
	tokens(text, func(w string, start, end int) {
		known := x.dict.look(w)
		row, spans = append(row, known.term), append(spans, [2]int{start, end})
		if !known.empty {
			said.total++
			said.add(said.term(known), 1, text[start:end])
		}
	})
	x.dict.eachIdea(row, func(idea uint32, from, to int) {
		said.ideas += sayingWorth(to - from)
		said.add(idea, sayingWorth(to-from), text[spans[from][0]:spans[to-1][1]])
	})
}

// has reports whether some document has the term.
func (x *Index) has(term uint32) bool {
	return int64(term) < int64(len(x.lists)) && len(x.lists[term].slots) > 0
}

// others are all documents but some, and reports from anywhere.
type others struct {
	x     *Index
	but   map[uint32]int // of a term, how many of those left out have it
	all   float64
	kinds map[Kind]int // without the reports from anywhere
}

// others leaves out the documents with these ids.
func (x *Index) others(but []string) others {
	o := others{x: x, all: float64(len(x.slots)) + elsewhere, kinds: maps.Clone(x.kinds), but: map[uint32]int{}}
	for _, id := range but {
		if slot, ok := x.slots[id]; ok {
			o.all--
			o.kinds[x.docs[slot].Kind]--
			for _, w := range x.docs[slot].terms {
				o.but[w.term]++
			}
		}
	}
	return o
}

// has reports whether some document has the term.
func (o *others) has(term uint32) bool {
	return o.x.has(term) && len(o.x.lists[term].slots) > o.but[term]
}

// having is how many of them have a term.
func (o *others) having(term uint32) float64 {
	n := elsewhere * o.x.dict.part(term)
	if o.has(term) {
		n += float64(len(o.x.lists[term].slots) - o.but[term])
	}
	return n
}

// rarity is the inverse document frequency of a term, in 1/256.
func (o *others) rarity(term uint32) uint32 {
	rarity := 256 * math.Log((o.all+1)/(o.having(term)+0.5))
	if o.x.dict.isIdea(term) {
		rarity *= o.x.settings.Ideas
	}
	return uint32(math.Round(rarity))
}

// reasons is how many words are given for a likeness.
const reasons = 8

// why returns the words of the question that a document has, or says in other
// words, the most telling first.
func (ask *question) why(doc []weight) []string {
	parts := map[string]float64{}
	for _, t := range ask.terms {
		i := slices.IndexFunc(doc, func(w weight) bool { return w.term == t.term })
		if i < 0 {
			continue
		}
		said := ask.said[t.term]
		for _, words := range said {
			parts[words] += float64(t.weight) * float64(doc[i].impact) / float64(len(said))
		}
	}
	words := make([]string, 0, len(parts))
	for w := range parts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(parts[b], parts[a]), cmp.Compare(a, b)) })
	return words[:min(reasons, len(words))]
}
