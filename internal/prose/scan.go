package prose

import "strings"

// item is an open item of a list, and afterwards what an edit must know of the
// list a step stands in.
type item struct {
	marker
	column int    // where the marker begins
	inside int    // the column where what it holds begins
	lead   string // every byte before the text: indentation, marker, box
	list   int    // items of one list share it
	tree   int    // so do all lists below one top-level list
	parent int    // the step it stands under; -1 for none
	step   int    // its own place; -1 for an item that only holds another
	block  int    // the block it is in
}

// span is a block while it still grows.
type span struct {
	kind     BlockKind
	from, to int // bytes of the page
	step     int // the step it is; -1 for none
	under    int // the step it stands under; -1 for none
}

// scanner reads Markdown line by line, as CommonMark reads its blocks: lists
// hold whatever is indented behind their markers; a paragraph that was begun
// runs on until something else begins.
type scanner struct {
	page  string
	spans []span
	steps []Step
	items []item

	open    []item // the items we are in, outermost first
	last    []item // per depth, the latest item of a list that may go on
	from    int    // where what no span has taken yet begins: blank lines and the line being read
	at, to  int    // the line being read
	heading string // the plain words of the heading above
	bold    string // of a bold line that serves as one below it
	lists   int

	leaf  leaf
	depth int    // how many open items hold the leaf
	end   string // the fence or the sign that ends it
}

// leaf is what the previous line was in the middle of.
type leaf int

const (
	noLeaf leaf = iota
	paragraphLeaf
	quoteLeaf // a paragraph in a quote
	fenceLeaf
	htmlLeaf
	codeLeaf
)

func (s *scanner) scan() {
	lines := splitLines(s.page)
	n := frontMatterLines(lines)
	for _, line := range lines[:n] {
		s.to += len(line)
	}
	if n > 0 {
		s.emit(FrontMatter)
	}
	for i, line := range lines[n:] {
		s.at, s.to = s.to, s.to+len(line)
		s.line(n+i, line)
	}
	s.at = s.to
	s.flushBlank()
	for _, sp := range s.spans {
		if sp.step >= 0 {
			s.steps[sp.step].Text = s.items[sp.step].text(s.page[sp.from:sp.to])
		}
	}
}

func (s *scanner) line(n int, line string) {
	if isBlank(line) {
		s.blankLine()
		return
	}
	indent, size := indentOf(line, 0)
	held := 0
	for held < len(s.open) && indent >= s.open[held].inside {
		held++
	}
	if (s.leaf == fenceLeaf || s.leaf == htmlLeaf || s.leaf == codeLeaf) && held < s.depth {
		s.leaf = noLeaf
	}
	base := 0
	if held > 0 {
		base = s.open[held-1].inside
	}
	rel, text := indent-base, line[size:]
	switch s.leaf {
	case fenceLeaf:
		s.give()
		if rel < 4 && closesFence(text, s.end) {
			s.leaf = noLeaf
		}
		return
	case htmlLeaf:
		s.goOnHTML(line)
		return
	}
	if s.goesOn(held, rel, text) {
		s.goOn(text)
		return
	}
	s.close(held)
	s.begin(n, line, text, indent, rel)
}

// blankLine ends a paragraph; code and HTML may run through it.
func (s *scanner) blankLine() {
	switch {
	case s.leaf == fenceLeaf, s.leaf == htmlLeaf && s.end != "\n":
		s.give()
	case s.leaf != codeLeaf:
		s.leaf = noLeaf
	}
}

// goesOn reports whether a line belongs to the paragraph or the indented code
// above it.
func (s *scanner) goesOn(held, rel int, text string) bool {
	switch s.leaf {
	case codeLeaf:
		return held == s.depth && rel >= 4
	case quoteLeaf:
		return !strings.HasPrefix(text, ">") && rel < 4 && !s.starts(held, text, false) || rel >= 4
	case paragraphLeaf:
		if held < s.depth { // lazy: it need not be indented
			return rel >= 4 || !s.starts(held, text, false)
		}
		return rel >= 4 || isUnderline(text) || !s.starts(held, text, true)
	}
	return false
}

// starts reports whether text begins something that ends a paragraph.
func (s *scanner) starts(held int, text string, inParagraph bool) bool {
	if headingLevel(text) > 0 || parseFence(text) != "" || isRule(text) || text[0] == '>' || htmlEnd(text, true) != "" {
		return true
	}
	m, rest, ok := parseMarker(text, 0)
	if !ok {
		return false
	}
	// In the middle of a paragraph only what can hardly be prose begins a list.
	return !inParagraph || held < s.depth || !isBlank(rest) && (m.digits == "" || m.digits == "1")
}

// goOn adds a line to the paragraph or code it belongs to.
func (s *scanner) goOn(text string) {
	last := &s.spans[len(s.spans)-1]
	underlined := s.leaf == paragraphLeaf && isUnderline(text)
	if last.kind == Paragraph && isDelimiterRow(text) && strings.Contains(s.page[last.from:last.to], "|") {
		last.kind = Table
	}
	s.give()
	if underlined {
		s.leaf = noLeaf
		if last.kind == Paragraph {
			last.kind = Heading
			s.heading, s.bold = headingWords(s.page[last.from:last.to]), ""
		}
	}
}

// close leaves the items a line does not belong to.
func (s *scanner) close(held int) {
	s.open = s.open[:held]
	s.leaf = noLeaf
}

// begin reads a line that starts something new.
func (s *scanner) begin(n int, line, text string, indent, rel int) {
	if rel >= 4 {
		s.leaf, s.depth = codeLeaf, len(s.open)
		s.start(Code, "")
		return
	}
	if m, rest, ok := parseMarker(text, indent); ok && !isRule(text) {
		s.beginItem(n, line, rest, indent, m)
		return
	}
	s.start(s.beginLeaf(text), line)
}

// beginLeaf sets what the next line may be in the middle of, and returns the
// kind of block text begins.
func (s *scanner) beginLeaf(text string) BlockKind {
	s.leaf, s.depth, s.end = noLeaf, len(s.open), ""
	switch {
	case headingLevel(text) > 0:
		return Heading
	case isRule(text):
		return Rule
	case text[0] == '>':
		inner := strings.TrimLeft(text, "> \t")
		if !isBlank(inner) && parseFence(inner) == "" && headingLevel(inner) == 0 && !isRule(inner) {
			s.leaf = quoteLeaf
		}
		return Quote
	}
	if s.end = parseFence(text); s.end != "" {
		s.leaf = fenceLeaf
		return Code
	}
	if s.end = htmlEnd(text, false); s.end != "" {
		if !endsHTML(text, s.end) {
			s.leaf = htmlLeaf
		}
		if s.end == "-->" {
			return Comment
		}
		return HTMLBlock
	}
	s.leaf = paragraphLeaf
	return Paragraph
}

// goOnHTML adds a line to a block of HTML and ends it where it ends.
func (s *scanner) goOnHTML(line string) {
	s.give()
	if endsHTML(line, s.end) {
		s.leaf = noLeaf
	}
}

// maxNested is how many markers on one line are read as lists in lists.
const maxNested = 8

// beginItem reads a list item, and those that begin on the same line.
func (s *scanner) beginItem(n int, line, rest string, column int, m marker) {
	it := s.newItem(m, column)
	for range maxNested {
		inner, after, ok := parseMarker(rest, it.inside)
		if !ok || isRule(rest) || isBlank(after) {
			break
		}
		it.step = -1
		s.open = append(s.open, it)
		it = s.newItem(inner, it.inside)
		rest = after
	}
	box, size := parseBox(rest)
	if it.digits == "" && strings.Contains("☐□☑☒", it.glyph) && box == NoBox {
		box = OpenBox
		if strings.Contains("☑☒", it.glyph) {
			box = TickedBox
		}
	}
	it.lead = line[:len(line)-len(rest)+size]
	number := ""
	if it.digits != "" {
		number = it.digits + it.glyph
	}
	it.parent, it.step = s.above(), len(s.steps)
	s.open = append(s.open, it)
	s.items = append(s.items, it)
	s.steps = append(s.steps, Step{Box: box, Number: number, Heading: s.headings(), Line: n + 1})
	text := rest[size:]
	s.leaf, s.depth = noLeaf, len(s.open)
	if !isBlank(text) {
		_, pad := indentOf(text, 0)
		s.beginLeaf(text[pad:])
	}
	s.emit(StepBlock)
}

// newItem opens an item, which goes on with the list before it if nothing came
// between and the markers are alike.
func (s *scanner) newItem(m marker, column int) item {
	it := item{marker: m, column: column, inside: column + m.content}
	d := len(s.open)
	if d < len(s.last) && s.last[d].glyph == m.glyph && (s.last[d].digits == "") == (m.digits == "") {
		it.list, it.tree = s.last[d].list, s.last[d].tree
	} else {
		s.lists++
		it.list, it.tree = s.lists, s.lists
		if d > 0 {
			it.tree = s.open[0].tree
		}
	}
	s.last = append(s.last[:min(d, len(s.last))], it)
	return it
}

// above returns the innermost open step, or -1.
func (s *scanner) above() int {
	for i := len(s.open) - 1; i >= 0; i-- {
		if s.open[i].step >= 0 {
			return s.open[i].step
		}
	}
	return -1
}

// own reports whether a line would be a step's own words: those of the
// innermost step, as long as nothing else came behind its text.
func (s *scanner) own() bool {
	if len(s.open) == 0 || len(s.spans) == 0 {
		return false
	}
	step := s.open[len(s.open)-1].step
	return step >= 0 && s.spans[len(s.spans)-1].step == step
}

// start puts the line into a new block, or into the step it belongs to.
func (s *scanner) start(kind BlockKind, line string) {
	if s.own() || kind == Quote && s.quoteGoesOn() {
		s.give()
		return
	}
	s.last = s.last[:min(len(s.open), len(s.last))] // whatever list was here has ended
	s.emit(kind)
	if kind == Heading {
		s.heading, s.bold = headingWords(line), ""
	} else if t := strings.TrimSpace(line); kind == Paragraph && isBold(t) {
		s.bold = strings.TrimRight(Plain(t), ": ")
	}
}

// quoteGoesOn reports whether the line above belongs to a quote too.
func (s *scanner) quoteGoesOn() bool {
	n := len(s.spans)
	return n > 0 && s.spans[n-1].kind == Quote && s.from == s.at && s.spans[n-1].under == s.above()
}

// isBold reports whether a line is one run of bold words, which many pages use
// for a heading.
func isBold(t string) bool {
	return len(t) > 4 && strings.HasPrefix(t, "**") && strings.HasSuffix(strings.TrimRight(t, ":"), "**") &&
		strings.Count(t, "**") == 2
}

// headings joins the heading above with the bold line below it.
func (s *scanner) headings() string {
	if s.heading == "" || s.bold == "" {
		return s.heading + s.bold
	}
	return s.heading + " › " + s.bold
}

// give adds the line, and blank lines before it, to the latest block.
func (s *scanner) give() {
	s.spans[len(s.spans)-1].to = s.to
	s.from = s.to
}

// emit makes a new block of the line.
func (s *scanner) emit(kind BlockKind) {
	s.flushBlank()
	sp := span{kind: kind, from: s.at, to: s.to, step: -1, under: s.above()}
	if kind == StepBlock {
		sp.step = len(s.steps) - 1
		sp.under = s.items[sp.step].parent
	}
	s.spans = append(s.spans, sp)
	s.from = s.to
}

// flushBlank makes a block of the blank lines before the line.
func (s *scanner) flushBlank() {
	if s.from < s.at {
		s.spans = append(s.spans, span{kind: Blank, from: s.from, to: s.at, step: -1, under: s.above()})
		s.from = s.at
	}
}

// text reads a step's words from its bytes.
func (it item) text(raw string) string {
	lines := splitLines(raw[len(it.lead):])
	for i := range lines {
		if i > 0 {
			lines[i] = cutColumns(lines[i], it.inside)
		}
		lines[i] = strings.TrimRight(lines[i], "\r\n")
	}
	return strings.Trim(strings.Join(lines, "\n"), " \t\n")
}
