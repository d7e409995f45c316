package pattern

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Set writes one value into a document and leaves every other byte as it is: comments, order, quotes and the
// text below. The value is written the way the old one is, in quotes where it needs them. A key that is missing
// is added as the last one of what it belongs to, which has to be there. A list is set whole, as [a, b].
//
// What comes of it is read again and compared: if anything else than the field had changed, nothing is written
// and the error says so. The document itself stays; the one returned has the value.
func (d *Document) Set(path, value string) (*Document, error) {
	way, err := steps(path)
	if err != nil {
		return nil, err
	}
	if len(d.mended) > 0 {
		return nil, fmt.Errorf("%s: line %d is set in with %s: bring the file into form first", d.File, d.mended[0].at.Line, d.mended[0].what)
	}
	if strings.ContainsRune(value, 0) || !utf8.ValidString(value) {
		return nil, fmt.Errorf("%s: the new value is no text", path)
	}
	s, n := d.find(way)
	if n == len(way) && s.node.Kind == yaml.ScalarNode && strings.TrimRight(s.node.Value, "\n") == value && value != "" {
		return d, nil
	}
	var raw []byte
	switch {
	case n == len(way):
		raw, err = d.replace(s, value)
	case n == len(way)-1 && !strings.HasPrefix(way[n], "["):
		raw, err = d.add(s, way[n], value)
	default:
		err = fmt.Errorf("there is no %s to write into", said(way[:n+1]))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", d.File, path, err)
	}
	after, err := Parse(d.File, raw)
	if err != nil || !only(d, after, way, value) {
		return nil, fmt.Errorf("%s: %s cannot be set without changing more than it: write it by hand", d.File, path)
	}
	return after, nil
}

// replace puts the value where the old one stands.
func (d *Document) replace(s spot, value string) ([]byte, error) {
	n := s.node
	if n.Anchor != "" || n.Kind == yaml.AliasNode || n.Style&yaml.TaggedStyle != 0 {
		return nil, fmt.Errorf("what stands there is also used elsewhere or has a type of its own")
	}
	switch n.Kind {
	case yaml.SequenceNode:
		if n.Style&yaml.FlowStyle == 0 {
			return nil, fmt.Errorf("a list over several lines is set entry by entry")
		}
		from := d.offset(n.Line, n.Column)
		to, ok := d.end(n)
		if !ok || !isFlowList(value) {
			return nil, fmt.Errorf("the value of a list looks like [a, b]")
		}
		return d.spliced(from, to, value), nil
	case yaml.MappingNode:
		return nil, fmt.Errorf("it has fields of its own: name one of them")
	}
	if n.Value == "" && n.Style == 0 {
		to := d.offset(s.key.Line, s.key.Column)
		at := bytes.IndexByte(d.raw[to:], ':')
		if s.key == nil || at < 0 {
			return nil, fmt.Errorf("nothing stands there")
		}
		return d.spliced(to+at+1, to+at+1, " "+d.written(n, value)), nil
	}
	from := d.offset(n.Line, n.Column)
	to, ok := d.end(n)
	if !ok {
		return nil, fmt.Errorf("where the old value ends cannot be told")
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return d.spliced(from, to, d.block(n, from, to, value)), nil
	}
	return d.spliced(from, to, d.written(n, value)), nil
}

// add writes a key that is missing after the last one of its mapping.
func (d *Document) add(s spot, key, value string) ([]byte, error) {
	m := s.node
	if m.Kind != yaml.MappingNode || len(m.Content) == 0 || m.Style&yaml.FlowStyle != 0 {
		return nil, fmt.Errorf("there is no such field, and none can be added where it would be")
	}
	if plain(key, false) != key {
		return nil, fmt.Errorf("%q is no name for a field", key)
	}
	last := m.Content[len(m.Content)-1]
	to := d.front.to
	if m != d.root {
		end, ok := d.end(last)
		if !ok {
			return nil, fmt.Errorf("where the last field ends cannot be told")
		}
		if end > 0 && d.raw[end-1] != '\n' {
			if nl := bytes.IndexByte(d.raw[end:], '\n'); nl >= 0 {
				end += nl + 1
			}
		}
		to = end
	}
	set := strings.Repeat(" ", m.Content[0].Column-1)
	shown := d.written(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}, value)
	return d.spliced(to, to, set+key+": "+shown+d.newline()), nil
}

func (d *Document) spliced(from, to int, with string) []byte {
	out := make([]byte, 0, len(d.raw)+len(with))
	out = append(out, d.raw[:from]...)
	out = append(out, with...)
	return append(out, d.raw[to:]...)
}

func (d *Document) newline() string {
	if bytes.Contains(d.raw[:d.front.from], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// written is a value in the quotes of the old one, or in those that it needs.
func (d *Document) written(old *yaml.Node, value string) string {
	switch {
	case old.Style&yaml.SingleQuotedStyle != 0 && !strings.ContainsAny(value, "\n\r\t") && printable(value):
		return "'" + strings.ReplaceAll(value, "'", "''") + "'"
	case old.Style&yaml.DoubleQuotedStyle != 0:
		return quoted(value)
	case old.Tag == "!!str" && old.Value != "":
		return plain(value, false)
	}
	return plain(value, true)
}

// block is a text of several lines in the style of the old one, set in as deep.
func (d *Document) block(n *yaml.Node, from, to int, value string) string {
	head, at := line(d.raw, from)
	set := ""
	for at < to && set == "" {
		l, next := line(d.raw, at)
		if strings.TrimSpace(l) != "" {
			set = l[:len(l)-len(strings.TrimLeft(l, " "))]
		}
		at = next
	}
	lines := strings.Split(value, "\n")
	if n.Style&yaml.FoldedStyle != 0 {
		lines = folded(value, 80-len(set))
	}
	var b strings.Builder
	b.WriteString(head + d.newline())
	for _, l := range lines {
		if l != "" {
			b.WriteString(set + l)
		}
		b.WriteString(d.newline())
	}
	return b.String()
}

// folded breaks every line of a text where it is wide, so that folding joins it again: one break
// inside a paragraph is a space, and two are one.
func folded(value string, width int) []string {
	var all []string
	for i, paragraph := range strings.Split(value, "\n") {
		if i > 0 {
			all = append(all, "")
		}
		row := ""
		for _, word := range strings.Split(paragraph, " ") {
			if row != "" && word != "" && utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width {
				all, row = append(all, row), word
				continue
			}
			if row != "" {
				row += " "
			}
			row += word
		}
		all = append(all, row)
	}
	return all
}

// isFlowList reports whether a text is one list in brackets.
func isFlowList(value string) bool {
	var n yaml.Node
	return !strings.Contains(value, "\n") && yaml.Unmarshal([]byte(value), &n) == nil && len(n.Content) == 1 &&
		n.Content[0].Kind == yaml.SequenceNode && n.Content[0].Style&yaml.FlowStyle != 0
}

// only reports whether nothing but the field differs between two documents, and the field has the value.
func only(before, after *Document, way []string, value string) bool {
	if before.Body != after.Body {
		return false
	}
	s, n := after.find(way)
	if n < len(way) {
		return false
	}
	switch s.node.Kind {
	case yaml.ScalarNode:
		if strings.TrimRight(s.node.Value, "\n") != strings.TrimRight(value, "\n") {
			return false
		}
	case yaml.SequenceNode:
		var want yaml.Node
		if yaml.Unmarshal([]byte(value), &want) != nil || !same(want.Content[0], s.node, nil) {
			return false
		}
	default:
		return false
	}
	return same(before.root, after.root, way)
}

// same compares two trees; what the way leads to may differ, and may be missing in the first.
func same(a, b *yaml.Node, but []string) bool {
	if but != nil && len(but) == 0 {
		return true
	}
	if a.Kind != b.Kind || a.Value != b.Value || a.Tag != b.Tag || a.Anchor != b.Anchor {
		return false
	}
	if a.Kind == yaml.MappingNode {
		return sameKeys(a, b, but)
	}
	if len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i], next(but, fmt.Sprintf("[%d", i))) {
			return false
		}
	}
	return true
}

func sameKeys(a, b *yaml.Node, but []string) bool {
	i := 0
	for j := 0; j+1 < len(b.Content); j += 2 {
		rest := next(but, b.Content[j].Value)
		if i+1 >= len(a.Content) || a.Content[i].Value != b.Content[j].Value {
			if rest != nil && len(rest) == 0 {
				continue // the key that was added
			}
			return false
		}
		if !same(a.Content[i+1], b.Content[j+1], rest) {
			return false
		}
		i += 2
	}
	return i == len(a.Content)
}

// next is what is left of a way after a step, or nil where it goes elsewhere.
func next(way []string, step string) []string {
	if len(way) == 0 || way[0] != step {
		return nil
	}
	return way[1:]
}
