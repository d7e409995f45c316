package prose

import (
	"strings"

	"debrief/internal/practice"
)

// Edit is a procedure after a change, and for each of its steps the place it
// had before, or -1 for a new one.
type Edit struct {
	Procedure
	From []int
}

// Refusals of edits, beside those of the practice.
var (
	errEmpty  = practice.Refuse(practice.Invalid, "step.empty").At("text")
	errLink   = practice.Refuse(practice.Invalid, "step.link").At("text")
	errInside = practice.Refuse(practice.Invalid, "step.inside").At("to")
	errBreaks = practice.Refuse(practice.Invalid, "step.breaks").At("text")
)

// Change gives step i another wording and touches no byte beside it. Lists
// within the wording become steps of their own below it.
//
// It refuses an empty wording ("step.empty"), one that would change the lines
// around it ("step.breaks"), and a link without a word of what to do with it
// where that would be no step any more ("step.link").
func (p Procedure) Change(i int, text string) (Edit, error) {
	text = strings.Trim(text, " \t\r\n")
	if text == "" {
		return Edit{}, errEmpty
	}
	if text == p.Steps[i].Text {
		return p.finish(p.pieces(), text, nil)
	}
	pieces := p.pieces()
	at := p.items[i].block
	it, raw := p.items[i], pieces[at].raw
	tail := raw[len(strings.TrimRight(raw, " \t\r\n")):]
	lead := it.lead
	if strings.TrimRight(lead, " \t\u00a0") == lead { // its words began on the next line
		lead += " "
	}
	pieces[at].raw = lead + it.lines(guard(text, p.Steps[i].Box), p.ending()) + tail
	pieces[at].step, pieces[at].was = fresh, i
	return p.finish(pieces, text, nil)
}

// Insert adds a step behind step i and all that stands under it, in the manner
// of its neighbours; at the front for -1. A page without steps gets a list at
// its end. The refusals are those of [Procedure.Change].
func (p Procedure) Insert(i int, text string) (Edit, error) {
	text = strings.Trim(text, " \t\r\n")
	if text == "" {
		return Edit{}, errEmpty
	}
	pieces := p.pieces()
	if len(p.Steps) == 0 {
		return p.finish(p.appendList(pieces, text), text, nil)
	}
	like := max(i, 0)
	it := p.items[like].successor(p.Steps[like], i >= 0 && p.countsUp(like))
	box := NoBox
	if strings.Contains(it.lead, "[ ]") {
		box = OpenBox
	}
	new := piece{raw: it.lead + it.lines(guard(text, box), p.ending()) + p.ending(), step: fresh, was: -1}
	return p.finish(p.put(pieces, []piece{new}, i), text, []int{like})
}

// Move puts step j and all that stands under it behind step i and all under
// that, as its neighbour; to the front for -1. It refuses a place under the
// step itself ("step.inside").
func (p Procedure) Move(j, i int) (Edit, error) {
	first, end := p.reach(j)
	if i == j || i >= 0 && p.items[i].block >= first && p.items[i].block < end {
		return Edit{}, errInside
	}
	pieces := p.pieces()
	if i < 0 && j == 0 {
		return p.finish(pieces, "", nil)
	}
	like := max(i, 0)
	moved := p.restyle(pieces, j, p.items[like], p.Steps[like])
	return p.finish(drop(p.put(pieces, moved, i), j, len(moved), p.ending()), "", []int{like, p.sibling(j)})
}

// Remove takes step i out. What stands under it stays, one level up.
func (p Procedure) Remove(i int) (Edit, error) {
	pieces := p.pieces()
	first, end := p.reach(i)
	for k := range p.Steps {
		if p.items[k].parent == i {
			at, _ := p.reach(k)
			copy(pieces[at:], p.restyle(pieces, k, p.items[i], p.Steps[i]))
		}
	}
	for b := first + 1; b < end; b++ {
		if p.Blocks[b].Step < 0 && p.Blocks[b].Depth == p.Steps[i].Depth+1 {
			pieces[b].raw = p.items[i].release(pieces[b].raw)
		}
	}
	return p.finish(drop(pieces, i, 1, p.ending()), "", []int{p.sibling(i)})
}

// Split makes two steps of step i; it keeps text, the next one gets rest.
func (p Procedure) Split(i int, text, rest string) (Edit, error) {
	a, err := p.Change(i, text)
	if err != nil {
		return Edit{}, err
	}
	b, err := a.Insert(i, rest)
	return a.then(b), err
}

// Merge makes one step, with the given wording, of step i and the step into
// that it joins.
func (p Procedure) Merge(i, into int, text string) (Edit, error) {
	if i == into {
		return Edit{}, errInside
	}
	a, err := p.Change(into, text)
	if err != nil {
		return Edit{}, err
	}
	b, err := a.Remove(i + shiftOf(a.From, i))
	return a.then(b), err
}

// shiftOf returns how far step i has moved.
func shiftOf(from []int, i int) int {
	for k, was := range from {
		if was == i {
			return k - i
		}
	}
	return 0
}

// then is the edit that a and b are one after the other.
func (a Edit) then(b Edit) Edit {
	for k, was := range b.From {
		if was >= 0 {
			b.From[k] = a.From[was]
		}
	}
	return b
}
