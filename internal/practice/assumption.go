package practice

import (
	"slices"
	"strings"
	"time"
)

// Assumption is what a team relies on in what it does and plans, though it may stop being
// true. Registered, it can be tested, and when it breaks everything that rests on it can
// be looked at.
type Assumption struct {
	ID     AssumptionID
	Number int
	Team   TeamID
	Text   string
	Limit  ConstraintID // the known limit it was taken from, if any
	By     MemberID
	Day    time.Time        // of its registration
	Tests  []AssumptionTest // the first one first
	Uses   []AssumptionUse
}

// Says reports whether an assumption says the same as some words, but for capital letters,
// spaces and a full stop at the end.
func (a NamedAssumption) Says(text string) bool {
	return bareAssumption(a.Text) == bareAssumption(text)
}

func bareAssumption(text string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(text), " ")), " .")
}

// NamedAssumption is an assumption as a list to choose from has it.
type NamedAssumption struct {
	ID      AssumptionID
	Number  int
	Team    TeamID
	Text    string
	Version int
}

// AssumptionState says whether an assumption can be relied on.
type AssumptionState string

// The states of an assumption.
const (
	AssumptionHeld     AssumptionState = "held"
	AssumptionBroken   AssumptionState = "broken"
	AssumptionReplaced AssumptionState = "replaced" // something else is assumed instead
)

// AssumptionStates are all of them, in the order in which they are offered.
func AssumptionStates() []AssumptionState {
	return []AssumptionState{AssumptionHeld, AssumptionBroken, AssumptionReplaced}
}

// AssumptionTest is that somebody found out whether an assumption holds.
type AssumptionTest struct {
	Place int // the first is 1
	State AssumptionState
	How   string       // how they know, in one line
	Gap   GapID        // of the review in which it showed, if it did in one
	Next  AssumptionID // what is assumed instead, where it was replaced
	By    MemberID
	Day   time.Time
}

// AssumptionUse is that a procedure, one step of it, or a plan rests on an assumption.
type AssumptionUse struct {
	ID         AssumptionUseID
	Assumption AssumptionID
	Procedure  ProcedureID
	Step       StepID // of the procedure; empty: all of it rests on it
	Plan       PlanID
	Day        time.Time
	Fine       string // why it can stay although the assumption no longer holds; empty until somebody looked
}

// AssumptionUseAct is what somebody does with something that rests on an assumption.
type AssumptionUseAct string

// What can be done.
const (
	UseFine   AssumptionUseAct = "fine"   // it stays as it is, with a reason
	UseNext   AssumptionUseAct = "next"   // it rests on what is assumed instead
	UseRemove AssumptionUseAct = "remove" // it does not rest on it
)

// Same reports whether two uses are of one thing.
func (u AssumptionUse) Same(other AssumptionUse) bool {
	return u.Procedure == other.Procedure && u.Step == other.Step && u.Plan == other.Plan
}

// State is what the last test came to. What nobody tested is held to be true.
func (a Assumption) State() AssumptionState {
	if last := a.Last(); last.State != "" {
		return last.State
	}
	return AssumptionHeld
}

// Last is the last test; the zero one where nobody tested it.
func (a Assumption) Last() AssumptionTest {
	if len(a.Tests) == 0 {
		return AssumptionTest{}
	}
	return a.Tests[len(a.Tests)-1]
}

// Version tells one state of it from the next, for two people who test it at once.
func (a Assumption) Version() int { return a.Last().Place }

// Check refuses an assumption that says nothing, or more than one line.
func (a Assumption) Check() error {
	switch {
	case strings.TrimSpace(a.Text) == "":
		return Refuse(Invalid, "assumption.text").At("text")
	case tooLong(a.Text, MaxLine):
		return Refuse(Invalid, "too.long").At("text").With("max", MaxLine)
	}
	return nil
}

// Test adds what somebody found to an assumption they read at a version. What rests on it
// is to be looked at anew once it no longer holds, and for another reason than before.
func (a Assumption) Test(t AssumptionTest, version int) (Assumption, error) {
	t.How = strings.TrimSpace(t.How)
	switch {
	case !slices.Contains(AssumptionStates(), t.State):
		return a, Refuse(Invalid, "required").At("state")
	case t.How == "":
		return a, Refuse(Invalid, "assumption.how").At("how")
	case tooLong(t.How, MaxLine):
		return a, Refuse(Invalid, "too.long").At("how").With("max", MaxLine)
	case t.State == AssumptionReplaced && t.Next == "":
		return a, Refuse(Invalid, "assumption.next").At("next")
	case t.State == AssumptionReplaced && t.Next == a.ID:
		return a, Refuse(Invalid, "assumption.itself").At("next")
	case version != a.Version():
		return a, ErrChanged
	}
	if t.State != AssumptionReplaced {
		t.Next = ""
	}
	t.Place = a.Version() + 1
	a.Tests = append(slices.Clone(a.Tests), t)
	a.Uses = slices.Clone(a.Uses)
	for i := range a.Uses {
		a.Uses[i].Fine = ""
	}
	return a, nil
}

// Open reports whether somebody is to look at something that rests on it.
func (a Assumption) Open(u AssumptionUse) bool { return a.State() != AssumptionHeld && u.Fine == "" }

// Excuse says why something can stay although the assumption no longer holds.
func (a Assumption) Excuse(u AssumptionUse, why string) (AssumptionUse, error) {
	why = strings.TrimSpace(why)
	switch {
	case a.State() == AssumptionHeld:
		return u, Refuse(Conflict, "assumption.holds").At("why")
	case why == "":
		return u, Refuse(Invalid, "assumption.fine").At("why")
	case tooLong(why, MaxLine):
		return u, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	u.Fine = why
	return u, nil
}
