package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A corpus makes records that are alike in the way real ones are: most of the
// sentences of one come from an earlier one, some words are swapped, and there
// is a long tail of names that occur once or twice. It is made of syllables:
// no text of anybody's.
type corpus struct {
	random *rand.Rand
	words  []string
	often  *rand.Zipf
	rare   *rand.Zipf
	seeds  [][]string // the sentences of the reports that others resemble
}

func newCorpus(seed uint64) *corpus {
	c := &corpus{random: rand.New(rand.NewPCG(seed, 1))}
	syllables := strings.Fields("ba ke li mo nu ra se ti vo zu dal fen gor hin jat kel mur pon ras tem wil yor bran stel crow drum")
	seen := map[string]bool{}
	for len(c.words) < 8000 {
		var w strings.Builder
		for range 2 + c.random.IntN(3) {
			w.WriteString(syllables[c.random.IntN(len(syllables))])
		}
		if !seen[w.String()] {
			seen[w.String()] = true
			c.words = append(c.words, w.String())
		}
	}
	c.often = rand.NewZipf(c.random, 1.1, 8, uint64(len(c.words)-1))
	c.rare = rand.NewZipf(c.random, 1.05, 50, 200_000)
	for range 240 {
		var report []string
		for range 8 {
			report = append(report, c.sentence())
		}
		c.seeds = append(c.seeds, report)
	}
	return c
}

func (c *corpus) sentence() string {
	var words []string
	for range 10 + c.random.IntN(10) {
		words = append(words, c.words[c.often.Uint64()])
	}
	return strings.Join(words, " ")
}

// record returns a title and three to eight sentences.
func (c *corpus) record() (title, text string) {
	own := c.seeds[c.random.IntN(len(c.seeds))]
	title = c.blur(own[0], 0.3)
	var sentences []string
	for range 3 + c.random.IntN(6) {
		from := own
		if c.random.Float64() > 0.65 {
			from = c.seeds[c.random.IntN(len(c.seeds))]
		}
		sentences = append(sentences, c.blur(from[c.random.IntN(len(from))], 0.15))
	}
	sentences = append(sentences, fmt.Sprintf("svc%d host%d", c.rare.Uint64(), c.rare.Uint64()))
	return title, strings.Join(sentences, ". ") + "."
}

// blur swaps a share of the words.
func (c *corpus) blur(sentence string, share float64) string {
	words := strings.Fields(sentence)
	for i := range words {
		if c.random.Float64() < share {
			words[i] = c.words[c.often.Uint64()]
		}
	}
	return strings.Join(words, " ")
}

// questions returns records' beginnings, sixty words each.
func (c *corpus) questions(n int) []string {
	var all []string
	for range n {
		title, text := c.record()
		words := strings.Fields(strings.ReplaceAll(title+" "+text, ".", ""))
		all = append(all, strings.Join(words[:min(60, len(words))], " "))
	}
	return all
}
