package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

func TestChaseCarry_afterADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		now := time.Now()
		s := storetest.Open(t, address, func(o *store.Options) { o.Now = func() time.Time { return now } })
		a, steward := setUp(t, s)
		amal, ben, cleo := add(t, a, steward, "Amal"), add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")
		r := closedReview(t, s, amal, cleo.Member, steward.Member)
		c := practice.Carry{ID: "cry_1", Review: r.ID, Failure: r.Failure, Team: amal.Teams[0], Carrier: ben.Member, Moment: "before June",
			Act: "brief them", DueAt: now.AddDate(0, 0, 7), State: practice.CarryOffered, NamedAt: now}
		is(t, "name", s.Update(t.Context(), func(tx *store.Tx) error { return tx.AddCarry(c) }), "")
		chase := func(after time.Duration, want ...string) {
			t.Helper()
			now = now.Add(after)
			is(t, "chase", a.ChaseCarry(t.Context(), c.ID), "")
			got := notices(t, s, amal.Member)
			if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
				t.Errorf("who called the room reads %v, want %v", got, want)
			}
		}
		is(t, "somebody else, in the first day", a.AcceptCarry(t.Context(), cleo, c.ID), "carry.asked")
		is(t, "another is named, in the first day", a.NameCarrier(t.Context(), amal, c.ID, cleo.Member), "carry.asked")
		chase(practice.YesWithin - time.Minute)
		chase(time.Minute, "notice.unanswered")

		is(t, "who was not there names", a.NameCarrier(t.Context(), cleo, c.ID, cleo.Member), "carry.room")
		is(t, "a stranger names", a.NameCarrier(t.Context(), practice.Actor{Member: "mem_x"}, c.ID, cleo.Member), "not.found")
		is(t, "the same again", a.NameCarrier(t.Context(), amal, c.ID, ben.Member), "member.unknown")
		is(t, "somebody else", a.NameCarrier(t.Context(), amal, c.ID, cleo.Member), "")
		if got := notices(t, s, cleo.Member); len(got) != 1 || got[0] != "notice.carry" {
			t.Errorf("who is asked now reads %v", got)
		}
		chase(practice.YesWithin - time.Minute) // they have a day of their own, and what was asked is answered
		is(t, "yes", a.AcceptCarry(t.Context(), cleo, c.ID), "")
		chase(time.Hour)
		is(t, "after the yes", a.NameCarrier(t.Context(), amal, c.ID, ben.Member), "carry.taken")

		one, err := a.Carry(t.Context(), amal, c.ID)
		is(t, "read", err, "")
		if one.MayName || one.Carrier.Name != "Cleo" {
			t.Errorf("%+v", one)
		}
	})
}

func TestChaseGap_afterAWeek(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ana, ben := add(t, a, steward, "Ana"), add(t, a, steward, "Ben")
		r := called(t, s, steward, ana.Member, ben.Member)
		g := practice.Gap{Review: r.ID, Taken: true, Verdict: practice.KeptOpen}
		is(t, "keep it open", s.Update(t.Context(), func(tx *store.Tx) error {
			g.ID = practice.GapID(tx.NewID("gap"))
			err := tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: ana.Member, Closeness: practice.Did})
			return errors.Join(err, tx.AddGap(g))
		}), "")
		is(t, "no such gap", a.ChaseGap(t.Context(), "gap_none"), "")
		is(t, "chase", a.ChaseGap(t.Context(), g.ID), "")
		if got := notices(t, s, ana.Member); len(got) != 1 || got[0] != "notice.week" {
			t.Errorf("who came reads %v", got)
		}
		if got := notices(t, s, ben.Member); len(got) != 0 {
			t.Errorf("who did not come reads %v", got)
		}
		g.Verdict, g.Version = practice.Unknown, 1
		is(t, "settle", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveGap(g, 0) }), "")
		is(t, "chase again", a.ChaseGap(t.Context(), g.ID), "")
		if got := notices(t, s, ana.Member); len(got) != 1 {
			t.Errorf("it is settled, and who came reads %v", got)
		}
	})
}

// Whoever says no is asked no more, and anybody may take it at once.
func TestDeclineCarry(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, cleo := add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")
		r := closedReview(t, s, steward, cleo.Member, ben.Member)
		asks := func(who practice.Actor, mine, others int) (c app.Carried) {
			t.Helper()
			home, err := a.Home(t.Context(), who)
			is(t, "home", err, "")
			if len(home.Mine) != mine || len(home.OnTheWay) != others {
				t.Fatalf("%s is asked %+v and sees %+v", who.Name, home.Mine, home.OnTheWay)
			}
			return append(home.Mine, home.OnTheWay...)[0]
		}
		c := asks(ben, 1, 0).Carry
		if seen := asks(cleo, 0, 1); seen.Carrier.Name != "Ben" || seen.Carry.Refused() {
			t.Errorf("the others see %+v", seen)
		}
		is(t, "too early", a.AcceptCarry(t.Context(), cleo, c.ID), "carry.asked")
		is(t, "no", a.DeclineCarry(t.Context(), ben, c.ID), "")
		if !asks(ben, 0, 1).Carry.Refused() || !asks(cleo, 0, 1).Carry.Refused() {
			t.Error("the no is not seen")
		}
		is(t, "chase", a.ChaseCarry(t.Context(), c.ID), "")
		if got := notices(t, s, steward.Member); len(got) != 1 || got[0] != "notice.refused" {
			t.Errorf("who was there reads %v", got)
		}
		is(t, "another takes it", a.AcceptCarry(t.Context(), cleo, c.ID), "")
		record, err := a.Record(t.Context(), steward, 1)
		is(t, "record", err, "")
		called, err := a.ReviewsOf(t.Context(), steward, r.Failure)
		is(t, "failure", err, "")
		if record.Carried.Carrier.Name != "Cleo" || called[0].Carried.Carrier.Name != "Cleo" {
			t.Errorf("it is carried by %+v and %+v", record.Carried, called[0].Carried)
		}
	})
}

// A yes that the room says it heard is taken back by the one who is named, and by
// nobody else: before the close they are asked anew, after it those who were there and
// the convener are asked for another name.
func TestUnsayCarry(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, cleo, dele := add(t, a, steward, "Ben"), add(t, a, steward, "Cleo"), add(t, a, steward, "Dele")
		r := closedReview(t, s, steward, cleo.Member, ben.Member)
		var id practice.CarryID
		heard := func(phase practice.Phase) {
			t.Helper()
			is(t, "heard", s.Update(t.Context(), func(tx *store.Tx) error {
				f, err := tx.Failure(r.Failure)
				f.Convener = dele.Member
				c, err2 := tx.CarryOf(r.ID)
				was := c.State
				id, c.State, c.Witness = c.ID, practice.CarryAccepted, true
				now, err3 := tx.Review(r.ID)
				version := now.Version
				now.Phase, now.Version = phase, version+1
				return errors.Join(err, err2, err3, tx.SaveFailure(f), tx.SaveCarry(c, was), tx.SaveReview(now, version))
			}), "")
		}
		told := func(what string, want map[*practice.Actor]string) {
			t.Helper()
			for who, code := range want {
				if got := notices(t, s, who.Member); len(got) > 0 != (code != "") || code != "" && got[0] != code {
					t.Errorf("%s: %s reads %v, want %q", what, who.Name, got, code)
				}
			}
		}
		heard(practice.PhaseCarry)
		is(t, "somebody else", a.UnsayCarry(t.Context(), cleo, id), "carry.others")
		is(t, "not me", a.UnsayCarry(t.Context(), ben, id), "")
		is(t, "once more", a.UnsayCarry(t.Context(), ben, id), "carry.unheard")
		one, err := a.Carry(t.Context(), ben, id)
		is(t, "read", err, "")
		if !one.Carry.Asks(ben.Member) || one.Carry.Witness || one.Carry.Refused() {
			t.Errorf("before the close they are not asked anew: %+v", one.Carry)
		}
		told("before the close", map[*practice.Actor]string{&steward: "", &dele: "", &cleo: ""})

		heard(practice.PhaseClosed)
		record, err := a.Record(t.Context(), steward, 1)
		if is(t, "record", err, ""); !record.Carried.Carry.Witness {
			t.Error("the record does not know that the room heard it")
		}
		is(t, "not me, after the close", a.UnsayCarry(t.Context(), ben, id), "")
		if one, err = a.Carry(t.Context(), steward, id); err != nil || !one.Carry.Refused() || !one.MayName {
			t.Errorf("after the close: %+v, %v", one, err)
		}
		told("after the close", map[*practice.Actor]string{&steward: "notice.unsaid", &dele: "notice.unsaid", &cleo: "", &ben: ""})
	})
}

// Those who were there and whoever reported it hear what came of the promise, once,
// and nobody else does.
func TestFinishCarry_tellsWhoHadAPart(t *testing.T) {
	for state, code := range map[practice.CarryState]string{practice.CarryDone: "notice.done", practice.CarryDropped: "notice.dropped"} {
		storetest.Run(t, func(t *testing.T, s *store.Store) {
			a, steward := setUp(t, s)
			amal, cleo, dara := add(t, a, steward, "Amal"), add(t, a, steward, "Cleo"), add(t, a, steward, "Dara")
			r := closedReview(t, s, amal, cleo.Member, steward.Member)
			var c practice.Carry
			is(t, "a promise of somebody who had a part too", s.Update(t.Context(), func(tx *store.Tx) (err error) {
				c, err = tx.CarryOf(r.ID)
				return errors.Join(err, tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: r.Failure, At: tx.Now(), Text: "10:50", Author: steward.Member}))
			}), "")
			is(t, "yes", a.AcceptCarry(t.Context(), steward, c.ID), "")
			is(t, "without words", a.FinishCarry(t.Context(), steward, c.ID, state, " "), map[practice.CarryState]string{practice.CarryDone: "carry.proof", practice.CarryDropped: "carry.why"}[state])
			is(t, "finish", a.FinishCarry(t.Context(), steward, c.ID, state, "they hang on the door"), "")
			for who, want := range map[*practice.Actor][]string{&amal: {code}, &cleo: {code}, &dara: nil, &steward: nil} {
				if got := notices(t, s, who.Member); !slices.Equal(got, want) {
					t.Errorf("%s reads %v, want %v", who.Name, got, want)
				}
			}
		})
	}
}
