package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/unicode/bidi"
)

// say puts a compiled sentence together.
func (s *Speaker) say(text sentence, args []any) string {
	if len(text) == 1 && text[0].kind == literal {
		return text[0].text
	}
	var b strings.Builder
	for _, p := range text {
		s.write(&b, p, args)
	}
	return b.String()
}

// spans puts a sentence together in runs of equal mark.
func (s *Speaker) spans(text sentence, args []any) []Span {
	var spans []Span
	var b strings.Builder
	for i, p := range text {
		s.write(&b, p, args)
		if i+1 == len(text) || text[i+1].mark != p.mark {
			spans = append(spans, Span{Mark: p.mark, Text: b.String()})
			b.Reset()
		}
	}
	return spans
}

func (s *Speaker) write(b *strings.Builder, p part, args []any) {
	switch p.kind {
	case literal:
		b.WriteString(p.text)
	case concept:
		b.WriteString(s.Pack.word(p.text, p.form, p.upper))
	case argument:
		if v, ok := lookUp(args, p.text); ok {
			b.WriteString(s.value(v, p.form))
		} else {
			b.WriteString(missing(p.text))
		}
	case counted:
		v, _ := lookUp(args, p.text)
		n, ok := whole(v)
		if !ok {
			b.WriteString(missing(p.text))
			return
		}
		for _, q := range s.choose(p.cases, n) {
			s.write(b, q, args)
		}
	}
}

// choose picks the case for n: an exact number before a plural form, other
// before nothing.
func (s *Speaker) choose(cases []choice, n int) sentence {
	form := plural.Cardinal.MatchPlural(s.spoken.tag, max(n, -n), 0, 0, 0, 0)
	var found, other sentence
	for _, c := range cases {
		switch {
		case c.exact && c.n == n:
			return c.says
		case c.exact:
		case c.form == form:
			found = c.says
		case c.form == plural.Other:
			other = c.says
		}
	}
	if found == nil {
		return other
	}
	return found
}

// lookUp finds a value in names and values in turn.
func lookUp(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if n, ok := args[i].(string); ok && n == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// value says one argument.
func (s *Speaker) value(v any, form string) string {
	switch v := v.(type) {
	case string:
		if form == "sentence" {
			v = Sentence(v)
		}
		return isolated(v)
	case time.Time:
		return s.time(v, form)
	case time.Duration:
		return s.Hours(v)
	case []string:
		return s.List(v)
	case []any: // a list that went through JSON
		texts := make([]string, len(v))
		for i, one := range v {
			texts[i] = s.value(one, form)
		}
		return s.List(texts)
	}
	n, ok := whole(v)
	if !ok {
		return fmt.Sprint(v)
	}
	switch form {
	case "day", "date", "clock", "until", "moment":
		return s.time(time.UnixMicro(int64(n)), form)
	}
	if (form == "word" || form == "Word") && n >= 0 && n < len(s.spoken.terms.numbers) {
		if form == "Word" {
			return Capital(s.spoken.terms.numbers[n])
		}
		return s.spoken.terms.numbers[n]
	}
	return s.Number(n)
}

// time says a moment in one of its forms.
func (s *Speaker) time(t time.Time, form string) string {
	switch form {
	case "day":
		return s.Day(t)
	case "date":
		return s.Date(t)
	case "clock":
		return s.Clock(t)
	case "until":
		return s.Until(t)
	}
	return s.Moment(t)
}

// whole returns v as an int if it is a whole number of a common type. Numbers
// that went through JSON come back as float64.
func whole(v any) (int, bool) {
	switch v := v.(type) {
	case int:
		return v, true
	case int64:
		return int(v), true
	case int32:
		return int(v), true
	case uint64:
		return int(v), true
	case float64:
		return int(v), v == math.Trunc(v)
	}
	return 0, false
}

// Number says a whole number: 143, 1204, 12,040.
func (s *Speaker) Number(n int) string {
	digits := strconv.Itoa(n)
	if n < 10_000 && n > -10_000 {
		return digits
	}
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + s.spoken.terms.thousands + digits[i:]
	}
	return digits
}

// List joins texts as one speaks them: "a", "a and b", "a, b and c".
func (s *Speaker) List(texts []string) string {
	switch n := len(texts); n {
	case 0:
		return ""
	case 1:
		return isolated(texts[0])
	default:
		each := make([]string, n)
		for i, text := range texts {
			each[i] = isolated(text)
		}
		return strings.Join(each[:n-1], ", ") + " " + s.spoken.terms.and + " " + each[n-1]
	}
}

// isolated keeps a text that has words from right to left in it from turning
// what stands around it: a name ends where it ends. Others need no signs.
func isolated(text string) string {
	if !strings.ContainsFunc(text, fromTheRight) {
		return text
	}
	return "\u2068" + text + "\u2069"
}

func fromTheRight(r rune) bool {
	if r < 0x0590 { // where the first of them is
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// Word returns a word of the team's pack, such as "failure" or "room".
func (s *Speaker) Word(concept string) string {
	if _, ok := s.Pack.concepts[concept]; !ok {
		return missing(concept)
	}
	return s.Pack.word(concept, "", false)
}

// Sentence begins a text with a capital letter and ends it with a full stop,
// unless it ends a sentence already.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") || strings.HasSuffix(text, "…") {
		return Capital(text)
	}
	return Capital(text) + "."
}

// Capital begins a text with a capital letter.
func Capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || unicode.IsUpper(r) {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
