package recall

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pair is an earlier report and a later one.
type pair struct {
	again          bool // the later one is the same failure once more
	earlier, later string
}

func readPairs(t *testing.T, name string) (all []pair) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(string(text), "\n\n") {
		if lines := strings.Split(strings.TrimSpace(part), "\n"); lines[0] == "again" || lines[0] == "new" {
			all = append(all, pair{lines[0] == "again", lines[1], lines[2]})
		}
	}
	return all
}

// reported is a report as one is learned, its first sentence as the title.
func reported(id, text string) Doc {
	title, _, _ := strings.Cut(strings.TrimSuffix(text, "."), ". ")
	return Doc{ID: id, Kind: Failure, Title: title, Text: text}
}

// With one earlier report or a few, a plain repeat is known and a report that
// shares ordinary words at most is new ground. The half that the measure was
// not chosen on must do as well.
func TestSimilar_youngOrganisation(t *testing.T) {
	for _, name := range []string{"young-chosen.txt", "young-checked.txt"} {
		all := readPairs(t, name)
		if len(all) < 20 {
			t.Fatalf("%s: %d pairs", name, len(all))
		}
		for _, earlier := range []int{1, 2, 3, 5, 20} {
			for i, p := range all {
				x := New()
				for k := range earlier {
					at := (i + k) % len(all)
					x.Put(reported(fmt.Sprint(at), all[at].earlier))
				}
				asks := reported("asks", p.later)
				check := func(how string) {
					hits := x.Similar(Query{Title: asks.Title, Text: asks.Text, Exclude: []string{asks.ID}})
					known := len(hits) > 0 && !hits[0].Weak && hits[0].ID == fmt.Sprint(i)
					if p.again && !known {
						t.Errorf("%s, %d earlier, %s: not known: %s\n%+v", name, earlier, how, p.later, hits)
					}
					for _, h := range hits {
						if !p.again && (!h.Weak || h.Perhaps) {
							t.Errorf("%s, %d earlier, %s: not new: %s\n%+v", name, earlier, how, p.later, h)
						}
					}
				}
				check("typed")
				x.Put(asks)
				check("reported")
			}
		}
	}
}

// One telling word in common is worth a second look while there is little to
// look at, an ordinary one never.
func TestSimilar_perhaps(t *testing.T) {
	x := New()
	x.Put(reported("a", "The applicant was sent to the wrong counter."))
	ask := func(text string) Hit {
		hits := x.Similar(Query{Text: text})
		if len(hits) == 0 {
			return Hit{}
		}
		return hits[0]
	}
	if h := ask("An applicant fell asleep."); !h.Weak || !h.Perhaps {
		t.Errorf("one telling word: %+v", h)
	}
	if h := ask("The wrong song was played."); h.Perhaps || h.ID != "" && !h.Weak {
		t.Errorf("one ordinary word: %+v", h)
	}
}
