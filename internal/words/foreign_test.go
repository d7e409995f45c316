package words

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a pack calls these, the sentences leave to it.
var leftToPacks = []string{"review", "room", "quick", "leaders", "procedures", "procedure", "core", "constraint", "experiment",
	"plan", "cycle", "carrier", "sign", "scar", "failure"}

// A few words are also other words, and a few sentences mean just that.
var alsoOtherWords = map[string]string{
	"plan": "any plan", "plans": "any plan", "core": "as a label only", "leaders": "whoever leads another", "history": "of any page",
	"failure": "the noun of the pattern, in every pack", "failures": "the noun of the pattern, in every pack",
	"owner": "of a procedure, in every pack", "what went wrong": "the question of the report form", "five minutes": "of the clock",
}

var meantSo = map[string]string{
	"frame.product": "the product's name", "frame.window": "the product's name",
	"kind.experiment": "one of the three kinds, the same in every pack", "room.judge.experiment-asks": "that kind",
	"finding.tried.title": "the verb", "finding.tried.why": "the verb", "sign.in.slow.way.in": "the verb", "sign.in.wrong.way.in": "the verb", "offline.try": "the verb",
	"consent.title": "the verb", "consent.safe": "the verb", "consent.open": "the verb", "consent.way.shorten": "the verb", "notice.consent": "the verb",
	"dispatch.about.consent": "the verb", "check.whom.why": "the verb",
	"passphrase.wrong.passphrase.why": "the verb", "store.full.title": "space on a disk", "team.words.of.cycle": "what the word is for",
}

// packWords are the words that packs have for what is left to them, and which
// sentences may not say themselves.
func packWords(packs []*Pack) *regexp.Regexp {
	var all []string
	for _, p := range packs {
		for _, c := range leftToPacks {
			for _, word := range []string{p.word(c, "", false), p.word(c, "plural", false)} {
				if word = strings.ToLower(word); alsoOtherWords[word] == "" {
					all = append(all, regexp.QuoteMeta(word))
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(`(?i)\b(` + strings.Join(slices.Compact(all), "|") + `)\b`)
}

// No sentence, and no refusal, says a word that belongs to one pack: a team of
// another would read a stranger's.
func TestSentences_sayNoPacksWord(t *testing.T) {
	c := load(t)
	foreign, used := packWords(c.Packs), map[string]bool{}
	forProgrammers := regexp.MustCompile(`^(cli|api|operation|property)\.`)
	var look func(key string, s sentence)
	look = func(key string, s sentence) {
		for _, p := range s {
			if found := foreign.FindString(p.text); p.kind == literal && found != "" {
				if used[key] = true; meantSo[key] == "" {
					t.Errorf("%s says %q, which is the word of a pack", key, found)
				}
			}
			for _, c := range p.cases {
				look(key, c.says)
			}
		}
	}
	for key, s := range c.Speaker("en", "", nil).spoken.sentences {
		if !forProgrammers.MatchString(key) {
			look(key, s)
		}
	}
	for key := range meantSo {
		if !used[key] {
			t.Errorf("%s is allowed a word it does not say", key)
		}
	}
	for _, bad := range []string{"This review is closed.", "Listed with the procedures", "No tries yet", "Bets", "no hard ground yet", "A script or checklist"} {
		if !foreign.MatchString(bad) {
			t.Errorf("%q would pass", bad)
		}
	}
}
