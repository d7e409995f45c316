package recall

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// What is known about words before anybody here wrote any: every index counts as
// if some reports from anywhere were among its documents. With few documents
// they say nearly all about how telling a word is, with many next to nothing.
const (
	elsewhere  = 50.0  // how many they are
	commonRest = 0.004 // the part of them that has a word which is not in the list
	commonIdea = 0.03  // the part of them that has an idea
)

//go:embed elsewhere.txt
var commonList string

// commonStem is a stem and the part of the reports from anywhere that has it.
type commonStem struct {
	stem string
	part float64
}

// commonStems are those of the list, in its order.
var commonStems = sync.OnceValue(func() []commonStem {
	var all []commonStem
	percent := 0.0
	for line := range strings.Lines(commonList) {
		line = strings.TrimSpace(line)
		if n, err := strconv.Atoi(line); err == nil {
			percent = float64(n)
			continue
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			all = append(all, commonStem{stem(w), percent / 100})
		}
	}
	return all
})
