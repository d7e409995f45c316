package prose

import (
	"cmp"
	"slices"
	"strings"
)

// StepText is a step as the matching of two pages sees it. ID is empty for a
// new page.
type StepText struct {
	ID      string
	Text    string
	Depth   int
	Heading string
}

// StepMatch tells who a step of the new page is.
type StepMatch struct {
	ID        string   // the old step it is; empty if it is new
	SplitFrom string   // for a new step: the old step its words were part of
	Merged    []string // the old steps that went into it, beside its own
}

// MatchSteps finds the steps of an old page in a new one, so that they keep
// their identity through edits, moves, splits and merges when a whole page is
// pasted again. It answers for each new step in turn; no old step is answered
// twice. Of two parts of a split the larger keeps the identity, and so does
// the larger of two that were merged. Equal pages give equal answers always.
func MatchSteps(old, new []StepText) []StepMatch {
	m := matcher{old: gauge(old), new: gauge(new)}
	m.inOld, m.inNew = indexOf(m.old), indexOf(m.new)
	m.exact()
	for range 3 { // what was found makes neighbours of what was not
		if !m.similar() {
			break
		}
	}
	matches := make([]StepMatch, len(new))
	m.splits(matches)
	m.merges(matches)
	for j, i := range m.newToOld() {
		if i >= 0 {
			matches[j].ID, matches[j].SplitFrom = old[i].ID, ""
		}
	}
	return matches
}

// gauged is a step with what is compared of it.
type gauged struct {
	StepText
	text  string         // without differences of white space
	words map[string]int // in lower case
	count int
	mate  int // its place on the other page, or -1
}

func gauge(steps []StepText) []gauged {
	out := make([]gauged, len(steps))
	for i, s := range steps {
		g := gauged{StepText: s, text: strings.Join(strings.Fields(s.Text), " "), words: map[string]int{}, mate: -1}
		for _, t := range tokens(strings.ToLower(Plain(s.Text))) {
			if tokenKind([]rune(t)[0]) == 1 {
				g.words[t]++
				g.count++
			}
		}
		out[i] = g
	}
	return out
}

type matcher struct {
	old, new     []gauged
	inOld, inNew map[string][]int // the steps that hold a word
}

func indexOf(steps []gauged) map[string][]int {
	index := map[string][]int{}
	for i, s := range steps {
		for w := range s.words {
			index[w] = append(index[w], i)
		}
	}
	return index
}

func (m *matcher) pair(i, j int) {
	m.old[i].mate, m.new[j].mate = j, i
}

func (m *matcher) newToOld() []int {
	mates := make([]int, len(m.new))
	for j := range m.new {
		mates[j] = m.new[j].mate
	}
	return mates
}

// exact pairs equal texts: those in equal surroundings first, then those under
// the same heading, then any, in their order.
func (m *matcher) exact() {
	at := func(s []gauged, i int) string {
		if i < 0 || i >= len(s) {
			return ""
		}
		return s[i].text
	}
	join := func(parts ...string) string { return strings.Join(parts, "\x00") }
	for _, key := range []func(s []gauged, i int) string{
		func(s []gauged, i int) string { return join(s[i].text, s[i].Heading, at(s, i-1), at(s, i+1)) },
		func(s []gauged, i int) string { return join(s[i].text, s[i].Heading, at(s, i-1)) },
		func(s []gauged, i int) string { return join(s[i].text, s[i].Heading, at(s, i+1)) },
		func(s []gauged, i int) string { return join(s[i].text, s[i].Heading) },
		func(s []gauged, i int) string { return join(s[i].text, at(s, i-1), at(s, i+1)) },
		func(s []gauged, i int) string { return s[i].text },
	} {
		waiting := map[string][]int{}
		for i := range m.old {
			if m.old[i].mate < 0 {
				k := key(m.old, i)
				waiting[k] = append(waiting[k], i)
			}
		}
		for j := range m.new {
			if m.new[j].mate >= 0 {
				continue
			}
			if k := key(m.new, j); len(waiting[k]) > 0 {
				m.pair(waiting[k][0], j)
				waiting[k] = waiting[k][1:]
			}
		}
	}
}

// candidate is an old and a new step that may be one.
type candidate struct {
	i, j  int
	score float64
}

// similar pairs what is alike, the most alike first, and reports whether it
// found anything.
func (m *matcher) similar() bool {
	var found []candidate
	for j := range m.new {
		if m.new[j].mate >= 0 {
			continue
		}
		for _, i := range sharing(m.new[j], m.inOld) {
			if m.old[i].mate >= 0 {
				continue
			}
			if score := m.score(i, j); score > 0 {
				found = append(found, candidate{i, j, score})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.j, b.j), cmp.Compare(a.i, b.i))
	})
	any := false
	for _, c := range found {
		if m.old[c.i].mate < 0 && m.new[c.j].mate < 0 {
			m.pair(c.i, c.j)
			any = true
		}
	}
	return any
}

// commonWord is how many steps may hold a word that still tells anything.
const commonWord = 50

// sharing returns the steps of an index that share a telling word with s.
func sharing(s gauged, index map[string][]int) []int {
	var at []int
	for w := range s.words {
		if len(index[w]) <= commonWord {
			at = append(at, index[w]...)
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// score says how sure it is that old step i is new step j: their common words,
// and a little for the same heading, neighbours and place. 0 is no.
func (m *matcher) score(i, j int) float64 {
	o, n := m.old[i], m.new[j]
	common := float64(overlap(o.words, n.words))
	alike := 2 * common / float64(o.count+n.count)
	if common >= 3 { // one may be a part of the other
		alike = max(alike, 0.8*common/float64(min(o.count, n.count)))
	}
	before, after := m.neighbours(i, j)
	if alike < 0.5 && !(alike >= 0.25 && common >= 2 && before && after) {
		return 0
	}
	score := alike
	for _, same := range []bool{o.Heading == n.Heading, before, after, o.Depth == n.Depth} {
		if same {
			score += 0.05
		}
	}
	far := float64(i)/float64(len(m.old)) - float64(j)/float64(len(m.new))
	return score - 0.02*max(far, -far)
}

// neighbours reports whether the steps before two are one, and those behind.
func (m *matcher) neighbours(i, j int) (before, after bool) {
	before = i == 0 && j == 0 || i > 0 && j > 0 && m.old[i-1].mate == j-1
	lastI, lastJ := i == len(m.old)-1, j == len(m.new)-1
	after = lastI && lastJ || !lastI && !lastJ && m.old[i+1].mate == j+1
	return before, after
}

// overlap counts the words two bags have in common.
func overlap(a, b map[string]int) int {
	n := 0
	for w, k := range a {
		n += min(k, b[w])
	}
	return n
}

// without is a bag less another.
func without(a, b map[string]int) map[string]int {
	rest := map[string]int{}
	for w, k := range a {
		if k > b[w] {
			rest[w] = k - b[w]
		}
	}
	return rest
}

// isPart reports whether most words of a bag are in what is left of another.
func isPart(part gauged, rest map[string]int) bool {
	n := overlap(part.words, rest)
	return n >= 2 && float64(n) >= 0.6*float64(part.count)
}

// splits names the old step that new steps beside it were part of.
func (m *matcher) splits(matches []StepMatch) {
	for j := range m.new {
		if m.new[j].mate >= 0 {
			continue
		}
		for _, k := range []int{j - 1, j + 1, j - 2, j + 2} {
			if k < 0 || k >= len(m.new) || m.new[k].mate < 0 {
				continue
			}
			i := m.new[k].mate
			rest := without(m.old[i].words, m.new[k].words)
			if !isPart(m.new[j], rest) {
				continue
			}
			part := j
			if overlap(m.new[j].words, m.old[i].words) > overlap(m.new[k].words, m.old[i].words) {
				m.new[k].mate = -1
				m.pair(i, j)
				part = k
			}
			matches[part].SplitFrom = m.old[i].ID
			break
		}
	}
}

// merges names the old steps that went into a new one that is another.
func (m *matcher) merges(matches []StepMatch) {
	for i := range m.old {
		if m.old[i].mate >= 0 {
			continue
		}
		best, most := -1, 0
		for _, j := range sharing(m.old[i], m.inNew) {
			k := m.new[j].mate
			if k < 0 || !isPart(m.old[i], without(m.new[j].words, m.old[k].words)) {
				continue
			}
			if n := overlap(m.old[i].words, m.new[j].words); n > most {
				best, most = j, n
			}
		}
		if best < 0 {
			continue
		}
		into := i
		if k := m.new[best].mate; most > overlap(m.old[k].words, m.new[best].words) {
			m.old[k].mate = -1
			m.pair(i, best)
			into = k
		}
		matches[best].Merged = append(matches[best].Merged, m.old[into].ID)
	}
}
