package words

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// sentence is a compiled value of the catalogue:
//
//	{name}                                   an argument
//	{text:sentence}                          what somebody wrote, as a sentence of its own
//	{n:word} {n:Word}                        a small number as a word
//	{at:day} {at:clock} {at:date} {at:moment} a time; a whole number is microseconds
//	{at:until}                               a clock that shows no minute with time left in it
//	{n, =0: none, one: 1 day, other: {n} days}  by the language's plural rules
//	{$failure} {$Failure} {$failure.plural}  a word of the team's pack
//	{$a failure} {$The failure}              with its article
//	[edit: Edit it]                          a part a page may link or stress
type sentence []part

type part struct {
	kind  kind
	text  string   // literal text, or the argument's name, or the concept
	form  string   // how an argument is said; which form of a concept
	upper bool     // begin a concept with a capital
	mark  string   // the marked part it belongs to
	cases []choice // of a plural
}

type kind int

const (
	literal kind = iota
	argument
	counted
	concept
)

// choice is one case of a plural: an exact number, or a plural form.
type choice struct {
	exact bool
	n     int
	form  plural.Form
	says  sentence
}

var (
	argumentForm = regexp.MustCompile(`^([a-z][A-Za-z0-9]*)(?::(word|Word|day|clock|until|date|moment|sentence))?$`)
	countedForm  = regexp.MustCompile(`^([a-z][A-Za-z0-9]*)\s*,\s*`)
	caseForm     = regexp.MustCompile(`^\s*(zero|one|two|few|many|other|=\d+):\s*`)
	conceptForm  = regexp.MustCompile(`^\$(?:([aA]|[tT]he) )?([A-Za-z][a-z-]*)(\.plural)?$`)
	markForm     = regexp.MustCompile(`^\[([a-z][a-z0-9-]*): `)
)

// compile reads a value. plain is the pack that knows every concept.
func compile(value string, plain *Pack) (sentence, error) {
	return compileIn(value, "", plain)
}

func compileIn(value, mark string, plain *Pack) (sentence, error) {
	var s sentence
	for value != "" {
		cut := strings.IndexAny(value, "{}[]")
		if cut < 0 {
			cut = len(value)
		}
		if cut > 0 {
			s = append(s, part{kind: literal, text: value[:cut], mark: mark})
			value = value[cut:]
			continue
		}
		end := closing(value)
		if end < 0 {
			return nil, fmt.Errorf("a bracket without its pair at %q", value)
		}
		inner := value[1:end]
		if value[0] == '[' {
			m := markForm.FindStringSubmatch(value)
			if m == nil || mark != "" {
				return nil, fmt.Errorf("want [name: words], got [%s]", inner)
			}
			marked, err := compileIn(value[len(m[0]):end], m[1], plain)
			if err != nil {
				return nil, err
			}
			s = append(s, marked...)
		} else {
			p, err := compilePart(inner, mark, plain)
			if err != nil {
				return nil, err
			}
			s = append(s, p)
		}
		value = value[end+1:]
	}
	return s, nil
}

// closing returns where the bracket that value begins with is closed, or -1.
func closing(value string) int {
	depth := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth < 0 {
				return -1
			}
			if depth == 0 {
				if value[i]-value[0] != 2 { // {} and [] are two apart in ASCII
					return -1
				}
				return i
			}
		}
	}
	return -1
}

// compilePart reads what stands between { and }.
func compilePart(inner, mark string, plain *Pack) (part, error) {
	if m := argumentForm.FindStringSubmatch(inner); m != nil {
		return part{kind: argument, text: m[1], form: m[2], mark: mark}, nil
	}
	if m := conceptForm.FindStringSubmatch(inner); m != nil {
		p := part{kind: concept, text: strings.ToLower(m[2]), form: strings.ToLower(m[1]), mark: mark}
		first := m[1] + m[2]
		p.upper = first[0] >= 'A' && first[0] <= 'Z'
		if m[3] != "" {
			p.form = "plural"
		}
		if _, ok := plain.concepts[p.text]; !ok {
			return part{}, fmt.Errorf("no pack has the word %s", p.text)
		}
		return p, nil
	}
	if m := countedForm.FindStringSubmatch(inner); m != nil {
		p := part{kind: counted, text: m[1], mark: mark}
		var err error
		p.cases, err = compileCases(inner[len(m[0]):], mark, plain)
		return p, err
	}
	return part{}, fmt.Errorf("cannot read {%s}", inner)
}

// compileCases reads "one: 1 day, other: {n} days". A comma separates cases
// only where the name of a case follows, so the words may have commas.
func compileCases(rest, mark string, plain *Pack) ([]choice, error) {
	var cases []choice
	other := false
	for rest != "" {
		m := caseForm.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("want one:, other: or =0:, got %q", rest)
		}
		rest = rest[len(m[0]):]
		end := caseEnd(rest)
		says, err := compileIn(rest[:end], mark, plain)
		if err != nil {
			return nil, err
		}
		c := choice{says: says}
		if m[1][0] == '=' {
			c.exact = true
			if c.n, err = strconv.Atoi(m[1][1:]); err != nil {
				return nil, err
			}
		} else {
			c.form = pluralForms()[m[1]]
		}
		other = other || m[1] == "other"
		cases = append(cases, c)
		rest = strings.TrimPrefix(rest[end:], ",")
	}
	if !other {
		return nil, fmt.Errorf("a plural needs a case other")
	}
	return cases, nil
}

// caseEnd returns where the words of a case end: at the comma before the next.
func caseEnd(rest string) int {
	depth := 0
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 && caseForm.MatchString(rest[i+1:]) {
				return i
			}
		}
	}
	return len(rest)
}

func pluralForms() map[string]plural.Form {
	return map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two,
		"few": plural.Few, "many": plural.Many, "other": plural.Other}
}
