package practice

import "slices"

// ReadBy reports whether somebody reads what was reported: everybody reads what
// was brought in from elsewhere, and its team the rest, or of the team the named
// people to whom it is restricted.
func (f Failure) ReadBy(a Actor) bool {
	if f.Source == SourceImported {
		return true
	}
	return a.In(f.Team) && (!f.Restricted() || slices.Contains(f.Only, a.Member))
}

// MarkDrill says that somebody only practised, or takes that back, while none of its
// reviews has closed: what was counted does not vanish on one person's word, and what was
// only practised is not counted on it.
func (f Failure) MarkDrill(drill bool, reviews []Review) (Failure, error) {
	if f.Drill == drill {
		return f, nil
	}
	if slices.ContainsFunc(reviews, func(r Review) bool { return r.Phase == PhaseClosed }) {
		return f, Refuse(Conflict, "drill.closed").With("number", f.Number)
	}
	f.Drill = drill
	return f, nil
}

// Restricted reports whether named people read it, and not all of its team.
func (f Failure) Restricted() bool { return len(f.Only) > 0 }

// Reading is how much somebody reads of the record that a closed review leaves.
type Reading int

// The forms of a record, each with all of the one before it.
const (
	ReadsNothing Reading = iota // not even what the failure is called
	ReadsShort                  // when it was, what changed, and who carries it
	ReadsWhole                  // all that was agreed
)

// Reader is what somebody has to do with a closed review.
type Reader struct {
	Took     bool // was invited and entered the room
	Reported bool // reported the failure
	Team     bool // is of the failure's team
	Leads    bool // leads somebody who entered the room
	Guided   bool // led the room from outside
	Carries  bool // carries the promise, or is asked to
	Only     bool // the failure is restricted to named people
	Named    bool // and this is one of them
}

// Reads decides how much of a record somebody reads. Those who were there and
// whoever reported it read the whole. Others it concerns read the short form,
// unless everybody in the room ticked that they may read the whole. Of a failure
// that is restricted to named people, the others are those of them.
func (r Reader) Reads(ticked bool) Reading {
	concerns := (r.Team || r.Leads || r.Guided || r.Carries) && (r.Named || !r.Only)
	switch {
	case r.Took || r.Reported || concerns && ticked:
		return ReadsWhole
	case concerns:
		return ReadsShort
	}
	return ReadsNothing
}
