package prose

import (
	"html"
	"regexp"
	"strings"
)

// Plain returns the words of Markdown without its marks, for the index and for
// titles: one line per paragraph, item or row. It is a single pass that no
// input can make slow, so it also serves texts too long to be shown as HTML.
func Plain(markdown string) string {
	lines := splitLines(strings.TrimPrefix(markdown, mark))
	var p paragraphs
	fence, comment := "", false
	for _, line := range lines[frontMatterLines(lines):] {
		text := strings.Trim(line, " \t\r\n\u00a0")
		switch {
		case fence != "" && closesFence(text, fence):
			fence = ""
		case fence != "":
			p.add(text, alone)
		case !comment && parseFence(text) != "":
			fence = parseFence(text)
		default:
			text, comment = cutComment(text, comment)
			words, flow := plainLine(text)
			p.add(words, flow)
		}
	}
	p.flush()
	return strings.Join(p.done, "\n")
}

// flow says how a line stands to its neighbours.
type flow int

const (
	goesOn flow = iota // with the paragraph above
	begins             // something of its own, that may go on below
	alone              // a heading, a row, a line of code
)

// paragraphs puts the lines of each paragraph together.
type paragraphs struct {
	done []string
	open strings.Builder
}

func (p *paragraphs) add(words string, f flow) {
	if words == "" || f != goesOn {
		p.flush()
	}
	if p.open.Len() > 0 {
		p.open.WriteByte(' ')
	}
	p.open.WriteString(words)
	if f == alone {
		p.flush()
	}
}

func (p *paragraphs) flush() {
	if p.open.Len() > 0 {
		p.done = append(p.done, p.open.String())
		p.open.Reset()
	}
}

// cutComment takes the HTML comments out of a line; open says whether one is
// still open from the lines before, and afterwards whether one is.
func cutComment(text string, open bool) (string, bool) {
	var b strings.Builder
	for {
		if open {
			_, after, found := strings.Cut(text, "-->")
			if !found {
				return b.String(), true
			}
			text, open = after, false
		}
		at := strings.Index(text, "<!--")
		if at < 0 {
			b.WriteString(text)
			return b.String(), false
		}
		if open = at == 0 || text[at-1] != '\\'; !open {
			at += len("<!--")
		}
		b.WriteString(text[:at])
		text = text[at:]
	}
}

// plainLine takes the marks off one line.
func plainLine(text string) (words string, f flow) {
	for range maxNested {
		text = strings.TrimLeft(text, " \t")
		switch {
		case text == "":
			return "", f
		case text[0] == '>':
			text = text[1:]
			continue
		case isRule(text), isUnderline(text), isDelimiterRow(text):
			return "", alone
		case headingLevel(text) > 0:
			return plainInline(strings.Trim(text, "# \t")), alone
		}
		_, rest, ok := parseMarker(text, 0)
		if !ok {
			break
		}
		_, size := parseBox(rest)
		text, f = rest[size:], begins
	}
	if strings.HasPrefix(text, "|") || strings.Count(text, " | ") > 1 {
		text, f = strings.ReplaceAll(strings.Trim(text, "|"), "|", " "), alone
	}
	if text != "" && text[0] == '[' && linkTarget.MatchString(text) {
		return "", alone
	}
	if n := len(text) - len(strings.TrimRight(text, `\`)); n%2 == 1 { // a line break
		text = text[:len(text)-1]
	}
	return plainInline(text), f
}

var (
	linkTarget = regexp.MustCompile(`^\[[^\]^]+\]:\s*\S`)
	link       = regexp.MustCompile(`!?\[([^\[\]]*)\](\([^()\s]*(\([^()\s]*\)[^()\s]*)*(\s+("[^"]*"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\[\]]*\])(\{:?[^{}]*\})?`)
	tag        = regexp.MustCompile(`</?([A-Za-z][A-Za-z0-9]*)(\s[^<>]*)?/?>`)
	entity     = regexp.MustCompile(`&#?[A-Za-z0-9]+;`)
	autolink   = regexp.MustCompile(`<((https?://|mailto:)[^\s<>]+)>`)
	escaped    = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// plainInline takes the marks out of the words of one line. What stands
// between back quotes is left alone.
func plainInline(text string) string {
	var b strings.Builder
	for text != "" {
		at := openQuote(text)
		b.WriteString(unmark(text[:at]))
		text = text[at:]
		n := len(text) - len(strings.TrimLeft(text, "`"))
		code, rest, closed := strings.Cut(text[n:], text[:n])
		if !closed {
			code, rest = text[:n], text[n:]
		}
		b.WriteString(code)
		text = rest
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// openQuote returns where the first back quote is that is not escaped, or the
// end of the text.
func openQuote(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '`':
			return i
		}
	}
	return len(text)
}

// hidden is where escaped signs wait until the others have been read: the
// first of the code points that are nobody's.
const hidden = 0xE000

// unmark takes links, line breaks, emphasis, escapes and entities out of text.
func unmark(text string) string {
	if strings.Contains(text, `\`) {
		text = escaped.ReplaceAllStringFunc(text, func(s string) string { return string(rune(hidden + int(s[1]))) })
	}
	if strings.Contains(text, "<") {
		text = autolink.ReplaceAllString(text, "$1")
		text = tag.ReplaceAllStringFunc(text, plainTag)
	}
	if strings.Contains(text, "](") || strings.Contains(text, "][") {
		for range 2 { // an image may stand in a link
			text = link.ReplaceAllString(text, "$1")
		}
	}
	if strings.ContainsAny(text, "*_~") {
		text = strings.NewReplacer("**", "", "__", "", "~~", "").Replace(text)
		text = single.ReplaceAllString(text, "$1$2$3")
	}
	if text = entity.ReplaceAllStringFunc(text, html.UnescapeString); strings.ContainsFunc(text, isHidden) {
		text = strings.Map(func(r rune) rune {
			if isHidden(r) {
				return r - hidden
			}
			return r
		}, text)
	}
	return text
}

func isHidden(r rune) bool { return r > hidden && r < hidden+0x80 }

// plainTag is what becomes of a tag: a gap between words for a line break, and
// else the text it is.
func plainTag(t string) string {
	if strings.EqualFold(tag.FindStringSubmatch(t)[1], "br") {
		return " "
	}
	return t
}

// single is emphasis of one mark, which must hug its words.
var single = regexp.MustCompile(`(^|[\s("'])[*_](\S|\S[^*_]*\S)[*_]($|[\s)"'.,:;!?])`)
