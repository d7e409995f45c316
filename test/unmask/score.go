package unmask

import (
	"fmt"
	"math"
	"slices"
)

// gate is the most that a copy may add to a guess.
const gate = 0.01

// gains are what an attack says of the writer more often than of the other one:
// one number from -1 to 1 for each text.
type gains []float64

// interval is the mean and half the width of its 95 % interval. Two texts more
// are counted for the attack and two against it, as Agresti and Coull do: that
// something never happened among few texts proves little.
func (g gains) interval() (mean, half float64) {
	n := float64(len(g))
	if n < 2 {
		return 0, math.Inf(1)
	}
	for _, v := range g {
		mean += v / n
	}
	squares := 4.0
	for _, v := range g {
		squares += (v - mean) * (v - mean)
	}
	return mean, 1.96 * math.Sqrt(squares) / n
}

// result is what came of one attack, on reports or on answers.
type result struct {
	gains  gains
	plants gains // where its leak was planted
}

// kind is what somebody wrote, and when it was stolen.
type kind int

// Reports and answers with everything that is there at the end, and answers
// with what there was in the middle of their room; what was said before a room,
// the seats that were kept for a day after it, and why a plan may fail.
const (
	reports kind = iota
	answersMidRoom
	answersClosed
	readiness
	lateSeats
	reasons
	kinds
)

// score is what came of all attacks, by kind and name.
type score struct {
	results [kinds]map[string]*result
	orgs    int
	plants  [kinds]int // how many texts had leaks planted
}

func newScore() *score {
	s := &score{}
	for k := range s.results {
		s.results[k] = map[string]*result{}
		for _, a := range attacks {
			s.results[k][a.name] = &result{}
		}
	}
	return s
}

// told is how much more somebody's name is among these than another's.
func told(who []int, one, other int) float64 {
	if len(who) == 0 {
		return 0
	}
	share := func(p int) float64 {
		if slices.Contains(who, p) {
			return 1 / float64(len(who))
		}
		return 0
	}
	return share(one) - share(other)
}

// judge lets every attack loose on both lives of an organisation, and on copies
// of the first in which its leak was planted for some of the texts.
func judge(lives [2]*town) *score {
	s := newScore()
	s.orgs = 1
	for i, t := range lives[0].texts {
		s.attack(t.kind, lives, i, [2]*loot{&lives[0].loot, &lives[1].loot})
		if t.kind != answersClosed {
			continue
		}
		one, two := lives[0].loot.midRoom(t), lives[1].loot.midRoom(lives[1].texts[i])
		if one != nil {
			s.attack(answersMidRoom, lives, i, [2]*loot{one, two})
		}
	}
	return s
}

// add counts in what came of others.
func (s *score) add(o *score) {
	s.orgs += o.orgs
	for k := range s.results {
		for name, r := range s.results[k] {
			r.gains = append(r.gains, o.results[k][name].gains...)
			r.plants = append(r.plants, o.results[k][name].plants...)
		}
	}
}

// attack tries every attack on one text.
func (s *score) attack(k kind, lives [2]*town, i int, found [2]*loot) {
	t := lives[0].texts[i]
	planted := s.plants[k] < mostPlants && t.writer != t.other
	if planted {
		s.plants[k]++
	}
	for _, a := range attacks {
		r := s.results[k][a.name]
		var gain float64
		for n, life := range lives {
			mine := life.texts[i]
			who := a.who(found[n], mine)
			gain += told(who, mine.writer, mine.other) / 2
		}
		r.gains = append(r.gains, gain)
		if planted {
			r.plants = append(r.plants, told(a.who(found[0].plant(a.name, t, lives[0]), t), t.writer, t.other))
		}
	}
}

// mostPlants is in how many texts of a kind each organisation has leaks planted.
const mostPlants = 5

// wrong lists what a run of this size does not show: an attack that may gain
// more than the gate, or a planted leak that was not caught. A small run is
// asked only whether an attack surely gains more.
func (s *score) wrong(small bool) (all []string) {
	for _, kind := range s.results {
		for _, a := range attacks {
			r := kind[a.name]
			mean, half := r.gains.interval()
			if small {
				half = -half
			}
			if mean+half > gate {
				all = append(all, fmt.Sprintf("%s: %.4f ± %.4f better than a guess", a.name, mean, half))
			}
			if mean, _ := r.plants.interval(); mean < 0.9 {
				all = append(all, fmt.Sprintf("%s is not caught where it was planted: %.2f", a.name, mean))
			}
		}
	}
	return all
}

// table is the result in Markdown.
func (s *score) table(database string) string {
	some := attacks[0].name
	n := func(k kind) int { return len(s.results[k][some].gains) }
	out := fmt.Sprintf("%s: %d organisations, each living twice; %d reports, %d answers, %d of them stolen while others wrote, %d times go, %d seats kept for a day, %d reasons why a plan may fail.\n\n",
		database, s.orgs, n(reports), n(answersClosed), n(answersMidRoom), n(readiness), n(lateSeats), n(reasons))
	out += "| Attack | Reports | Planted | Answers, while others write | Planted | Answers, after the close | Planted | Go, or not now | Planted | Seats that tap later | Planted | Why a plan may fail | Planted |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
	for _, a := range attacks {
		out += "| " + a.name
		for _, kind := range s.results {
			mean, half := kind[a.name].gains.interval()
			planted, _ := kind[a.name].plants.interval()
			out += fmt.Sprintf(" | %.4f (%.4f to %.4f) | %.2f", mean, mean-half, mean+half, planted)
		}
		out += " |\n"
	}
	return out
}
