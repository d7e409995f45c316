package app_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// An open question goes with the promise of the review it came from: whoever
// takes that on has it, and who may not read the failure is told nobody.
func TestQuestions_whoCarriesThemOn(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, cleo := add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")
		closedReview(t, s, steward, cleo.Member, ben.Member)
		promise := func(who practice.Actor) practice.Carry {
			t.Helper()
			lines, err := a.Questions(t.Context(), who)
			is(t, "questions", err, "")
			if len(lines) != 1 || !lines[0].Open() || lines[0].Promise == nil {
				t.Fatalf("%s reads %+v", who.Name, lines)
			}
			return lines[0].Promise.Carry
		}
		is(t, "no", a.DeclineCarry(t.Context(), ben, promise(ben).ID), "")
		if !promise(cleo).Unanswered(time.Now()) {
			t.Error("it cannot be taken on")
		}
		is(t, "taken on", a.AcceptCarry(t.Context(), cleo, promise(cleo).ID), "")
		if c := promise(steward); c.Carrier != cleo.Member || c.State != practice.CarryAccepted {
			t.Errorf("carried on as %+v", c)
		}
		stranger := practice.Actor{Member: "mem_elsewhere", Name: "Nora"}
		if lines, err := a.Questions(t.Context(), stranger); err != nil || len(lines) != 1 || lines[0].Promise != nil {
			t.Errorf("of another team: %+v, %v", lines, err)
		}
	})
}
