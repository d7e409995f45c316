package app

import (
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// History is a procedure with all its versions and everything its lines ever
// said: blame, in the sense programmers use the word, without a person in it.
type History struct {
	Manual
	Turns   []Turn // the versions, the latest first
	Decides bool   // the reader says what becomes of what is on trial

	wordings []store.Wording
	lines    map[practice.StepID]practice.ProcedureStep // those taken out, too
}

// Turn is one version: why it came, which failure stood behind it, and what it
// did to which line.
type Turn struct {
	Revision practice.Revision // without its Markdown
	Scar     practice.Scar     // the failure behind it; zero where there was none
	Effect   practice.Effect   // what is watched of it, for who reads of its failure
	Checks   string            // the group on which it adds a check; empty where it adds none
	Lines    []LineTurn
}

// LineTurn is what happened to one line between two versions. Old is empty for
// a new line, New for one that went.
type LineTurn struct {
	Step     practice.StepID
	Number   string // what it is called in the later version; for a line that went, in the earlier one
	Old, New string
	Moved    bool            // it stands in another place among the others
	Became   practice.StepID // the line it was joined with, if it was
	Origin   practice.StepID // the line it was split from, if it was
}

// Line is a line as it stood in a version.
type Line struct {
	Step   practice.StepID
	Number string
	Text   string
	Since  int // the version that gave it these words
}

// History returns how a procedure came to say what it says.
func (a *App) History(ctx context.Context, actor practice.Actor, slug string) (History, error) {
	return read(ctx, a, func(tx *store.Tx) (History, error) {
		p, err := tx.ProcedureBySlug(slug)
		if err != nil {
			return History{}, err
		}
		return history(tx, actor, p)
	})
}

func history(tx *store.Tx, actor practice.Actor, p practice.Procedure) (History, error) {
	h := History{lines: map[practice.StepID]practice.ProcedureStep{}}
	r, err := newReader(tx, actor)
	if err != nil {
		return h, err
	}
	if h.Manual, err = r.manual(tx, p); err != nil {
		return h, err
	}
	h.Decides = h.Mine && mayDecide(tx, actor, p) == nil
	revisions, err := tx.Revisions(p.ID)
	if err != nil {
		return h, err
	}
	if h.wordings, err = tx.WordingsOf(p.ID); err != nil {
		return h, err
	}
	steps, err := tx.Steps(p.ID, true)
	if err != nil {
		return h, err
	}
	r.steps(steps)
	for _, s := range steps {
		h.lines[s.ID] = s
	}
	scars, err := tx.ScarsOf(p.ID)
	if err != nil {
		return h, err
	}
	r.scars(scars)
	checks, err := tx.Checks(p.ID)
	if err != nil {
		return h, err
	}
	for _, revision := range revisions {
		h.Turns = append(h.Turns, Turn{Revision: revision, Checks: checks[revision.Number]})
	}
	for i := range h.Turns {
		t := &h.Turns[i]
		t.Lines = h.Between(t.Revision.Number-1, t.Revision.Number)
		if t.Scar, err = r.scarBehind(tx, t.Revision, scars); err != nil {
			return h, err
		}
	}
	return h, h.watched(tx)
}

// watched reads what is watched of each version, for who reads of its failure.
func (h *History) watched(tx *store.Tx) error {
	effects, err := tx.EffectsOf(h.Procedure.ID)
	for i, t := range h.Turns {
		at := slices.IndexFunc(effects, func(e practice.Effect) bool { return e.Gap == t.Revision.Gap })
		if at >= 0 && t.Scar.Number > 0 {
			h.Turns[i].Effect = effects[at]
		}
	}
	return err
}

// scarBehind finds the failure that led to a version. One that only took lines
// out left no scar on any, but has a gap to follow.
func (r reader) scarBehind(tx *store.Tx, is practice.Revision, scars []practice.Scar) (practice.Scar, error) {
	at := slices.IndexFunc(scars, func(s practice.Scar) bool { return s.Revision == is.Number && (s.Gap == is.Gap || is.Gap == "") })
	if at >= 0 {
		return scars[at], nil
	}
	if is.Gap == "" {
		return practice.Scar{}, nil
	}
	f, err := failureOfGap(tx, is.Gap)
	if err != nil {
		return practice.Scar{}, err
	}
	scar, err := r.scarOf(tx, f.ID)
	scar.Revision, scar.At = is.Number, is.At
	return scar, err
}

// failureOfGap follows a learning back to what went wrong.
func failureOfGap(tx *store.Tx, id practice.GapID) (practice.Failure, error) {
	g, err := tx.Gap(id)
	if err != nil {
		return practice.Failure{}, err
	}
	r, err := tx.Review(g.Review)
	if err != nil {
		return practice.Failure{}, err
	}
	return tx.Failure(r.Failure)
}

// Turn returns one version by its number.
func (h History) Turn(number int) (Turn, bool) {
	at := slices.IndexFunc(h.Turns, func(t Turn) bool { return t.Revision.Number == number })
	if at < 0 {
		return Turn{}, false
	}
	return h.Turns[at], true
}

// At returns the lines of a version in reading order; none where there is no
// such version.
func (h History) At(number int) []Line {
	t, _ := h.Turn(number)
	said := map[practice.StepID]store.Wording{}
	for _, w := range h.wordings {
		if w.Revision <= number {
			said[w.Step] = w
		}
	}
	var depths []int
	for _, id := range t.Revision.Steps {
		depths = append(depths, h.lines[id].Depth)
	}
	var out []Line
	for i, n := range practice.StepNumbers(depths) {
		id := t.Revision.Steps[i]
		out = append(out, Line{Step: id, Number: n, Text: said[id].Text, Since: said[id].Revision})
	}
	return out
}

// Between returns what happened to each line from one version to another: the
// lines that stand there in reading order, then those that went. What stayed
// as it was is left out.
func (h History) Between(from, to int) []LineTurn {
	turns := linesBetween(h.At(from), h.At(to))
	for i, t := range turns {
		switch s := h.lines[t.Step]; {
		case t.Old == "":
			turns[i].Origin = s.Origin
		case t.New == "":
			turns[i].Became = s.Became
		}
	}
	return turns
}

func linesBetween(was, now []Line) []LineTurn {
	names := func(lines []Line) (ids []string) {
		for _, l := range lines {
			ids = append(ids, string(l.Step))
		}
		return ids
	}
	moved := prose.Moved(names(was), names(now))
	left := map[practice.StepID]Line{}
	for _, l := range was {
		left[l.Step] = l
	}
	var out []LineTurn
	for _, l := range now {
		old := left[l.Step]
		delete(left, l.Step)
		t := LineTurn{Step: l.Step, Number: l.Number, Old: old.Text, New: l.Text, Moved: moved[string(l.Step)]}
		if t.Old != t.New || t.Moved {
			out = append(out, t)
		}
	}
	for _, l := range was {
		if _, gone := left[l.Step]; gone {
			out = append(out, LineTurn{Step: l.Step, Number: l.Number, Old: l.Text})
		}
	}
	return out
}

// Of returns the versions that did something to one line, the latest first.
// Where it was split from another, they go on with that one's.
func (h History) Of(step practice.StepID) []Turn {
	var out []Turn
	for _, t := range h.Turns {
		at := slices.IndexFunc(t.Lines, func(l LineTurn) bool { return l.Step == step })
		if at < 0 {
			continue
		}
		l := t.Lines[at]
		if l.Origin != "" {
			step = l.Origin
			if k := slices.IndexFunc(t.Lines, func(o LineTurn) bool { return o.Step == l.Origin }); k >= 0 {
				l.Old = t.Lines[k].Old
			}
		}
		t.Lines = []LineTurn{l}
		out = append(out, t)
	}
	return out
}

// Step returns a line as it last was, whether it is in use or not.
func (h History) Step(id practice.StepID) practice.ProcedureStep { return h.lines[id] }

// Pages returns the page of a version and the one before it.
func (a *App) Pages(ctx context.Context, _ practice.Actor, id practice.ProcedureID, number int) (was, is prose.Procedure, err error) {
	err = a.store.View(ctx, func(tx *store.Tx) error {
		for n, page := range map[int]*prose.Procedure{number - 1: &was, number: &is} {
			r, err := tx.Revision(id, n)
			if err != nil {
				return err
			}
			if *page, err = readPage(r.Markdown); err != nil {
				return err
			}
		}
		return nil
	})
	return was, is, err
}
