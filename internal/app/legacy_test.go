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

// A round is begun once, when all that stands, was promised or changed before has
// been read by whoever it was; what appears meanwhile is asked for, too.
func TestLegacy_asksForAllOfIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Now())
		s, other := storetest.Open(t, address, clock.Option), storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		b := app.New(app.Options{Store: other})
		amal, ben := add(t, a, steward, "Amal"), add(t, a, steward, "Ben")
		o := &heirs{T: t, a: a, s: s, who: ben, team: steward.Teams[0]}
		first := o.now()
		if !first.Begun() || len(o.home()) != 0 {
			t.Errorf("the first round inherits: %+v, %d", first.Cycle, len(o.home()))
		}
		_, err := a.BeginCycle(t.Context(), ben, first.ID)
		is(t, "the first again", err, "cycle.begun")

		r := closedReview(t, s, amal, ben.Member, steward.Member)
		is(t, "promise", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.AddCarry(practice.Carry{ID: "cry_done", Review: r.ID, Failure: r.Failure, Team: o.team, Carrier: ben.Member, Moment: "before June", Act: "brief them",
				DueAt: first.EndAt, State: practice.CarryAccepted, NamedAt: clock.Now()})
		}), "")
		is(t, "done", a.FinishCarry(t.Context(), ben, "cry_done", practice.CarryDone, "They know."), "")
		o.limit("con_one", o.team)
		o.limit("con_other", "tea_other")
		clock.Pass(first.EndAt.Sub(clock.Now()))
		is(t, "turn", a.TurnCycles(t.Context()), "")

		second := o.now()
		if second.Begun() || second.Unread() != 4 || len(o.home()) != 1 {
			t.Fatalf("%d unread, %d at home", second.Unread(), len(o.home()))
		}
		by := map[string]string{} // the ids by their prefixes
		for _, k := range second.Items {
			by[k.About[:3]] = k.About
		}
		scar, open := by["scr"], by["cry"]
		say := func(a *app.App, who practice.Actor, about string, says practice.Says, text string) error {
			_, err := a.ReadInherited(t.Context(), who, second.ID, []practice.Inherited{{About: about, Says: says, Text: text}})
			return err
		}
		_, err = a.BeginCycle(t.Context(), ben, second.ID)
		is(t, "unread", err, "cycle.unread")
		is(t, "no reason", say(a, ben, "con_one", practice.SaysApart, " "), "inherited.because")
		is(t, "another team's", say(a, ben, "con_other", practice.SaysFits, ""), "inherited.gone")
		is(t, "what is done", say(a, ben, "cry_done", practice.SaysFits, ""), "inherited.gone")
		reads := ben
		reads.Scopes = []practice.Scope{practice.ScopeRead}
		is(t, "only reads", say(a, reads, "con_one", practice.SaysFits, ""), "token.scope")
		_, err = a.Legacy(t.Context(), practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}, second.ID)
		is(t, "of another team", err, "not.found")
		if n := o.now().Unread(); n != 4 {
			t.Errorf("what was refused counts: %d left", n)
		}

		together(func() { is(t, "ben", say(a, ben, "con_one", practice.SaysTest, ""), "") },
			func() { is(t, "amal", say(b, amal, open, practice.SaysApart, "It was moved."), "") })
		if n := o.now().Unread(); n != 2 {
			t.Errorf("two at once: %d left", n)
		}
		is(t, "the finding", say(a, ben, by["fnd"], practice.SaysFits, ""), "")
		is(t, "the last", say(a, ben, scar, practice.SaysFits, "We ask first."), "")
		o.limit("con_two", o.team)
		_, err = a.BeginCycle(t.Context(), ben, second.ID)
		is(t, "what appeared meanwhile", err, "cycle.unread")
		is(t, "that, too", say(a, ben, "con_two", practice.SaysFits, ""), "")
		_, err = a.UnreadInherited(t.Context(), ben, second.ID, scar)
		is(t, "taken back", err, "")
		_, err = a.BeginCycle(t.Context(), ben, second.ID)
		is(t, "unread again", err, "cycle.unread")
		is(t, "said again", say(a, ben, scar, practice.SaysFits, ""), "")
		if won := o.beginTwice(b, amal, second.ID); !slices.Equal(won, []string{"", "cycle.begun"}) {
			t.Errorf("two began it: %q", won)
		}
		is(t, "said later", say(a, ben, scar, practice.SaysFits, "x"), "cycle.begun")
		if got := o.now(); len(got.Items) != 5 || got.Unread() != 0 || len(o.home()) != 0 {
			t.Errorf("it was begun with %d, %d at home", len(got.Items), len(o.home()))
		}

		clock.Pass(second.EndAt.Sub(clock.Now()))
		is(t, "turn", a.TurnCycles(t.Context()), "")
		var left []string
		for _, k := range o.now().Items {
			left = append(left, k.About)
		}
		if slices.Sort(left); !slices.Equal(left, []string{"con_one", "con_two", open}) {
			t.Errorf("the third asks for %q", left)
		}
		is(t, "restricted", s.Update(t.Context(), func(tx *store.Tx) error {
			f, err := tx.Failure(r.Failure)
			f.Only = []practice.MemberID{ben.Member}
			if err != nil {
				return err
			}
			return tx.RestrictFailure(f)
		}), "")
		if n := o.now().Unread(); n != 2 {
			t.Errorf("what others may not read is asked for: %d", n)
		}
	})
}

// heirs are a team that looks at how its rounds begin.
type heirs struct {
	*testing.T
	a    *app.App
	s    *store.Store
	who  practice.Actor
	team practice.TeamID
}

// now is what the round inherits that the team is in.
func (o *heirs) now() app.Legacy {
	o.Helper()
	all, err := o.a.Cycles(o.Context(), o.who, o.team)
	is(o.T, "cycles", err, "")
	got, err := o.a.Legacy(o.Context(), o.who, all[0].ID)
	is(o.T, "legacy", err, "")
	return got
}

func (o *heirs) home() []app.Legacy {
	o.Helper()
	h, err := o.a.Home(o.Context(), o.who)
	is(o.T, "home", err, "")
	return h.Legacies
}

// beginTwice begins a round on two nodes at once, and says what came of each.
func (o *heirs) beginTwice(b *app.App, amal practice.Actor, id practice.CycleID) []string {
	var won [2]error
	together(func() { _, won[0] = o.a.BeginCycle(o.Context(), o.who, id) }, func() { _, won[1] = b.BeginCycle(o.Context(), amal, id) })
	return slices.Sorted(slices.Values([]string{refusalOf(won[0]), refusalOf(won[1])}))
}

// limit names one of a team.
func (o *heirs) limit(id practice.ConstraintID, team practice.TeamID) {
	o.Helper()
	is(o.T, "limit", o.s.Update(o.Context(), func(tx *store.Tx) error {
		if _, err := tx.Team(team); err != nil {
			if err := tx.AddTeam(practice.Team{ID: team, Name: string(team), Pack: "default", CycleDays: 7}); err != nil {
				return err
			}
		}
		_, err := tx.AddConstraint(practice.Constraint{ID: id, Team: team, Text: "The bridge closes.", Assume: "no bus", Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: tx.Now()})
		return err
	}), "")
}

// together does things at once.
func together(all ...func()) {
	var wait sync.WaitGroup
	for _, do := range all {
		wait.Go(do)
	}
	wait.Wait()
}
