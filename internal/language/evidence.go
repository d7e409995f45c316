package language

import "slices"

// unexcused is bySomebody where the sentence does not say how it came to that: then
// it is an account and no verdict.
func (r *Reader) unexcused(s sentence, m match) bool {
	return r.bySomebody(s, m) && s.word(m.from-1) != "who" && !r.excused(s, m)
}

// reasons are words that lead to how it came to something.
var reasons = []string{"because", "since", "as", "so", "until", "when", "while", "due", "after", "before", "if", "that", "which", "but", "than"}

// excused reports whether a sentence says more than that somebody did it: a
// reason, another clause, or something exact.
func (r *Reader) excused(s sentence, m match) bool {
	for i, t := range s.tokens {
		inside := i >= m.from && i < m.to
		if !inside && (slices.Contains(reasons, t.word) || t.exact) || t.quoted {
			return true
		}
		if t.closes && i+3 < len(s.tokens) && i >= m.from {
			return true
		}
	}
	return false
}

// ofSomebody reports whether a sentence is about somebody else: the first who does
// anything in it is not the writer, or nobody is and a name or another person is in it.
func (r *Reader) ofSomebody(s sentence) bool {
	for i := range s.tokens {
		if r.person(s, i) || i > 0 && r.name(s, i) {
			return true
		}
		if w := s.tokens[i].word; w == "i" || w == "we" {
			return false
		}
	}
	return false
}
