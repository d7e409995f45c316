package main

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"

	"debrief/internal/recall"
)

// bm25 is the yardstick: k1 1.2, b 0.75, nothing else.
type bm25 struct {
	words  func(string) []string
	common float64 // the part of the records from which on a word is left out
	ids    []string
	counts []map[string]int
	length []float64
	has    map[string]int
}

func newBM25(name string, pool []record, words func(string) []string, common float64) engine {
	b := &bm25{words: words, common: common, has: map[string]int{}}
	for _, r := range pool {
		counts, all := map[string]int{}, words(r.Title+" "+r.text())
		for _, w := range all {
			if counts[w]++; counts[w] == 1 {
				b.has[w]++
			}
		}
		b.ids = append(b.ids, r.ID)
		b.counts = append(b.counts, counts)
		b.length = append(b.length, float64(len(all)))
	}
	return engine{name, b.ask}
}

func (b *bm25) ask(_, title, text string) []recall.Hit {
	hits := make([]recall.Hit, len(b.ids))
	for i, id := range b.ids {
		hits[i].ID = id
	}
	middle := mean(b.length)
	words := b.words(title + " " + text)
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		n, has := float64(len(b.ids)), float64(b.has[w])
		if has == 0 || has > b.common*n {
			continue
		}
		idf := math.Log(1 + (n-has+0.5)/(has+0.5))
		for i, counts := range b.counts {
			if tf := float64(counts[w]); tf > 0 {
				hits[i].Score += idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*b.length[i]/middle))
			}
		}
	}
	slices.SortFunc(hits, func(a, b recall.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return hits
}

// plainWords are runs of three letters or more, in lower case.
func plainWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 3 })
}

func stemmedWords(text string) []string {
	words := plainWords(text)
	for i, w := range words {
		words[i] = english.Stem(w, false)
	}
	return words
}
