package recall

import (
	"fmt"
	"io"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Many ask while some put and remove. What is left in the end answers as an
// index does that was filled in peace.
func TestIndex_isAskedAndWrittenAtOnce(t *testing.T) {
	docs := corpus(160, 11)
	x := filled(docs[:80])
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for w := range 2 {
		writers.Go(func() {
			for i := 80 + w; i < 160; i += 2 {
				x.Put(docs[i])
				x.Remove(docs[i-80].ID)
				x.Put(Doc{ID: fmt.Sprint("passing", w), Text: docs[i].Text})
			}
			x.Remove(fmt.Sprint("passing", w))
		})
	}
	for r := range 4 {
		readers.Go(func() {
			for i := r; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				d := docs[i%160]
				x.Similar(Query{Title: d.Title, Text: d.Text})
				x.Search(Search{Text: d.Title})
				if i%8 == 0 {
					if err := x.Freeze().Write(io.Discard, "i"); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	calm := filled(docs[80:])
	for _, d := range docs[:20] {
		q := Query{Text: d.Text, Limit: 20}
		if diff := cmp.Diff(calm.Similar(q), x.Similar(q)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// What has been put is found by the next question, what has been removed not.
func TestPut_isFoundAtOnce(t *testing.T) {
	x := New()
	for i := range 50 {
		id := fmt.Sprint("flr_", i)
		x.Put(Doc{ID: id, Text: fmt.Sprintf("The winch%d jammed", i)})
		if hits := x.Similar(Query{Text: fmt.Sprintf("winch%d", i)}); len(hits) == 0 || hits[0].ID != id {
			t.Fatalf("%s was put and not found: %+v", id, hits)
		}
	}
	x.Remove("flr_7")
	if hits := x.Search(Search{Text: `"winch7"`}).Hits; len(hits) != 0 {
		t.Errorf("removed and found: %+v", hits)
	}
	x.Remove("flr_7")
	if x.Len() != 49 {
		t.Errorf("Len = %d", x.Len())
	}
}
