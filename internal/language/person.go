package language

import (
	"slices"
	"strings"
)

// meant reports whether a phrase is said by the writer: neither spoken of in
// quotation marks nor denied just before.
func (r *Reader) meant(s sentence, m match) bool {
	for _, t := range s.tokens[m.from:m.to] {
		if t.quoted {
			return false
		}
	}
	if s.tokens[m.from].word == "if" && !s.supposes(m) {
		return false
	}
	for i := m.from - 1; i >= max(0, m.from-4) && !s.tokens[i].closes; i-- {
		switch s.tokens[i].word {
		case "not", "no", "never", "nor", "neither", "nobody", "none", "without", "isn", "rather":
			return false
		}
	}
	return true
}

// ofOthers is meant for what is no blame where the writer is its subject, or it is
// said "of us".
func (r *Reader) ofOthers(s sentence, m match) bool {
	if i := r.subject(s, m.from); i >= 0 && r.ours(s, i) {
		return false
	}
	if s.word(m.to) == "of" && r.words["self"][s.word(m.to+1)] {
		return false
	}
	return r.meant(s, m)
}

// supposes reports whether an "if" supposes what was not so, and does not ask or
// tell whether it was: it opens its clause, or says what would have been. What
// somebody had not done, and it would have been worse, is no blame.
func (s sentence) supposes(m match) bool {
	for i := m.from; i < m.to; i++ {
		if s.word(i) == "had" && s.word(i+1) == "not" {
			return false
		}
	}
	for i, t := range s.tokens {
		if (t.word == "would" || t.word == "could" || t.word == "might") && s.word(i+1) != "" {
			return true
		}
	}
	return m.from == 0 || s.tokens[m.from-1].closes
}

// bySomebody reports whether the subject before a verb is another person or a
// group of them.
func (r *Reader) bySomebody(s sentence, m match) bool {
	if s.tokens[m.from].quoted {
		return false
	}
	i := r.agent(s, m.from)
	return i >= 0 && !r.suffered(s, m.from) &&
		(r.person(s, i) || r.name(s, i) && !r.mechanical(s, m))
}

// mechanical reports whether a verb is one for what machines do as well: of a name
// it says nothing, because that may be a program's.
func (r *Reader) mechanical(s sentence, m match) bool {
	return r.in("mechanical", s.tokens[m.from].word) || r.in("mechanical", s.tokens[m.to-1].word)
}

// notByUs reports whether what only people do was done by others: the subject is
// not the writer, and no thing.
func (r *Reader) notByUs(s sentence, m match) bool {
	if s.tokens[m.from].quoted {
		return false
	}
	i := r.agent(s, m.from)
	if i < 0 || r.ours(s, i) || r.suffered(s, m.from) || r.thing(s, i) {
		return false
	}
	switch s.tokens[i].word {
	case "it", "this", "that", "which", "there", "these", "those", "nobody", "to", "be", "was", "were", "been", "is", "are", "not", "being":
		return false
	case "and", "but", "or", "then", ",":
		return !slices.ContainsFunc(s.tokens[:i], func(t token) bool { return r.words["self"][t.word] })
	}
	return true
}

// somebodyBefore reports whether who is spoken of before the phrase, in its own
// clause or else in the nearest one that speaks of anybody, is others and not the writer.
func (r *Reader) somebodyBefore(s sentence, m match) bool {
	who := false
	for i := m.from - 1; i >= 0; i-- {
		if s.tokens[i].closes && who {
			break
		}
		if r.ours(s, i) {
			return false
		}
		who = who || r.somebody(s, i)
	}
	return who && r.meant(s, m)
}

// suffered reports whether a verb says what was done to its subject: "was ignored".
func (r *Reader) suffered(s sentence, verb int) bool {
	if !r.in("done", s.tokens[verb].word) {
		return false
	}
	for i := verb - 1; i >= 0 && r.words["between"][s.tokens[i].word]; i-- {
		switch s.tokens[i].word {
		case "be", "is", "are", "was", "were", "been", "being":
			return true
		}
	}
	return slices.Contains([]string{"get", "gets", "got", "getting"}, s.word(verb-1))
}

// subject is the last word of what stands before a verb, or -1.
func (r *Reader) subject(s sentence, verb int) int {
	i := verb - 1
	for i >= 0 && r.words["between"][s.tokens[i].word] {
		i--
	}
	return i
}

// person reports whether a word stands for others than the writer.
func (r *Reader) person(s sentence, i int) bool {
	word := s.tokens[i].word
	known := r.words["who"][word] || r.words["who"][strings.TrimSuffix(word, "s")]
	return (known || r.role(s, i)) && !r.ours(s, i)
}

// shortest is how many letters a word has at least that says by its ending that it
// is somebody.
const shortest = 5

// role reports whether a word stands for somebody by how it is made: it ends as
// words for who does something do ("archivist", "beekeepers"), is none of the
// things that end so, and an article or the like stands before it.
func (r *Reader) role(s sentence, i int) bool {
	t := s.tokens[i]
	one := strings.TrimSuffix(strings.TrimSuffix(t.word, "s"), "'")
	if len(one) < shortest || t.exact || !r.ends(one) || r.names(one) || r.names(t.word) {
		return false
	}
	for j := i - 1; j >= max(0, i-3) && !s.tokens[j].closes; j-- {
		if r.words["article"][s.tokens[j].word] || r.in("whose", s.tokens[j].word) {
			return true
		}
	}
	return false
}

// ends reports whether a word ends as words for somebody do.
func (r *Reader) ends(word string) bool {
	for end := range r.words["ending"] {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// thing reports whether a word is one for a thing and not also for somebody.
func (r *Reader) thing(s sentence, i int) bool {
	word := s.tokens[i].word
	return (r.names(word) || r.names(strings.TrimSuffix(word, "s"))) && !r.person(s, i)
}

// names reports whether a word is one for a thing.
func (r *Reader) names(word string) bool { return r.words["thing"][word] || r.words["concrete"][word] }

// ours reports whether a word stands for the writer, or for a group that the
// writer calls theirs: "we", "we volunteers", "our team", "the two of us".
func (r *Reader) ours(s sentence, i int) bool {
	word := s.tokens[i].word
	if r.words["self"][word] || s.word(i-1) == "we" && !s.tokens[i-1].closes {
		return true
	}
	if !r.words["us"][word] {
		return false
	}
	for _, t := range s.tokens[max(0, i-3):i] {
		if t.word == "our" || t.word == "my" {
			return true
		}
	}
	return false
}
