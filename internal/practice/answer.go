package practice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Answer is what one seat wrote alone. After the reveal the order says nothing
// about who wrote first, and at the close the seat is forgotten.
type Answer struct {
	ID      AnswerID
	Review  ReviewID
	Phase   Phase
	Mark    string // its seat's mark on it while the review is open, then empty
	Place   int    // its place in the one shuffled order; 0 until the reveal, the same for all that were added
	Text    string // or, for the gap, what was intended
	Actual  string // for the gap: what happened instead
	Where   string // for the gap: the step, place or moment where they parted
	Shows   string // for question two: what shows this; may be empty
	Nothing bool   // "I have nothing to add": counts as written and says no more
	Spoken  bool   // a note keeper wrote down what somebody said in the room
	Added   bool   // written after the answers were open
}

// Check refuses an answer without words, or a gap without its three parts.
func (a Answer) Check() error {
	for _, f := range [][2]string{{"text", a.Text}, {"actual", a.Actual}, {"where", a.Where}, {"shows", a.Shows}} {
		if utf8.RuneCountInString(f[1]) > MaxAnswer {
			return Refuse(Invalid, "too.long").At(f[0]).With("max", MaxAnswer)
		}
	}
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	switch {
	case !a.Phase.HasAnswers():
		return Refuse(Conflict, "question.none")
	case a.Nothing && blank(a.Text+a.Actual+a.Where+a.Shows):
		return nil
	case a.Nothing:
		return Refuse(Invalid, "answer.nothing").At("text")
	case a.Phase == PhaseGap:
		return a.Parts().Check()
	case blank(a.Text):
		return Refuse(Invalid, "answer.empty").At("text")
	}
	return nil
}

// Parts returns an answer to question three as the parts of a gap.
func (a Answer) Parts() Parts { return Parts{Intended: a.Text, Actual: a.Actual, Where: a.Where} }

// MaxAnswers is how many answers a question holds: enough for thirty people, and
// for a note keeper to write down what others said.
const MaxAnswers = 60

// AgreedText is what the room stands behind for one question, with the
// difference that remains, in words.
type AgreedText struct {
	Review  ReviewID
	Phase   Phase
	Text    string
	Differ  string // seen differently; never replaces the text
	Version int    // grows with every edit: two people never overwrite each other; 0 before the first
	Stand   int    // how many stand behind this version; stays in the room

	Recalled bool // what was intended is from memory, after the outcome: there was no frozen plan
}

// Check refuses a text that is empty or says too much.
func (t AgreedText) Check() error {
	switch {
	case strings.TrimSpace(t.Text) == "":
		return Refuse(Invalid, "text.empty").At("text")
	case utf8.RuneCountInString(t.Text) > MaxGap:
		return Refuse(Invalid, "too.long").At("text").With("max", MaxGap)
	case utf8.RuneCountInString(t.Differ) > MaxAnswer:
		return Refuse(Invalid, "too.long").At("differ").With("max", MaxAnswer)
	}
	return nil
}

// Phrases cuts a text into the pieces a room can take into its one text: at
// the ends of sentences, at semicolons and line breaks, and at a comma that has
// three words or more on both sides. Put together again they are the text, but
// for white space.
func Phrases(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		for _, sentence := range cutAfter(line, endOfSentence) {
			out = append(out, clauses(sentence)...)
		}
	}
	return out
}

// cutAfter cuts a line behind every rune at which ends says so.
func cutAfter(line string, ends func(rest string) bool) []string {
	var out []string
	from := 0
	add := func(to int) {
		if piece := strings.TrimSpace(line[from:to]); piece != "" {
			out = append(out, piece)
		}
		from = to
	}
	for i := range line {
		if ends(line[i:]) {
			_, size := utf8.DecodeRuneInString(line[i:])
			add(i + size)
		}
	}
	add(len(line))
	return out
}

// endOfSentence reports whether rest begins with a mark that ends a sentence.
func endOfSentence(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune(".?!;…。？！", r) {
		return false
	}
	after, n := utf8.DecodeRuneInString(rest[size:])
	return n == 0 || unicode.IsSpace(after)
}

// clauses cuts a sentence at the commas that have something to say on both
// sides.
func clauses(sentence string) []string {
	var out []string
	for {
		cut := -1
		for i, r := range sentence {
			rest := sentence[i+utf8.RuneLen(r):]
			if r == ',' && strings.HasPrefix(rest, " ") && len(strings.Fields(sentence[:i])) >= 3 && len(strings.Fields(rest)) >= 3 {
				cut = i + 1
				break
			}
		}
		if cut < 0 {
			return append(out, sentence)
		}
		out = append(out, sentence[:cut])
		sentence = strings.TrimSpace(sentence[cut:])
	}
}

// Said reports whether a phrase stands in a text already, whatever the capitals
// and the mark at its end.
func Said(text, phrase string) bool {
	phrase = strings.TrimRight(strings.TrimSpace(phrase), ".,;")
	return phrase != "" && strings.Contains(strings.ToLower(text), strings.ToLower(phrase))
}

// PutIn returns the text with phrases of some answers behind it, each as a sentence
// of its own, or where the text ends with what comes before it in its answer, as the
// rest of that sentence. What stands in the text already is not put in twice.
func PutIn(text string, phrases, answers []string) string {
	text = strings.TrimSpace(text)
	for _, phrase := range phrases {
		p := strings.TrimRight(strings.TrimSpace(phrase), ",;")
		if p == "" || Said(text, p) {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(p); !unicode.IsPunct(last) {
			p += "."
		}
		if begun := goesOn(text, phrase, answers); begun != "" {
			text = begun + " " + p
			continue
		}
		if text != "" {
			text += " "
		}
		first, size := utf8.DecodeRuneInString(p)
		text += string(unicode.ToUpper(first)) + p[size:]
	}
	return text
}

// goesOn is the text with the mark at its end that the sentence has where a phrase
// goes on with it; empty where it does not.
func goesOn(text, phrase string, answers []string) string {
	for _, a := range answers {
		before := ""
		for _, p := range Phrases(a) {
			bare := strings.TrimRight(before, ",;")
			if p == phrase && bare != before && strings.HasSuffix(strings.ToLower(text), strings.ToLower(bare)+".") {
				return strings.TrimSuffix(text, ".") + before[len(bare):]
			}
			before = p
		}
	}
	return ""
}

// Closeness is how near somebody was to a failure, in their own word.
type Closeness string

// The closeness a person states; at least half of a room were there.
const (
	Did      Closeness = "did"
	Saw      Closeness = "saw"
	Affected Closeness = "affected"
	Heard    Closeness = "heard"
)

// Closenesses are the four, nearest first.
func Closenesses() []Closeness { return []Closeness{Did, Saw, Affected, Heard} }

// Near reports whether somebody was there themselves.
func (c Closeness) Near() bool { return c == Did || c == Saw || c == Affected }

// Check refuses a word that is none of the four.
func (c Closeness) Check() error {
	if c.Near() || c == Heard {
		return nil
	}
	return Refuse(Invalid, "closeness.required").At("closeness")
}

// Invitation asks one person to a review. It is spent when they take their
// place; which seat they then draw is kept nowhere.
type Invitation struct {
	Review    ReviewID
	Member    MemberID
	Closeness Closeness // empty until they said
	Spent     bool
}
