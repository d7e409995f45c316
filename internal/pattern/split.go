package pattern

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A span is a part of the bytes of a document.
type span struct{ from, to int }

// A SyntaxError says where a document cannot be read, and why.
type SyntaxError struct {
	File    string
	At      Place
	Message string
}

// Error is the file, the place and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.At.Line, e.At.Col, e.Message)
}

// A mend is what had to be made good before YAML could be read: a tab, or a space that
// does not break, where the line is set in.
type mend struct {
	at   Place
	what string
}

var bom = []byte("\xef\xbb\xbf")

// split finds the front matter between two lines of dashes.
func split(raw []byte) (front span, body int, err error) {
	bad := func(line, col int, why string) (span, int, error) {
		return span{}, 0, &SyntaxError{At: Place{line, col}, Message: why}
	}
	if len(raw) > MaxSize {
		return bad(1, 1, fmt.Sprintf("the file has %d bytes, more than the %d that a document may have", len(raw), MaxSize))
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return bad(1, 1, "the file is written as UTF-16: save it as UTF-8")
	}
	if at := badUTF8(raw); at.Line > 0 {
		return bad(at.Line, at.Col, "a byte that is no UTF-8: save the file as UTF-8")
	}
	start := 0
	if bytes.HasPrefix(raw, bom) {
		start = len(bom)
	}
	first, next := line(raw, start)
	if strings.TrimRight(first, " \t") != "---" {
		return bad(1, 1, "no front matter: the first line has to be ---")
	}
	for at := next; at < len(raw); {
		text, after := line(raw, at)
		if t := strings.TrimRight(text, " \t"); t == "---" || t == "..." {
			return span{next, at}, after, nil
		}
		at = after
	}
	return bad(1, 1, "the front matter that starts here has no end: a line --- is missing")
}

// line is the line that starts at a byte, without what ends it, and where the next one starts.
func line(raw []byte, at int) (string, int) {
	end := bytes.IndexByte(raw[at:], '\n')
	if end < 0 {
		return strings.TrimSuffix(string(raw[at:]), "\r"), len(raw)
	}
	return strings.TrimSuffix(string(raw[at:at+end]), "\r"), at + end + 1
}

// badUTF8 is the place of the first byte that is no UTF-8.
func badUTF8(raw []byte) Place {
	if utf8.Valid(raw) {
		return Place{}
	}
	at := 0
	for at < len(raw) {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	before := raw[:at]
	return Place{1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])}
}

const unbroken = '\u00a0'

// mended is the YAML with tabs and unbroken spaces made good where they stand for a space:
// before the first word of a line, and after the colon of its key. What it says stays, and so
// does the number of lines.
func mended(text string, firstLine int) (string, []mend) {
	if !strings.ContainsAny(text, "\t\u00a0") {
		return text, nil
	}
	var mends []mend
	lines := strings.SplitAfter(text, "\n")
	for i, l := range lines {
		if !strings.ContainsAny(l, "\t\u00a0") {
			continue
		}
		var out strings.Builder
		state, changed := setIn, Place{}
		what := ""
		for col, r := range []rune(l) {
			space := r == ' ' || r == '\t' || r == unbroken
			if space && r != ' ' && (state == setIn || state == afterColon) {
				if changed.Line == 0 {
					changed, what = Place{firstLine + i, col + 1}, map[rune]string{'\t': "a tab", unbroken: "a space that does not break"}[r]
				}
				out.WriteString(map[rune]string{'\t': "  ", unbroken: " "}[r])
				continue
			}
			state = state.after(r, space)
			out.WriteRune(r)
		}
		if changed.Line > 0 {
			mends = append(mends, mend{changed, what})
			lines[i] = out.String()
		}
	}
	return strings.Join(lines, ""), mends
}

// An inLine says where in a line of YAML one is.
type inLine int

const (
	setIn inLine = iota
	inKey
	afterColon
	inValue
)

func (s inLine) after(r rune, space bool) inLine {
	switch {
	case s == setIn && (space || r == '-'):
		return setIn
	case s == setIn || s == inKey:
		if r == ':' {
			return afterColon
		}
		if space || r == '"' || r == '\'' || r == '#' {
			return inValue
		}
		return inKey
	case s == afterColon && space:
		return afterColon
	}
	return inValue
}
