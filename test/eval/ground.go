package main

import (
	"fmt"
	"io"
	"slices"

	"debrief/internal/recall"
)

// printGround says how often the interface would say "new ground" although a
// true one was among the first five, and how often it would show something
// for a record that is in no group. Those are asked as if just reported. Last,
// what is certainly new: reports from the field asked of software reviews only.
func (d data) printGround(out io.Writer) {
	e := unseen("", fill(d.pool, recall.Usual()), d)
	cut := forms()[0].cut
	grouped := map[string][]string{}
	for _, g := range d.groups {
		for _, id := range g.Members {
			grouped[id] = append(grouped[id], g.Members...)
		}
	}
	var missed, known, shown, alone float64
	for _, r := range d.pool {
		title, text := cut(r)
		hits := e.ask(r.ID, title, text)
		if grouped[r.ID] == nil {
			alone++
			if len(hits) > 0 && !hits[0].Weak {
				shown++
			}
			continue
		}
		true5 := slices.IndexFunc(hits[:min(5, len(hits))], func(h recall.Hit) bool { return slices.Contains(grouped[r.ID], h.ID) })
		if true5 >= 0 {
			known++
			if hits[true5].Weak {
				missed++
			}
		}
	}
	var software []record
	for _, r := range d.pool {
		if r.isReview() || r.Kind == "facts-only" {
			software = append(software, r)
		}
	}
	var strange, taken float64
	other := similar("", fill(software, recall.Usual()))
	for _, r := range d.pool {
		if r.Kind == "near-miss-report" || r.Kind == "lesson-learned" {
			strange++
			title, text := cut(r)
			if hits := other.ask(r.ID, title, text); len(hits) > 0 && !hits[0].Weak {
				taken++
			}
		}
	}
	fmt.Fprintf(out, "  a true one among the first five is called weak: %.0f of %.0f\n", missed, known)
	fmt.Fprintf(out, "  something is shown for a record in no group:    %.0f of %.0f\n", shown, alone)
	fmt.Fprintf(out, "  something is shown for another line of work:    %.0f of %.0f\n", taken, strange)
}
