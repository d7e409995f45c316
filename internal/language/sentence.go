package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a sentence. "didn't" is two, "did" and "not", that stand
// at the same place.
type token struct {
	start, end int
	word       string // in lower case
	capital    bool   // begins with a capital, and is not the first of its sentence
	exact      bool   // has a digit, or is written as only names of things are
	quoted     bool   // stands in a quotation of a few words: it is spoken of, not said
	closes     bool   // a comma, a bracket or the like follows
}

// sentence is one sentence of a text. Its tokens know their place in that.
type sentence struct {
	text   string // the whole text
	tokens []token
}

// bounds is where a sentence begins, and where it ends with its stop.
func (s sentence) bounds() (from, to int) {
	from, to = s.tokens[0].start, s.tokens[len(s.tokens)-1].end
	for from > 0 && strings.HasSuffix(s.text[:from], `"`) {
		from--
	}
	rest := strings.TrimLeft(s.text[to:], ".!?…\"”’)")
	return from, len(s.text) - len(rest)
}

// long is how many bytes a sentence has at most, but for one last word: no text
// may take more than its length in time.
const long = 1000

// sentences splits a text where a line ends, or a stop and a gap do it.
func sentences(text string) []sentence {
	var all []sentence
	from := 0
	cut := func(to int) {
		if s := newSentence(text, from, to); len(s.tokens) > 0 {
			all = append(all, s)
		}
		from = to
	}
	for i, c := range text {
		switch {
		case c == '\n', unicode.IsSpace(c) && i-from > long:
			cut(i)
		case strings.ContainsRune(".!?…", c) && ends(text, from, i+utf8.RuneLen(c)):
			cut(i + utf8.RuneLen(c))
		}
	}
	cut(len(text))
	return all
}

// ends reports whether a sentence ends with the stop before i: a gap follows and
// then no small letter, and what stood before is no short form.
func ends(text string, from, i int) bool {
	rest := strings.TrimLeft(text[i:], `"”’')`)
	after := strings.TrimLeft(rest, " \t\r")
	if after == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(after)
	if len(rest) == len(after) || unicode.IsLower(next) {
		return false
	}
	last := strings.ToLower(text[max(from, i-6):i])
	for _, short := range []string{" e.g.", " i.e.", "mr.", "mrs.", "ms.", "dr.", " no.", " vs.", " st."} {
		if strings.HasSuffix(last, short) {
			return false
		}
	}
	return true
}

// apart are the short forms of two words.
var apart = []struct{ end, first, second string }{
	{"can't", "can", "not"}, {"won't", "will", "not"}, {"shan't", "shall", "not"}, {"cannot", "can", "not"},
	{"n't", "", "not"}, {"'ve", "", "have"}, {"'re", "", "are"}, {"'ll", "", "will"}, {"'m", "", "am"}, {"'d", "", "had"},
}

// newSentence makes the words of text[from:to].
func newSentence(text string, from, to int) sentence {
	s := sentence{text: text}
	for i := from; i < to; {
		c, size := utf8.DecodeRuneInString(text[i:to])
		if !inWord(c) {
			if n := len(s.tokens); n > 0 && !unicode.IsSpace(c) && !strings.ContainsRune(`"“”‘’'*_/-–`, c) {
				s.tokens[n-1].closes = true
			}
			i += size
			continue
		}
		end := i
		for end < to {
			c, size := utf8.DecodeRuneInString(text[end:to])
			if !inWord(c) && !joins(text[end:to], c, size) {
				break
			}
			end += size
		}
		s.add(i, end)
		i = end
	}
	s.quotes(from, to)
	return s
}

// inWord reports whether a character is part of a word wherever it stands.
func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '#' }

// joins reports whether a character inside a word is part of it.
func joins(rest string, c rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return strings.ContainsRune("'’_.:@", c) && (unicode.IsLetter(next) || unicode.IsDigit(next))
}

// add takes the word text[i:end] in, as one token or as the two it is short for.
func (s *sentence) add(i, end int) {
	as := s.text[i:end]
	t := token{start: i, end: end, word: strings.ReplaceAll(strings.ToLower(as), "’", "'"), exact: exact(as)}
	first, _ := utf8.DecodeRuneInString(as)
	t.capital = unicode.IsUpper(first) && len(s.tokens) > 0
	for _, a := range apart {
		if front, found := strings.CutSuffix(t.word, a.end); found && front+a.first != "" {
			second := t
			second.word = a.second
			t.word = front + a.first
			s.tokens = append(s.tokens, t, second)
			return
		}
	}
	s.tokens = append(s.tokens, t)
}

// exact reports whether a word has a digit or is written as names of things are:
// with a capital, a dot or an underscore inside, or as one capital letter ("plan B").
func exact(as string) bool {
	if len(as) == 1 {
		return as != "A" && as != "I" && (as[0] < 'a' || as[0] > 'z')
	}
	small := false
	for _, c := range as {
		switch {
		case unicode.IsDigit(c), c == '_', c == '#', c == '@', c == ':', c == '.', small && unicode.IsUpper(c):
			return true
		}
		small = unicode.IsLower(c)
	}
	return false
}

// spoken is how many words a quotation has at most that only speaks of words.
const spoken = 4

// opening are the signs that open a quotation, and closes what closes each.
const opening = "\"“«„`"

var closes = []string{`"`, "”", "»", "“", "`"}

// quotes marks the words of short quotations.
func (s *sentence) quotes(from, to int) {
	for i := from; i < to; {
		c, size := utf8.DecodeRuneInString(s.text[i:to])
		i += size
		kind := strings.IndexRune(opening, c)
		if kind < 0 {
			continue
		}
		closing := closes[utf8.RuneCountInString(opening[:kind])]
		n := strings.Index(s.text[i:to], closing)
		if n < 0 {
			continue
		}
		s.mark(i, i+n)
		i += n + len(closing)
	}
}

// mark marks the words between two places, where they are few and not all.
func (s *sentence) mark(from, to int) {
	var inside []int
	for i, t := range s.tokens {
		if t.start >= from && t.end <= to {
			inside = append(inside, i)
		}
	}
	if len(inside) > spoken || len(inside) == len(s.tokens) {
		return
	}
	for _, i := range inside {
		s.tokens[i].quoted = true
	}
}
