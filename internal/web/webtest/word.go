package webtest

import (
	"html"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// packConcepts are what packs have words of their own for, which a page of
// another pack must not say.
var packConcepts = []string{"review", "room", "quick", "procedures", "procedure", "constraint", "experiment", "cycle", "sign"}

// everywhere are words that stand on pages of every pack, and why.
var everywhere = map[string]string{
	"five minutes": "of the clock", "experiment": "one of the three kinds of a gap", "debrief": "the name of the product", "try": "the verb",
}

// foreignWords are those of the other packs.
func foreignWords(packs []*words.Pack, of *words.Pack) *regexp.Regexp {
	own, all := strings.ToLower(strings.Join(valuesOf(of.Concepts()), " | ")), []string{}
	for _, p := range packs {
		said := p.Concepts()
		for _, c := range packConcepts {
			word := strings.ToLower(said[c])
			if everywhere[word] == "" && !strings.Contains(own, strings.TrimSuffix(word, "s")) {
				all = append(all, regexp.QuoteMeta(word))
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return regexp.MustCompile(`(?i)\b(` + strings.Join(slices.Compact(all), "|") + `)s?\b`)
}

func valuesOf(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// markup are tags and addresses, which are no words.
var markup = regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>|<[^>]*>|\s/\S+`)

// EveryWord executes all samples of a package in each pack, and looks for words
// of another one. Pages on which somebody chooses words are left out.
func EveryWord(t *testing.T, s *frame.Kit, choosing ...string) {
	t.Helper()
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range catalogue.Packs {
		foreign := foreignWords(catalogue.Packs, pack)
		if pack.ID == "activist" && (foreign.FindString("This review is closed.") == "" || foreign.FindString("The circle is open.") != "") {
			t.Errorf("activists would read %v", foreign)
		}
		f := s.Begin(httptest.NewRequest("GET", "/more", nil), frame.Place{Organisation: "Halvern City",
			Team: practice.Team{Name: "Permits", Pack: pack.ID}, Zone: time.UTC})
		f.Welcome(Ilse)
		for name, all := range samples {
			if slices.Contains(choosing, name) {
				continue
			}
			for _, of := range all {
				empty, full := of(f)
				for _, data := range []any{empty, full} {
					text := html.UnescapeString(markup.ReplaceAllString(Executed(t, s, name, data), "\n"))
					text = strings.ReplaceAll(text, pack.Updates, "") // what that is, a pack says in its own sentence
					for _, at := range foreign.FindAllStringIndex(text, -1) {
						t.Errorf("%s, in the words of %s, says %q in %q", name, pack.ID, text[at[0]:at[1]], around(text, at))
					}
				}
			}
		}
	}
}

// around is the line in which something was found.
func around(text string, at []int) string {
	start, end := strings.LastIndex(text[:at[0]], "\n")+1, strings.Index(text[at[1]:], "\n")
	if end < 0 {
		return text[start:]
	}
	return text[start : at[1]+end]
}
