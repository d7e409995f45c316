package pattern

import (
	"cmp"
	"fmt"
	"slices"
)

// A Severity says how bad a problem is.
type Severity string

// The severities. Only errors make a check fail.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// A Problem is one thing that is wrong with a document.
type Problem struct {
	File string `json:"file"`
	Place
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`
	Message  string   `json:"message"`
}

// String is the problem on one line, as compilers write it.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s (%s)", p.File, p.Line, p.Col, p.Severity, p.Message, p.Code)
}

// A Rule is one thing that a document is checked for.
type Rule struct {
	Code     string
	Severity Severity
	What     string // what the rule asks for, as a sentence
	one      func(*Document, tell)
	all      func(*Library, tellOf)
}

// tell reports a problem at a field.
type tell func(path, message string, args ...any)

// tellOf reports a problem of one document of many.
type tellOf func(d *Document, path, message string, args ...any)

// Rules are all rules, in the order in which the documentation lists them.
func Rules() []Rule { return slices.Clone(rules) }

// Check is what is wrong with one document, by line. Rules that compare documents are [Library.Check]'s.
func Check(d *Document) []Problem {
	var found []Problem
	for _, r := range rules {
		if r.one == nil {
			continue
		}
		r.one(d, func(path, message string, args ...any) {
			found = append(found, problem(r, d, path, fmt.Sprintf(message, args...)))
		})
	}
	sorted(found)
	return found
}

// Check is what is wrong with all documents of a library, and with each: by file and line.
func (l *Library) Check() []Problem {
	found := slices.Clone(l.unread)
	for _, d := range l.Documents {
		found = append(found, Check(d)...)
	}
	for _, r := range rules {
		if r.all == nil {
			continue
		}
		r.all(l, func(d *Document, path, message string, args ...any) {
			found = append(found, problem(r, d, path, fmt.Sprintf(message, args...)))
		})
	}
	sorted(found)
	return found
}

func problem(r Rule, d *Document, path, message string) Problem {
	at := Place{1, 1}
	var line int
	if _, err := fmt.Sscanf(path, "line %d", &line); err == nil {
		at = Place{line, 1}
	} else if path != "" {
		at = d.At(path)
	}
	return Problem{d.File, at, r.Severity, r.Code, message}
}

func sorted(all []Problem) {
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
}
