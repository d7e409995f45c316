package prose

// anchored cuts texts too long for a table at words that each holds once and
// that keep their order. Without such words the whole of it was replaced.
func (d *differ) anchored(a, b []string) {
	pairs := anchors(a, b)
	if len(pairs) == 0 {
		d.add(Gone, a)
		d.add(Added, b)
		return
	}
	i, j := 0, 0
	for _, p := range pairs {
		d.compare(a[i:p[0]], b[j:p[1]])
		d.add(Same, b[p[1]:p[1]+1])
		i, j = p[0]+1, p[1]+1
	}
	d.compare(a[i:], b[j:])
}

// anchors returns the places of tokens that stand once in each text, the
// longest chain of them that rises in both.
func anchors(a, b []string) [][2]int {
	once := func(toks []string) map[string]int {
		at := map[string]int{}
		for i, t := range toks {
			if _, twice := at[t]; twice {
				at[t] = -1
			} else {
				at[t] = i
			}
		}
		return at
	}
	inA, inB := once(a), once(b)
	var pairs [][2]int
	for i, t := range a {
		if j, ok := inB[t]; ok && j >= 0 && inA[t] == i {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	return rising(pairs)
}

// rising returns the longest chain of pairs whose second numbers rise; the
// first ones do already.
func rising(pairs [][2]int) [][2]int {
	var ends []int // ends[n] is the pair that ends the best chain of n+1
	before := make([]int, len(pairs))
	for i, p := range pairs {
		lo, hi := 0, len(ends)
		for lo < hi {
			if mid := (lo + hi) / 2; pairs[ends[mid]][1] < p[1] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = ends[lo-1]
		}
		if lo == len(ends) {
			ends = append(ends, i)
		} else {
			ends[lo] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	chain := make([][2]int, len(ends))
	for n, i := len(ends)-1, ends[len(ends)-1]; n >= 0; n, i = n-1, before[i] {
		chain[n] = pairs[i]
	}
	return chain
}

// Moved returns which of the texts that two lists hold stand in another order
// in the second: as few of them as explain it. A text stands once in a list.
func Moved(old, new []string) map[string]bool {
	at := map[string]int{}
	for j, t := range new {
		at[t] = j
	}
	var pairs [][2]int
	moved := map[string]bool{}
	for i, t := range old {
		if j, ok := at[t]; ok {
			pairs = append(pairs, [2]int{i, j})
			moved[t] = true
		}
	}
	for _, p := range rising(pairs) {
		delete(moved, old[p[0]])
	}
	return moved
}
