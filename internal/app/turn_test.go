package app_test

import (
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Whoever leaves the team leaves the list, and does not come back onto it by
// coming back; another team's people neither read nor change it.
func TestRota_losesWhoLeaves(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		team := steward.Teams[0]
		added, err := a.AddMembers(t.Context(), steward, team, []string{"Ada", "Ben"})
		is(t, "add", err, "")
		ada, ben := added[0].Member.ID, added[1].Member.ID
		_, err = a.SaveRota(t.Context(), steward, team, []practice.MemberID{ada, ben, ada})
		is(t, "twice", err, "member.unknown")
		r, err := a.SaveRota(t.Context(), steward, team, []practice.MemberID{ada, ben})
		is(t, "save", err, "")
		other := ada
		if r.Up == ada {
			other = ben
		}
		is(t, "the one whose week it is leaves", a.LeaveTeam(t.Context(), steward, r.Up, team, nil), "")
		f, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Team: team, Text: "The lamp went out", Stage: practice.StageAfter})
		is(t, "report", err, "")
		if f.Convener != other {
			t.Errorf("it goes to %q, want %q", f.Convener, other)
		}
		drill, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Team: team, Text: "The bell", Stage: practice.StageAfter, Drill: true})
		is(t, "drill", err, "")
		if drill.Convener != "" {
			t.Error("practising bothers somebody")
		}
		_, err = a.AddMembers(t.Context(), steward, team, []string{"Ada", "Ben"})
		is(t, "back", err, "")
		if r, err = a.Rota(t.Context(), steward, team); err != nil || len(r.Turns) != 1 || r.Turns[0].Member != other {
			t.Errorf("on the list: %v, %v", r.Turns, err)
		}
		stranger := practice.Actor{Member: "mem_x", Teams: []practice.TeamID{"tea_x"}}
		_, err = a.Rota(t.Context(), stranger, team)
		is(t, "another team reads", err, "not.found")
		_, err = a.SaveRota(t.Context(), stranger, team, nil)
		is(t, "another team changes", err, "not.found")
	})
}
