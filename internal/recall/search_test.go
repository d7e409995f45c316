package recall

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func library() *Index {
	return filled([]Doc{
		{ID: "a", Kind: Failure, Team: "red", Tags: []string{"team:red", "year:2031"}, At: 10, Title: "Certificate of the ticket shop expired", Text: "The shop was closed for an hour. Nobody had put the renewal into a calendar."},
		{ID: "b", Kind: Failure, Team: "blue", Tags: []string{"team:blue", "year:2032"}, At: 20, Title: "Van would not start", Text: "The battery was empty at 17:40. The shop for spare parts was closed, too."},
		{ID: "c", Kind: Review, Team: "red", Tags: []string{"team:red", "year:2032"}, At: 30, Title: "Why the ticket shop was down", Text: "The certificate had expired. The report contains information about the problem."},
		{ID: "d", Kind: Step, Team: "red", Tags: []string{"team:red", "year:2033"}, At: 40, Title: "Look at the end dates of all certificates", Text: "Every Monday."},
		{ID: "e", Kind: Failure, Team: "blue", Tags: []string{"team:blue", "year:2033"}, At: 50, Title: "Contract for the hall lapsed", Text: "It ran out on Friday and was not extended in time."},
		{ID: "f", Kind: Procedure, Team: "blue", Tags: []string{"team:blue", "year:2033"}, At: 60, Title: "Before a trip", Text: "Load the batteries. Write down the mileage."},
		{ID: "g", Kind: Finding, Team: "blue", Tags: []string{"team:blue", "year:2033"}, At: 70, Title: "This contains information", Text: "It contains information about problems in general."},
	})
}

func found(t *testing.T, text string, more ...func(*Search)) string {
	t.Helper()
	s := Search{Text: text}
	for _, m := range more {
		m(&s)
	}
	var ids []string
	for _, h := range library().Search(s).Hits {
		if !h.Weak {
			ids = append(ids, h.ID)
		}
	}
	return strings.Join(ids, " ")
}

func TestSearch(t *testing.T) {
	for _, c := range []struct{ why, typed, want string }{
		{"more of the words stand above fewer", "expired certificate shop", "a c d b"},
		{"any inflection", "expiring certificates", "a c d"},
		{"the last word may be a beginning", "batt", "f b"},
		{"and only the last", "batt empty", "b"},
		{"a word that is finished is not a beginning", "batt ", ""},
		{"word for word", `"shop was closed"`, "a"},
		{"not across title and text", `"expired the shop"`, ""},
		{"word for word means every word", `"shop is closed"`, ""},
		{"small words count in quotation marks", `"down the"`, "f"},
		{"any quotation marks will do", "„shop for spare parts“", "b"},
		{"a name for a kind moves that kind up", "certificate postmortem", "c d a"},
		{"a name for a kind alone lists the kind", "runbook", "d f"},
		{"also in two words", "root cause analysis", "c"},
		{"words that say little decide nothing", "information about the certificate", "d a c"},
		{"unless there are no others", "contains information", "g c"},
		{"a number is found where it is all that was typed", "17", "b"},
		{"nothing typed, nothing found", "  ", ""},
		{"a word nobody wrote", "helicopter", ""},
	} {
		if got := found(t, c.typed); got != c.want {
			t.Errorf("%s: %q found %q, want %q", c.why, c.typed, got, c.want)
		}
	}
}

func TestSearch_inOtherWords(t *testing.T) {
	hits := library().Search(Search{Text: "expired"}).Hits
	var weak []string
	for _, h := range hits {
		if h.Weak {
			weak = append(weak, h.ID)
		}
	}
	if hits[0].Weak || !slices.Contains(weak, "e") {
		t.Errorf("a contract that lapsed should follow what expired: %+v", hits)
	}
}

func TestSearch_narrowed(t *testing.T) {
	if got := found(t, "shop", func(s *Search) { s.Kinds = []Kind{Review} }); got != "c" {
		t.Errorf("by kind: %q", got)
	}
	if got := found(t, "shop", func(s *Search) { s.Tags = []string{"team:blue"} }); got != "b" {
		t.Errorf("by a tag: %q", got)
	}
	if got := found(t, "shop", func(s *Search) { s.Tags = []string{"team:red", "year:2032"} }); got != "c" {
		t.Errorf("by two tags: %q", got)
	}
	if got := found(t, "shop", func(s *Search) { s.Allow = func(d *Doc) bool { return d.ID != "b" } }); got != "a c" && got != "c a" {
		t.Errorf("by right: %q", got)
	}
	f := library().Search(Search{Text: "shop", Limit: 1, Offset: 1, Filter: Filter{Kinds: []Kind{Failure}, Allow: func(d *Doc) bool { return d.Team != "" }}})
	want := Found{Total: 2, Kinds: map[Kind]int{Failure: 2, Review: 1},
		Tags: map[string]int{"team:red": 1, "team:blue": 1, "year:2031": 1, "year:2032": 1}}
	if diff := cmp.Diff(want, Found{Total: f.Total, Kinds: f.Kinds, Tags: f.Tags}); diff != "" || len(f.Hits) != 1 {
		t.Errorf("%d hits, %s", len(f.Hits), diff)
	}
}

// What is called by a name stands first however the name is written, and goes
// when it goes; one that is only mentioned comes after.
func TestSearch_byName(t *testing.T) {
	x := filled([]Doc{
		{ID: "a", Names: []string{"F-12"}, Title: "Van would not start"},
		{ID: "b", Names: []string{"F-120"}, Title: "Certificate expired"},
		{ID: "c", Names: []string{"PM2032-007"}, Title: "Yard lights"},
		{ID: "d", Title: "The same as F-12, and F-12 again"},
	})
	for typed, want := range map[string]string{
		"F-12": "a", "f12": "a", "F 12": "a", "F-012": "a", "F‑12": "a", "like F-12?": "a", "f-120": "b", "pm2032-007": "c",
		"F-13": "", "12": "d",
	} {
		got := ""
		if hits := x.Search(Search{Text: typed}).Hits; len(hits) > 0 && !hits[0].Weak {
			got = hits[0].ID
		}
		if got != want {
			t.Errorf("%q found %q, want %q", typed, got, want)
		}
	}
	x.Put(Doc{ID: "e", Names: []string{"F-12"}, Title: "Of somebody else"})
	x.Remove("a")
	if hits := x.Search(Search{Text: "f12"}).Hits; len(hits) == 0 || hits[0].ID != "e" {
		t.Errorf("after the other has gone: %+v", hits)
	}
}

func TestSearch_recentIsALittleHigher(t *testing.T) {
	x := filled([]Doc{
		{ID: "new", At: 50 * aYear, Text: "The pump of the hall leaked, water everywhere, and the floor was wet for days"},
		{ID: "old", At: 30 * aYear, Text: "The pump of the hall leaked, water everywhere, and the floor was wet for hours"},
		{ID: "half", At: 50 * aYear, Text: "The pump was new"},
	})
	var ids []string
	for _, h := range x.Search(Search{Text: "pump leaked", Now: 50 * aYear}).Hits {
		ids = append(ids, h.ID)
	}
	if diff := cmp.Diff([]string{"new", "old", "half"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestQuote(t *testing.T) {
	text := "It began quietly.\nThe van stood in the yard for a week before anybody looked. Then the battery was found to be empty, and the spare battery as well. Nobody knew why."
	for _, c := range []struct{ typed, want string }{
		{"batteries empty", "…Then the [battery] was found to be [empty], and the spare…"},
		{"spar", "…be empty, and the [spare] battery as well. Nobody knew why."},
		{`"spare battery"`, "…be empty, and the [spare battery] as well. Nobody knew why."},
		{"submarine", "It began quietly. The van stood in the yard for a week…"},
	} {
		if got := show(Quote(text, c.typed, 60)); got != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got, c.want)
		}
	}
}

func show(e Excerpt) string {
	var b strings.Builder
	if e.Begun {
		b.WriteString("…")
	}
	at := 0
	for _, m := range e.Marks {
		b.WriteString(e.Text[at:m[0]] + "[" + e.Text[m[0]:m[1]] + "]")
		at = m[1]
	}
	b.WriteString(e.Text[at:])
	if e.Cut {
		b.WriteString("…")
	}
	return b.String()
}

func FuzzQuote(f *testing.F) {
	f.Add("Größe of the “van”’s battery", `van "battery`, 10)
	f.Fuzz(func(t *testing.T, text, typed string, width int) {
		e := Quote(text, typed, 1+max(0, width%300))
		at := 0
		for _, m := range e.Marks {
			if m[0] < at || m[1] <= m[0] || m[1] > len(e.Text) {
				t.Fatalf("marks %v in %q", e.Marks, e.Text)
			}
			at = m[1]
		}
	})
}
