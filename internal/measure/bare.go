package measure

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"debrief/internal/practice"
)

// Of how many reviews agreed texts are read, and of how many texts it is said how many
// name nothing.
const (
	BareReviews = 8
	BareLeast   = 8
)

// bare counts, of the gaps that the last eight reviews agreed on, those whose text names
// nothing that somebody else could look at.
func (w *walked) bare() Reading {
	r := Reading{Name: Bare}
	for _, one := range latest(where(w.reviews, func(one *review) bool { return len(one.gaps) > 0 }), BareReviews) {
		for _, g := range one.gaps {
			c := one.event.asCase(one.ClosedAt)
			c.Counts = g.Bare
			r.Cases = append(r.Cases, c)
		}
	}
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	r.Sign = Rule{Least: BareLeast, Well: 0.2, Ill: 0.2, Rare: true}.Sign(r.Share)
	return r
}

// quick is how long a review lasts at least that is more than a form filled in.
const quick = 8 * time.Minute

// What stands beside a review in [Hollow]: listed, and in no sum.
const (
	SideQuick = "quick" // it was over within eight minutes
	SideSame  = "same"  // a gap of it was agreed in the words of an earlier one
)

// sides are what stands beside a review.
func (w *walked) sides(one *review) string {
	var all []string
	if !one.MetAt.IsZero() && one.Sittings < 2 && one.ClosedAt.Sub(one.MetAt) < quick {
		all = append(all, SideQuick)
	}
	said := map[string]bool{}
	for _, g := range w.Gaps { // in the order in which their reviews closed
		if g.Review == one.ID {
			break
		}
		said[bareText(g)] = true
	}
	if slices.ContainsFunc(one.gaps, func(g practice.TrailGap) bool { t := bareText(g); return t != "" && said[t] }) {
		all = append(all, SideSame)
	}
	return strings.Join(all, " ")
}

// bareText is an agreed text without capitals and what stands between its words.
func bareText(g practice.TrailGap) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(g.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
