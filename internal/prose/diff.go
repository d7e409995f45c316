package prose

import (
	"strings"
	"unicode"
)

// Span is a run of text that stayed, went or came.
type Span struct {
	Kind SpanKind
	Text string
}

// SpanKind says what became of a span.
type SpanKind int

// The kinds of span.
const (
	Same SpanKind = iota
	Gone
	Added
)

// SameWords reports whether two texts differ in white space at most.
func SameWords(old, new string) bool {
	return strings.Join(strings.Fields(old), " ") == strings.Join(strings.Fields(new), " ")
}

// WordDiff tells how old became new in whole words. The spans that stayed and
// came are the new text; those that stayed and went are the old one, but for
// white space. What went stands before what came in its place, and a word or
// two that happen to stay between two changes are joined with them, so that a
// person can read it.
func WordDiff(old, new string) []Span {
	a, b := tokens(old), tokens(new)
	var d differ
	d.compare(a, b)
	return joinSpans(d.spans)
}

// tokens cuts text into words, white space and single marks.
func tokens(text string) []string {
	var out []string
	start, kind := 0, -1
	runes := []rune(text)
	at := 0
	for i, r := range runes {
		k := tokenKind(r)
		if k == 3 && kind == 1 && i+1 < len(runes) && tokenKind(runes[i+1]) == 1 {
			k = 1 // web-1, v1.2, don't, ops/runbook
		}
		if i > 0 && (k != kind || k >= 2) {
			out = append(out, text[start:at])
			start = at
		}
		kind = k
		at += len(string(r))
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

// tokenKind sorts runes: 0 white space, 1 letters and digits, 2 marks that
// stand alone, 3 marks that may join words.
func tokenKind(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return 0
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
		return 1
	case strings.ContainsRune("-'’./:@+", r):
		return 3
	}
	return 2
}

// differ collects the spans of a comparison.
type differ struct{ spans []Span }

func (d *differ) add(kind SpanKind, toks []string) {
	text := strings.Join(toks, "")
	if text == "" {
		return
	}
	if n := len(d.spans); n > 0 && d.spans[n-1].Kind == kind {
		d.spans[n-1].Text += text
		return
	}
	d.spans = append(d.spans, Span{kind, text})
}

// alike compares tokens; all white space is alike.
func alike(x, y string) bool {
	return x == y || strings.TrimSpace(x) == "" && strings.TrimSpace(y) == ""
}

// maxTable bounds the work of an exact comparison, in pairs of tokens.
const maxTable = 1 << 20

func (d *differ) compare(a, b []string) {
	head := 0
	for head < len(a) && head < len(b) && alike(a[head], b[head]) {
		head++
	}
	d.add(Same, b[:head])
	a, b = a[head:], b[head:]
	tail := 0
	for tail < len(a) && tail < len(b) && alike(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	rest := b[len(b)-tail:]
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	switch {
	case len(a) == 0 || len(b) == 0:
		d.add(Gone, a)
		d.add(Added, b)
	case len(a)*len(b) <= maxTable:
		d.table(a, b)
	default:
		d.anchored(a, b)
	}
	d.add(Same, rest)
}

// table finds the longest common run of tokens exactly.
func (d *differ) table(a, b []string) {
	w := len(b) + 1
	best := make([]int32, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if alike(a[i], b[j]) {
				best[i*w+j] = best[(i+1)*w+j+1] + 1
			} else {
				best[i*w+j] = max(best[(i+1)*w+j], best[i*w+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case alike(a[i], b[j]):
			d.add(Same, b[j:j+1])
			i, j = i+1, j+1
		case best[(i+1)*w+j] >= best[i*w+j+1]:
			d.add(Gone, a[i:i+1])
			i++
		default:
			d.add(Added, b[j:j+1])
			j++
		}
	}
	d.add(Gone, a[i:])
	d.add(Added, b[j:])
}

// change is what came in place of what, and the text that stayed behind it.
type change struct{ gone, added, then string }

// joinSpans puts what went before what came, and joins changes that too little
// stands between.
func joinSpans(spans []Span) []Span {
	var changes []change
	lead := ""
	for _, s := range spans {
		last := len(changes) - 1
		switch {
		case s.Kind == Same && last < 0:
			lead += s.Text
		case s.Kind == Same:
			changes[last].then += s.Text
		default:
			if last < 0 || changes[last].then != "" {
				changes = append(changes, change{})
				last++
			}
			if s.Kind == Gone {
				changes[last].gone += s.Text
			} else {
				changes[last].added += s.Text
			}
		}
	}
	var d differ
	d.add(Same, []string{lead})
	for _, c := range joinChanges(changes) {
		c.free()
		d.add(Gone, []string{c.gone})
		d.add(Added, []string{c.added})
		d.add(Same, []string{c.then})
	}
	return d.spans
}

// free hands the white space that ends both sides to what stayed.
func (c *change) free() {
	gone, added := strings.TrimSpace(c.gone), strings.TrimRight(c.added, " \t\r\n")
	if gone != "" && added != "" && added != c.added && !strings.HasSuffix(c.gone, gone) {
		c.gone, c.added, c.then = c.gone[:strings.LastIndex(c.gone, gone)+len(gone)], added, c.added[len(added):]+c.then
	}
}

// joinChanges joins neighbours until none are too close.
func joinChanges(changes []change) []change {
	var out []change
	for _, c := range changes {
		for len(out) > 0 && tooClose(out[len(out)-1], c) {
			last := out[len(out)-1]
			out = out[:len(out)-1]
			c = change{last.gone + last.then + c.gone, last.added + last.then + c.added, c.then}
		}
		out = append(out, c)
	}
	return out
}

// tooClose reports whether what stayed between two changes is so little that
// reading them as one is easier: marks and white space only, or up to two words
// and no longer than the changes, where words both went and came.
func tooClose(a, b change) bool {
	both := (a.gone != "" || b.gone != "") && (a.added != "" || b.added != "")
	n := words(a.then)
	if n == 0 {
		return both || strings.TrimSpace(a.then) == ""
	}
	return both && n <= 2 &&
		n <= max(words(a.gone), words(a.added)) && n <= max(words(b.gone), words(b.added))
}

// words counts the words of a text.
func words(text string) int {
	n, in := 0, false
	for _, r := range text {
		is := tokenKind(r) == 1
		if is && !in {
			n++
		}
		in = is
	}
	return n
}
