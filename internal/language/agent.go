package language

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// agent is the word for whoever or whatever does the verb at a place, or -1: the
// head of what stands before it ("the man on the gate never looked"), and where
// nothing does, of the clause before ("Ana locked up and never looked").
func (r *Reader) agent(s sentence, verb int) int {
	i := r.subject(s, verb)
	switch {
	case i < 0:
		return -1
	case slices.Contains(joining, s.tokens[i].word), s.tokens[i].closes && !r.self(s, i):
		if j := r.doer(s, i); j >= 0 {
			return j
		}
		return i
	case s.tokens[i].word == "who" || s.tokens[i].word == "that":
		if i > 0 && (r.somebody(s, i-1) || r.ours(s, i-1)) {
			return i - 1
		}
		return i
	case r.somebody(s, i) && s.tokens[i].word != "him" && s.tokens[i].word != "her" && s.tokens[i].word != "them" && !slices.Contains(prepositions, s.word(i-1)) && !slices.Contains(prepositions, s.word(i-2)):
		return i
	}
	return r.head(s, i)
}

// joining are words that join what one subject does.
var joining = strings.Fields("and but or then nor yet")

// opening words of a clause: what stands before them is none of its subject.
var clauses = strings.Fields("and but or because since as if when while although though that so whereas until after before unless where which who")

// prepositions are what a subject's head stands before.
var prepositions = strings.Fields("of in on at from with for to near behind inside under above between around upstairs next by")

// self reports whether a word is the writer alone.
func (r *Reader) self(s sentence, i int) bool { return r.words["self"][s.tokens[i].word] }

// head is the head of the subject that ends with token i: what stands before its
// first preposition, or the one after "one of", "most of".
func (r *Reader) head(s sentence, i int) int {
	from := i
	for from > 0 && !s.tokens[from-1].closes && !slices.Contains(clauses, s.tokens[from-1].word) {
		from--
	}
	if from > 1 && slices.Contains([]string{"who", "that", "which"}, s.word(from-1)) && (r.somebody(s, from-2) || r.ours(s, from-2)) {
		return from - 2
	}
	for j := from + 1; j < i; j++ {
		w := s.tokens[j].word
		if !slices.Contains(prepositions, w) {
			continue
		}
		if w == "of" && slices.Contains(quantities, s.tokens[j-1].word) {
			if r.ours(s, j+1) {
				return j + 1
			}
			continue
		}
		if r.somebody(s, j-1) || r.ours(s, j-1) || w != "of" {
			return j - 1
		}
	}
	return i
}

// quantities are the words that say how many of those who are named after them.
var quantities = strings.Fields("one none some most half all both many neither either two three each any few several")

// doer is the first in a sentence, before token i, who could do something: the
// writer, somebody else, or a name.
func (r *Reader) doer(s sentence, i int) int {
	for j := 0; j <= i; j++ {
		if r.ours(s, j) && s.word(j-1) == "of" {
			return j
		}
		if slices.Contains(prepositions, s.word(j-1)) || slices.Contains(prepositions, s.word(j-2)) {
			continue
		}
		if r.ours(s, j) || r.somebody(s, j) {
			return j
		}
	}
	return -1
}

// somebody reports whether a word stands for others than the writer, or is a name.
func (r *Reader) somebody(s sentence, i int) bool { return r.person(s, i) || r.name(s, i) }

// name reports whether a word is written as names of people are: with a capital
// and small letters, in no list of things, and where a sentence begins not as
// things without an article are ("Doors", "Training").
func (r *Reader) name(s sentence, i int) bool {
	t := s.tokens[i]
	if r.words["house"][t.word] {
		return true
	}
	first, size := utf8.DecodeRuneInString(s.text[t.start:])
	if t.exact || t.quoted || !unicode.IsUpper(first) || t.end-t.start < 3 || t.word == "i" {
		return false
	}
	second, _ := utf8.DecodeRuneInString(s.text[t.start+size:])
	if unicode.IsUpper(second) || r.names(t.word) || r.in("generic", t.word) || r.words["us"][t.word] || r.words["article"][t.word] || slices.Contains(quantities, t.word) {
		return false
	}
	if i > 0 && (r.words["article"][s.tokens[i-1].word] || s.tokens[i-1].word == "in") {
		return false
	}
	if i > 0 {
		return true
	}
	for _, end := range []string{"as", "is", "us"} {
		if strings.HasSuffix(t.word, end) {
			return true
		}
	}
	for _, end := range []string{"s", "ing", "ed", "ly"} {
		if strings.HasSuffix(t.word, end) {
			return false
		}
	}
	return !nominal(t.word) && !r.in("done", t.word) && !r.in("duty", t.word)
}

// owner reports whether a word says that something belongs to somebody else.
func (r *Reader) owner(s sentence, i int) bool {
	return strings.HasSuffix(s.tokens[i].word, "'s") && r.somebody(s, i)
}

// bases are the words that a word can be a form of.
func bases(word string) []string {
	all := []string{word}
	for _, end := range []string{"s", "es", "ed", "ing", "d", "er", "est", "ly"} {
		front, found := strings.CutSuffix(word, end)
		if n := len(front); found && n > 1 {
			all = append(all, front)
			if end != "s" && end != "es" {
				all = append(all, front+"e")
			}
			if front[n-1] == front[n-2] {
				all = append(all, front[:n-1])
			}
			if front[n-1] == 'i' {
				all = append(all, front[:n-1]+"y")
			}
		}
	}
	return all
}
