package recall

import "slices"

// labels number the tags, so that counting them costs little.
type labels struct {
	numbers map[string]uint32
	names   []string // by number
}

// list returns the numbers of tags, new ones for those that were never seen.
func (l *labels) list(tags []string) []uint32 {
	var list []uint32
	for _, tag := range tags {
		n, ok := l.numbers[tag]
		if !ok {
			n = uint32(len(l.names))
			l.numbers[tag] = n
			l.names = append(l.names, tag)
		}
		list = append(list, n)
	}
	return list
}

// sieve is a filter made ready for the index it is asked of.
type sieve struct {
	*Filter
	labels []uint32
	none   bool // a tag that no document has
}

func (x *Index) sieve(f *Filter) sieve {
	s := sieve{Filter: f}
	for _, tag := range f.Tags {
		n, ok := x.labels.numbers[tag]
		s.labels, s.none = append(s.labels, n), s.none || !ok
	}
	return s
}

// passes reports whether a document may be an answer.
func (s *sieve) passes(e *entry) bool { return s.isOfKind(e) && s.passesOtherwise(e) }

func (s *sieve) isOfKind(e *entry) bool { return len(s.Kinds) == 0 || slices.Contains(s.Kinds, e.Kind) }

// passesOtherwise leaves its kind aside.
func (s *sieve) passesOtherwise(e *entry) bool {
	if s.none {
		return false
	}
	for _, n := range s.labels {
		if !slices.Contains(e.labels, n) {
			return false
		}
	}
	return s.Allow == nil || s.Allow(&e.Doc)
}

// census counts what a search found, by kind and by tag.
type census struct {
	kinds []kindCount
	tags  []int // by number
}

type kindCount struct {
	kind Kind
	n    int
}

func (c *census) kind(k Kind) {
	for i := range c.kinds {
		if c.kinds[i].kind == k {
			c.kinds[i].n++
			return
		}
	}
	c.kinds = append(c.kinds, kindCount{k, 1})
}

func (c *census) labels(list []uint32) {
	for _, n := range list {
		c.tags[n]++
	}
}

// result writes the counts into what was found.
func (c *census) result(names []string, f *Found) {
	f.Kinds, f.Tags = map[Kind]int{}, map[string]int{}
	for _, k := range c.kinds {
		f.Kinds[k.kind] = k.n
	}
	for i, n := range c.tags {
		if n > 0 {
			f.Tags[names[i]] = n
		}
	}
}
