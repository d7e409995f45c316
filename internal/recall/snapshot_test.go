package recall

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func frozen(t testing.TB, x *Index) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := x.Freeze().Write(&file, "first life at 77"); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestLoad_answersAsBefore(t *testing.T) {
	docs := corpus(300, 6)
	strange := Doc{Kind: Step, Names: []string{"S-7"}, Team: "tea_1", Of: "prc_1", Tags: []string{"year:2031", "stage:early"}, At: -5}
	strange.ID, strange.Title, strange.Text = docs[3].ID, docs[3].Title, docs[3].Text
	docs[3] = strange
	x := filled(docs)
	x.Remove(docs[9].ID)
	y, origin, err := Load(bytes.NewReader(frozen(t, x)))
	if err != nil || origin != "first life at 77" {
		t.Fatalf("origin %q, %v", origin, err)
	}
	x.Put(Doc{ID: "later", Text: docs[9].Text})
	y.Put(Doc{ID: "later", Text: docs[9].Text})
	for _, d := range docs[:60] {
		q := Query{Title: d.Title, Text: d.Text, Limit: 30}
		if diff := cmp.Diff(x.Similar(q), y.Similar(q)); diff != "" {
			t.Fatal(diff)
		}
		s := Search{Text: d.Title + ` "` + d.Title + `"`}
		if diff := cmp.Diff(x.Search(s), y.Search(s)); diff != "" {
			t.Fatal(diff)
		}
	}
	if hits := y.Search(Search{Text: "S-7", Filter: Filter{Tags: strange.Tags}}).Hits; len(hits) != 1 {
		t.Errorf("not found by its tags: %+v", hits)
	}
	strange.Title, strange.Text, strange.Tags = "", "", nil
	y.Similar(Query{Text: docs[3].Text, Filter: Filter{Allow: func(d *Doc) bool {
		if diff := cmp.Diff(strange, *d); d.ID == strange.ID && diff != "" {
			t.Errorf("what stands beside the text was lost: %s", diff)
		}
		return true
	}}})
	if hits := y.Search(Search{Text: "S-7"}).Hits; len(hits) == 0 || hits[0].ID != strange.ID {
		t.Errorf("not found by its name: %+v", hits)
	}
}

func TestFreeze_doesNotSeeWhatComesLater(t *testing.T) {
	x := filled(corpus(50, 7))
	f := x.Freeze()
	x.Put(Doc{ID: "later", Text: "quite another thing altogether zebra"})
	x.Remove("flr_00001")
	var file bytes.Buffer
	if err := f.Write(&file, "i"); err != nil {
		t.Fatal(err)
	}
	y, _, err := Load(&file)
	if err != nil || y.Len() != 50 {
		t.Fatalf("%v, %d documents", err, y.Len())
	}
}

// Two nodes that learned the same in another order write the same.
func TestWrite_saysNothingOfTheOrder(t *testing.T) {
	docs := corpus(60, 8)
	there := frozen(t, filled(docs))
	slices.Reverse(docs)
	if !bytes.Equal(there, frozen(t, filled(docs))) {
		t.Error("the snapshot tells what was learned first")
	}
}

// A word that was removed with the only text that had it is in no snapshot.
func TestWrite_leavesOutWhatWasRemoved(t *testing.T) {
	x := filled([]Doc{{ID: "a", Text: "Hildegard forgot the pump"}, {ID: "b", Text: "The pump leaked"}, {ID: "c", Text: "Ottokar fell"}})
	x.Put(Doc{ID: "a", Text: "Somebody forgot the pump"})
	x.Remove("c")
	file := string(frozen(t, x))
	for _, gone := range []string{"hildegard", "ottokar"} {
		if strings.Contains(file, gone) {
			t.Errorf("%s is in the snapshot", gone)
		}
	}
	if !strings.Contains(file, "somebody") {
		t.Error("no word of any text is in the snapshot as it is written: the test proves nothing")
	}
}

// Whoever changes how text is indexed sees this fail: then version has to grow,
// so that nobody goes on with what the program before had indexed.
func TestVersion_growsWithWhatIsIndexed(t *testing.T) {
	x := filled([]Doc{{ID: "a", Names: []string{"F-1"}, Title: "OutOfMemory in Müller’s pump_2", Text: "It expired, ran out of disk at 10:40 and fell. See https://example.org/x"}})
	h := sha256.New()
	h.Write(frozen(t, x))
	weights := x.docs[0].terms
	slices.SortFunc(weights, func(a, b weight) int { return int(a.term) - int(b.term) })
	for _, w := range weights {
		fmt.Fprintln(h, w)
	}
	const known = "3 392d5b6da63e2c0c"
	if got := fmt.Sprintf("%d %x", version, h.Sum(nil)[:8]); got != known {
		t.Errorf("%s, not %s as before", got, known)
	}
}

// Every byte of a snapshot matters: with any one changed, or the end missing,
// it is refused. The control counts for how many of them that is the
// checksum's doing alone.
func TestLoad_refusesDamage(t *testing.T) {
	good := frozen(t, filled([]Doc{{ID: "a", Title: "pump", Text: "pump leaked again"}, {ID: "b", Text: "the van"}}))
	unnoticed := 0
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		if _, _, err := Load(bytes.NewReader(bad)); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if n := len(bad) - sha256.Size; i < n {
			sum := sha256.Sum256(bad[:n])
			copy(bad[n:], sum[:])
			if _, _, err := Load(bytes.NewReader(bad)); err == nil {
				unnoticed++
			}
		}
		if _, _, err := Load(bytes.NewReader(good[:i])); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if unnoticed == 0 {
		t.Error("no damage would have gone through without the checksum: the test proves nothing")
	}
}

// What has a right checksum may still be nonsense; it must not bring us down.
func TestLoad_survivesNonsense(t *testing.T) {
	good := frozen(t, filled(corpus(3, 9)))
	head := len(good) - sha256.Size
	r := rand.New(rand.NewPCG(4, 4))
	for range 300 {
		bad := bytes.Clone(good[:head])
		for range 1 + r.IntN(4) {
			bad[len(magic)+1+8+r.IntN(head-len(magic)-9)] = byte(r.Uint32())
		}
		sum := sha256.Sum256(bad)
		if x, _, err := Load(bytes.NewReader(append(bad, sum[:]...))); err == nil {
			x.Similar(Query{Text: "w1q w2q w3q"})
			x.Search(Search{Text: "w1q w2q"})
		}
	}
}
