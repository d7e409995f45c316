package recall

import (
	"slices"
	"strings"
)

// dictionary numbers words and terms. A word is as written, in lower case; a
// term is what is compared: an idea or the stem of a word. Ideas come first,
// so that a term below ideaCount is one.
type dictionary struct {
	words     map[string]uint32 // word to its number
	known     []word            // by number
	sorted    []uint32          // numbers of most words in alphabetical order; the newest are not in it yet
	stems     map[string]uint32 // stem to its term
	sayings   [][]phrase        // by the term they begin with; shorter than there are terms
	ideaCount uint32
	terms     uint32    // how many there are
	common    []float64 // by term: the part of the reports from anywhere that have it; shorter than there are terms
}

// word is a word somebody wrote.
type word struct {
	text  string
	term  uint32
	empty bool // says nothing by itself; counts only within a phrase
}

// titleEnd separates title and text in a row of words; it is no word.
const titleEnd = 0

func newDictionary() dictionary {
	book := ideas()
	d := dictionary{
		words:     map[string]uint32{},
		known:     make([]word, 1),
		stems:     map[string]uint32{},
		ideaCount: uint32(len(book.names)),
		terms:     uint32(len(book.names)),
	}
	for range book.names {
		d.common = append(d.common, commonIdea)
	}
	for _, s := range commonStems() {
		if term := d.stem(s.stem); int(term) == len(d.common) {
			d.common = append(d.common, s.part)
		}
	}
	for _, s := range book.phrases {
		row := make([]uint32, len(s.stems))
		for i, stem := range s.stems {
			row[i] = d.stem(stem)
		}
		d.sayings = append(d.sayings, make([][]phrase, int(d.terms)-len(d.sayings))...)
		d.sayings[row[0]] = append(d.sayings[row[0]], phrase{rest: row[1:], idea: s.idea})
	}
	return d
}

// said returns what a term may begin.
func (d *dictionary) said(term uint32) []phrase {
	if int(term) >= len(d.sayings) {
		return nil
	}
	return d.sayings[term]
}

// part is the part of the reports from anywhere that have a term.
func (d *dictionary) part(term uint32) float64 {
	if int64(term) < int64(len(d.common)) {
		return d.common[term]
	}
	return commonRest
}

func (d *dictionary) isIdea(term uint32) bool { return term < d.ideaCount }

func (d *dictionary) stem(s string) uint32 {
	term, ok := d.stems[s]
	if !ok {
		term = d.terms
		d.stems[s] = term
		d.terms++
	}
	return term
}

// learn returns the number of a word, a new one if need be.
func (d *dictionary) learn(text string) uint32 {
	n, ok := d.words[text]
	if ok {
		return n
	}
	n = uint32(len(d.known))
	text = strings.Clone(text)
	d.words[text] = n
	d.known = append(d.known, word{text: text, term: d.stem(stem(text)), empty: saysNothing(text)})
	if len(d.known)-len(d.sorted) > 1000+len(d.sorted)/8 {
		d.sort()
	}
	return n
}

// sort brings the order of words up to date. Done now and then, not for every
// word: what is missing is looked through one by one.
func (d *dictionary) sort() {
	d.sorted = make([]uint32, len(d.known)-1)
	for i := range d.sorted {
		d.sorted[i] = uint32(i + 1)
	}
	slices.SortFunc(d.sorted, func(a, b uint32) int { return strings.Compare(d.known[a].text, d.known[b].text) })
}

// look returns what is known of a word without learning it.
func (d *dictionary) look(text string) word {
	if n, ok := d.words[text]; ok {
		return d.known[n]
	}
	w := word{text: text, term: unknown, empty: saysNothing(text)}
	if term, ok := d.stems[stem(text)]; ok {
		w.term = term
	}
	return w
}

// unknown is the term of a word whose stem nobody wrote.
const unknown = ^uint32(0)

// beginning calls yield with the words that begin with prefix.
func (d *dictionary) beginning(prefix string, yield func(word)) {
	at, _ := slices.BinarySearchFunc(d.sorted, prefix, func(n uint32, text string) int { return strings.Compare(d.known[n].text, text) })
	for _, n := range d.sorted[at:] {
		if !strings.HasPrefix(d.known[n].text, prefix) {
			break
		}
		yield(d.known[n])
	}
	for _, w := range d.known[len(d.sorted)+1:] {
		if strings.HasPrefix(w.text, prefix) {
			yield(w)
		}
	}
}
