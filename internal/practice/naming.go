package practice

import (
	"slices"
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
		first, _, more := strings.Cut(m.Name, " ")
		if more && holds(text, m.Name, anywhere) || mayStandAlone(first) && holds(text, first, asName) {
			return true
		}
	}
	return false
}

// mayStandAlone reports whether a word can be told from the others of a text by
// how it is written: by its capital, or in letters that have none. Whoever is
// called "the new one" is meant by all three words and by none of them.
func mayStandAlone(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return utf8.RuneCountInString(word) >= shortestName && !unicode.IsLower(r)
}

// holds reports whether a text has a name as words of its own, with nothing of a
// word before or behind, at a place that counts.
func holds(text, name string, counts func(before, behind string) bool) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		before, behind := text[:from+i], text[from+i+len(name):]
		if !endsInWord(before) && !beginsWord(behind) && counts(before, behind) {
			return true
		}
		from += i + len(name)
	}
}

// endsInWord and beginsWord report whether a word goes on at the edge of a text, by
// a letter or over a hyphen: "Markus" and "mark-up" name no Mark.
func endsInWord(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(text, "-"))
	return unicode.IsLetter(r)
}

func beginsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(text, "-"))
	return unicode.IsLetter(r)
}

func anywhere(string, string) bool { return true }

// asName reports whether a word with a capital is a name where it stands. Inside
// a sentence the capital says so. At its beginning every word has one, and the
// next word decides: "Mark forgot it", and not "Mark the box".
func asName(before, behind string) bool {
	before = strings.TrimRight(before, " \t\"'“”‘’«»([*_–—-•")
	last, _ := utf8.DecodeLastRuneInString(before)
	if before != "" && !strings.ContainsRune("\n\r.!?…", last) {
		return true
	}
	if !strings.HasPrefix(behind, " ") {
		return true
	}
	next := strings.FieldsFunc(behind, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(next) == 0 || !slices.Contains(notAfterNames, strings.ToLower(next[0]))
}

// notAfterNames are the words of English that follow a verb and no subject: its
// articles and pronouns, and what only a helping verb goes before.
var notAfterNames = strings.Fields(`a an the this that these those my our your his her its their any some every each
	i me we us you he him she it they them myself ourselves someone somebody anyone anybody everyone everybody
	be been have not`)
