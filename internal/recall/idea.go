package recall

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// An idea is what several words have in common: "expired", "lapsed" and "ran
// out" are one. Ideas let a question find an earlier failure told in other
// words, and they are indexed like words: the rarer one is, the more it tells.

//go:embed ideas.txt
var ideaList string

// ideas are the names of all ideas, in the order of the list, and what says them.
var ideas = sync.OnceValue(func() ideaBook {
	book, err := readIdeas(ideaList)
	if err != nil {
		panic("recall: ideas.txt: " + err.Error())
	}
	return book
})

type ideaBook struct {
	names   []string
	phrases []saying
}

// saying is a word or a phrase, in stems, and the number of the idea it says.
type saying struct {
	stems []string
	idea  uint32
}

// readIdeas reads lines of "name: word, some phrase, word"; # begins a comment.
func readIdeas(list string) (ideaBook, error) {
	var book ideaBook
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, words, ok := strings.Cut(line, ":")
		if !ok {
			return ideaBook{}, fmt.Errorf("no colon in %q", line)
		}
		said := map[string]bool{}
		for words := range strings.SplitSeq(words, ",") {
			var stems []string
			tokens(words, func(word string, _, _ int) { stems = append(stems, stem(word)) })
			key := strings.Join(stems, " ")
			if len(stems) == 0 || said[key] {
				continue
			}
			said[key] = true
			book.phrases = append(book.phrases, saying{stems, uint32(len(book.names))})
		}
		book.names = append(book.names, name)
	}
	return book, nil
}

// phrase is the rest of a saying behind its first word.
type phrase struct {
	rest []uint32 // terms
	idea uint32
}

// sayingWorth is what a saying of so many words counts. A phrase counts double:
// it is much less likely to mean something else.
func sayingWorth(words int) float64 {
	if words > 1 {
		return 2
	}
	return 1
}

// eachIdea finds the sayings in a row of terms.
func (d *dictionary) eachIdea(row []uint32, yield func(idea uint32, from, to int)) {
	for i, term := range row {
		for _, p := range d.said(term) {
			if hasPrefix(row[i+1:], p.rest) {
				yield(p.idea, i, i+1+len(p.rest))
			}
		}
	}
}

func hasPrefix(row, prefix []uint32) bool {
	if len(row) < len(prefix) {
		return false
	}
	for i, t := range prefix {
		if row[i] != t {
			return false
		}
	}
	return true
}
