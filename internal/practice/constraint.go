package practice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Constraint is an inherent gap named as a boundary, with the place where
// plans are made. Nobody is behind on it: it has no assignee and no day by
// which it must be fixed (the pattern, section 4, step 5).
type Constraint struct {
	ID        ConstraintID
	Number    int
	Team      TeamID
	Text      string // the boundary
	Assume    string // "our strategy must assume …"
	Kind      ConstraintKind
	Places    []string // where plans are made and it now stands
	Link      string   // an address of that place, if it has one
	Doubt     string   // what would show that it no longer holds
	NamedAt   time.Time
	LookAt    time.Time // when to ask whether it still holds
	Evidence  []GapID
	Failures  []FailureID
	Withdrawn time.Time // zero while it holds
	Why       string    // why it was withdrawn
}

// ConstraintKind is what a boundary is made of; empty where nobody said.
type ConstraintKind string

// The kinds of boundary.
const (
	ByPeople  ConstraintKind = "people"
	ByTech    ConstraintKind = "technical"
	ByPartner ConstraintKind = "partner"
	ByLaw     ConstraintKind = "law"
	ByMoney   ConstraintKind = "money"
	ByOther   ConstraintKind = "other"
)

// ConstraintKinds are the kinds in the order they are offered.
func ConstraintKinds() []ConstraintKind {
	return []ConstraintKind{ByPeople, ByTech, ByPartner, ByLaw, ByMoney, ByOther}
}

// Check refuses a boundary that stands nowhere: a limit nobody plans from is
// forgotten.
func (c Constraint) Check() error {
	switch {
	case strings.TrimSpace(c.Text) == "":
		return Refuse(Invalid, "constraint.text").At("text")
	case strings.TrimSpace(c.Assume) == "":
		return Refuse(Invalid, "constraint.assume").At("assume")
	case len(c.Places) == 0 || strings.TrimSpace(c.Places[0]) == "":
		return Refuse(Invalid, "constraint.place").At("place")
	case c.Kind != "" && !slices.Contains(ConstraintKinds(), c.Kind):
		return Refuse(Invalid, "required").At("kind")
	case c.Link != "" && !WebAddress(c.Link):
		return Refuse(Invalid, "link.bad").At("link")
	case utf8.RuneCountInString(c.Text) > MaxAnswer || utf8.RuneCountInString(c.Assume) > MaxAnswer:
		return Refuse(Invalid, "too.long").At("text").With("max", MaxAnswer)
	}
	return nil
}

// LookAgain is when a boundary is asked about again, unless the room says
// otherwise: circumstances move within a year.
func LookAgain(named time.Time) time.Time { return named.AddDate(1, 0, 0) }

// Asked is when it was last asked about: as it was named, or as somebody said since that it
// still holds.
func (c Constraint) Asked() time.Time {
	if LookAgain(c.NamedAt).Equal(c.LookAt) {
		return c.NamedAt
	}
	return c.LookAt.AddDate(-1, 0, 0)
}

// Due reports whether it is time to ask whether it still holds.
func (c Constraint) Due(now time.Time) bool { return c.Withdrawn.IsZero() && c.LookAt.Before(now) }

// Withdraw takes a boundary down, with what shows that it has moved.
func (c Constraint) Withdraw(why string, now time.Time) (Constraint, error) {
	switch {
	case !c.Withdrawn.IsZero():
		return c, Refuse(Conflict, "constraint.gone")
	case strings.TrimSpace(why) == "":
		return c, Refuse(Invalid, "constraint.why").At("why")
	case utf8.RuneCountInString(why) > MaxAnswer:
		return c, Refuse(Invalid, "too.long").At("why").With("max", MaxAnswer)
	}
	c.Withdrawn, c.Why = now, strings.TrimSpace(why)
	return c, nil
}
