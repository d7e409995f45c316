package words

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is everything the interface can say in English: by its key, the sentence
// in every case of its plurals and in the words of every pack.
func said(t *testing.T) map[string][]string {
	t.Helper()
	c := load(t)
	all := map[string][]string{}
	for key, s := range c.spoken["en"].sentences {
		for _, p := range c.Packs {
			if !strings.HasPrefix(key, "language.") {
				all[key] = append(all[key], variants(s, p)...)
			}
		}
	}
	for _, p := range c.Packs {
		for concept, f := range p.concepts {
			all["pack."+p.ID+".word."+concept] = []string{f.one, f.plural, f.a, f.the}
		}
		texts := append([]string{p.About, p.Anchor, p.CarrierRole, p.Updates, p.FirstStep}, p.Questions[:]...)
		texts = append(texts, slices.Concat(p.Kinds[:], p.Harms, p.NearMisses, p.InviteHints)...)
		all["pack."+p.ID] = texts
	}
	return all
}

// variants spells a sentence out once for each case of its plurals, with one
// word in place of each argument.
func variants(s sentence, pack *Pack) []string {
	out := []string{""}
	for _, p := range s {
		var more []string
		switch p.kind {
		case literal:
			more = []string{p.text}
		case argument:
			more = []string{"X"}
		case concept:
			more = []string{pack.word(p.text, p.form, p.upper)}
		case counted:
			for _, c := range p.cases {
				more = append(more, variants(c.says, pack)...)
			}
		}
		var next []string
		for _, before := range out {
			for _, m := range more {
				next = append(next, before+m)
			}
		}
		out = next
	}
	return out
}

// A lint looks at one sentence and says what is wrong with it, or nothing.
type lint func(key, text string) string

// The rules of the interface's voice, by the name their test has.
var lints = map[string]lint{
	"calm":             calm,
	"short":            short,
	"plain":            plain,
	"inherent":         inherent,
	"learned and held": learned,
	"questions":        questions,
}

func TestLint(t *testing.T) {
	all := said(t)
	for name, check := range lints {
		t.Run(name, func(t *testing.T) {
			for _, key := range slices.Sorted(maps.Keys(all)) {
				for _, text := range all[key] {
					if wrong := check(key, text); wrong != "" {
						t.Errorf("%s: %s: %s", key, wrong, text)
					}
				}
			}
		})
	}
}

// Every rule has bad sentences that it must catch, and good ones that look like
// them.
func TestLint_catches(t *testing.T) {
	for name, c := range map[string]struct{ bad, good [][2]string }{
		"calm": {
			bad:  [][2]string{{"a.b", "Your report is in!"}, {"a.b", "Two  spaces."}, {"a.b", "Lost , a comma."}},
			good: [][2]string{{"a.b", "Your report is in."}},
		},
		"short": {
			bad:  [][2]string{{"a.b", "Well. " + strings.Repeat("word ", 20) + "."}},
			good: [][2]string{{"a.b", strings.Repeat("word ", 19) + ". " + strings.Repeat("word ", 19)}},
		},
		"plain": {
			bad: [][2]string{{"a.b", "Find the root cause."}, {"a.b", "Users see this."}, {"a.b", "Oops."},
				{"a.b", "The ticket is resolved."}, {"a.b", "Nobody is blamed."}, {"a.b", "Its severity."}},
			good: [][2]string{{"script.tap.blame", "Was anyone blamed?"}, {"a.b", "What caused it?"}, {"a.b", "Used by two teams."}},
		},
		"inherent": {
			bad:  [][2]string{{"a.b", "This gap is inherent."}, {"pack.x", "An inherent limit."}},
			good: [][2]string{{"a.b", "Inherent: we cannot change this."}},
		},
		"learned and held": {
			bad:  [][2]string{{"a.b", "What we learned."}, {"record.b", "It held."}},
			good: [][2]string{{"standing.held", "held"}, {"a.b", "Did you learn something?"}},
		},
		"questions": {
			bad: [][2]string{{"question.2", "Why did you stop?"}, {"script.bank.x", "Who was at the door?"},
				{"script.bank.x", "Why then?"}, {"question.1.remind", "Whose job was it?"}},
			good: [][2]string{{"script.bank.x", "What did you notice then?"}, {"a.b", "Who carries this?"}},
		},
	} {
		for _, b := range c.bad {
			if lints[name](b[0], b[1]) == "" {
				t.Errorf("%s lets this pass: %s: %s", name, b[0], b[1])
			}
		}
		for _, g := range c.good {
			if wrong := lints[name](g[0], g[1]); wrong != "" {
				t.Errorf("%s: %s: %s: %s", name, wrong, g[0], g[1])
			}
		}
		if len(c.bad) == 0 {
			t.Errorf("%s has nothing to catch", name)
		}
	}
}

func calm(_, text string) string {
	switch {
	case strings.Contains(text, "!"):
		return "an exclamation mark"
	case strings.Contains(text, "  "), strings.Contains(text, " ."), strings.Contains(text, " ,"):
		return "stray space"
	}
	return ""
}

var sentenceEnds = regexp.MustCompile(`[.?:;…]["”)]?(\s|$)`)

// short wants sentences under twenty words.
func short(key, text string) string {
	if key == "question.4" { // the pattern's own words, with the half that inherent never goes without
		return ""
	}
	for _, s := range sentenceEnds.Split(text, -1) {
		if n := len(strings.Fields(s)); n >= 20 {
			return strconv.Itoa(n) + " words in one sentence"
		}
	}
	return ""
}

// plain knows the words the interface never uses. Search understands them all
// the same.
func plain(key, text string) string {
	switch key {
	case "script.tap.blame", "script.pause.blame", "close.tap.blame":
		return "" // the closing question and the button that stops it have to name it
	case "pack.tech.word.affected", "pack.tech":
		return "" // the word of that trade, and the pattern's own example
	}
	if found := forbidden.FindString(text); found != "" {
		return "says " + found
	}
	return ""
}

var forbidden = regexp.MustCompile(`(?i)\b(root causes?|blam(e|ed|ing)|complian(t|ce)|resolv(e|ed|es|ing)|tickets?|users?|` +
	`severit(y|ies)|scores?|insights?|journeys?|oops|great job|please|simply|successfully|invalid)\b`)

// inherent never stands without its half: we cannot change this.
func inherent(key, text string) string {
	if key == "kind.inherent" { // its half is the next key, and the page's part shows both
		return ""
	}
	low := strings.ToLower(text)
	if strings.Contains(low, "inherent") && !strings.Contains(low, "we cannot change this") {
		return "inherent without its half"
	}
	return ""
}

// learned: "learned" and "held" are said only of what is in use.
func learned(key, text string) string {
	if found := learnedOrHeld.FindString(text); found != "" && key != "standing.held" && key != "since.held" {
		return "says " + found + ", which is true only of what is in use"
	}
	return ""
}

var learnedOrHeld = regexp.MustCompile(`(?i)\b(learned|learnt|held)\b`)

// questions: nothing the room is asked looks for a person or for a motive.
func questions(key, text string) string {
	if !strings.HasPrefix(key, "question.") && !strings.HasPrefix(key, "script.bank.") &&
		!strings.HasPrefix(key, "script.spoken.question-") || strings.HasPrefix(key, "question.order") ||
		strings.HasPrefix(key, "question.none") {
		return ""
	}
	if found := culprit.FindString(text); found != "" {
		return "asks " + found
	}
	return ""
}

var culprit = regexp.MustCompile(`(?i)\b(why did you|who|whose|whom)\b|^why\b`)

// The half is what the lint believes it to be.
func TestLint_theHalf(t *testing.T) {
	if got := load(t).Speaker("en", "", nil).Say("kind.inherent.half"); got != "we cannot change this" {
		t.Errorf("the half of inherent is %q", got)
	}
}

// An article stands inside the braces: a pack's word may need another one.
func TestLint_articlesBelongToTheWord(t *testing.T) {
	loose := regexp.MustCompile(`(?i)\b(an?|the) \{\$`)
	names, err := sentenceFiles.ReadDir("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		text, err := sentenceFiles.ReadFile("en/" + n.Name())
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if loose.MatchString(line) {
				t.Errorf("%s:%d: write {$a word} or {$the word}: %s", n.Name(), i+1, line)
			}
		}
	}
	if !loose.MatchString("Call a {$review}") {
		t.Error("the rule catches nothing")
	}
}

// An area of keys lives in one file, so that everybody knows where to look.
func TestLint_anAreaHasOneFile(t *testing.T) {
	home := map[string]string{}
	names, err := sentenceFiles.ReadDir("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if strings.HasPrefix(n.Name(), "refusal") { // refusals are named after the noun they are about
			continue
		}
		entries, err := parseFile(sentenceFiles, "en/"+n.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			area, _, _ := strings.Cut(e.key, ".")
			if home[area] == "" {
				home[area] = n.Name()
			}
			if home[area] != n.Name() {
				t.Errorf("%s: the keys of %s are in %s", e.at, area, home[area])
			}
		}
	}
}
