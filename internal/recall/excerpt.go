package recall

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Excerpt is a piece of a text around what was looked for.
type Excerpt struct {
	Text  string
	Marks [][2]int // byte ranges in Text that match, in order
	Begun bool     // it does not begin where the text does
	Cut   bool     // it does not end where the text does
}

// Quote returns the piece of a text, of about width bytes, that has most of
// what was typed into the search field or given as the words of a [Hit]. Text
// without any of it is quoted from its beginning.
func Quote(text, search string, width int) Excerpt {
	marks := readTyped(search).marks(text)
	from, to := bestPiece(text, marks, width)
	e := Excerpt{Text: strings.ReplaceAll(text[from:to], "\n", " "), Begun: from > 0, Cut: to < len(text)}
	for _, m := range marks {
		if m.start >= from && m.end <= to {
			e.Marks = append(e.Marks, [2]int{m.start - from, m.end - from})
		}
	}
	return e
}

// mark is a place in a text that matches the which-th word wanted.
type mark struct{ start, end, which int }

// marks finds what was typed in a text: words in any inflection, phrases word
// for word, the last word also as a beginning.
func (t typed) marks(text string) []mark {
	var stems []string
	for _, w := range t.words {
		stems = append(stems, stem(w))
	}
	var marks []mark
	var row []string
	var spans [][2]int
	tokens(text, func(w string, start, end int) {
		row, spans = append(row, w), append(spans, [2]int{start, end})
		which := slices.Index(stems, stem(w))
		if which < 0 && t.begun != "" && strings.HasPrefix(w, t.begun) {
			which = len(stems) - 1
		}
		if which >= 0 {
			marks = append(marks, mark{start, end, which})
		}
	})
	for k, p := range t.phrases {
		for i := 0; i+len(p) <= len(row); i++ {
			if slices.Equal(row[i:i+len(p)], p) {
				marks = append(marks, mark{spans[i][0], spans[i+len(p)-1][1], len(stems) + k})
			}
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	apart := marks[:0]
	for _, m := range marks {
		if n := len(apart); n == 0 || m.start >= apart[n-1].end {
			apart = append(apart, m)
		}
	}
	return apart
}

// bestPiece returns the range of about width bytes with most different matches,
// the earliest of equals, in whole words.
func bestPiece(text string, marks []mark, width int) (from, to int) {
	most, first := 0, mark{}
	for i, m := range marks {
		seen := map[int]bool{}
		for _, n := range marks[i:] {
			if n.end-m.start > width {
				break
			}
			seen[n.which] = true
		}
		if len(seen) > most {
			most, first = len(seen), m
		}
	}
	if first.start > width/4 {
		from = min(first.start-width/4, max(0, len(text)-width))
		from = min(wordStart(text, from), first.start)
	}
	to = max(from, first.end, wordEnd(text, min(len(text), from+width)))
	return from, to
}

// wordStart moves a position forward to the beginning of the next word.
func wordStart(text string, at int) int {
	if at == 0 {
		return 0
	}
	if n := strings.IndexAny(text[at:], " \n"); n >= 0 && n < longest {
		return at + n + 1
	}
	return runeStart(text, at)
}

// wordEnd moves a position back to the end of the word before.
func wordEnd(text string, at int) int {
	if at == len(text) {
		return at
	}
	if n := strings.LastIndexAny(text[:at], " \n"); n > at-longest && n > 0 {
		return n
	}
	return runeStart(text, at)
}

func runeStart(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
