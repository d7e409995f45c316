package prose

import (
	"strconv"
	"strings"
)

// finish joins the pieces of an edited page, reads it again, and makes sure
// that nothing but the edit has changed: every other step still has its words.
// text is the wording that came in, lists a step of each list that is to be
// numbered anew if it counted up.
func (p Procedure) finish(pieces []piece, text string, lists []int) (Edit, error) {
	from := make([]int, 0, len(p.Steps)+1)
	extra := -1 // the step behind which a wording may have brought more
	for _, pc := range pieces {
		switch {
		case pc.step >= 0:
			from = append(from, pc.step)
		case pc.step < fresh:
			from = append(from, fresh-1-pc.step)
		case pc.step == fresh:
			extra = len(from)
			from = append(from, pc.was)
		}
	}
	q, err := ParseProcedure([]byte(p.join(pieces)))
	if err != nil {
		return Edit{}, err
	}
	if more := len(q.Steps) - len(from); more > 0 && extra >= 0 {
		tail := append([]int{}, from[extra+1:]...)
		for from = from[:extra+1]; more > 0; more-- {
			from = append(from, -1)
		}
		from = append(from, tail...)
	}
	if !p.sameBut(q, from, extra) {
		if linkAlone.MatchString(text) {
			return Edit{}, errLink
		}
		return Edit{}, errBreaks
	}
	for _, i := range lists {
		if i >= 0 && p.items[i].digits != "" && p.countsUp(i) {
			q = p.renumber(q, from, extra, i)
		}
	}
	return Edit{q, from}, nil
}

// join puts the pieces together. Only the last may lack a line ending, and it
// does if the page did.
func (p Procedure) join(pieces []piece) string {
	ending := p.ending()
	var b strings.Builder
	for i, pc := range pieces {
		b.WriteString(pc.raw)
		if i < len(pieces)-1 && pc.raw != "" && lineEnding(pc.raw) == "" {
			b.WriteString(ending)
		}
	}
	page := b.String()
	if n := len(p.Blocks); n > 0 && lineEnding(p.Blocks[n-1].Raw) == "" {
		page = strings.TrimSuffix(page, ending)
	}
	return p.mark + page
}

// sameBut reports whether every step of q that came from p has its old words,
// but for the one that was edited, and whether all the prose of p is there.
func (p Procedure) sameBut(q Procedure, from []int, edited int) bool {
	if len(q.Steps) != len(from) {
		return false
	}
	for k, i := range from {
		if i >= 0 && k != edited && q.Steps[k].Text != p.Steps[i].Text {
			return false
		}
	}
	left := q.between()
	for words, n := range p.between() {
		if left[words] < n {
			return false
		}
	}
	return true
}

// between counts the blocks of words that are no steps'.
func (p Procedure) between() map[string]int {
	blocks := map[string]int{}
	for _, b := range p.Blocks {
		if b.Kind != StepBlock && b.Kind != Blank {
			blocks[strings.Join(strings.Fields(b.Raw), " ")]++
		}
	}
	return blocks
}

// countsUp reports whether the numbers of a step's list rise by one. A single
// item does.
func (p Procedure) countsUp(step int) bool {
	before := -1
	for _, it := range p.items {
		if it.list != p.items[step].list {
			continue
		}
		n, err := strconv.Atoi(it.digits)
		if err != nil || before >= 0 && n != before+1 || it.digits != strconv.Itoa(n) {
			return false
		}
		before = n
	}
	return true
}

// renumber counts the list anew that step i of p stood in, so that a printed
// page reads 1, 2, 3. Where that would move words into another place the
// numbers stay as they are.
func (p Procedure) renumber(q Procedure, from []int, edited, i int) Procedure {
	at := -1
	for k, was := range from {
		if was == i && q.items[k].digits != "" {
			at = k
		}
	}
	if at < 0 {
		return q
	}
	n := p.firstNumber(i)
	pieces := q.pieces()
	for k, it := range q.items {
		if it.list != q.items[at].list {
			continue
		}
		if digits := strconv.Itoa(n); digits != it.digits {
			q.number(pieces, k, digits)
		}
		n++
	}
	r, err := ParseProcedure([]byte(q.join(pieces)))
	if err != nil || !p.sameBut(r, from, edited) {
		return q
	}
	return r
}

// firstNumber returns the number a step's list begins with.
func (p Procedure) firstNumber(step int) int {
	for _, it := range p.items {
		if it.list == p.items[step].list {
			n, _ := strconv.Atoi(it.digits)
			return n
		}
	}
	return 1
}

// number writes another number before a step. What stands under it moves along
// when the number takes more room than before, or less.
func (p Procedure) number(pieces []piece, step int, digits string) {
	it := p.items[step]
	first, end := p.reach(step)
	at := strings.LastIndex(it.lead, it.digits+it.glyph)
	grown := len(digits) - len(it.digits)
	behind := it.lead[at+len(it.digits):]
	if grown > 0 && strings.HasPrefix(it.pad, " ") && len(it.pad) > grown {
		behind = it.glyph + it.pad[grown:] + behind[len(it.glyph)+len(it.pad):]
		grown = 0
	}
	pieces[first].raw = it.lead[:at] + digits + behind + shift(pieces[first].raw[len(it.lead):], grown, true)
	for k := first + 1; k < end; k++ {
		pieces[k].raw = shift(pieces[k].raw, grown, false)
	}
}
