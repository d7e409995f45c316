package language

import (
	"slices"
	"strings"
)

// leaves is put where something is missing that only the writer knows.
const leaves = " …"

// turn says the same without the verdict, in the words of the sentence: what did
// not happen. It knows English. "" is better than a sentence that limps.
func (r *Reader) turn(s sentence, m match) string {
	if t := r.insteadOf(s); t != "" {
		return t
	}
	for i := m.from; i < m.to; i++ {
		if s.tokens[i].word == "should" && s.word(i+1) == "have" {
			return r.shouldHave(s, i)
		}
	}
	if slices.Contains([]string{"blame if somebody", "blame unless us", "deed", "omission"}, m.section) {
		return r.undone(s, m)
	}
	return ""
}

// word is a word of the sentence, or "" beyond its ends.
func (s sentence) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].word
}

// written is the text of some words as they were written.
func (s sentence) written(from, to int) string {
	return strings.Join(strings.Fields(s.text[s.tokens[from].start:s.tokens[to-1].end]), " ")
}

// insteadOf turns "if they had …, we would have had the leaflet" into "We did not
// have the leaflet …".
func (r *Reader) insteadOf(s sentence) string {
	at := slices.IndexFunc(s.tokens, func(t token) bool { return t.word == "if" })
	if at < 0 {
		return ""
	}
	for i := range s.tokens {
		subject, w := s.word(i), s.word(i+1)
		if !r.words["self"][subject] || subject != "we" && subject != "i" || w != "would" && w != "could" && w != "might" || s.word(i+2) != "have" {
			continue
		}
		end := s.clause(i + 4)
		if end <= i+4 && s.word(i+3) == "been" {
			return ""
		}
		return r.denied(s, i, i+3, end)
	}
	return ""
}

// shouldHave turns "we should have asked them" into "We had not asked them …",
// and "they should have told us" into "We were not told …".
func (r *Reader) shouldHave(s sentence, should int) string {
	done := should + 2
	if w := s.word(done); !r.in("done", w) && w != "had" && w != "been" {
		return ""
	}
	end := s.clause(done + 1)
	subject := r.subject(s, should)
	if subject >= 0 && (s.word(subject) == "we" || s.word(subject) == "i") {
		return r.denied(s, subject, done, end)
	}
	if s.word(done) == "been" || s.word(done) == "had" {
		return ""
	}
	return r.wasNot(s, s.written(done, done+1), done+1, end)
}

// denied says that the subject did not do what stands from a participle on.
func (r *Reader) denied(s sentence, subject, done, end int) string {
	who, was := "We", "were"
	if s.word(subject) == "i" {
		who, was = "I", "was"
	}
	if done >= end {
		return ""
	}
	rest := ""
	if done+1 < end {
		rest = " " + s.written(done+1, end)
	}
	switch s.word(done) {
	case "had":
		if rest == "" {
			return ""
		}
		return who + " did not have" + rest + leaves
	case "been":
		return who + " " + was + " not" + rest + leaves
	}
	return who + " had not " + s.written(done, done+1) + rest + leaves
}

// undone turns "they failed to run the migration" into "The migration was not
// run …".
func (r *Reader) undone(s sentence, m match) string {
	verb := 0
	for i := m.from; i <= m.to; i++ {
		if s.word(i) == "to" && slices.Contains(failing, s.word(i-1)) || s.word(i) == "not" && s.word(i-1) == "did" {
			verb = i + 1
		}
	}
	done := participle(s.word(verb))
	if verb == 0 || done == "" {
		return ""
	}
	return r.wasNot(s, done, verb+1, s.clause(verb+1))
}

// failing are the words after which "to" leads to what was not done.
var failing = strings.Fields("failed fails fail failing forgot forgets forgotten neglected neglects omitted omits refused refuses refusal failure unwilling bother bothered even")

// wasNot says of what stands from token i on that it was not done: "us" becomes
// "We were", and a thing with its article stands first.
func (r *Reader) wasNot(s sentence, done string, i, end int) string {
	if i >= end {
		return ""
	}
	after := func(from int) string {
		if from >= end {
			return leaves
		}
		return " " + s.written(from, end) + leaves
	}
	switch s.word(i) {
	case "us":
		return "We were not " + done + after(i+1)
	case "me":
		return "I was not " + done + after(i+1)
	case "the", "this", "our", "my", "these", "those":
	default:
		return ""
	}
	stop := i + 1
	for stop < end && !slices.Contains(little, s.word(stop)) {
		stop++
	}
	if stop == i+1 || stop-i > 4 {
		return ""
	}
	was := " was not "
	if last := s.word(stop - 1); strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") || slices.Contains(many, s.word(i)) || slices.Contains(many, last) {
		was = " were not "
	}
	thing := s.written(i, stop)
	return strings.ToUpper(thing[:1]) + thing[1:] + was + done + after(stop)
}

// many are the words that stand for several without an s at their end.
var many = strings.Fields("these those children people men women staff police teeth feet")

// little are the words at which a thing ends and its circumstances begin.
var little = strings.Fields("to of in on at by for from with about before after during until when while if because and or but that which who as so than into onto over under between")

// clause is where the clause ends that goes on at token i.
func (s sentence) clause(i int) int {
	for ; i < len(s.tokens); i++ {
		if i > 0 && s.tokens[i-1].closes {
			return i
		}
		switch s.tokens[i].word {
		case "if", "because", "but", "and", "or", "so", "which", "who", "had", "as", "instead":
			return i
		}
	}
	return len(s.tokens)
}

// irregular are the participles that are not made by the rules below, of verbs often
// said of what was not done; of one without, no turn is made.
var irregular = map[string]string{"tell": "told", "run": "run", "make": "made", "give": "given", "send": "sent", "bring": "brought",
	"take": "taken", "read": "read", "write": "written", "keep": "kept", "put": "put", "set": "set", "do": "done", "show": "shown",
	"find": "found", "see": "seen", "hear": "heard", "pay": "paid", "build": "built", "hold": "held", "shut": "shut",
	"buy": "bought", "leave": "left", "meet": "met", "let": "", "know": "", "think": "", "be": "", "have": "", "understand": "understood",
	"wear": "worn", "ring": "rung", "sweep": "swept", "speak": "", "teach": "taught", "wake": "woken", "drive": "driven", "feed": "fed",
	"hang": "hung", "lay": "laid", "lead": "led", "lend": "lent", "light": "lit", "sell": "sold", "throw": "thrown", "choose": "chosen",
	"draw": "drawn", "cut": "cut", "hit": "hit", "get": "", "go": "", "come": "", "say": "", "sit": "", "stand": "", "sleep": "", "care": "",
	"bother": "", "want": "", "seem": "", "even": "", "try": "", "look": "", "listen": "", "wait": "", "plan": "planned", "scan": "scanned",
	"submit": "submitted", "admit": "admitted", "commit": "committed", "permit": "permitted", "control": "controlled", "refer": "referred",
	"transfer": "transferred", "label": "labelled", "cancel": "cancelled", "oversee": "overseen", "undo": "undone", "withdraw": "withdrawn"}

// participle is the form of a verb after "was", or "" where it is not sure.
func participle(verb string) string {
	if p, found := irregular[verb]; found {
		return p
	}
	n := len(verb)
	if n < 3 {
		return ""
	}
	for _, c := range verb {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	vowel := func(i int) bool { return strings.IndexByte("aeiou", verb[i]) >= 0 }
	switch {
	case verb[n-1] == 'e':
		return verb + "d"
	case verb[n-1] == 'y' && !vowel(n-2):
		return verb[:n-1] + "ied"
	case !vowel(n-1) && vowel(n-2) && !vowel(n-3) && strings.IndexByte("wxyhrn", verb[n-1]) < 0 && n <= 4:
		return verb + verb[n-1:] + "ed"
	}
	return verb + "ed"
}
