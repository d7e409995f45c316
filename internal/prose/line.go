package prose

import (
	"strings"
	"unicode/utf8"
)

// splitLines cuts text after every line ending: \n, \r\n or a lone \r. The
// parts joined again are the text.
func splitLines(text string) []string {
	var lines []string
	start := 0
	for i := 0; i < len(text); i++ {
		if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			continue
		}
		if text[i] == '\n' || text[i] == '\r' {
			lines = append(lines, text[start:i+1])
			start = i + 1
		}
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}

// lineEnding returns the line ending a line carries, which may be none.
func lineEnding(line string) string {
	return line[len(strings.TrimRight(line, "\r\n")):]
}

// indentOf returns the columns of white space a line begins with, tabs
// stopping at every fourth, and the bytes they take. from is the column at
// which the string begins.
func indentOf(line string, from int) (columns, size int) {
	col := from
	for size < len(line) {
		switch line[size] {
		case ' ':
			col++
		case '\t':
			col += 4 - col%4
		default:
			return col - from, size
		}
		size++
	}
	return col - from, size
}

// cutColumns takes up to n columns of white space from the front of a line. A
// tab that reaches further leaves its rest as spaces.
func cutColumns(line string, n int) string {
	col := 0
	for i := 0; i < len(line); i++ {
		if col >= n {
			return strings.Repeat(" ", col-n) + line[i:]
		}
		switch line[i] {
		case ' ':
			col++
		case '\t':
			col += 4 - col%4
		default:
			return line[i:]
		}
	}
	return strings.Repeat(" ", max(0, col-n))
}

func isBlank(line string) bool { return strings.Trim(line, " \t\r\n") == "" }

// marker is what makes a line a list item: a bullet or a number.
type marker struct {
	glyph   string // "-", "*", "+", ".", ")" or a bullet people paste from elsewhere
	digits  string // the number as written; empty for bullets
	width   int    // columns of digits and glyph
	pad     string // white space behind it
	content int    // columns from the marker's start to what it holds
}

// pasted are the bullets word processors put on the clipboard. Markdown takes
// such lines for prose; people mean a list.
const pasted = "•◦▪‣☐☑☒□"

// parseMarker reads a list marker at the start of text, which begins at column
// col. rest is what follows the marker and its padding.
func parseMarker(text string, col int) (m marker, rest string, ok bool) {
	n := 0
	for n < len(text) && n < 10 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	glyph, size := utf8.DecodeRuneInString(text[n:])
	switch {
	case n > 9 || size == 0:
		return m, "", false
	case n > 0 && glyph != '.' && glyph != ')':
		return m, "", false
	case n == 0 && !strings.ContainsRune("-*+"+pasted, glyph):
		return m, "", false
	}
	m = marker{glyph: text[n : n+size], digits: text[:n], width: n + 1}
	after := text[n+size:]
	if isBlank(after) {
		m.content = m.width + 1
		return m, after, true
	}
	pad, bytes := indentOf(after, col+m.width)
	if nbsp := strings.HasPrefix(after[bytes:], "\u00a0"); pad == 0 && nbsp {
		pad, bytes = 1, len("\u00a0")
	}
	if pad == 0 {
		return m, "", false
	}
	if pad > 4 { // an indented block of code behind the marker
		pad, bytes = 1, 1
	}
	m.pad, m.content = after[:bytes], m.width+pad
	return m, after[bytes:], true
}

// parseBox reads the box of a task at the start of an item's text.
func parseBox(text string) (box Box, size int) {
	switch {
	case strings.HasPrefix(text, "[]"): // not Markdown, but many write it
		box, size = OpenBox, 2
	case strings.HasPrefix(text, "[ ]"):
		box, size = OpenBox, 3
	case strings.HasPrefix(text, "[x]"), strings.HasPrefix(text, "[X]"):
		box, size = TickedBox, 3
	default:
		return NoBox, 0
	}
	after := text[size:]
	_, pad := indentOf(after, 0)
	switch {
	case isBlank(after):
		return box, size
	case pad > 0:
		return box, size + pad
	case strings.HasPrefix(after, "\u00a0"):
		return box, size + len("\u00a0")
	}
	return NoBox, 0
}

// isRule reports whether text is a thematic break: three or more of one of
// - _ * and nothing else but white space.
func isRule(text string) bool {
	text = strings.TrimRight(text, " \t\r\n")
	if text == "" || !strings.ContainsRune("-_*", rune(text[0])) {
		return false
	}
	n := 0
	for i := range len(text) {
		switch text[i] {
		case text[0]:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3
}

// isUnderline reports whether text makes a heading of the paragraph above it.
func isUnderline(text string) bool {
	text = strings.TrimRight(text, " \t\r\n")
	return text != "" && (strings.Trim(text, "=") == "" || strings.Trim(text, "-") == "")
}

// headingLevel returns the level of an ATX heading, or 0.
func headingLevel(text string) int {
	n := len(text) - len(strings.TrimLeft(text, "#"))
	if n == 0 || n > 6 || len(text) > n && !strings.ContainsRune(" \t\r\n", rune(text[n])) {
		return 0
	}
	return n
}

// parseFence returns the fence a line of code opens with, such as "```", or
// nothing.
func parseFence(text string) string {
	if text == "" || text[0] != '`' && text[0] != '~' {
		return ""
	}
	n := len(text) - len(strings.TrimLeft(text, text[:1]))
	if n < 3 || text[0] == '`' && strings.Contains(text[n:], "`") {
		return ""
	}
	return text[:n]
}

// closesFence reports whether text ends the code that fence opened.
func closesFence(text, fence string) bool {
	n := len(text) - len(strings.TrimLeft(text, fence[:1]))
	return n >= len(fence) && isBlank(text[n:])
}

// isDelimiterRow reports whether text is the second line of a table.
func isDelimiterRow(text string) bool {
	text = strings.Trim(text, " \t\r\n")
	return strings.Contains(text, "|") && strings.Contains(text, "-") && strings.Trim(text, "|-: \t") == ""
}
