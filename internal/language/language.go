// Package language notices what a sentence does to whoever has to learn from
// it: it says who instead of what (blame), names nothing that could be looked at
// (abstract), judges by what is known only now (hindsight), asks for more control
// (control), or praises whoever saved it (rescue). What it knows of a language
// is a list of phrases that people can read and change, and a table of what signs of
// a sentence weigh; nothing is learned from what anybody writes. It keeps nothing and
// knows nobody: text goes in, remarks come out.
package language

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Kind is what a sentence does.
type Kind string

// The five kinds.
const (
	Blame     Kind = "blame"
	Abstract  Kind = "abstract"
	Hindsight Kind = "hindsight"
	Control   Kind = "control"
	Rescue    Kind = "rescue"
)

// Kinds are all kinds, the one that matters most to a reader first.
func Kinds() []Kind { return []Kind{Blame, Hindsight, Control, Rescue, Abstract} }

// Nudge is one remark on a text, for whoever is writing it and nobody else.
type Nudge struct {
	Kind       Kind
	Start, End int    // the words it is about, as bytes of the text
	Phrase     string // the line of the list that matched, or "" where several vague words did
	Legal      bool   // they are words for courts, whoever they are about
	Turn       string // how the same could be said, from the words of the text alone; "" where they do not suffice

	from, to int // the sentence it is about
}

// Instead is the text with the turn in the place of the sentence that the remark
// is about.
func (n Nudge) Instead(text string) string { return text[:n.from] + n.Turn + text[n.to:] }

// Reader reads texts by the phrases of some lists. It never changes, so any
// number of goroutines may use one.
type Reader struct {
	words   map[string]map[string]bool // words by the name of their section
	phrases []phrase
	starts  map[string][]phrase // phrases by the word they can start with
	begins  map[string][]phrase // and by its first letters, where they start with a part of one
	weights map[Kind]*weights
}

//go:embed en.txt
var english string

// English reads by the list that comes with the program. A list that comes with
// it and cannot be read is a fault of the program, which it says by panicking.
var English = sync.OnceValue(func() *Reader {
	r, err := EnglishWith()
	if err != nil {
		panic("language: " + err.Error())
	}
	return r
})

// EnglishWith reads by that list and then by others, which add to it and take away
// from it. An error says which line of them cannot be read and why.
func EnglishWith(lists ...string) (*Reader, error) {
	r, err := New(english)
	if err != nil {
		return nil, err
	}
	if r.weights, err = readWeights(table); err != nil {
		return nil, err
	}
	return r.With(lists...)
}

// Read notices all there is to notice, in the order of the text. Of two remarks
// of one kind that overlap the longer stays.
func (r *Reader) Read(text string) []Nudge {
	var all []Nudge
	for _, s := range sentences(text) {
		from, to := s.bounds()
		for _, n := range r.sentence(s) {
			n.from, n.to = from, to
			all = append(all, n)
		}
	}
	return all
}

// One is the remark that a writer is shown, if there is one: blame before all
// else, and vagueness only where nothing in the whole text can be looked at.
func (r *Reader) One(text string) (Nudge, bool) {
	all := r.Read(text)
	for _, k := range Kinds() {
		if k == Abstract && r.concrete(text) {
			continue
		}
		if i := slices.IndexFunc(all, func(n Nudge) bool { return n.Kind == k }); i >= 0 {
			return all[i], true
		}
	}
	return Nudge{}, false
}

// concrete reports whether a text has a number, a quoted word or a list of
// examples somewhere.
func (r *Reader) concrete(text string) bool {
	for _, s := range sentences(text) {
		if slices.ContainsFunc(s.tokens, func(t token) bool { return t.exact || t.quoted }) {
			return true
		}
	}
	return false
}

// sentence reads one sentence.
func (r *Reader) sentence(s sentence) []Nudge {
	found := r.match(s)
	alone := found["left alone"]
	signs := r.signs(s, found)
	doubted := len(s.tokens) > curt && r.doubted(signs)
	var all []Nudge
	for _, section := range []struct {
		name string
		kind Kind
		fits func(sentence, match) bool
	}{
		{"legal", Blame, r.meant},
		{"blame", Blame, r.ofOthers},
		{"blame if somebody", Blame, r.bySomebody},
		{"blame unless us", Blame, r.notByUs},
		{"blame somewhere", Blame, r.somebodyBefore},
		{"fault", Blame, r.somebodyBefore},
		{"deed", Blame, r.bySomebody},
		{"omission", Blame, r.unexcused},
		{"hindsight", Hindsight, r.meant},
		{"control", Control, r.meant},
		{"rescue", Rescue, r.meant},
		{"abstract", Abstract, r.meant},
	} {
		for _, m := range found[section.name] {
			if doubted && slices.Contains(unsure, section.name) && !m.own || slices.ContainsFunc(alone, m.meets) {
				continue
			}
			if section.fits(s, m) {
				n := s.nudge(section.kind, m)
				n.Legal = section.name == "legal"
				if section.kind == Blame || section.kind == Hindsight {
					n.Turn = r.turn(s, m)
				}
				all = append(all, n)
			}
		}
	}
	return longest(append(all, r.together(s, found, signs, all)...))
}

// together are the remarks on what the words of a sentence do together, beside those
// that a phrase makes.
func (r *Reader) together(s sentence, found map[string][]match, signs Signs, all []Nudge) []Nudge {
	var more []Nudge
	blamed := slices.ContainsFunc(all, func(n Nudge) bool { return n.Kind == Blame })
	if n, weighed := r.weighed(Blame, s, found, signs); weighed && !blamed {
		more, blamed = append(more, n), true
	}
	if n, vague := r.vague(s, found); vague {
		more = append(more, n)
	} else if len(all) > 0 || blamed {
		return more
	} else if n, empty := r.empty(s, found); empty {
		more = append(more, n)
	} else if n, weighed := r.weighed(Abstract, s, found, signs); weighed {
		more = append(more, n)
	}
	return more
}

// longest leaves out what lies in or across a longer remark of its kind, and of
// vagueness all but one a sentence.
func longest(all []Nudge) []Nudge {
	slices.SortStableFunc(all, func(a, b Nudge) int { return (b.End - b.Start) - (a.End - a.Start) })
	var kept []Nudge
	for _, n := range all {
		if !slices.ContainsFunc(kept, func(k Nudge) bool {
			return k.Kind == n.Kind && (n.Kind == Abstract || n.Start < k.End && k.Start < n.End)
		}) {
			kept = append(kept, n)
		}
	}
	slices.SortStableFunc(kept, func(a, b Nudge) int { return a.Start - b.Start })
	return kept
}

// nudge is a remark on the words of a match.
func (s sentence) nudge(k Kind, m match) Nudge {
	return Nudge{Kind: k, Start: s.tokens[m.from].start, End: s.tokens[m.to-1].end, Phrase: strings.TrimSpace(m.line)}
}
