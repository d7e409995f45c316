package recall

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// Index holds the words of documents and answers questions about them. Any
// number of goroutines may ask while others put and remove; what is put is
// found by every question that begins afterwards.
type Index struct {
	settings Settings
	mu       sync.RWMutex
	dict     dictionary
	slots    map[string]uint32   // id to slot
	names    map[string][]uint32 // what people call it, as nameKey writes it, to slots
	labels   labels
	kinds    map[Kind]int // how many documents
	docs     []entry      // by slot
	free     []uint32     // slots of removed documents
	lists    []postings   // by term
	sheet    tallySheet   // of whoever puts
	scores   sync.Pool    // *[]uint32, one accumulator per slot
	tallies  sync.Pool    // *[]tally
	local    sync.Pool    // *numbering
}

// entry is what the index keeps of a document. Its slices are replaced, never
// written to, so that a question may go on reading them without the lock.
type entry struct {
	Doc             // without Title, Text and Tags
	labels []uint32 // its tags
	row    []uint32 // its words in order, a titleEnd between title and text
	terms  []weight // what it is about, by term
}

// weight is how much a document is about a term, in 1/255: how often it says
// it, against how long it is.
type weight struct {
	term   uint32
	impact uint8
}

// postings are the documents that have a term, by slot.
type postings struct {
	slots   []uint32
	impacts []uint8
}

// New returns an empty index with the usual settings.
func New() *Index { return NewWith(Usual()) }

// NewWith returns an empty index with settings of one's own. Its snapshots
// cannot be loaded.
func NewWith(s Settings) *Index {
	x := &Index{settings: s, dict: newDictionary(), slots: map[string]uint32{}, names: map[string][]uint32{},
		labels: labels{numbers: map[string]uint32{}}, kinds: map[Kind]int{}}
	x.lists = make([]postings, x.dict.terms)
	return x
}

// Len returns how many documents the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.slots)
}

// Put adds a document, or replaces the one with the same id. It reports whether
// that one had other words, which the index has now forgotten.
func (x *Index) Put(d Doc) (forgot bool) {
	title, text, tags := split(d.Title), split(d.Text), d.Tags
	d.Title, d.Text, d.Tags = "", "", nil
	x.mu.Lock()
	defer x.mu.Unlock()
	row := make([]uint32, 0, len(title)+1+len(text))
	for _, w := range title {
		row = append(row, x.dict.learn(w))
	}
	row = append(row, titleEnd)
	for _, w := range text {
		row = append(row, x.dict.learn(w))
	}
	if slot, ok := x.slots[d.ID]; ok {
		forgot = !slices.Equal(x.docs[slot].row, row)
		x.remove(d.ID)
	}
	x.insert(entry{Doc: d, labels: x.labels.list(tags), row: row, terms: x.weigh(row, &x.sheet)})
	return forgot
}

// split returns the words of a text.
func split(text string) []string {
	var words []string
	tokens(text, func(word string, _, _ int) { words = append(words, word) })
	return words
}

// fill puts many entries into an empty index, and weighs them with all
// processors there are.
func (x *Index) fill(all []entry) {
	var weighing sync.WaitGroup
	for part := range slices.Chunk(all, 1+len(all)/runtime.GOMAXPROCS(0)) {
		weighing.Go(func() {
			var sheet tallySheet
			for i := range part {
				part[i].terms = x.weigh(part[i].row, &sheet)
			}
		})
	}
	weighing.Wait()
	x.reserve(all)
	for _, e := range all {
		x.insert(e)
	}
}

// reserve makes the lists as long as the entries will make them. Grown one by
// one they would be copied again and again, and a fifth of them would stay empty.
func (x *Index) reserve(all []entry) {
	lengths, total := make([]int, x.dict.terms), 0
	for _, e := range all {
		for _, w := range e.terms {
			lengths[w.term]++
			total++
		}
	}
	slots, impacts := make([]uint32, total), make([]uint8, total)
	x.lists = make([]postings, len(lengths))
	for term, n := range lengths {
		x.lists[term] = postings{slots[:0:n], impacts[:0:n]}
		slots, impacts = slots[n:], impacts[n:]
	}
	x.docs = make([]entry, 0, len(all))
	x.slots = make(map[string]uint32, len(all))
}

// insert gives an entry a slot and posts its terms.
func (x *Index) insert(e entry) {
	x.lists = append(x.lists, make([]postings, int(x.dict.terms)-len(x.lists))...)
	slot := uint32(len(x.docs))
	if n := len(x.free); n > 0 {
		slot, x.free = x.free[n-1], x.free[:n-1]
		x.docs[slot] = e
	} else {
		x.docs = append(x.docs, e)
	}
	x.slots[e.ID] = slot
	x.kinds[e.Kind]++
	for _, name := range e.Names {
		if key := nameKey(name); key != "" {
			x.names[key] = append(x.names[key], slot)
		}
	}
	for _, w := range e.terms {
		x.lists[w.term].insert(slot, w.impact)
	}
}

// Remove forgets a document and its parts, and reports whether it was there.
func (x *Index) Remove(id string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.remove(id) {
		return false
	}
	for i := range x.docs {
		if x.docs[i].Of == id {
			x.remove(x.docs[i].ID)
		}
	}
	return true
}

// remove forgets one document and reports whether it was there.
func (x *Index) remove(id string) bool {
	slot, ok := x.slots[id]
	if !ok {
		return false
	}
	for _, w := range x.docs[slot].terms {
		x.lists[w.term].drop(slot)
	}
	for _, name := range x.docs[slot].Names {
		x.unname(nameKey(name), slot)
	}
	x.kinds[x.docs[slot].Kind]--
	x.docs[slot] = entry{}
	x.free = append(x.free, slot)
	delete(x.slots, id)
	return true
}

// unname forgets that a document is called by a name. Others may be called by
// it too: two organisations both have a PM-7.
func (x *Index) unname(key string, slot uint32) {
	if left := slices.DeleteFunc(x.names[key], func(s uint32) bool { return s == slot }); len(left) > 0 {
		x.names[key] = left
	} else {
		delete(x.names, key)
	}
}

// Settings say what counts how much in a likeness. They were chosen on groups
// of records that somebody had found to be the same failure again; test/eval
// shows that a choice made on some groups does as well on the others.
type Settings struct {
	Title  float64 // what a word in the title counts against one in the text
	Length float64 // words of a document that is neither short nor long
	Ideas  float64 // what an idea counts against a word; 0 compares words only
	Near   float64 // what the likeness among the best counts against the exact one; 0 leaves it out
}

// Usual are the settings of [New].
func Usual() Settings { return Settings{Title: 2, Length: 50, Ideas: 1, Near: 0.75} }

// The constants of BM25, for words and for ideas. The length that a document
// is measured against is a setting and not the average, so that an impact
// stays right when other documents come and go.
const (
	wordSaturation = 1.2 // how soon more of the same adds nothing
	ideaSaturation = 2.0
	lengthPart     = 0.75 // how much of its length is held against a document
)

// weigh returns what a row of words is about, in the order in which it says it.
func (x *Index) weigh(row []uint32, sheet *tallySheet) []weight {
	d := &x.dict
	sheet.clear(int(d.terms))
	title := slices.Index(row, titleEnd)
	d.count(row[:title], x.settings.Title, sheet)
	d.count(row[title+1:], 1, sheet)
	var words, ideas float64
	for _, term := range sheet.met {
		if d.isIdea(term) {
			ideas += sheet.counts[term]
		} else {
			words += sheet.counts[term]
		}
	}
	out := make([]weight, len(sheet.met))
	for i, term := range sheet.met {
		out[i] = weight{term, x.impact(term, sheet.counts[term], words, ideas)}
	}
	return out
}

// tallySheet counts terms. It is kept between documents, as making it anew
// would take longer than counting.
type tallySheet struct {
	counts []float64 // by term
	met    []uint32  // the terms that have a count
	terms  []uint32
}

func (s *tallySheet) clear(terms int) {
	for _, term := range s.met {
		s.counts[term] = 0
	}
	s.met = s.met[:0]
	if n := terms - len(s.counts); n > 0 {
		s.counts = append(s.counts, make([]float64, n)...)
	}
}

func (s *tallySheet) add(term uint32, worth float64) {
	if s.counts[term] == 0 {
		s.met = append(s.met, term)
	}
	s.counts[term] += worth
}

// impact weighs a term said n times by a text with so many words and ideas.
func (x *Index) impact(term uint32, n, words, ideas float64) uint8 {
	k := wordSaturation * (1 - lengthPart + lengthPart*words/x.settings.Length)
	if x.dict.isIdea(term) {
		k = ideaSaturation * (1 - lengthPart + lengthPart*ideas/x.settings.Length)
	}
	return uint8(max(1, math.Round(255*n/(n+k))))
}

// count adds how often a row of words says each word and idea.
func (d *dictionary) count(row []uint32, worth float64, sheet *tallySheet) {
	sheet.terms = sheet.terms[:0]
	for _, n := range row {
		w := &d.known[n]
		sheet.terms = append(sheet.terms, w.term)
		if !w.empty {
			sheet.add(w.term, worth)
		}
	}
	d.eachIdea(sheet.terms, func(idea uint32, from, to int) { sheet.add(idea, worth*sayingWorth(to-from)) })
}

func (p *postings) insert(slot uint32, impact uint8) {
	if n := len(p.slots); n == 0 || p.slots[n-1] < slot {
		p.slots, p.impacts = append(p.slots, slot), append(p.impacts, impact)
		return
	}
	i, _ := slices.BinarySearch(p.slots, slot)
	p.slots = slices.Insert(p.slots, i, slot)
	p.impacts = slices.Insert(p.impacts, i, impact)
}

func (p *postings) drop(slot uint32) {
	if i, ok := slices.BinarySearch(p.slots, slot); ok {
		p.slots = slices.Delete(p.slots, i, i+1)
		p.impacts = slices.Delete(p.impacts, i, i+1)
	}
}
