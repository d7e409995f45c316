package language

import "slices"

// Anchored reports whether a text names something that somebody else could go and look
// at: it has a number or the name of a thing, a few quoted words, or what the list knows
// as an anchor or as concrete.
func (r *Reader) Anchored(text string) bool {
	for _, s := range sentences(text) {
		if len(r.match(s)["anchor"]) > 0 || slices.ContainsFunc(s.tokens, func(t token) bool {
			return t.exact || t.quoted || r.words["concrete"][t.word]
		}) {
			return true
		}
	}
	return false
}
