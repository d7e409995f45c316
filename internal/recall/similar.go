package recall

import (
	"cmp"
	"slices"
)

// Similar returns the documents most like the question, the best first and
// weak ones too. A question without words has no answers.
//
// The likeness has two parts. The first is exact: how much of what the question
// says the document says too. The second looks at the best of those together
// and asks how alike they are in what they have in common with each other,
// so that a document which tells the same story in other words moves up.
// Both depend on nothing but the question and the documents that are there.
func (x *Index) Similar(q Query) []Hit {
	x.mu.RLock()
	ask := x.ask(q)
	if len(ask.terms) == 0 {
		x.mu.RUnlock()
		return nil
	}
	limit := q.limit() + len(q.Exclude)
	found := x.first(ask, max(limit, around), &q.Filter)
	near := x.neighbourhood(ask, found[:min(around, len(found))])
	x.mu.RUnlock()

	x.settings.rank(found, near)
	hits := make([]Hit, 0, q.limit())
	for _, c := range found {
		if len(hits) < q.limit() && !slices.Contains(q.Exclude, c.doc.ID) {
			hit := Hit{ID: c.doc.ID, Kind: c.doc.Kind, Score: c.score, Why: ask.why(c.doc.terms)}
			hit.Weak, hit.Perhaps = ask.judge(&c)
			hits = append(hits, hit)
		}
	}
	return hits
}

// candidate is a document on its way to becoming a hit.
type candidate struct {
	doc   entry   // by value: the index may have another one in that slot by now
	share float64 // how much of what the question says it says too, up to 1
	alike float64 // the cosine of the two as wholes; 0 beyond the neighbourhood
	score float64
}

// rank gives every candidate its score and puts the best first.
func (s Settings) rank(found []candidate, near neighbourhood) {
	likeness := near.likeness()
	for i := range found {
		c := &found[i]
		c.score = c.share
		if i < len(likeness) {
			c.score += s.Near * likeness[i]
			c.alike = near.asked[i]
		}
		c.score = max(0, c.score/(1+s.Near))
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc.ID, b.doc.ID))
	})
}

func (q *Query) limit() int {
	if q.Limit <= 0 {
		return 5
	}
	return q.Limit
}

// first returns the documents that say most of what the question says, the
// best first, out of those that pass.
func (x *Index) first(ask question, limit int, f *Filter) []candidate {
	scores := x.score(ask.terms)
	defer x.scores.Put(scores)
	best := x.best(*scores, limit, f)
	found := make([]candidate, len(best))
	for i, slot := range best {
		share := float64((*scores)[slot]) / float64(ask.all)
		found[i] = candidate{doc: x.docs[slot], share: min(1, share)}
	}
	return found
}

// window is how many documents are scored at a time, so that their scores stay
// in the processor's cache.
const window = 1 << 16

// score adds up every document's score, term at a time. All numbers are
// integers, so that the order of adding cannot matter.
func (x *Index) score(terms []asked) *[]uint32 {
	scores := x.accumulator()
	from := make([]int, len(terms))
	for start := 0; start < len(x.docs); start += window {
		end := uint32(min(start+window, len(x.docs)))
		for i, t := range terms {
			from[i] = x.lists[t.term].add(*scores, t.weight, from[i], end)
		}
	}
	return scores
}

// add scores the postings below slot end, beginning at the from-th, and
// returns where it stopped.
func (p *postings) add(scores []uint32, weight uint32, from int, end uint32) int {
	slots := p.slots[from:]
	impacts := p.impacts[from:][:len(slots)]
	for i, slot := range slots {
		if slot >= end {
			return from + i
		}
		scores[slot] += weight * uint32(impacts[i])
	}
	return len(p.slots)
}

// accumulator returns a zero for every slot.
func (x *Index) accumulator() *[]uint32 {
	scores, ok := x.scores.Get().(*[]uint32)
	if !ok || cap(*scores) < len(x.docs) {
		fresh := make([]uint32, len(x.docs), len(x.docs)+len(x.docs)/4)
		return &fresh
	}
	*scores = (*scores)[:len(x.docs)]
	clear(*scores)
	return scores
}

// best returns the slots with the highest scores that pass the filter, the
// best first and equals by id. Whether a document passes is asked before it
// takes a place from another.
func (x *Index) best(scores []uint32, limit int, f *Filter) []uint32 {
	best := top[uint32]{limit: limit, better: func(a, b uint32) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(x.docs[a].ID, x.docs[b].ID))
	}}
	least := uint32(1)
	sieve := x.sieve(f)
	for i, score := range scores {
		slot := uint32(i)
		if score < least || !best.takes(slot) || !sieve.passes(&x.docs[slot]) {
			continue
		}
		best.offer(slot)
		if best.full() {
			least = scores[best.last()]
		}
	}
	return best.list
}

// top keeps the best of what it is offered, the best first.
type top[T any] struct {
	limit  int
	better func(a, b T) int
	list   []T
}

func (t *top[T]) full() bool { return len(t.list) == t.limit }

func (t *top[T]) last() T { return t.list[len(t.list)-1] }

// takes reports whether one would get a place.
func (t *top[T]) takes(one T) bool { return !t.full() || t.better(one, t.last()) < 0 }

func (t *top[T]) offer(one T) {
	if !t.takes(one) {
		return
	}
	at, _ := slices.BinarySearchFunc(t.list, one, t.better)
	t.list = slices.Insert(t.list, at, one)
	t.list = t.list[:min(len(t.list), t.limit)]
}
