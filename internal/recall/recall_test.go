package recall

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpus makes n documents of random words, a few words frequent and many rare.
func corpus(n int, seed uint64) []Doc {
	r := rand.New(rand.NewPCG(seed, 1))
	zipf := rand.NewZipf(r, 1.2, 4, 3000)
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{ID: fmt.Sprintf("flr_%05d", i), Kind: Failure, Title: gibberish(zipf, 1+r.IntN(6)), Text: gibberish(zipf, 20+r.IntN(120))}
	}
	return docs
}

func gibberish(zipf *rand.Zipf, n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, "w%xq ", zipf.Uint64())
	}
	return b.String()
}

func filled(docs []Doc) *Index {
	x := New()
	for _, d := range docs {
		x.Put(d)
	}
	return x
}

func TestSimilar_findsTheDitch(t *testing.T) {
	x := filled([]Doc{
		{ID: "a", Title: "Checkout down: certificate expired", Text: "The certificate of the payment gateway expired on Sunday."},
		{ID: "b", Title: "Van stuck in the depot", Text: "The battery was flat because the lights stayed on."},
		{ID: "c", Title: "Disk full on the archive", Text: "Old logs filled the disk until nothing could be written."},
	})
	got := x.Similar(Query{Text: "An expired certificate took the shop down."})
	if len(got) == 0 || got[0].ID != "a" {
		t.Fatalf("want a first, got %+v", got)
	}
	if diff := cmp.Diff([]string{"expired", "certificate"}, got[0].Why[:2], sorted()); diff != "" {
		t.Error(diff)
	}
	if hits := x.Similar(Query{Text: "of and the"}); len(hits) != 0 {
		t.Errorf("a question without words was answered: %+v", hits)
	}
}

func sorted() cmp.Option {
	return cmp.Transformer("sorted", func(in []string) []string { return slices.Sorted(slices.Values(in)) })
}

func TestSimilar_isTheSameInAnyOrder(t *testing.T) {
	docs := corpus(400, 1)
	there := filled(docs)
	slices.Reverse(docs)
	back := filled(docs)
	for _, d := range docs[:50] {
		q := Query{Title: d.Title, Text: d.Text, Limit: 20}
		if diff := cmp.Diff(there.Similar(q), back.Similar(q)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestRemove_leavesNothing(t *testing.T) {
	docs := corpus(300, 2)
	want := filled(docs[:150])
	got := filled(docs)
	for _, d := range docs[150:] {
		got.Remove(d.ID)
	}
	for i := range docs[:150] {
		changed := docs[i]
		changed.Text = "nothing like before"
		got.Put(changed)
		got.Put(docs[i])
	}
	if got.Len() != 150 {
		t.Errorf("Len = %d, want 150", got.Len())
	}
	for _, d := range docs[100:200] {
		q := Query{Title: d.Title, Text: d.Text, Limit: 20}
		if diff := cmp.Diff(want.Similar(q), got.Similar(q)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestRemove_takesThePartsAlong(t *testing.T) {
	x := filled([]Doc{{ID: "prc", Title: "Closing"}, {ID: "a", Of: "prc", Text: "Lock the door"}, {ID: "b", Of: "prc", Text: "Count the till"}, {ID: "c", Text: "Lock the till"}})
	x.Remove("prc")
	if hits := x.Search(Search{Text: "lock till"}).Hits; x.Len() != 1 || len(hits) != 1 || hits[0].ID != "c" {
		t.Errorf("%d left, found %+v", x.Len(), hits)
	}
}

func TestSimilar_asksAllowBeforeItChooses(t *testing.T) {
	docs := corpus(300, 3)
	for i := range docs {
		docs[i].Team = []string{"mine", "theirs"}[min(i%10, 1)]
	}
	x := filled(docs)
	var mine []Doc
	for _, d := range docs {
		if d.Team == "mine" {
			mine = append(mine, d)
		}
	}
	only := func(d *Doc) bool { return d.Team == "mine" }
	short := 0
	for _, d := range docs[:40] {
		q := Query{Text: d.Text + d.Title, Limit: 5}
		late := 0
		for _, h := range x.Similar(q) {
			if slices.ContainsFunc(mine, func(m Doc) bool { return m.ID == h.ID }) {
				late++
			}
		}
		q.Allow = only
		hits := x.Similar(q)
		if len(hits) != 5 {
			t.Errorf("%s: %d hits of five", d.ID, len(hits))
		}
		if late < len(hits) {
			short++
		}
	}
	if short < 30 {
		t.Errorf("filtering late would have done in %d of 40 cases: the test proves nothing", 40-short)
	}
}

// A depot, a clinic and a shop: the same three failures in words that hardly
// meet. Nothing but ideas leads from one to the other.
func depots() []Doc {
	return []Doc{
		{ID: "lapse", Title: "Ambulances stood still on New Year's Day", Text: "The insurance had lapsed at midnight. The letter had gone to a colleague who left in spring."},
		{ID: "space", Title: "Scanner refused new pictures", Text: "The archive had filled up and there was no space left. Old pictures had never been cleared."},
		{ID: "crowd", Title: "Online tickets broke down", Text: "The singer was on television and ten times as many visitors came as on a busy day."},
		{ID: "brake", Title: "Lorry rolled into the gate", Text: "It had been parked on the slope without chocks and the hand brake was worn."},
		{ID: "wet", Title: "Water in the cellar", Text: "A pipe burst behind the boiler and the carpet had to go."},
		{ID: "quarrel", Title: "Two speakers for one slot", Text: "The programme had been changed by two people who did not know of each other."},
	}
}

func TestSimilar_inOtherWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Our certificate expired over the weekend because nobody owned its renewal.", "lapse"},
		{"The database server's disk was full, so orders could not be stored.", "space"},
		{"A sudden surge of traffic after an announcement overloaded the site.", "crowd"},
		{"The trailer ran away downhill as somebody had forgotten the parking brake.", "brake"},
	} {
		hits := filled(depots()).Similar(Query{Text: c.text})
		if len(hits) == 0 || hits[0].ID != c.want {
			t.Errorf("%s: %+v", c.text, hits)
		}
	}
}

func TestSimilar_knowsNewGround(t *testing.T) {
	x := filled(corpus(200, 12))
	for _, d := range depots() {
		x.Put(d)
	}
	again := x.Similar(Query{Title: "Scanner stopped", Text: "The archive was full again: no space left for new pictures, as the old ones were never cleared."})
	if again[0].ID != "space" || again[0].Weak {
		t.Errorf("not known: %+v", again[0])
	}
	for _, h := range x.Similar(Query{Text: "The choir sang the wrong anthem and the mayor left before the cake was cut."}) {
		if !h.Weak {
			t.Errorf("not new: %+v", h)
		}
	}
}

// What is asked for may be in the index itself; it is left out of the answer
// and takes nobody's place.
func TestSimilar_leavesOutWhoAsks(t *testing.T) {
	docs := corpus(100, 13)
	x := filled(docs)
	hits := x.Similar(Query{Title: docs[5].Title, Text: docs[5].Text, Limit: 10, Exclude: []string{docs[5].ID, docs[6].ID}})
	if len(hits) != 10 {
		t.Errorf("%d hits", len(hits))
	}
	for _, h := range hits {
		if h.ID == docs[5].ID || h.ID == docs[6].ID {
			t.Errorf("%s was not to be found", h.ID)
		}
	}
}
