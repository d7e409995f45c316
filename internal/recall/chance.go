package recall

import (
	"maps"
	"math"
	"slices"
)

// What a likeness must have to be clear. With the first two, nine of ten records
// that do repeat another are shown as known, and all but a few of a wholly
// different line of work are called new ground. They compare a question with
// what the documents are like, so they say little while there are few; there the
// words themselves must be too telling to be shared by chance.
const (
	enoughShare = 0.20
	enoughAlike = 0.14
	tooTelling  = -7.0 // as a logarithm: one in a thousand
	few         = 50.0 // documents of a kind; where there are more, words need tell less
)

// What it must have to be worth a second look.
const (
	someOfEnough = 2.0 / 3
	rarely       = -4.0 // as a logarithm: one question in fifty, whatever it asks, would find as much by chance
)

// judge says how clear the likeness of a candidate is.
func (ask *question) judge(c *candidate) (weak, perhaps bool) {
	chance, kin := ask.chance(c.doc.terms), float64(max(1, ask.others.kinds[c.doc.Kind]))
	weak = c.share < enoughShare || c.alike < enoughAlike || chance > tooTelling*min(1, few/kin)
	perhaps = weak && c.share >= someOfEnough*enoughShare && c.alike >= someOfEnough*enoughAlike && chance+math.Log(kin) < rarely
	return weak, perhaps
}

// chance is the logarithm of how likely it is, at most, that a document which
// has nothing to do with a question shares as much with it: the bound of
// Chernoff for terms that fall independently, each as often as in all other
// reports. Of what the same words say, the most telling counts alone.
func (ask *question) chance(doc []weight) float64 {
	told := map[string]float64{}
	parts := make([]float64, len(ask.terms))
	for i, t := range ask.terms {
		n := t.reports
		has := slices.ContainsFunc(doc, func(w weight) bool { return w.term == t.term })
		if has {
			n--
		}
		parts[i] = n / (ask.others.all - 1)
		if has {
			for _, words := range ask.said[t.term] {
				if slices.ContainsFunc(split(words), func(w string) bool { return !saysNothing(w) }) {
					told[words] = min(told[words], math.Log(parts[i]))
				}
			}
		}
	}
	shared := 0.0
	for _, words := range slices.Sorted(maps.Keys(told)) {
		shared += told[words]
	}
	least := 0.0
	for _, tilt := range [...]float64{0.25, 0.5, 0.75, 1} {
		bound := tilt * shared
		for _, part := range parts {
			bound += math.Log1p(math.Pow(part, 1-tilt) - part)
		}
		least = min(least, bound)
	}
	return least
}
