package room_test

import (
	"slices"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Nobody knows who sits in a room: where only some people change a procedure, what it agrees
// on is proposed to them, and can be taken back until it closes.
func TestChangeStep_isProposed(t *testing.T) {
	onBoth(t, 1, func(s *stage) {
		s.toChange(practice.Avoidable)
		before := s.embedding(0).Procedures[0]
		told := func() (n int) {
			for _, r := range s.rows("notice") {
				if r.Values["code"] == "notice.proposed" && r.Values["seen_at"] == "0" {
					n++
				}
			}
			return n
		}
		s.update(func(tx *store.Tx) error {
			return tx.SaveAuthority(practice.Authority{Procedure: before.Procedure.ID, May: []practice.MemberID{s.people[0]}})
		})
		for range 2 {
			s.must(s.changeStep(0, practice.ActEdit, "Take today's list"))
			e := s.embedding(0)
			if r := e.Gap.Route; r.Kind != practice.RouteProposed || !e.Gap.Routed() || r.Changes() || e.Done.Proposed.Change.Text != "Take today's list" {
				t.Errorf("it leads to %+v", r)
			}
			if now := e.Procedures[0]; now.Procedure.Revision != before.Procedure.Revision || now.Steps[1].Text != before.Steps[1].Text || !now.Named {
				t.Errorf("what is proposed is in use: %+v", now.Steps[1])
			}
			if told() != 1 {
				t.Errorf("%d were told", told())
			}
			s.must(s.undo(0))
			if told() != 0 || len(s.rows("proposal")) != 0 || s.embedding(0).Gap.Routed() {
				t.Error("taken back, and still there")
			}
		}
		s.must(s.changeStep(0, practice.ActAdd, "Count the lists"))
		s.update(func(tx *store.Tx) error {
			all, err := tx.ProposedTo(before.Procedure.ID)
			if err != nil {
				return err
			}
			no, err := all[0].Decline("We have no list.", tx.Now())
			if err != nil {
				return err
			}
			if err := tx.SaveProposed(no); err != nil {
				return err
			}
			return tx.DeclineGap(no, practice.FailureID(s.rows("review")[0].Values["failure"]))
		})
		if r := s.embedding(0).Gap.Route; r.Kind != practice.RouteDeclined || r.Why != "We have no list." {
			t.Errorf("declined: %+v", r)
		}
		s.must(s.undo(0))
		if !slices.ContainsFunc(s.rows("proposal"), func(r storetest.Row) bool { return r.Values["state"] == "declined" }) {
			t.Error("what was declined is gone")
		}
	})
}
