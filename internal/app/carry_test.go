package app_test

import (
	"testing"
	"time"

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
