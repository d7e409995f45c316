package practice

import (
	"strconv"
	"strings"
)

// StepNumbers are what the steps of a page are called, by how many others each
// stands under, in reading order: top-level steps are counted through the page,
// and those under the third are 3.1 and 3.2.
func StepNumbers(depths []int) []string {
	var counts []int
	var out []string
	for _, depth := range depths {
		if depth >= len(counts) {
			depth = len(counts) // nothing stands under what is not there
			counts = append(counts, 0)
		}
		counts = counts[:depth+1]
		counts[depth]++
		out = append(out, dotted(counts))
	}
	return out
}

// NextStep is what a step behind the one of this number would be called; the
// first of a page where there is none.
func NextStep(number string) string {
	above, last, nested := cutLast(number)
	n, _ := strconv.Atoi(last)
	if !nested {
		return strconv.Itoa(n + 1)
	}
	return above + "." + strconv.Itoa(n+1)
}

func cutLast(number string) (above, last string, nested bool) {
	at := strings.LastIndexByte(number, '.')
	if at < 0 {
		return "", number, false
	}
	return number[:at], number[at+1:], true
}

func dotted(counts []int) string {
	var parts []string
	for _, n := range counts {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ".")
}
