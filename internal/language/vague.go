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
	if !named && len(s.tokens) <= short {
		weight += nothingNamed
	}
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
