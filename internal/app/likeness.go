package app

import (
	"slices"
	"strings"
	"unicode"
)

// tellNothing are words that two reports may share without being alike.
var tellNothing = strings.Fields("one ones people person nobody everybody everyone day days time times year years today yesterday")

// shared keeps of some words, the most telling first, those that a text really
// has, each once: what says the same in others is not named as common to both.
func shared(words []string, text string) []string {
	theirs := " " + strings.Join(bareWords(text), " ") + " "
	var out []string
	said := " "
	for _, w := range words {
		bare := strings.Join(bareWords(w), " ")
		if bare == "" || slices.Contains(tellNothing, bare) || !strings.Contains(theirs, " "+bare+" ") || strings.Contains(said, " "+bare+" ") {
			continue
		}
		out = slices.DeleteFunc(out, func(o string) bool {
			return strings.Contains(" "+bare+" ", " "+strings.Join(bareWords(o), " ")+" ")
		})
		out, said = append(out, w), said+"| "+bare+" "
	}
	return out
}

// bareWords are the words of a text without capitals and signs.
func bareWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
