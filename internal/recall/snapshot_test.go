package recall

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func frozen(t testing.TB, x *Index) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := x.Freeze().Write(&file, "first life", 77); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestLoad_answersAsBefore(t *testing.T) {
	docs := corpus(300, 6)
	docs[3].Kind, docs[3].Team, docs[3].Source, docs[3].At = Step, "tea_1", "elsewhere", -5
	x := filled(docs)
	x.Remove(docs[9].ID)
	y, position, err := Load(bytes.NewReader(frozen(t, x)), "first life")
	if err != nil || position != 77 {
		t.Fatalf("position %d, %v", position, err)
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
	only := func(d Doc) bool { return d.Team == "tea_1" && d.Kind == Step && d.Source == "elsewhere" && d.At == -5 }
	if hits := y.Similar(Query{Text: docs[3].Text, Filter: Filter{Allow: only}}); len(hits) != 1 || hits[0].ID != docs[3].ID {
		t.Errorf("what stands beside the text was lost: %+v", hits)
	}
}

func TestFreeze_doesNotSeeWhatComesLater(t *testing.T) {
	x := filled(corpus(50, 7))
	f := x.Freeze()
	x.Put(Doc{ID: "later", Text: "quite another thing altogether zebra"})
	x.Remove("flr_00001")
	var file bytes.Buffer
	if err := f.Write(&file, "i", 1); err != nil {
		t.Fatal(err)
	}
	y, _, err := Load(&file, "i")
	if err != nil || y.Len() != 50 {
		t.Fatalf("%v, %d documents", err, y.Len())
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
		if _, _, err := Load(bytes.NewReader(bad), "first life"); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if n := len(bad) - sha256.Size; i < n {
			sum := sha256.Sum256(bad[:n])
			copy(bad[n:], sum[:])
			if _, _, err := Load(bytes.NewReader(bad), "first life"); err == nil {
				unnoticed++
			}
		}
		if _, _, err := Load(bytes.NewReader(good[:i]), "first life"); !errors.Is(err, ErrSnapshot) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
	if unnoticed == 0 {
		t.Error("no damage would have gone through without the checksum: the test proves nothing")
	}
	if _, _, err := Load(bytes.NewReader(good), "second life"); !errors.Is(err, ErrSnapshot) {
		t.Errorf("another database: %v", err)
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
		if x, _, err := Load(bytes.NewReader(append(bad, sum[:]...)), "first life"); err == nil {
			x.Similar(Query{Text: "w1q w2q w3q"})
			x.Search(Search{Text: "w1q w2q"})
		}
	}
}
