package prose

import (
	"fmt"
	"regexp"
	"strings"
)

// Document is a page of Markdown that is written piece by piece, for records
// and exports. Its zero value is an empty page. Words are escaped, so that
// whoever reads the page sees them as they were typed.
type Document struct {
	page   strings.Builder
	inList bool // the latest piece was an item
}

// Heading begins a section. Levels go from 1 to 6.
func (d *Document) Heading(level int, words string) {
	d.part()
	fmt.Fprintf(&d.page, "%s %s\n", strings.Repeat("#", level), strings.ReplaceAll(Escape(oneSpace(words)), "#", `\#`))
}

// Paragraph writes words of a person or ours. Line breaks stay.
func (d *Document) Paragraph(words string) {
	if words = Escape(words); words != "" {
		d.part()
		d.page.WriteString(breaks(words, "") + "\n")
	}
}

// Item writes one item of a list, depth levels deep from 0. Items that follow
// one another are one list.
func (d *Document) Item(depth int, words string) {
	if !d.inList {
		d.part()
	}
	d.inList = true
	indent := strings.Repeat("  ", depth)
	d.page.WriteString(indent + "- " + breaks(Escape(words), indent+"  ") + "\n")
}

// Link writes an address of the web that leads there, as an item depth levels
// deep; nothing where there is none.
func (d *Document) Link(depth int, address string) {
	if address == "" {
		return
	}
	if !d.inList {
		d.part()
	}
	d.inList = true
	sure := strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "")
	d.page.WriteString(strings.Repeat("  ", depth) + "- <" + sure.Replace(address) + ">\n")
}

// Quote writes Markdown of a person, set apart so that nothing in it, not even
// a block of code that never ends, reaches beyond.
func (d *Document) Quote(markdown string) {
	markdown = strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(markdown), "\n")
	if markdown == "" {
		return
	}
	d.part()
	for line := range strings.SplitSeq(markdown, "\n") {
		d.page.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
}

// Table writes rows of words below a head.
func (d *Document) Table(head []string, rows [][]string) {
	d.part()
	line := func(cells []string) {
		for _, c := range cells {
			d.page.WriteString("| " + Escape(oneSpace(c)) + " ")
		}
		d.page.WriteString("|\n")
	}
	line(head)
	d.page.WriteString(strings.Repeat("| --- ", len(head)) + "|\n")
	for _, r := range rows {
		line(r)
	}
}

// String returns the page so far.
func (d *Document) String() string { return d.page.String() }

// part leaves a blank line before what comes next.
func (d *Document) part() {
	if d.page.Len() > 0 {
		d.page.WriteByte('\n')
	}
	d.inList = false
}

func oneSpace(words string) string { return strings.Join(strings.Fields(words), " ") }

// breaks keeps the line breaks of escaped words: by a backslash, which people
// see, or by two spaces where a backslash stands already.
func breaks(words, indent string) string {
	lines := strings.Split(words, "\n")
	for i, line := range lines[:len(lines)-1] {
		if strings.HasSuffix(line, `\`) {
			lines[i] += "  "
		} else {
			lines[i] += `\`
		}
	}
	return strings.Join(lines, "\n"+indent)
}

// atStart are the signs that mean something at the start of a line.
var atStart = regexp.MustCompile(`^([-+>=#]|\d+[.)])`)

// Escape writes words so that Markdown shows them as they are. White space at
// the ends of lines goes, and so do empty lines.
func Escape(words string) string {
	var out []string
	for _, line := range splitLines(words) {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\x00", ""))
		if line == "" {
			continue
		}
		line = escapeSigns([]rune(line))
		if m := atStart.FindString(line); m != "" {
			line = line[:len(m)-1] + `\` + line[len(m)-1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// escapeSigns puts a backslash before each sign that could mean something.
func escapeSigns(line []rune) string {
	at := func(i int) rune {
		if i < 0 || i >= len(line) {
			return ' '
		}
		return line[i]
	}
	inWord := func(r rune) bool { return r != '_' && tokenKind(r) == 1 }
	var b strings.Builder
	for i, r := range line {
		means := strings.ContainsRune("\\`*[]~|", r)
		switch r {
		case '<':
			means = tokenKind(at(i+1)) != 0
		case '&':
			means = at(i+1) == '#' || tokenKind(at(i+1)) == 1
		case '_': // within a word it means nothing
			means = !inWord(at(i-1)) || !inWord(at(i+1))
		}
		if means {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
