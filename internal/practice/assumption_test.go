package practice

import (
	"errors"
	"testing"
)

// An assumption holds until somebody finds otherwise, in one line; what rests on it is
// looked at anew each time, and of two who test it at once the slower is told.
func TestAssumption(t *testing.T) {
	a := Assumption{ID: "asm_a", Text: "The courier comes before noon."}
	use := AssumptionUse{ID: "asu_a", Procedure: "prc_a"}
	a.Uses = []AssumptionUse{use}
	if a.State() != AssumptionHeld || a.Version() != 0 || a.Open(use) {
		t.Errorf("untested: %s at %d", a.State(), a.Version())
	}
	_, early := a.Excuse(use, "It is not urgent.")
	broke, err := a.Test(AssumptionTest{State: AssumptionBroken, How: " It came after one. "}, 0)
	if broke.State() != AssumptionBroken || broke.Version() != 1 || broke.Last().How != "It came after one." || !broke.Open(broke.Uses[0]) {
		t.Errorf("broken: %+v", broke)
	}
	fine, err2 := broke.Excuse(broke.Uses[0], " Somebody waits for it. ")
	if broke.Open(fine) || fine.Fine != "Somebody waits for it." {
		t.Errorf("looked at: %+v", fine)
	}
	broke.Uses[0] = fine
	again, err3 := broke.Test(AssumptionTest{State: AssumptionReplaced, How: "They said so.", Next: "asm_b"}, 1)
	if !again.Open(again.Uses[0]) || again.Last().Next != "asm_b" || broke.Uses[0].Fine == "" {
		t.Errorf("replaced: %+v", again)
	}
	held, err4 := again.Test(AssumptionTest{State: AssumptionHeld, How: "Measured.", Next: "asm_b"}, 2)
	if held.State() != AssumptionHeld || held.Last().Next != "" || held.Open(held.Uses[0]) {
		t.Errorf("held again: %+v", held)
	}
	_, slower := broke.Test(AssumptionTest{State: AssumptionHeld, How: "Measured."}, 0)
	if !errors.Is(slower, ErrChanged) {
		t.Errorf("the slower: %v", slower)
	}
	_, what := a.Test(AssumptionTest{State: "perhaps", How: "x"}, 0)
	_, how := a.Test(AssumptionTest{State: AssumptionBroken, How: " "}, 0)
	_, much := a.Test(AssumptionTest{State: AssumptionBroken, How: long(MaxLine + 1)}, 0)
	_, next := a.Test(AssumptionTest{State: AssumptionReplaced, How: "x"}, 0)
	_, itself := a.Test(AssumptionTest{State: AssumptionReplaced, How: "x", Next: "asm_a"}, 0)
	_, why := broke.Excuse(use, " ")
	_, words := broke.Excuse(use, long(MaxLine+1))
	check(t, []refused{{early, "assumption.holds"}, {err, ""}, {err2, ""}, {err3, ""}, {err4, ""}, {what, "required"}, {how, "assumption.how"}, {much, "too.long"},
		{next, "assumption.next"}, {itself, "assumption.itself"}, {why, "assumption.fine"}, {words, "too.long"}, {a.Check(), ""},
		{Assumption{Text: " "}.Check(), "assumption.text"}, {Assumption{Text: long(MaxLine + 1)}.Check(), "too.long"}})
}
