package language

import (
	"slices"
	"strings"
)

// Signs are what a sentence is weighed by where no phrase of the list says anything:
// how many words of a class it has and how it is made, never a word by itself.
type Signs map[string]float64

// mostOf is how often a sign counts in one sentence.
const mostOf = 3

// add counts a sign where it is so.
func (f Signs) add(name string, so bool) {
	if so {
		f[name] = min(mostOf, f[name]+1)
	}
}

// Weighed is a sentence of a text, as bytes of it, and its signs.
type Weighed struct {
	From, To int
	Signs    Signs
}

// SignsOf are the signs of each sentence of a text.
func (r *Reader) SignsOf(text string) []Weighed {
	var all []Weighed
	for _, s := range sentences(text) {
		from, to := s.bounds()
		all = append(all, Weighed{from, to, r.signs(s, r.match(s))})
	}
	return all
}

// signs are those of one sentence.
func (r *Reader) signs(s sentence, found map[string][]match) Signs {
	f := Signs{}
	for _, name := range []string{"hint", "whiff", "excuse", "vague", "thin", "need", "anchor"} {
		end := -1
		for _, m := range found[name] {
			if m.from >= end && (name != "hint" || !r.byUs(s, m)) {
				f.add(name, true)
				end = m.to
			}
		}
	}
	for _, name := range almost {
		f.add("nearly blame", slices.ContainsFunc(found[name], func(m match) bool { return !r.byUs(s, m) }))
	}
	f.add("account", r.account(s, found))
	for i := range s.tokens {
		r.wordSigns(f, s, i)
		r.doerSigns(f, s, i)
	}
	r.opens(f, s)
	r.wholeSigns(f, s)
	return f
}

// almost are the sections of phrases that say a little also where they are not said of
// somebody else, or are excused.
var almost = []string{"deed", "blame if somebody", "blame unless us", "blame somewhere", "fault"}

// byUs reports whether the writer is the subject of a phrase.
func (r *Reader) byUs(s sentence, m match) bool {
	i := r.agent(s, m.from)
	return i >= 0 && r.ours(s, i)
}

// account reports whether a sentence says what somebody did not do or did wrong, and
// more than that.
func (r *Reader) account(s sentence, found map[string][]match) bool {
	return slices.ContainsFunc(found["omission"], func(m match) bool { return r.bySomebody(s, m) && r.excused(s, m) })
}

// verdicts are the sections of words that judge somebody.
var verdicts = strings.Fields("vice trait badly rogue idle butcher deceive swagger")

var (
	denials  = strings.Fields("not no never nobody none nothing without neither nor noone hardly barely")
	pronouns = strings.Fields("he she him her his they them their theirs himself herself themselves")
	being    = strings.Fields("is are was were be been being")
	owners   = strings.Fields("his her their whose")
	numbers  = strings.Fields("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety hundred thousand second third fourth fifth half")
	findings = strings.Fields("learned learnt tried intended expected found")
	selves   = strings.Fields("himself herself themselves own")
	insteads = strings.Fields("than instead rather more")
	leading  = strings.Fields("because since as due after before until when while which so where although though whose")
	pasts    = strings.Fields("was were had did")
)

// wordSigns counts what a word is by itself.
func (r *Reader) wordSigns(f Signs, s sentence, i int) {
	t := s.tokens[i]
	f.add("verdict", slices.ContainsFunc(verdicts, func(c string) bool { return r.words[c][t.word] }))
	for _, c := range []string{"bad", "lofty", "concrete"} {
		f.add(c, r.words[c][t.word])
	}
	for _, c := range []string{"press", "body", "err", "glibly"} {
		f.add(c, r.words[c][t.word])
	}
	forms := bases(t.word)
	for _, c := range []string{"scorn", "mind", "ruin", "duty"} {
		f.add(c, slices.ContainsFunc(forms, func(w string) bool { return r.words[c][w] }))
	}
	f.add("exact", t.exact)
	f.add("quoted", t.quoted)
	f.add("clause", t.closes && i < len(s.tokens)-1)
	f.add("capital", t.capital && t.word != "i" && !t.exact)
	f.add("nominal", nominal(t.word))
	f.add("denied", slices.Contains(denials, t.word))
	f.add("they", slices.Contains(pronouns, t.word))
	f.add("counted", slices.Contains(numbers, t.word))
	f.add("self", slices.Contains(selves, t.word))
	f.add("instead", slices.Contains(insteads, t.word))
	f.add("reason", i > 0 && slices.Contains(leading, t.word))
	switch t.word {
	case "we", "i", "me":
		f.add("we", true)
	case "our", "us", "my":
		f.add("our", true)
	case "you", "your":
		f.add("you", true)
	case "should", "must", "ought":
		f.add("should", true)
	case "could", "can":
		f.add("could", true)
		f.add("could not", s.word(i+1) == "not")
	case "would", "might", "will":
		f.add("would", true)
	case "if":
		f.add("if", true)
	case "to":
		f.add("to", true)
	case "a", "the", "an":
		f.add("article", true)
	case "is", "are":
		f.add("is", true)
	case "and", "but", "then":
		f.add("and", true)
	}
}

// doerSigns counts who does what.
func (r *Reader) doerSigns(f Signs, s sentence, i int) {
	who := r.person(s, i)
	f.add("somebody", who)
	f.add("name", !who && i > 0 && r.name(s, i))
	f.add("owner", r.owner(s, i))
	if r.owner(s, i) || slices.Contains(owners, s.tokens[i].word) {
		for j := i + 1; j < min(len(s.tokens), i+4) && !s.tokens[j-1].closes; j++ {
			f.add("owns a verdict", r.judged(s, j))
			f.add("owns a mind", r.in("mind", s.word(j)) || r.in("body", s.word(j)))
		}
	}
	f.add("verdict near", r.judged(s, i) && r.near(s, i))
	done := r.in("done", s.tokens[i].word)
	before := s.word(i - 1)
	if before == "not" || before == "been" {
		before = s.word(i - 2)
	}
	f.add("suffered", done && slices.Contains(being, before))
	f.add("had done", done && (before == "had" || s.word(i-2) == "had"))
	if !who || i+1 >= len(s.tokens) || s.tokens[i].closes {
		return
	}
	j := i + 1
	for j < len(s.tokens)-1 && r.words["between"][s.word(j)] {
		j++
	}
	next := s.word(j)
	f.add("somebody minds", r.in("mind", next))
	f.add("somebody not", slices.Contains(denials, next) || slices.Contains(denials, s.word(j-1)))
	f.add("somebody is", slices.Contains(being, s.word(i+1)))
	f.add("somebody did", r.in("done", next))
	f.add("somebody does", !r.in("done", next) && (strings.HasSuffix(next, "s") && j == i+1))
}

// judged reports whether a word judges whoever it is said of.
func (r *Reader) judged(s sentence, i int) bool {
	w := s.word(i)
	return r.in("scorn", w) || slices.ContainsFunc(verdicts, func(c string) bool { return r.words[c][w] })
}

// near reports whether somebody stands shortly before a word, in its clause.
func (r *Reader) near(s sentence, i int) bool {
	for j := i - 1; j >= max(0, i-reach) && !s.tokens[j].closes; j-- {
		if r.person(s, j) {
			return true
		}
	}
	return false
}

// opens counts who or what the first verb of a sentence has as its subject.
func (r *Reader) opens(f Signs, s sentence) {
	for i := 1; i < len(s.tokens); i++ {
		w := s.tokens[i].word
		if !slices.Contains(being, w) && !slices.Contains(pasts, w) && !r.in("done", w) && w != "has" && w != "have" && w != "do" && w != "does" && w != "can" && w != "could" && w != "would" && w != "will" && w != "should" && w != "must" {
			continue
		}
		switch j := r.agent(s, i); {
		case j < 0:
			f.add("opens with nobody", true)
		case r.ours(s, j):
			f.add("opens with us", true)
		case r.person(s, j):
			f.add("opens with somebody", true)
		case r.name(s, j):
			f.add("opens with a name", true)
		case r.thing(s, j):
			f.add("opens with a thing", true)
		default:
			f.add("opens with what", true)
		}
		return
	}
	f.add("opens with no verb", true)
}

// wholeSigns counts what a sentence is as a whole.
func (r *Reader) wholeSigns(f Signs, s sentence) {
	n, generic := len(s.tokens), 0
	past, who := false, false
	for i, t := range s.tokens {
		if r.in("generic", t.word) {
			generic++
		}
		past = past || slices.Contains(pasts, t.word) || r.in("done", t.word)
		who = who || r.person(s, i) || r.name(s, i)
	}
	f["generic"] = float64(generic) / float64(n)
	strange := r.strange(s, make([]bool, n))
	f["strange"] = min(6, float64(strange))
	f.add("nobody", !who)
	f.add("present", !past)
	f.add("short", n <= 8)
	f.add("long", n > 18)
	f.add("very long", n > 28)
	_, to := s.bounds()
	f.add("asks", strings.Contains(s.text[s.tokens[n-1].end:to], "?"))
	f.add("colon", strings.ContainsAny(s.text[s.tokens[0].start:to], ":;("))
	f.add("habit", who && !past && f["exact"]+f["we"]+f["should"] == 0)
	f.add("told of somebody", who && f["exact"]+f["reason"]+f["we"]+f["suffered"]+f["clause"] == 0)
	f.add("pressed denial", f["press"] > 0 && f["denied"] > 0)
	f.add("found out", s.word(0) == "we" && slices.Contains(findings, s.word(1)))
	f.add("nothing named", f["exact"]+f["quoted"]+f["capital"]+f["concrete"] == 0)
}
