package recall

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// stories makes reports out of sentences of our own, with names and numbers
// filled in, so that they repeat each other about as much as real ones do.
type stories struct {
	r    *rand.Rand
	zipf *rand.Zipf
}

func newStories(seed uint64) *stories {
	r := rand.New(rand.NewPCG(seed, 5))
	return &stories{r: r, zipf: rand.NewZipf(r, 1.1, 8, 60_000)}
}

func (s *stories) one(of []string) string { return of[s.r.IntN(len(of))] }

func (s *stories) fill(sentence string) string {
	for strings.Contains(sentence, "{") {
		i := strings.Index(sentence, "{")
		j := i + strings.Index(sentence[i:], "}")
		var word string
		switch sentence[i+1 : j] {
		case "name":
			word = fmt.Sprintf("srv%x", s.zipf.Uint64())
		case "what":
			word = s.one(whats)
		case "act":
			word = s.one(acts)
		case "where":
			word = s.one(wheres)
		default:
			word = fmt.Sprint(2 + s.r.IntN(90))
		}
		sentence = sentence[:i] + word + sentence[j+1:]
	}
	return sentence
}

func (s *stories) doc(i int) Doc {
	var text strings.Builder
	for range 5 + s.r.IntN(9) {
		text.WriteString(s.fill(s.one(sentences)))
		text.WriteByte(' ')
	}
	return Doc{ID: fmt.Sprintf("flr_%07d", i), Kind: Failure, Title: s.fill(s.one(titles)), Text: text.String(), At: int64(i)}
}

var (
	titles = []string{"{what} stopped in the {where}", "{name}: {what} {act}", "Late delivery after {what} {act}", "{where} without {what}", "People could not reach {name}"}
	whats  = strings.Fields("database disk certificate forklift queue backup radio van timetable network password cache pump printer sensor freezer ladder invoice brake schedule contract badge")
	acts   = []string{"ran full", "expired", "was restarted", "broke", "was overloaded", "lost power", "was unplugged", "leaked", "froze", "was deleted by mistake", "could not be reached", "caught fire"}
	wheres = strings.Fields("depot warehouse office kitchen cluster region workshop ward school yard hangar store studio canteen tunnel harbour archive garage laboratory")

	sentences = []string{
		"At half past {n} the {what} in the {where} {act}.",
		"Nobody noticed for {n} minutes because the alarm of {name} had been switched off.",
		"The night shift found {name} hot and smelling of smoke.",
		"A change to {name} had been rolled out without asking the {where}.",
		"We had assumed that {name} would take over when the {what} {act}.",
		"The checklist says to look at the {what} first, but the page was {n} months old.",
		"Customers in the {where} waited {n} minutes and some went home.",
		"Two people restarted {name} at the same time, which made it worse.",
		"The supplier of the {what} answered after {n} hours.",
		"In the end somebody drove to the {where} and replaced the {what}.",
		"The same thing had happened with {name} in the {where} last spring.",
		"There was one spare {what} and it {act} as well.",
		"Traffic to {name} was {n} times what we had planned for.",
		"The deadline was close and the test of the {what} was left out.",
		"The handover note did not mention that {name} was running on its reserve.",
		"A volunteer slipped on the wet floor of the {where} and hurt a knee.",
		"The backup of {name} could be read but was {n} days old.",
		"Permission to open the {where} had been taken away with the last clean-up.",
		"We turned off the {what}, waited {n} minutes and turned it on again.",
		"Rain came through the roof of the {where} onto {name}.",
		"The contract for the {what} ended on the first of the month and nobody renewed it.",
		"Orders piled up in front of {name} until the {what} {act}.",
	}
)

const many = 100_000

func manyStories(n int) *Index {
	x, s := New(), newStories(1)
	for i := range n {
		x.Put(s.doc(i))
	}
	return x
}

func BenchmarkPut(b *testing.B) {
	x, s := New(), newStories(1)
	for i := 0; b.Loop(); i++ {
		x.Put(s.doc(i))
	}
}

// sixty returns questions of about sixty words that no document equals.
func sixty(n int) []Query {
	s := newStories(2)
	out := make([]Query, n)
	for i := range out {
		words := strings.Fields(s.doc(i).Text)
		out[i] = Query{Text: strings.Join(words[:min(60, len(words))], " ")}
	}
	return out
}

func BenchmarkSimilar100k(b *testing.B) {
	x, questions := manyStories(many), sixty(100)
	for _, part := range []string{"exact", "whole"} {
		b.Run(part, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				q := questions[i%len(questions)]
				if part == "whole" {
					x.Similar(q)
				} else {
					x.first(x.ask(q), 5, &q.Filter)
				}
			}
		})
	}
	b.Run("search", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			x.Search(Search{Text: []string{"forklift brake", "lost power in the dep", `"ran full" archive`}[i%3]})
		}
	})
	b.Run("freeze and load", func(b *testing.B) {
		for b.Loop() {
			var file strings.Builder
			if err := x.Freeze().Write(&file, "inc"); err != nil {
				b.Fatal(err)
			}
			if _, _, err := Load(strings.NewReader(file.String())); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(file.Len())/many, "bytes/doc")
		}
	})
}
