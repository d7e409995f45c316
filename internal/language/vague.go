package language

import (
	"slices"
	"strings"
)

// What speaks for and against a sentence naming nothing that could be looked at.
// The sum is compared with vagueFrom. These are judged, not fitted: one vague
// word in a call for something is enough, and each thing named takes one away.
const (
	vagueWord    = 1.0
	thinWord     = 0.5
	nominalised  = 0.25
	vagueFrom    = 1.0
	exactWord    = 2.0
	namedThing   = 1.0
	nothingNamed = 0.5 // by a short sentence
	short        = 12  // words
	capital      = 0.5
	strangeWord  = 0.1 // each word that may name something, beyond the first
	plenty       = 6
)

// vague reports whether a sentence asks for or complains of something without
// naming anything that somebody else could look at, and on which words that rests.
func (r *Reader) vague(s sentence, found map[string][]match) (Nudge, bool) {
	if len(found["need"]) == 0 {
		return Nudge{}, false
	}
	weight, from, to := 0.0, len(s.tokens), 0
	seen := make([]bool, len(s.tokens))
	for _, part := range []struct {
		section string
		weight  float64
	}{{"vague", vagueWord}, {"thin", thinWord}} {
		for _, m := range found[part.section] {
			if !seen[m.from] && !s.tokens[m.from].quoted {
				weight += part.weight
				from, to = min(from, m.from), max(to, m.to)
			}
			for i := m.from; i < m.to; i++ {
				seen[i] = true
			}
		}
	}
	for _, m := range found["anchor"] {
		weight -= namedThing * float64(min(1, m.to-m.from))
	}
	named := len(found["anchor"]) > 0
	for i, t := range s.tokens {
		switch {
		case t.exact || t.quoted:
			named = true
			weight -= exactWord
		case !seen[i] && r.words["concrete"][t.word]:
			named = true
			weight -= namedThing
		case !seen[i] && nominal(t.word):
			weight += nominalised
			from, to = min(from, i), max(to, i+1)
		case t.capital && t.word != "i":
			weight -= capital
		}
	}
	strange := r.strange(s, seen)
	if !named && strange <= 1 && len(s.tokens) <= short {
		weight += nothingNamed
	}
	weight -= strangeWord * float64(max(0, strange-plenty))
	if weight < vagueFrom || to == 0 {
		return Nudge{}, false
	}
	return s.nudge(Abstract, match{from: from, to: to}), true
}

// nominal reports whether a word makes a thing of what somebody does or is.
func nominal(word string) bool {
	return len(word) > 6 && slices.ContainsFunc([]string{"tion", "tions", "ment", "ness", "ity", "ance", "ence", "ship"}, func(end string) bool {
		return strings.HasSuffix(word, end)
	})
}

// strange is how many words of a sentence are not known to name nothing.
func (r *Reader) strange(s sentence, vague []bool) int {
	n := 0
	for i, t := range s.tokens {
		if !vague[i] && !nominal(t.word) && !r.in("generic", t.word) {
			n++
		}
	}
	return n
}

// tells reports whether a word belongs to an account of what somebody did, and to no wish.
func tells(t token) bool {
	return slices.Contains([]string{"he", "she", "him", "her", "his", "they", "them", "told", "asked", "said", "tried", "did"}, t.word)
}

// roomy is one word in how many may name something in a sentence that names nothing.
const roomy = 9

// empty reports whether a sentence names nothing: all its words but one in many are
// such as nobody could go and look at, and one at least says what is valued, felt or wished.
func (r *Reader) empty(s sentence, found map[string][]match) (Nudge, bool) {
	if len(s.tokens) < 3 || len(found["anchor"]) > 0 || slices.ContainsFunc(s.tokens, tells) {
		return Nudge{}, false
	}
	vague := make([]bool, len(s.tokens))
	lofty := 0
	from, to := len(s.tokens), 0
	for _, m := range found["vague"] {
		for i := m.from; i < m.to; i++ {
			vague[i] = true
		}
		lofty, from, to = lofty+1, min(from, m.from), max(to, m.to)
	}
	for i, t := range s.tokens {
		if t.exact || t.quoted || t.capital && t.word != "i" || r.words["concrete"][t.word] && !vague[i] {
			return Nudge{}, false
		}
		if !vague[i] && r.words["lofty"][t.word] {
			lofty, from, to = lofty+1, min(from, i), max(to, i+1)
		}
	}
	if lofty == 0 || r.strange(s, vague) > len(s.tokens)/roomy {
		return Nudge{}, false
	}
	return s.nudge(Abstract, match{from: from, to: to}), true
}
