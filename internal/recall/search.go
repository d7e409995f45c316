package recall

import (
	"cmp"
	"math"
	"slices"
)

// Search is what the search page asks.
type Search struct {
	Text   string // as typed; "in quotation marks" means word for word
	Limit  int    // how many hits at most; 0 means 20
	Offset int    // how many to leave out at the beginning
	Now    int64  // microseconds of Unix time; what is recent comes a little higher; 0 if that shall not matter
	Filter
}

// Found is a page of what a search found.
type Found struct {
	Hits  []Hit
	Total int            // how many there are in all
	Kinds map[Kind]int   // how many of each kind there would be without Filter.Kinds
	Tags  map[string]int // how many of them have each tag
}

// Search finds documents by the words typed: whole words in any inflection,
// the last one also as a beginning. A document that has more of the words
// stands above one that has fewer; other words for the same thing count too,
// but less, and alone are enough only where nothing better is there. What is
// called by a name that was typed, such as F-12, stands first.
func (x *Index) Search(s Search) Found {
	x.mu.RLock()
	defer x.mu.RUnlock()
	l := x.look(s.Text)
	defer x.tallies.Put(l.tallies)
	from := max(s.Offset, 0)
	best := top[scored]{limit: from + s.limit(), better: func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(x.docs[a.slot].ID, x.docs[b.slot].ID))
	}}
	var found Found
	sieve, count := x.sieve(&s.Filter), census{tags: make([]int, len(x.labels.names))}
	for i := range x.docs {
		slot, d := uint32(i), &x.docs[i]
		score := l.value(slot, d)
		if score == 0 || !sieve.passesOtherwise(d) {
			continue
		}
		count.kind(d.Kind)
		if !sieve.isOfKind(d) {
			continue
		}
		found.Total++
		count.labels(d.labels)
		if !best.full() || score*(1+recentWorth) >= best.last().score {
			best.offer(scored{slot, score * s.recency(d.At)})
		}
	}
	count.result(x.labels.names, &found)
	for _, b := range best.list[min(from, len(best.list)):] {
		found.Hits = append(found.Hits, l.hit(b, &x.docs[b.slot]))
	}
	return found
}

// scored is a document on its way to becoming a hit.
type scored struct {
	slot  uint32
	score float64
}

// looking is a search made ready for the index it is asked of.
type looking struct {
	typed
	wanted  []wanted
	phrases [][]uint32 // as numbers of words
	quoted  uint64     // which of the wanted stand in a phrase
	named   []uint32   // the documents called by a name that was typed
	tallies *[]tally   // by slot
}

// look makes a search ready.
func (x *Index) look(text string) looking {
	l := looking{typed: readTyped(text)}
	l.phrases = x.rows(l.typed.phrases)
	l.wanted = x.want(l.typed)
	l.tallies = x.blankTallies()
	for i, w := range l.wanted {
		x.tally(i, w, *l.tallies)
		if i >= len(l.words) {
			l.quoted |= bit(i)
		}
	}
	for _, name := range l.names {
		l.named = append(l.named, x.names[name]...)
	}
	return l
}

// blankTallies returns an empty tally for every slot.
func (x *Index) blankTallies() *[]tally {
	tallies, ok := x.tallies.Get().(*[]tally)
	if !ok || cap(*tallies) < len(x.docs) {
		fresh := make([]tally, len(x.docs), len(x.docs)+len(x.docs)/4)
		return &fresh
	}
	*tallies = (*tallies)[:len(x.docs)]
	clear(*tallies)
	return tallies
}

// value is how well a document answers, before it is asked how old it is; 0 if
// not at all.
func (l *looking) value(slot uint32, d *entry) float64 {
	has := &(*l.tallies)[slot]
	switch {
	case slices.Contains(l.named, slot):
		return nameWorth
	case d.row == nil || has.has&l.quoted != l.quoted || !d.hasAll(l.phrases):
		return 0
	}
	score := has.score(l.wanted)
	if slices.Contains(l.kinds, d.Kind) {
		score += kindWorth
	}
	if len(l.wanted) == 0 && len(l.phrases) > 0 {
		score++ // a phrase of small words only
	}
	return score
}

// hit says what was found. It is weak if it has none of the words typed but
// says the same in others.
func (l *looking) hit(s scored, d *entry) Hit {
	has := &(*l.tallies)[s.slot]
	weak := has.has == 0 && len(l.wanted) > 0 && !slices.Contains(l.named, s.slot)
	return Hit{ID: d.ID, Kind: d.Kind, Score: s.score, Weak: weak, Why: has.matched(l.wanted)}
}

func (s *Search) limit() int {
	if s.Limit <= 0 {
		return 20
	}
	return s.Limit
}

// What else moves a document, measured against a score of about one for a
// document that has everything asked for.
const (
	nameWorth   = 3.0  // being called by the name that was typed
	kindWorth   = 0.3  // being of a kind that was named
	recentWorth = 0.15 // having happened just now
	ideaWorth   = 0.25 // saying the same in other words
	begunWorth  = 0.7  // a word of which only the beginning was typed
)

const (
	mostBegun = 64                          // how many words a beginning may stand for
	aYear     = 365.25 * 24 * 60 * 60 * 1e6 // microseconds
)

// recency is a factor that halves its surplus every year.
func (s *Search) recency(at int64) float64 {
	if s.Now == 0 || at == 0 || at > s.Now {
		return 1
	}
	return 1 + recentWorth*math.Exp2(-float64(s.Now-at)/aYear)
}

// wanted is one word typed, and what may stand for it.
type wanted struct {
	word   string
	rarity float64
	terms  []worth // the word itself first
	ideas  []worth
}

// worth is how much it counts if a document has a term.
type worth struct {
	term uint32
	part float64
}

// want looks up the words typed, those in quotation marks too.
func (x *Index) want(t typed) []wanted {
	var out []wanted
	for _, w := range t.words {
		out = append(out, x.wantWord(w, w == t.begun))
	}
	for _, p := range t.phrases {
		for _, w := range p {
			if !saysNothing(w) {
				out = append(out, x.wantWord(w, false))
			}
		}
	}
	return out
}

func (x *Index) wantWord(text string, begun bool) wanted {
	known := x.dict.look(text)
	w := wanted{word: text}
	all, best := x.others(nil), uint32(1)
	if x.has(known.term) {
		w.terms = append(w.terms, worth{known.term, 1})
		best = all.rarity(known.term)
	}
	if begun {
		x.dict.beginning(text, func(b word) {
			among := slices.ContainsFunc(w.terms, func(t worth) bool { return t.term == b.term })
			if x.has(b.term) && !b.empty && !among && len(w.terms) < mostBegun {
				w.terms = append(w.terms, worth{b.term, begunWorth})
				best = max(best, all.rarity(b.term))
			}
		})
	}
	for _, p := range x.dict.said(known.term) {
		if len(p.rest) == 0 && x.has(p.idea) {
			w.ideas = append(w.ideas, worth{p.idea, 1})
			best = max(best, all.rarity(p.idea))
		}
	}
	w.rarity = float64(best)
	return w
}

// bit stands for the i-th word wanted; those beyond the last bit share it.
func bit(i int) uint64 { return 1 << min(i, 63) }

// tally is what a document has of the words wanted.
type tally struct {
	has   uint64 // which of the words
	words float64
	ideas float64
	part  float64 // of the last thing that was added
	last  int32   // which that was
}

// tally adds the i-th word wanted to every document's tally. A document counts
// the most that any of the terms is worth there.
func (x *Index) tally(i int, w wanted, tallies []tally) {
	for _, t := range w.terms {
		x.eachPart(t, tallies, int32(2*i+1), func(have *tally, more float64) {
			have.has |= bit(i)
			have.words += w.rarity * more
		})
	}
	for _, t := range w.ideas {
		x.eachPart(t, tallies, int32(2*i+2), func(have *tally, more float64) { have.ideas += w.rarity * more })
	}
}

// eachPart calls add for every document that has the term, with how much more
// it is worth there than what was added for the same thing before.
func (x *Index) eachPart(t worth, tallies []tally, thing int32, add func(have *tally, more float64)) {
	p := &x.lists[t.term]
	for i, slot := range p.slots {
		have := &tallies[slot]
		if have.last != thing {
			have.last, have.part = thing, 0
		}
		if part := t.part * float64(p.impacts[i]) / 255; part > have.part {
			add(have, part-have.part)
			have.part = part
		}
	}
}

// score is about one for a document that has all that is wanted, much of it.
// What a document lacks costs it more than saying the rest often can earn.
func (t *tally) score(all []wanted) float64 {
	covered, total := 0.0, 0.0
	for i, w := range all {
		total += w.rarity
		if t.has&bit(i) != 0 {
			covered += w.rarity
		}
	}
	if total == 0 {
		return 0
	}
	return covered/total*(0.5+0.5*t.words/total) + ideaWorth*t.ideas/total
}

// matched returns the words that the document has, as they were typed.
func (t *tally) matched(all []wanted) []string {
	var words []string
	for i, w := range all {
		if t.has&bit(i) != 0 {
			words = append(words, w.word)
		}
	}
	return words
}

// rows turns phrases into numbers of words. A word that nobody wrote gets a
// number that no document has.
func (x *Index) rows(phrases [][]string) [][]uint32 {
	var rows [][]uint32
	for _, p := range phrases {
		row := make([]uint32, len(p))
		for i, w := range p {
			n, ok := x.dict.words[w]
			if !ok {
				n = unknown
			}
			row[i] = n
		}
		rows = append(rows, row)
	}
	return rows
}

// hasAll reports whether a document has every phrase, word for word.
func (e *entry) hasAll(phrases [][]uint32) bool {
	for _, p := range phrases {
		if !hasRow(e.row, p) {
			return false
		}
	}
	return true
}

func hasRow(row, phrase []uint32) bool {
	for i := range row {
		if row[i] == phrase[0] && hasPrefix(row[i:], phrase) {
			return true
		}
	}
	return false
}
