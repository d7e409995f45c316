package recall

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is where a word stops being one: keys, hashes and base64 are left out.
const longest = 40

// tokens splits text into words and calls yield with the folded word and its
// byte range, in order. Identifiers are taken apart at dots, dashes,
// underscores and humps, as people who look for them never write them whole.
func tokens(text string, yield func(word string, start, end int)) {
	i := 0
	for i < len(text) {
		if n := address(text[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) {
			i += size
			continue
		}
		end := i + wordLen(text[i:])
		if w := fold(text[i:end]); w != "" && len(w) <= longest {
			yield(w, i, end)
		}
		i = end
	}
}

// address returns the length of a web address at the start of s, or 0. The
// words in addresses are those of the site, not of what happened.
func address(s string) int {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return 0
	}
	n := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`)>]"`, r)
	})
	if n < 0 {
		return len(s)
	}
	return n
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordLen returns how many bytes of s belong to its first word: up to the next
// rune that is no letter, digit or inner apostrophe, or to the next hump.
func wordLen(s string) int {
	var before rune
	for i, r := range s {
		switch {
		case isWord(r):
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				return i
			}
		case isApostrophe(r):
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !unicode.IsLetter(next) {
				return i
			}
		default:
			return i
		}
		before = r
	}
	return len(s)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// fold lowers a word and drops a possessive and the apostrophe itself.
func fold(word string) string {
	w := strings.ToLower(word)
	if !strings.ContainsAny(w, "'’") {
		return w
	}
	w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
	return strings.ReplaceAll(w, "'", "")
}
