package unmask

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// index is what an attack finds in the rows of a copy whichever text it looks at,
// found once for all texts.
type index struct {
	at, then map[string][]int // the rows, and those of the past, that hold a text, by its key
	having   map[string][]int // the rows that have a value
	sizes    map[string]int   // the first row that has a length
	wrote    map[int64][]row  // what each transaction wrote
	txs      []int64          // those transactions
	left     map[int64][]row  // what is left of it in the rows
	who      map[int64][]int  // whom it named
	tokens   map[int64][]string
	came     map[string]int64 // the transaction that a token came with
}

// remember finds something the first time that it is asked for.
func remember[K comparable, V any](known *map[K]V, of K, find func() V) V {
	if v, ok := (*known)[of]; ok {
		return v
	}
	if *known == nil {
		*known = map[K]V{}
	}
	v := find()
	(*known)[of] = v
	return v
}

// bodyKey is how the key of a text is written.
var bodyKey = regexp.MustCompile(`[0-9a-f]{16}`)

// octal is how PostgreSQL writes a byte that is no letter.
var octal = regexp.MustCompile(`\\[0-7]{3}`)

// byKey finds the rows that hold texts.
func byKey(rows []row) map[string][]int {
	at := map[string][]int{}
	for i, r := range rows {
		for _, v := range r.values {
			if marked(r.table) {
				v = octal.ReplaceAllString(v, " ")
			}
			if marked(r.table) || strings.Contains(v, "named ") || strings.Contains(v, "nswer ") {
				for _, key := range bodyKey.FindAllString(v, -1) {
					at[key] = append(at[key], i)
				}
			}
		}
	}
	return at
}

func byTx(rows []row) map[int64][]row {
	by := map[int64][]row{}
	for _, r := range rows {
		by[r.tx] = append(by[r.tx], r)
	}
	return by
}

// holding are the rows that hold a text.
func (c *copied) holding(t text) []int {
	if c.at == nil {
		c.at = byKey(c.rows)
	}
	return c.at[t.key()]
}

// held are the rows of the past that hold it.
func (c *copied) held(t text) []int {
	if c.then == nil {
		c.then = byKey(c.past)
	}
	return c.then[t.key()]
}

// having are the rows that have a value.
func (c *copied) having(value string) []int {
	if c.index.having == nil {
		c.index.having = map[string][]int{}
		for i, r := range c.rows {
			for _, v := range r.values {
				c.index.having[v] = append(c.index.having[v], i)
			}
		}
	}
	return c.index.having[value]
}

// sized is the first row that has a length in it.
func (c *copied) sized(length string) (row, bool) {
	if c.sizes == nil {
		c.sizes = map[string]int{}
		for i, r := range slices.Backward(c.rows) {
			for column, v := range r.values {
				if strings.Contains(column, "size") {
					c.sizes[v] = i
				}
			}
		}
	}
	i, ok := c.sizes[length]
	if !ok {
		return row{}, false
	}
	return c.rows[i], true
}

// by are the rows that a transaction wrote.
func (c *copied) by(tx int64) []row {
	if c.wrote == nil {
		c.wrote = byTx(c.past)
		c.txs = slices.Sorted(maps.Keys(c.wrote))
	}
	return c.wrote[tx]
}

// before is the last transaction before one.
func (c *copied) before(tx int64) int64 {
	c.by(tx)
	if nth, _ := slices.BinarySearch(c.txs, tx); nth > 0 {
		return c.txs[nth-1]
	}
	return 0
}

// alike are the rows that are left of what a transaction wrote.
func (c *copied) alike(tx int64) []row {
	if c.left == nil {
		c.left = byTx(c.rows)
	}
	return c.left[tx]
}

// tellers are the people whom a transaction named.
func (c *copied) tellers(l *loot, tx int64) []int {
	return remember(&c.who, tx, func() []int { return l.named(c.by(tx)...) })
}

// seatKey is how the key of a seat is written.
var seatKey = regexp.MustCompile(`[0-9a-f]{64}|[A-Za-z0-9_-]{43}`)

// tokens are the seats in what a transaction wrote.
func (c *copied) tokens(tx int64) []string {
	return remember(&c.index.tokens, tx, func() (all []string) {
		for _, r := range c.by(tx) {
			for _, v := range r.values {
				all = append(all, seatKey.FindAllString(v, -1)...)
			}
		}
		return all
	})
}

// came is the transaction that a value came with.
func (c *copied) came(value string) int64 {
	return remember(&c.index.came, value, func() (first int64) {
		for _, r := range c.past {
			for _, v := range r.values {
				if strings.Contains(v, value) && (first == 0 || r.tx < first) {
					first = r.tx
				}
			}
		}
		return first
	})
}
