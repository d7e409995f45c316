package language

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// phrase is one line of a list: words one after the other. A word may be the
// beginning of one ("incompeten*"), one of several ("was|were"), any of a
// section ("<who>"), any at all ("_"), or up to three of any ("...", within a clause; "...." are up to nine). What ends
// with a question mark may be missing.
type phrase struct {
	section string
	line    string
	own     bool // of a list after the language's: no weight takes it back
	parts   []part
}

// part is one place of a phrase.
type part struct {
	words    []string
	optional bool
	gap      int // how many words at most, of whatever kind
	any      bool
	edge     bool // where the sentence begins, where it ends, or where a clause does
}

// wordSections are those of single words, by which phrases name them.
func wordSections() []string {
	return []string{"who", "whose", "us", "self", "article", "ending", "thing", "between", "trait", "done", "concrete",
		"vice", "virtue", "rogue", "badly", "glibly", "idle", "duty", "doing", "swagger", "butcher", "deceive", "err", "attend", "bad", "work", "mechanical", "house", "lofty", "generic", "other", "scorn", "mind", "press", "body", "ruin"}
}

// phraseSections are those of phrases.
func phraseSections() []string {
	return []string{"blame", "blame if somebody", "blame unless us", "blame somewhere", "fault", "deed", "omission", "hint", "whiff", "excuse", "legal", "hindsight", "control", "rescue",
		"abstract", "need", "vague", "thin", "anchor", "left alone"}
}

// New reads by several lists together, a language's first and a team's own after
// it. An error says which line cannot be read and why.
func New(lists ...string) (*Reader, error) {
	r := &Reader{words: map[string]map[string]bool{}}
	for _, name := range wordSections() {
		r.words[name] = map[string]bool{}
	}
	return r.With(lists...)
}

// With reads by further lists after those of r, which stays as it is. An error is a
// [*ListError].
func (r *Reader) With(lists ...string) (*Reader, error) {
	more := &Reader{words: map[string]map[string]bool{}, phrases: slices.Clone(r.phrases), weights: r.weights,
		starts: map[string][]phrase{}, begins: map[string][]phrase{}}
	for name, words := range r.words {
		more.words[name] = maps.Clone(words)
	}
	for _, list := range lists {
		if err := more.add(list); err != nil {
			return nil, err
		}
	}
	more.index()
	return more, nil
}

// ListError says which line of a list cannot be read, and why.
type ListError struct {
	Line int    // from 1
	What string // the word or phrase of the line that it is about
	Why  string // in English, for whoever starts the program
}

// Error says the line and why.
func (e *ListError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// add takes a list in.
func (r *Reader) add(list string) error {
	section := ""
	for i, line := range strings.Split(list, "\n") {
		line, _, _ = strings.Cut(line, "# ")
		line = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(line, "’", "'")), " "))
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
			if !slices.Contains(wordSections(), section) && !slices.Contains(phraseSections(), section) {
				return &ListError{i + 1, section, fmt.Sprintf("no section is called %q", section)}
			}
		case section == "":
			return &ListError{i + 1, line, "stands in no section"}
		default:
			if wrong := r.line(section, line); wrong != nil {
				wrong.Line = i + 1
				return wrong
			}
		}
	}
	return nil
}

// line takes in what a line of a section says: words or a phrase, or with "-" before
// it that one of a list before goes.
func (r *Reader) line(section, line string) *ListError {
	old, gone := strings.CutPrefix(line, "-")
	old = strings.TrimSpace(old)
	if r.words[section] != nil {
		for _, w := range strings.Fields(old) {
			if gone && !r.words[section][w] {
				return &ListError{0, w, fmt.Sprintf("%q is not in the section %q", w, section)}
			}
			if r.words[section][w] = true; gone {
				delete(r.words[section], w)
			}
		}
		return nil
	}
	if !gone {
		return r.phrase(section, line)
	}
	n := len(r.phrases)
	r.phrases = slices.DeleteFunc(r.phrases, func(p phrase) bool { return p.section == section && p.line == old })
	if len(r.phrases) == n {
		return &ListError{0, old, fmt.Sprintf("%q is not in the section %q", old, section)}
	}
	return nil
}

// phrase takes one phrase in.
func (r *Reader) phrase(section, line string) *ListError {
	p := phrase{section: section, line: line, own: r.weights != nil}
	for _, w := range strings.Fields(line) {
		one := part{gap: gaps[w], edge: w == "^" || w == "$" || w == "/"}
		w, one.optional = strings.CutSuffix(w, "?")
		one.any = w == "_"
		for _, choice := range strings.Split(w, "|") {
			if choice == "" {
				return &ListError{0, line, fmt.Sprintf("%q has a place with no word", line)}
			}
			if name, named := strings.CutPrefix(choice, "<"); named && r.words[strings.TrimSuffix(name, ">")] == nil {
				return &ListError{0, choice, fmt.Sprintf("no section of words is called %q", choice)}
			}
			one.words = append(one.words, choice)
		}
		p.parts = append(p.parts, one)
	}
	first := p.first()
	if first.gap > 0 || first.any || first.edge || first.optional || slices.ContainsFunc(first.words, open) {
		return &ListError{0, line, fmt.Sprintf("%q starts with what may be missing or anything", line)}
	}
	r.phrases = append(r.phrases, p)
	return nil
}

// open reports whether a section has words that are not listed.
func open(choice string) bool {
	return choice == "<done>" || choice == "<duty>" || choice == "<doing>" || choice == "<generic>"
}

// first is the part that a phrase is found by.
func (p phrase) first() part {
	if p.parts[0].edge && len(p.parts) > 1 {
		return p.parts[1]
	}
	return p.parts[0]
}

// stem is how many letters of the beginning of a word a phrase is found by.
const stem = 2

// index sorts the phrases by the words they can start with.
func (r *Reader) index() {
	for _, p := range r.phrases {
		for _, w := range p.first().words {
			front, open := strings.CutSuffix(w, "*")
			switch {
			case open:
				r.begins[front[:min(stem, len(front))]] = append(r.begins[front[:min(stem, len(front))]], p)
			case w[0] == '<':
				r.starts[w] = append(r.starts[w], p)
				for _, one := range r.all(w[1 : len(w)-1]) {
					r.starts[one] = append(r.starts[one], p)
				}
			default:
				r.starts[w] = append(r.starts[w], p)
			}
		}
	}
}

// all is every word of a section that is not open at its end.
func (r *Reader) all(section string) []string {
	words := slices.Collect(maps.Keys(r.words[section]))
	if section == "whose" {
		for w := range r.words["who"] {
			words = append(words, w+"'s")
		}
	}
	return words
}

// match is where a phrase stands in a sentence: tokens from to before to.
type match struct {
	phrase
	from, to int
}

// meets reports whether two matches share a word.
func (m match) meets(other match) bool { return m.from < other.to && other.from < m.to }

// match finds every phrase wherever it stands, by section.
func (r *Reader) match(s sentence) map[string][]match {
	found := map[string][]match{}
	for i, t := range s.tokens {
		for _, list := range [][]phrase{r.starts[t.word], r.begins[t.word[:min(stem, len(t.word))]], r.starts[r.known(s, i)]} {
			for _, p := range list {
				if to := r.fits(p.parts, s, i); to > i {
					found[p.section] = append(found[p.section], match{p, i, to})
				}
			}
		}
	}
	return found
}

// known is the section that a word belongs to although no list has it: a name, or
// somebody by the ending, or what belongs to them.
func (r *Reader) known(s sentence, i int) string {
	switch {
	case r.owner(s, i):
		return "<whose>"
	case r.somebody(s, i):
		return "<other>"
	}
	return ""
}

// gaps are how many words each kind of gap holds at most.
var gaps = map[string]int{"...": 3, "....": 9}

// fits returns where the parts end that begin at token i, or 0.
func (r *Reader) fits(parts []part, s sentence, i int) int {
	tokens := s.tokens
	if len(parts) == 0 {
		return i
	}
	p := parts[0]
	if p.edge {
		if !p.here(s, i) {
			return 0
		}
		return r.fits(parts[1:], s, i)
	}
	if p.gap > 0 {
		for n := 0; n <= p.gap && i+n <= len(tokens); n++ {
			if to := r.fits(parts[1:], s, i+n); to > 0 {
				return to
			}
			if i+n < len(tokens) && tokens[i+n].closes && p.gap == gaps["..."] {
				break
			}
		}
		return 0
	}
	if i < len(tokens) && r.is(p, s, i) {
		if to := r.fits(parts[1:], s, i+1); to > 0 {
			return to
		}
	}
	if p.optional {
		return r.fits(parts[1:], s, i)
	}
	return 0
}

// here reports whether an edge is before token i.
func (p part) here(s sentence, i int) bool {
	switch p.words[0] {
	case "^":
		return i == 0
	case "/":
		return i == len(s.tokens) || i > 0 && s.tokens[i-1].closes
	}
	return i == len(s.tokens)
}

// is reports whether a word fits a part.
func (r *Reader) is(p part, s sentence, i int) bool {
	word := s.tokens[i].word
	if p.any {
		return true
	}
	for _, w := range p.words {
		front, open := strings.CutSuffix(w, "*")
		switch {
		case open && strings.HasPrefix(word, front), word == w:
			return true
		case w == "<other>" && r.somebody(s, i), w == "<whose>" && r.owner(s, i), w[0] == '<' && r.in(w[1:len(w)-1], word):
			return true
		}
	}
	return false
}

// in reports whether a word belongs to a section. What is done is also what ends
// in -ed, and whose it is can also be said by the word for who and an 's.
func (r *Reader) in(section, word string) bool {
	switch {
	case r.words[section][word]:
		return true
	case section == "duty", section == "generic", section == "mechanical", section == "scorn", section == "mind", section == "ruin":
		return slices.ContainsFunc(bases(word), func(b string) bool { return r.words[section][b] })
	case section == "doing":
		return strings.HasSuffix(word, "ing") && r.in("duty", word)
	case section == "done":
		return len(word) > 4 && strings.HasSuffix(word, "ed")
	case section == "whose":
		owner, owns := strings.CutSuffix(word, "'s")
		return owns && r.words["who"][owner]
	}
	return false
}
