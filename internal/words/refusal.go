package words

import "debrief/internal/practice"

// Refusal is a no as a person reads it: what, why in half a sentence, and the
// nearest things they may do instead.
type Refusal struct {
	Title string
	Why   string // may be empty where the title says it all
	Ways  []Line // named, so that a page can make a button or link of those it knows
}

// Refusal says a refusal of the practice. A sentence made for the field it is
// about ("required.what.title") goes before the general one. What is internal,
// or nil, is said as a fault of ours and never shows its text.
func (s *Speaker) Refusal(e *practice.Error) Refusal {
	if e == nil || e.Kind == practice.Internal {
		e = practice.Refuse(practice.Internal, "internal")
	}
	args := make([]any, 0, 2*len(e.Args)+2)
	for name, v := range e.Args {
		args = append(args, name, v)
	}
	code := e.Code
	if e.Field != "" {
		args = append(args, "field", e.Field)
		if special := e.Code + "." + e.Field; s.Has(special + ".title") {
			code = special
		}
	}
	r := Refusal{Title: s.Say(code+".title", args...)}
	for _, c := range []string{code, e.Code} {
		if s.Has(c + ".why") {
			r.Why = s.Say(c+".why", args...)
			break
		}
	}
	for _, c := range []string{code, e.Code} {
		if r.Ways = s.Lines(c+".way", args...); len(r.Ways) > 0 {
			break
		}
	}
	return r
}
