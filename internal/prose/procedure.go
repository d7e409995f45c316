package prose

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Procedure is a page of Markdown seen as steps with prose between them. Its
// blocks joined together are the page, byte for byte.
type Procedure struct {
	Title  string // from the front matter or the first heading; may be empty
	Blocks []Block
	Steps  []Step

	items []item // what the scanner knows of each step's list, for edits
	mark  string // the byte order mark the page begins with, if it does
}

// Block is a run of whole lines of one kind.
type Block struct {
	Kind  BlockKind
	Raw   string // the lines as they came, line endings included
	Depth int    // how many steps it stands under
	Step  int    // the place in Steps of a [StepBlock]; -1 for every other kind
}

// BlockKind says what a block is.
type BlockKind int

// The kinds of block. Only a StepBlock holds a step; all others are kept whole.
const (
	Paragraph BlockKind = iota
	Blank
	FrontMatter
	Heading
	StepBlock
	Table
	Code
	Quote
	HTMLBlock
	Comment
	Rule
)

// Step is one item of a list: a task, a number or a bullet.
type Step struct {
	Text    string // Markdown without marker, box and indentation; may have several lines
	Depth   int    // 0 for a top-level step
	Box     Box
	Number  string // "3." as written; empty for bullets
	Heading string // the plain words above it, "Restore › Before you begin"; may be empty
	Line    int    // where it begins, counted from 1
}

// Box is the box of a task.
type Box int

// The states of a box.
const (
	NoBox Box = iota
	OpenBox
	TickedBox
)

// ParseProcedure reads a procedure. A page without lists is one without steps
// and stays whole. It refuses what is not UTF-8 text ("text.encoding", with
// the line), holds a NUL ("text.binary", with the line) or is longer than
// [practice.MaxProcedure] ("procedure.large").
func ParseProcedure(markdown []byte) (Procedure, error) {
	if len(markdown) > practice.MaxProcedure {
		return Procedure{}, practice.Refuse(practice.Invalid, "procedure.large")
	}
	if err := checkText(markdown); err != nil {
		return Procedure{}, err
	}
	page := string(markdown)
	text := strings.TrimPrefix(page, mark)
	s := scanner{page: text}
	s.scan()
	p := Procedure{Steps: s.steps, items: s.items}
	near := p.demote()
	for _, sp := range s.spans {
		p.addBlock(sp, text[sp.from:sp.to], near)
	}
	if len(text) < len(page) {
		p.putMark()
	}
	p.Title = p.findTitle()
	return p, nil
}

// mark is the byte order mark some editors begin a page with.
const mark = "\ufeff"

// putMark gives the first block its byte order mark back.
func (p *Procedure) putMark() {
	p.mark = mark
	if len(p.Blocks) == 0 {
		p.Blocks = []Block{{Kind: Blank, Step: -1}}
	}
	p.Blocks[0].Raw = mark + p.Blocks[0].Raw
}

// addBlock makes a block of what the scanner found. near tells for each item it
// found which step that is now, or stands under.
func (p *Procedure) addBlock(sp span, raw string, near []int) {
	b := Block{Kind: sp.kind, Raw: raw, Step: -1}
	if sp.under >= 0 && near[sp.under] >= 0 {
		b.Depth = p.Steps[near[sp.under]].Depth + 1
	}
	if sp.step >= 0 {
		b.Kind = Paragraph
		if at := near[sp.step]; at >= 0 && at != nearest(near, sp.under) {
			b.Kind, b.Step = StepBlock, at
			p.items[at].block = len(p.Blocks)
		}
	}
	p.Blocks = append(p.Blocks, b)
}

func nearest(near []int, i int) int {
	if i < 0 {
		return -1
	}
	return near[i]
}

// Markdown returns every byte the procedure was read from.
func (p Procedure) Markdown() []byte {
	var b bytes.Buffer
	for _, block := range p.Blocks {
		b.WriteString(block.Raw)
	}
	return b.Bytes()
}

// Numbers are what the steps are called, in order.
func (p Procedure) Numbers() []string {
	var depths []int
	for _, s := range p.Steps {
		depths = append(depths, s.Depth)
	}
	return practice.StepNumbers(depths)
}

// HTML shows a part of the procedure, such as a step's text. Links that are
// defined elsewhere on the page lead where the page says.
func (p Procedure) HTML(part string) template.HTML {
	var targets strings.Builder
	for _, b := range p.Blocks {
		if b.Kind != Paragraph || !strings.Contains(b.Raw, "]:") {
			continue
		}
		for _, line := range splitLines(b.Raw) {
			if linkTarget.MatchString(line) {
				targets.WriteString("\n" + strings.TrimRight(line, "\r\n"))
			}
		}
	}
	if targets.Len() > 0 && strings.Contains(part, "[") {
		part += "\n\n" + targets.String()
	}
	return HTML(part)
}

// checkText refuses bytes that are not text, with the line they are on.
func checkText(text []byte) error {
	if utf8.Valid(text) && bytes.IndexByte(text, 0) < 0 {
		return nil
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return practice.Refuse(practice.Invalid, "text.encoding").With("line", 1)
	}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if bytes.IndexByte(line, 0) >= 0 {
			return practice.Refuse(practice.Invalid, "text.binary").With("line", i+1)
		}
		if !utf8.Valid(line) {
			return practice.Refuse(practice.Invalid, "text.encoding").With("line", i+1)
		}
	}
	return practice.Refuse(practice.Invalid, "text.encoding").With("line", 1)
}

// demote turns items that are no steps back into prose: items without words,
// and bullets that only point elsewhere in a list of references. It looks at
// each item alone, so that no edit of one line makes another come or go. It
// returns for each item which step it is now or stands under, or -1.
func (p *Procedure) demote() (near []int) {
	near = make([]int, len(p.items))
	steps, items := p.Steps, p.items
	p.Steps, p.items = nil, nil
	for i, it := range items {
		it.parent = nearest(near, it.parent)
		if steps[i].Text == "" || it.digits == "" && steps[i].isReference() {
			near[i] = it.parent
			continue
		}
		near[i] = len(p.Steps)
		if it.parent >= 0 {
			steps[i].Depth = p.Steps[it.parent].Depth + 1
		}
		p.Steps, p.items = append(p.Steps, steps[i]), append(p.items, it)
	}
	return near
}

var (
	// linkAlone is an item that only points elsewhere, with the attributes
	// some writers put behind a link.
	linkAlone = regexp.MustCompile(`^(\[[^\]]*\](\([^()]*(\([^()]*\)[^()]*)*\)|\[[^\]]*\])(\{[^}]*\})?|<?https?://\S+>?)[.;,]?$`)
	// ownSection is a link to a heading of the same page, as in a table of
	// contents.
	ownSection = regexp.MustCompile(`^\[[^\]]*\]\(#`)
	// listOfLinks are the headings references stand under.
	listOfLinks = regexp.MustCompile(`(?i)\b(see also|references?|reading|resources|links|examples|related|contents)\b`)
)

// isReference reports whether an item is an entry in a table of contents or a
// reading list.
func (s Step) isReference() bool {
	return s.Box == NoBox && linkAlone.MatchString(s.Text) &&
		(ownSection.MatchString(s.Text) || listOfLinks.MatchString(s.Heading))
}

// findTitle looks for a title in the front matter, in the first heading of
// level one, and in a heading that opens the page. A heading that a template
// fills in is no title.
func (p Procedure) findTitle() string {
	opened := false
	for _, b := range p.Blocks {
		switch b.Kind {
		case FrontMatter:
			if t := frontTitle(b.Raw); t != "" {
				return t
			}
			continue
		case Heading:
			title := headingWords(b.Raw)
			if (!opened || isTopLevel(b.Raw)) && title != "" && !strings.ContainsAny(title, "{}<>") {
				return title
			}
		case Blank, Comment:
			continue
		}
		opened = true
	}
	return ""
}

// isTopLevel reports whether a heading is of level one.
func isTopLevel(raw string) bool {
	text := strings.Trim(raw, " \t\r\n"+mark)
	if n := headingLevel(text); n > 0 {
		return n == 1
	}
	return strings.HasSuffix(text, "=")
}

var titleLine = regexp.MustCompile(`(?i)^title\s*[:=]\s*(.+)$`)

// frontTitle reads the title of front matter, whatever its syntax. It is for
// naming a page only; reviews read the whole of it.
func frontTitle(raw string) string {
	for _, line := range splitLines(raw) {
		m := titleLine.FindStringSubmatch(strings.TrimRight(line, " \t\r\n"))
		if m == nil {
			continue
		}
		t := m[1]
		if n := len(t) - 1; n > 0 && (t[0] == '"' || t[0] == '\'') && t[n] == t[0] {
			t = t[1:n]
		}
		if strings.ContainsAny(t, "{}<>") || t == "|" {
			return ""
		}
		return strings.TrimSpace(t)
	}
	return ""
}

// headingWords returns the words of a heading without their marks.
func headingWords(raw string) string {
	text := strings.Trim(raw, " \t\r\n"+mark)
	if headingLevel(text) > 0 {
		text = strings.Trim(strings.TrimLeft(text, "#"), " \t")
		if t := strings.TrimRight(text, "#"); t == "" || strings.HasSuffix(t, " ") {
			text = strings.TrimSpace(t)
		}
	} else if lines := splitLines(text); len(lines) > 1 {
		text = strings.TrimSpace(strings.Join(lines[:len(lines)-1], " "))
	}
	return Plain(text)
}
