package unmask

import (
	"bytes"
	"slices"
)

// beside is whoever stands nearest to a text in some bytes.
func (l *loot) beside(raw []byte, t text) []int {
	const reach = 400
	key := []byte(t.key())
	best, nearest := reach, -1
	for from := 0; ; {
		i := bytes.Index(raw[from:], key)
		if i < 0 {
			break
		}
		at := from + i
		around := raw[max(0, at-reach):min(len(raw), at+reach)]
		for _, m := range memberID.FindAllIndex(around, -1) {
			away := max(0, at-reach) + m[0] - at
			if p, ok := l.people[string(around[m[0]:m[1]])]; ok && max(away, -away) < best {
				best, nearest = max(away, -away), p
			}
		}
		from = at + len(key)
	}
	if nearest < 0 {
		return nil
	}
	return []int{nearest}
}

// clone is a copy of a copy that can be changed.
func (c *copied) clone() *copied {
	return &copied{rows: slices.Clone(c.rows), past: slices.Clone(c.past), raw: c.raw}
}
