package practice

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Finding is what a necessary experiment taught, and the next question (the
// pattern, section 4, step 6).
type Finding struct {
	ID       FindingID
	Number   int
	Team     TeamID
	Tried    string
	Expected string
	Got      string
	Known    []string // now we know
	Next     string   // the next question; empty only where it is answered for good
	Because  []string // try that because
	Under    string   // the conditions it holds under
	Sure     string   // how sure, in words
	Asked    string   // a link to where the question was asked before
	AskedAt  time.Time
	After    FindingID // the finding whose next question this one answers
	Gap      GapID
	Failure  FailureID
	At       time.Time
}

// NamedAfter reports whether the question was only found afterwards; such
// findings are counted apart, because a try is planned before.
func (f Finding) NamedAfter() bool { return f.Asked == "" && f.After == "" }

// Check refuses a finding that teaches nothing.
func (f Finding) Check(now time.Time) error {
	switch {
	case strings.TrimSpace(f.Tried) == "":
		return Refuse(Invalid, "finding.tried").At("tried")
	case len(f.Known) == 0 || strings.TrimSpace(f.Known[0]) == "":
		return Refuse(Invalid, "finding.known").At("known")
	case strings.TrimSpace(f.Next) != "" && (len(f.Because) == 0 || strings.TrimSpace(f.Because[0]) == ""):
		return Refuse(Invalid, "finding.because").At("because")
	case f.Asked != "" && !WebAddress(f.Asked):
		return Refuse(Invalid, "link.bad").At("asked")
	case f.Asked != "" && f.AskedAt.IsZero():
		return Refuse(Invalid, "finding.askedat").At("askedat")
	case f.AskedAt.After(now):
		return Refuse(Invalid, "date.future").At("askedat")
	case tooOld(f.AskedAt):
		return Refuse(Invalid, "date.old").At("askedat")
	}
	for _, s := range append([]string{f.Tried, f.Expected, f.Got, f.Next, f.Under, f.Sure}, append(f.Known, f.Because...)...) {
		if utf8.RuneCountInString(s) > MaxAnswer {
			return Refuse(Invalid, "too.long").At("tried").With("max", MaxAnswer)
		}
	}
	return nil
}
