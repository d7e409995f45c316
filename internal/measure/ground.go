package measure

import (
	"cmp"
	"slices"
	"time"

	"debrief/internal/practice"
)

// GroundDays is how far back failures are drawn on their grounds.
const GroundDays = 730

// FewOnGround is how many failures a ground has before anything is said of their shape;
// fewer of them stand there as cases.
const FewOnGround = 3

// Ground is a procedure with the failures that belong to it, and what came into force
// after them. The last one may be of no procedure: of what has led to none so far.
type Ground struct {
	Procedure practice.ProcedureID // empty: none
	Slug      string
	Title     string
	Marks     []Mark      // the failures, the first first
	Changed   []time.Time // the days on which a change came into force, the first first
	Places    int         // ways of failing, as people tied them
	Again     int         // failures that were the same again
	After     int         // of them, after a change for it was in force
}

// Mark is one failure on a ground.
type Mark struct {
	Number int
	Title  string
	At     time.Time // when it was noticed
	Same   int       // the number of the last one that people tied it to, directly or through others; 0: a new place
	Last   time.Time // when that was noticed
	After  bool      // a change for that place was in force
}

// Again reports whether it was the same again. The one before may be restricted to named
// people, and then has no number here.
func (m Mark) Again() bool { return !m.Last.IsZero() }

// Shape is what the failures on a ground look like.
type Shape string

// The shapes.
const (
	ShapeFew  Shape = "few"  // too few to say
	ShapeNew  Shape = "new"  // each in a new place
	ShapeSame Shape = "same" // all in the same ditch
	ShapeBoth Shape = "both" // some of them in the same ditch
)

// Shape says what the failures on a ground look like.
func (g Ground) Shape() Shape {
	switch {
	case len(g.Marks) < FewOnGround:
		return ShapeFew
	case g.Again == 0:
		return ShapeNew
	case g.Places == 1:
		return ShapeSame
	}
	return ShapeBoth
}

// Grounds are the procedures to which failures of a team belong, those with the latest
// failure first, and last what belongs to none. A failure belongs where it, or one tied to
// it as the same, led to a step or had one named. Nobody is counted, so a small team has
// them as well.
func Grounds(t practice.Trail, on []practice.TrailGround) []Ground {
	w := walk(t)
	s := surveyor{w, w.since(GroundDays), map[practice.ProcedureID]*Ground{}, map[*event][]*Ground{}}
	steps := map[string]*Ground{}
	for _, line := range on {
		g := s.ground(line)
		steps[line.Step] = g
		if e := w.of[line.Failure]; e != nil && !slices.Contains(s.of[e.root()], g) {
			s.of[e.root()] = append(s.of[e.root()], g)
		}
	}
	changes := w.lines()
	s.marks(changes)
	for place, some := range changes {
		for _, c := range some {
			if g := steps[c.What]; g != nil {
				s.changed(g, c.At)
				continue
			}
			for _, g := range s.groundsOf(place) {
				s.changed(g, c.At)
			}
		}
	}
	return s.all()
}

// surveyor puts failures on their grounds.
type surveyor struct {
	*walked
	from time.Time
	by   map[practice.ProcedureID]*Ground
	of   map[*event][]*Ground // by the first event of a place
}

func (s surveyor) ground(line practice.TrailGround) *Ground {
	g := s.by[line.Procedure]
	if g == nil {
		g = &Ground{Procedure: line.Procedure, Slug: line.Slug, Title: line.Title}
		s.by[line.Procedure] = g
	}
	return g
}

// groundsOf are those of a place; of one that led to no step, the one without a procedure.
func (s surveyor) groundsOf(place *event) []*Ground {
	if some := s.of[place]; len(some) > 0 {
		return some
	}
	return []*Ground{s.ground(practice.TrailGround{})}
}

// marks puts each event on its grounds, beside the last one of its place.
func (s surveyor) marks(changes map[*event][]practice.TrailChange) {
	last := map[*event]*event{}
	seen := map[*event]bool{}
	for _, e := range s.noticed() {
		place := e.root()
		m := Mark{Number: e.Number, Title: e.Title, At: e.RecognisedAt}
		if before := last[place]; before != nil {
			m.Same, m.Last = before.Number, before.RecognisedAt
			m.After = slices.ContainsFunc(changes[place], func(c practice.TrailChange) bool { return c.At.Before(m.At) })
		}
		last[place] = e
		if m.At.Before(s.from) {
			continue
		}
		for _, g := range s.groundsOf(place) {
			g.Marks = append(g.Marks, m)
			if !seen[place] {
				g.Places++
			}
			if m.Again() {
				g.Again++
			}
			if m.After {
				g.After++
			}
		}
		seen[place] = true
	}
}

func (s surveyor) changed(g *Ground, at time.Time) {
	if at = at.In(s.At.Location()); !at.Before(s.from) {
		y, m, d := at.Date()
		g.Changed = append(g.Changed, time.Date(y, m, d, 0, 0, 0, 0, s.At.Location()))
	}
}

// all are the grounds on which anything failed.
func (s surveyor) all() (all []Ground) {
	for _, g := range s.by {
		slices.SortFunc(g.Changed, time.Time.Compare)
		g.Changed = slices.CompactFunc(g.Changed, time.Time.Equal)
		if len(g.Marks) > 0 {
			all = append(all, *g)
		}
	}
	none := func(g Ground) int {
		if g.Procedure == "" {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b Ground) int {
		return cmp.Or(none(a)-none(b), b.Marks[len(b.Marks)-1].At.Compare(a.Marks[len(a.Marks)-1].At), cmp.Compare(a.Procedure, b.Procedure))
	})
	return all
}
