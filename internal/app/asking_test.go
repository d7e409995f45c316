package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// notices are the codes of what waits on somebody's start page.
func notices(t *testing.T, s *store.Store, m practice.MemberID) (codes []string) {
	t.Helper()
	err := s.View(t.Context(), func(tx *store.Tx) error {
		all, err := tx.Notices(m)
		for _, n := range all {
			codes = append(codes, n.Code)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

func TestAskIn_isAnsweredInOneTap(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ana, ben := add(t, a, steward, "Ana"), add(t, a, steward, "Ben")
		r := called(t, s, steward, ben.Member)
		stranger := practice.Actor{Member: ana.Member, Name: "Ana, of no team"}
		_, err := a.AskIn(t.Context(), stranger, 1)
		is(t, "from elsewhere", err, "not.found")
		for range 2 { // asking twice is asking once
			names, err := a.AskIn(t.Context(), ana, 1)
			is(t, "ask in", err, "")
			if len(names) != 1 || names[0] != steward.Name {
				t.Errorf("asked %v", names)
			}
		}
		if got := notices(t, s, steward.Member); len(got) != 1 || got[0] != "notice.there" {
			t.Errorf("the convener reads %v", got)
		}
		is(t, "invite", a.InviteOne(t.Context(), ben, 1, app.NewGuest{Member: ana.Member}), "")
		if got := notices(t, s, steward.Member); len(got) != 0 {
			t.Errorf("it is answered, and the convener still reads %v", got)
		}
		if got := notices(t, s, ana.Member); len(got) != 1 || got[0] != "notice.invited" {
			t.Errorf("who asked reads %v", got)
		}
		door, err := a.Door(t.Context(), ana, 1)
		is(t, "the door", err, "")
		if door.Review.ID != r.ID || door.Turnout.Asked != 2 {
			t.Errorf("%+v", door)
		}
		names, err := a.AskIn(t.Context(), steward, 1)
		is(t, "the convener, who has nobody to ask", err, "")
		if len(names) != 0 {
			t.Errorf("asked %v", names)
		}
	})
}

func TestInviteOne_leadersAreRefusedToTheInviter(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		boss, ben := add(t, a, steward, "Martin"), add(t, a, steward, "Ben")
		is(t, "lead", s.Update(t.Context(), func(tx *store.Tx) error {
			m, err := tx.Member(boss.Member)
			if err != nil {
				return err
			}
			m.Leads = []practice.MemberID{ben.Member}
			return tx.SaveMember(m)
		}), "")
		r := called(t, s, steward, ben.Member)
		_, err := a.AskIn(t.Context(), boss, 1)
		is(t, "a leader asks like anybody", err, "")
		is(t, "invite a leader", a.InviteOne(t.Context(), steward, 1, app.NewGuest{Member: boss.Member}), "invite.leader")
		is(t, "the result", a.LeaveOut(t.Context(), steward, 1, boss.Member), "")
		if got := notices(t, s, boss.Member); len(got) != 1 || got[0] != "notice.result" {
			t.Errorf("the leader reads %v", got)
		}
		if got := notices(t, s, steward.Member); len(got) != 0 {
			t.Errorf("the inviter still reads %v", got)
		}
		is(t, "they were there", a.InviteOne(t.Context(), steward, 1, app.NewGuest{Member: boss.Member, There: true}), "")
		ask, err := a.Asking(t.Context(), steward, 1, boss.Member)
		is(t, "look", err, "")
		if !ask.Invited {
			t.Error("not invited")
		}
		r.Phase = practice.PhaseClosed
		is(t, "close", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(r, 0) }), "")
		_, err = a.AskIn(t.Context(), steward, 1)
		is(t, "after the close", err, "review.closed")
	})
}
