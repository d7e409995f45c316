package unmask

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"debrief/internal/store/storetest"
)

var (
	orgs = flag.Int("orgs", 2, "how many organisations on each database")
	seed = flag.Uint64("seed", 2, "what the first organisation is drawn from")
	into = flag.String("into", "", "a file that has the table between two markers")
)

// A small run on both databases: no attack surely does better than a guess, and
// every planted leak is caught. With more organisations, as `make unmask` has
// them, none may do better even at the upper end of its interval.
func TestUnmask(t *testing.T) {
	small := *orgs < 10
	onBoth(t, func(t *testing.T, database string, fresh func(testing.TB) string) {
		s := judgeAll(t, *orgs, func(t *testing.T, nth int) [2]*town {
			return bothLives(t, fresh, func(other bool) *plan {
				return draw(*seed+uint64(nth), 12+nth*48/max(1, *orgs-1), length(small), other)
			})
		})
		table := s.table(database)
		t.Logf("\n%s", table)
		for _, w := range s.wrong(small) {
			t.Error(w)
		}
		if *into != "" && !t.Failed() {
			write(t, database, table)
		}
	})
}

// The control: where nobody does what an arrival leaves to be done at once, a
// copy from the middle of a room tells who wrote what; and one from before it who said
// go, of those who asked to talk first.
func TestUnmask_whereTheFilesAreNotWiped(t *testing.T) {
	onBoth(t, func(t *testing.T, database string, fresh func(testing.TB) string) {
		s := judge(bothLives(t, fresh, func(other bool) *plan {
			p := draw(1, 12, 1, other)
			p.idle = true
			return p
		}))
		if mean, _ := s.results[answersMidRoom][cameBefore].gains.interval(); mean < 0.5 {
			t.Errorf("nobody would notice: %.2f", mean)
		}
		if mean, _ := s.results[readiness][cameBefore].gains.interval(); mean < 0.1 {
			t.Errorf("nobody would notice before the room: %.2f", mean)
		}
	})
}

func onBoth(t *testing.T, test func(t *testing.T, database string, fresh func(testing.TB) string)) {
	for _, on := range []struct {
		database string
		fresh    func(testing.TB) string
	}{{"SQLite", storetest.SQLite}, {"PostgreSQL", storetest.Postgres}} {
		t.Run(strings.ToLower(on.database), func(t *testing.T) { test(t, on.database, on.fresh) })
	}
}

// judgeAll judges organisations beside each other, and adds up what came of them.
func judgeAll(t *testing.T, orgs int, live func(t *testing.T, nth int) [2]*town) *score {
	scores := make([]*score, orgs)
	t.Run("orgs", func(t *testing.T) {
		for nth := range scores {
			t.Run(fmt.Sprint(nth), func(t *testing.T) {
				t.Parallel()
				scores[nth] = judge(live(t, nth))
			})
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	all := newScore()
	for _, s := range scores {
		all.add(s)
	}
	return all
}

func bothLives(t *testing.T, fresh func(testing.TB) string, plan func(other bool) *plan) (lives [2]*town) {
	for n := range lives {
		life, err := plan(n == 1).live(t.Context(), fresh(t), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		lives[n] = life
	}
	return lives
}

// length is for how many weeks the organisations of a run work.
func length(small bool) int {
	if small {
		return 2
	}
	return weeks
}

// write puts the table into a file between its markers.
func write(t *testing.T, database, table string) {
	t.Helper()
	page, err := os.ReadFile(*into)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := fmt.Sprintf("<!-- unmask %s -->\n", database), "<!-- end -->"
	before, rest, ok := strings.Cut(string(page), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no %q with %q behind it", *into, begin, end)
	}
	if err := os.WriteFile(*into, []byte(before+begin+table+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
