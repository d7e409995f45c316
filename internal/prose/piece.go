package prose

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// piece is a block while a page is being edited.
type piece struct {
	raw  string
	step int // its place before; none for what is no step, fresh for new words
	was  int // for fresh words, the place of the step that has them now; or -1
}

const (
	none  = -1
	fresh = -2
)

func (p Procedure) pieces() []piece {
	pieces := make([]piece, len(p.Blocks))
	for i, b := range p.Blocks {
		pieces[i] = piece{raw: b.Raw, step: b.Step, was: b.Step}
	}
	if p.mark != "" {
		pieces[0].raw = strings.TrimPrefix(pieces[0].raw, p.mark)
	}
	return pieces
}

// ending returns the line ending the page uses.
func (p Procedure) ending() string {
	for _, b := range p.Blocks {
		if lines := splitLines(b.Raw); len(lines) > 0 && lineEnding(lines[0]) != "" {
			return lineEnding(lines[0])
		}
	}
	return "\n"
}

// reach returns the blocks of a step with all that stands under it, without
// the blank lines behind.
func (p Procedure) reach(step int) (first, end int) {
	first = p.items[step].block
	end = first + 1
	for i := first + 1; i < len(p.Blocks); i++ {
		if b := p.Blocks[i]; b.Kind != Blank {
			if b.Depth <= p.Steps[step].Depth {
				break
			}
			end = i + 1
		}
	}
	return first, end
}

// isLoose reports whether blank lines part the items of a step's list.
func (p Procedure) isLoose(step int) bool {
	begun := false
	for k, it := range p.items {
		if it.list != p.items[step].list {
			continue
		}
		if begun && p.Blocks[p.items[k].block-1].Kind == Blank {
			return true
		}
		begun = true
	}
	return false
}

// sibling returns another step of the same list, or -1.
func (p Procedure) sibling(step int) int {
	for k, it := range p.items {
		if k != step && it.list == p.items[step].list {
			return k
		}
	}
	return -1
}

// put adds pieces behind step i and all under it, or before the first step for
// -1, with a blank line where the list has them.
func (p Procedure) put(pieces, add []piece, i int) []piece {
	blank := piece{raw: p.ending(), step: none, was: none}
	at := p.items[0].block
	if i >= 0 {
		_, at = p.reach(i)
	}
	if p.isLoose(max(i, 0)) {
		if i >= 0 {
			add = append([]piece{blank}, add...)
		} else {
			add = append(add, blank)
		}
	}
	out := append([]piece{}, pieces[:at]...)
	out = append(out, add...)
	return append(out, pieces[at:]...)
}

// drop takes out the n pieces that begin with step i where it still has its
// old words, and one of two blank pieces that then meet.
func drop(pieces []piece, i, n int, ending string) []piece {
	at := 0
	for pieces[at].step != i {
		at++
	}
	before, after := pieces[:at:at], pieces[at+n:]
	blank := func(p piece) bool { return p.step == none && isBlank(p.raw) }
	switch {
	case len(after) == 0 && len(before) > 0 && blank(before[len(before)-1]):
		before = before[:len(before)-1]
	case len(after) == 0:
	case blank(after[0]) && (len(before) == 0 || blank(before[len(before)-1])):
		after = after[1:]
	case after[0].step == none && len(before) > 0 && before[len(before)-1].step == none &&
		!blank(after[0]) && !blank(before[len(before)-1]):
		// A paragraph must not run into what stood behind the list.
		before = append(before, piece{raw: ending, step: none, was: none})
	}
	return append(before, after...)
}

// appendList begins a list at the end of a page that has none.
func (p Procedure) appendList(pieces []piece, text string) []piece {
	end := p.ending()
	if n := len(pieces); n > 0 && p.Blocks[n-1].Kind != Blank {
		pieces = append(pieces, piece{raw: end, step: none, was: none})
	}
	it := item{inside: 2}
	return append(pieces, piece{raw: "- " + it.lines(guard(text, NoBox), end) + end, step: fresh, was: none})
}

// restyle writes a step and all under it in the manner of another step's list.
func (p Procedure) restyle(pieces []piece, j int, like item, step Step) []piece {
	first, end := p.reach(j)
	pieces = append([]piece{}, pieces[first:end]...)
	it, old := like.successor(step, false), p.items[j]
	if old.glyph == it.glyph && old.column == it.column && (old.digits == "") == (it.digits == "") {
		it = old
	}
	if p.Steps[j].Box != NoBox && !strings.Contains(pasted, old.glyph) {
		it.lead = it.bare() + old.lead[len(old.bare()):]
	}
	pieces[0].raw = it.lead + shift(pieces[0].raw[len(old.lead):], it.inside-old.inside, true)
	pieces[0].step, pieces[0].was = moved(j), j
	for k := range pieces[1:] {
		pc := &pieces[k+1]
		pc.raw = shift(pc.raw, it.inside-old.inside, false)
		pc.step = moved(pc.step)
	}
	return pieces
}

// moved marks a step's piece as the copy that stays.
func moved(step int) int {
	if step < 0 {
		return step
	}
	return fresh - 1 - step
}

// bare is the lead without a box.
func (it item) bare() string {
	return it.lead[:strings.LastIndex(it.lead, it.glyph)+len(it.glyph)+len(it.pad)]
}

// successor returns the item that would follow in the same list, with an open
// box if its step has one.
func (it item) successor(step Step, countsUp bool) item {
	indent := strings.Repeat(" ", it.column)
	if col, size := indentOf(it.lead, 0); col == it.column {
		indent = it.lead[:size]
	}
	if strings.Contains("☑☒", it.glyph) {
		it.glyph = "☐"
	}
	if it.pad == "" {
		it.pad = " "
	}
	if n, err := strconv.Atoi(it.digits); err == nil && countsUp {
		digits := strconv.Itoa(n + 1)
		if grown := len(digits) - len(it.digits); grown > 0 && len(it.pad) > grown {
			it.pad = it.pad[grown:]
		}
		it.digits = digits
	}
	it.width = len(it.digits) + utf8.RuneCountInString(it.glyph)
	it.content = it.width + utf8.RuneCountInString(it.pad)
	it.inside = it.column + it.content
	it.lead = indent + it.digits + it.glyph + it.pad
	if strings.HasPrefix(it.pad, "\t") {
		col, _ := indentOf(it.pad, it.column+it.width)
		it.inside = it.column + it.width + col
	}
	if step.Box != NoBox && !strings.Contains(pasted, it.glyph) {
		it.lead += "[ ] "
	}
	return it
}

// lines writes the words of a step behind its lead: every line but the first
// indented so that it belongs to the item.
func (it item) lines(text, ending string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	for i := range lines[1:] {
		if line := &lines[i+1]; isBlank(*line) {
			*line = ""
		} else {
			*line = strings.Repeat(" ", it.inside) + *line
		}
	}
	return strings.Join(lines, ending)
}

// shift moves lines by columns; the first one stays if it only ends a line.
func shift(raw string, columns int, inLine bool) string {
	if columns == 0 {
		return raw
	}
	lines := splitLines(raw)
	for i, line := range lines {
		if i == 0 && inLine || isBlank(line) {
			continue
		}
		col, size := indentOf(line, 0)
		lines[i] = strings.Repeat(" ", max(0, col+columns)) + line[size:]
	}
	return strings.Join(lines, "")
}

// release moves lines out of an item, to where its marker was.
func (it item) release(raw string) string {
	indent, _ := indentOf(raw, 0)
	if indent >= it.inside+4 { // code, which is indented by four more
		indent = it.inside
	}
	return shift(raw, it.column-indent, false)
}

// guard escapes what would make something else of the first line of a step.
func guard(text string, box Box) string {
	first, _, _ := strings.Cut(text, "\n")
	if m, rest, ok := parseMarker(first, 0); ok {
		switch {
		case strings.Contains(pasted, m.glyph) && isBlank(rest):
			return text
		case strings.Contains(pasted, m.glyph):
			return guard(strings.TrimLeft(rest, " \t\u00a0")+text[len(first):], box)
		case m.digits != "":
			return m.digits + "\\" + text[len(m.digits):]
		}
		return "\\" + text
	}
	if _, size := parseBox(first); size > 0 && box == NoBox || headingLevel(first) > 0 || isRule(first) || first[0] == '>' {
		return "\\" + text
	}
	return text
}
