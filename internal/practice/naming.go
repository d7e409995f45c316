package practice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortestName is how long a first name has to be to stand for a person in a
// text: "Al" and "Jo" are parts of other things.
const shortestName = 3

// NamesAnyone reports whether a text names one of some people, by their whole name or
// their first, written as a name is. What is learned is about a place in the
// process; whoever wrote the name is asked, and nobody is held up.
func NamesAnyone(text string, people []Member) bool {
	for _, m := range people {
		first, _, _ := strings.Cut(m.Name, " ")
		if hasWord(text, m.Name) || utf8.RuneCountInString(first) >= shortestName && hasWord(text, first) {
			return true
		}
	}
	return false
}

// hasWord reports whether a text has a word, or several, with nothing of a word
// before or behind.
func hasWord(text, word string) bool {
	if word == "" {
		return false
	}
	for {
		i := strings.Index(text, word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		rest := text[i+len(word):]
		after, _ := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		text = rest
	}
}
