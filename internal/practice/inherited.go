package practice

import "strings"

// Inherited is something known from before, with what is said to it: by a plan, to
// what fits its words; by the people of a round of work as they begin it, to all that
// stands, changed or was promised before.
type Inherited struct {
	Plan  PlanID  // that says it, or
	Cycle CycleID // the round
	About string  // the id of what is known
	Says  Says
	Text  string
}

// Says is what is said to something known.
type Says string

// What it can say, each with its text.
const (
	SaysFits  Says = "fits"  // what is done differently because of it
	SaysApart Says = "apart" // it does not apply, because
	SaysTest  Says = "test"  // how it is tested whether it still holds
)

// Check refuses to set something aside without a reason.
func (i Inherited) Check() error {
	switch {
	case i.Says != SaysFits && i.Says != SaysApart && i.Says != SaysTest:
		return Refuse(Invalid, "required").At("says")
	case i.Says == SaysApart && strings.TrimSpace(i.Text) == "":
		return Refuse(Invalid, "inherited.because").At("so")
	case tooLong(i.Text, MaxAnswer):
		return Refuse(Invalid, "too.long").At("so").With("max", MaxAnswer)
	}
	return nil
}

// Counts reports whether it is a citation: something is done differently because
// of it. To have read it does not count, nor what is only assumed.
func (i Inherited) Counts() bool {
	return i.Says == SaysFits && i.Text != "" && !strings.HasPrefix(i.About, "asm_")
}
