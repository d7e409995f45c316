package app_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A round of work ends once, on however many nodes: the next one starts, everybody of
// the team hears of it where something was promised, and what was missed stays missed
// there.
func TestCycles_endOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Now())
		s, other := storetest.Open(t, address, clock.Option), storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		nodes := []*app.App{a, app.New(app.Options{Store: other})}
		amal, ben := add(t, a, steward, "Amal"), add(t, a, steward, "Ben")
		team := steward.Teams[0]
		all, err := a.Cycles(t.Context(), ben, team)
		is(t, "cycles", err, "")
		if len(all) != 1 || !all[0].Holds(clock.Now()) {
			t.Fatalf("the first: %+v", all)
		}
		first := all[0]
		r := closedReview(t, s, amal, ben.Member, steward.Member)
		promise := func(id practice.CarryID, due time.Time) {
			t.Helper()
			c := practice.Carry{ID: id, Review: r.ID, Failure: r.Failure, Team: team, Carrier: ben.Member, Moment: "before June", Act: "brief them",
				DueAt: due, State: practice.CarryAccepted, NamedAt: clock.Now()}
			is(t, "promise", s.Update(t.Context(), func(tx *store.Tx) error { return tx.AddCarry(c) }), "")
		}
		promise("cry_kept", clock.Now())
		promise("cry_missed", first.EndAt)
		promise("cry_next", first.EndAt.Add(time.Hour))
		is(t, "done", a.FinishCarry(t.Context(), ben, "cry_kept", practice.CarryDone, "They know."), "")
		turn := func(after time.Duration) {
			t.Helper()
			clock.Pass(after)
			var wait sync.WaitGroup
			for _, node := range nodes {
				wait.Go(func() {
					if err := node.TurnCycles(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wait.Wait()
		}
		turn(0)
		if got := notices(t, s, ben.Member); slices.Contains(got, "notice.cycle") {
			t.Errorf("before the end: %v", got)
		}
		turn(first.EndAt.Sub(clock.Now()))
		turn(48 * time.Hour)
		for _, who := range []practice.Actor{amal, ben, steward} {
			got := slices.DeleteFunc(notices(t, s, who.Member), func(code string) bool { return code != "notice.cycle" })
			if len(got) != 1 {
				t.Errorf("%s heard %v", who.Name, got)
			}
		}
		round, err := a.Cycle(t.Context(), ben, first.ID)
		is(t, "the one that ended", err, "")
		if round.Promises() != 3 || round.Count(practice.OutcomeKept) != 1 || round.Count(practice.OutcomeMissed) != 2 || len(round.Reviews) != 1 || !round.Reviews[0].Embedded || len(round.Changes) != 1 {
			t.Errorf("of %d promises %d missed, %d closed", round.Promises(), round.Count(practice.OutcomeMissed), len(round.Reviews))
		}
		_, err = a.Cycle(t.Context(), practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}, first.ID)
		is(t, "of another team", err, "not.found")
		_, err = a.Cycles(t.Context(), practice.Actor{Member: "mem_x"}, team)
		is(t, "those of another team", err, "not.found")
		is(t, "late", a.FinishCarry(t.Context(), ben, "cry_missed", practice.CarryDone, "They know now."), "")
		turn(100 * 24 * time.Hour) // nobody was there for long
		all, err = a.Cycles(t.Context(), ben, team)
		is(t, "cycles", err, "")
		if len(all) < 7 || !all[0].Holds(clock.Now()) || all[len(all)-1] != first || all[0].Number != len(all) {
			t.Errorf("%+v", all)
		}
		if round, err = a.Cycle(t.Context(), ben, first.ID); err != nil || round.Count(practice.OutcomeLate) != 1 || round.Count(practice.OutcomeMissed) != 1 {
			t.Errorf("%d late, %v", round.Count(practice.OutcomeLate), err)
		}
		if round, err = a.Cycle(t.Context(), ben, all[len(all)-2].ID); err != nil || len(round.Carries) != 1 || round.Carries[0].Carry.ID != "cry_next" {
			t.Errorf("the second has %d, %v", len(round.Carries), err)
		}
	})
}

// A team lets its next round start when it likes; what is over stays as it was.
func TestCycles_areMoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2027, 2, 3, 15, 0, 0, 0, time.UTC))
		a, steward := setUp(t, storetest.Open(t, address, clock.Option))
		team := steward.Teams[0]
		move := func(next time.Time, days int) error {
			_, err := a.EditTeam(t.Context(), steward, team, func(was practice.Team) (practice.Team, error) {
				was.CycleEndAt, was.CycleDays = next, days
				return was, nil
			})
			return err
		}
		is(t, "into the past", move(clock.Now().Add(-time.Hour), 14), "cycle.next")
		is(t, "too far", move(clock.Now().AddDate(2, 0, 0), 14), "cycle.next")
		next := clock.Now().AddDate(0, 0, 3)
		is(t, "sooner", move(next, 5), "")
		clock.Pass(4 * 24 * time.Hour)
		is(t, "turn", a.TurnCycles(t.Context()), "")
		is(t, "turn again", a.TurnCycles(t.Context()), "")
		all, err := a.Cycles(t.Context(), steward, team)
		is(t, "cycles", err, "")
		if len(all) != 2 || !all[1].EndAt.Equal(next) || !all[0].EndAt.Equal(next.AddDate(0, 0, 5)) {
			t.Errorf("%+v", all)
		}
		now, err := a.Team(t.Context(), steward, team)
		if err != nil || !now.NextCycle(clock.Now()).Equal(all[0].EndAt) {
			t.Errorf("%+v, %v", now, err)
		}
	})
}
