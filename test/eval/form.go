package main

import (
	"strings"
	"unicode"
)

// form is how much of a record is used to ask.
type form struct {
	name string
	cut  func(record) (title, text string)
}

func forms() []form {
	return []form{
		{"title and first 60 words", func(r record) (string, string) { return r.Title, firstWords(r.text(), 60) }},
		{"title and full text", func(r record) (string, string) { return r.Title, r.text() }},
		{"title only", func(r record) (string, string) { return r.Title, "" }},
		{"first 60 words, no title", func(r record) (string, string) { return "", firstWords(r.text(), 60) }},
		{"title and first 60 words, names and numbers taken out", func(r record) (string, string) {
			return unnamed(r.Title), unnamed(firstWords(r.text(), 60))
		}},
	}
}

func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(n, len(words))], " ")
}

// unnamed takes out what looks like a name: words with a capital that do not
// begin a sentence, and words with a digit.
func unnamed(text string) string {
	var kept []string
	begins := true
	for _, w := range strings.Fields(text) {
		letters := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		name := strings.ContainsFunc(letters, unicode.IsDigit) || !begins && strings.ToLower(letters) != letters
		if !name {
			kept = append(kept, w)
		}
		begins = strings.ContainsAny(w[len(w)-1:], ".:!?#-*")
	}
	return strings.Join(kept, " ")
}
