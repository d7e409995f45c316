package pattern

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// offset is the byte at which a line and column of the YAML stand in the file.
func (d *Document) offset(lineNo, col int) int {
	at := d.front.from
	for i := 1; i < lineNo && at < d.front.to; i++ {
		_, at = line(d.raw, at)
	}
	for i := 1; i < col && at < len(d.raw); i++ {
		_, size := utf8.DecodeRune(d.raw[at:])
		at += size
	}
	return at
}

// end is the byte after a node. A text over several lines ends after its last line break, anything else
// with its last character. It is found from the text, because the parser tells where a node starts only.
func (d *Document) end(n *yaml.Node) (int, bool) {
	if n.Kind == yaml.ScalarNode {
		return d.endOfText(n)
	}
	if n.Kind != yaml.SequenceNode && n.Kind != yaml.MappingNode {
		return 0, false
	}
	if n.Style&yaml.FlowStyle != 0 {
		return d.endOfFlow(d.offset(n.Line, n.Column))
	}
	if len(n.Content) == 0 {
		return 0, false
	}
	last := n.Content[len(n.Content)-1]
	if last.Kind == yaml.ScalarNode && last.Value == "" && last.Style == 0 && n.Kind == yaml.MappingNode {
		key := n.Content[len(n.Content)-2]
		from := d.offset(key.Line, key.Column)
		colon := bytes.IndexByte(d.raw[from:], ':')
		return from + colon + 1, colon >= 0
	}
	return d.end(last)
}

func (d *Document) endOfText(n *yaml.Node) (int, bool) {
	from := d.offset(n.Line, n.Column)
	if from >= d.front.to {
		return 0, false
	}
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return endOfQuotes(d.raw, from, d.front.to, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return endOfQuotes(d.raw, from, d.front.to, '\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return d.endOfBlock(from)
	}
	// Without quotes the value is what stands there, line breaks read as spaces: the first
	// end at which that is so is the end.
	var read strings.Builder
	for at := from; at < d.front.to; {
		r, size := utf8.DecodeRune(d.raw[at:])
		at += size
		read.WriteRune(r)
		if read.Len() >= len(n.Value) && r != ' ' && r != '\n' && r != '\r' && unfolded(read.String()) == n.Value {
			return at, true
		}
		if read.Len() > 4*len(n.Value)+4096 {
			return 0, false
		}
	}
	return 0, false
}

// unfolded reads a plain text over several lines as YAML does.
func unfolded(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	lines := strings.Split(s, "\n")
	var b strings.Builder
	empty := 0
	for i, l := range lines {
		l = strings.Trim(l, " \r\t")
		switch {
		case i == 0:
		case l == "":
			empty++
			continue
		case empty > 0:
			b.WriteString(strings.Repeat("\n", empty))
		default:
			b.WriteByte(' ')
		}
		empty = 0
		b.WriteString(l)
	}
	return b.String()
}

func endOfQuotes(raw []byte, from, to int, quote byte) (int, bool) {
	if from >= len(raw) || raw[from] != quote {
		return 0, false
	}
	for i := from + 1; i < to; i++ {
		switch {
		case quote == '"' && raw[i] == '\\':
			i++
		case raw[i] != quote:
		case quote == '\'' && i+1 < to && raw[i+1] == quote:
			i++
		default:
			return i + 1, true
		}
	}
	return 0, false
}

// endOfBlock is the end of the last line that belongs to a text introduced by | or >. What is empty
// after it belongs to nobody.
func (d *Document) endOfBlock(from int) (int, bool) {
	_, at := line(d.raw, from)
	set, end := -1, at
	for at < d.front.to {
		l, after := line(d.raw, at)
		in := len(l) - len(strings.TrimLeft(l, " "))
		if strings.TrimSpace(l) != "" {
			if set < 0 {
				set = in
			}
			if in < set || in == 0 {
				break
			}
			end = after
		}
		at = after
	}
	return end, set > 0
}

// endOfFlow is the byte after the bracket that closes the one at from.
func (d *Document) endOfFlow(from int) (int, bool) {
	deep := 0
	for i := from; i < d.front.to; i++ {
		switch c := d.raw[i]; c {
		case '[', '{':
			deep++
		case ']', '}':
			if deep--; deep == 0 {
				return i + 1, true
			}
		case '"', '\'':
			if before := d.raw[i-1]; strings.IndexByte(" [{,:\n", before) < 0 {
				continue // inside a word
			}
			end, ok := endOfQuotes(d.raw, i, d.front.to, c)
			if !ok {
				return 0, false
			}
			i = end - 1
		case '#':
			if d.raw[i-1] == ' ' {
				_, after := line(d.raw, i)
				i = after - 1
			}
		}
	}
	return 0, false
}

// plain is a text without quotes where YAML reads it as the same text, alone and in a list in brackets; with any,
// also where it reads a number or a date.
func plain(value string, any bool) string {
	if value == "" || strings.ContainsAny(value, "\n\r\t,[]{}") || !printable(value) || strings.HasPrefix(value, "%") {
		return quoted(value)
	}
	var n yaml.Node
	if yaml.Unmarshal([]byte("k: "+value+"\n"), &n) != nil || len(n.Content) != 1 || len(n.Content[0].Content) != 2 {
		return quoted(value)
	}
	v := n.Content[0].Content[1]
	if v.Kind != yaml.ScalarNode || v.Style != 0 || v.Value != value || v.Anchor != "" || !any && v.Tag != "!!str" || v.LineComment != "" {
		return quoted(value)
	}
	return value
}

// quoted is a text in double quotes. What JSON writes YAML reads.
func quoted(value string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(value) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// printable reports whether a text has nothing that must be written as an escape.
func printable(value string) bool {
	for _, r := range value {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == utf8.RuneError {
			return false
		}
	}
	return true
}
