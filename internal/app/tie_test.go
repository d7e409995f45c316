package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// returns are the lines somebody has of what came back, put away or not.
func returns(t *testing.T, a *app.App, who practice.Actor) (links []string) {
	t.Helper()
	home, err := a.Home(t.Context(), who)
	is(t, "now", err, "")
	for _, n := range home.Notices {
		if n.Code == "notice.came-back" && n.Args["title"] == "12 of 50" {
			links = append(links, n.Link)
		}
	}
	return links
}

// Those who had a part in a review that changed something hear once that it came
// back; whoever says so does not, and no report is shown to another team.
func TestTieFailures_itCameBack(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		there, reporter, teammate, taps := add(t, a, steward, "there"), add(t, a, steward, "reporter"), add(t, a, steward, "teammate"), add(t, a, steward, "taps")
		guest := add(t, a, steward, "guest")
		r := closedReview(t, s, there, reporter.Member, taps.Member)
		is(t, "a guest", s.Update(t.Context(), func(tx *store.Tx) error {
			m, err := tx.Member(guest.Member)
			is(t, "member", err, "")
			m.Teams, guest.Teams = nil, nil
			is(t, "leaves the team", tx.SaveMember(m), "")
			return tx.AddInvitation(practice.Invitation{Review: r.ID, Member: guest.Member, Spent: true, Closeness: practice.Saw})
		}), "")
		report := func(text string) practice.Failure {
			f, err := a.ReportFailure(t.Context(), taps, practice.NewFailure{Text: text, Stage: practice.StageAfter})
			is(t, "report", err, "")
			return f
		}
		again, unlike := report("12 of 50 again"), report("nothing to do with it")
		for range 2 {
			tie, err := a.TieFailures(t.Context(), taps, again.ID, r.Failure, practice.TieSame)
			is(t, "same again", err, "")
			is(t, "undo", a.UntieFailures(t.Context(), taps, tie.ID), "")
		}
		_, err = a.TieFailures(t.Context(), taps, unlike.ID, again.ID, practice.TieSame) // which changed nothing
		is(t, "same as what changed nothing", err, "")
		for _, c := range []struct {
			who  practice.Actor
			want string
		}{{there, practice.FailurePath(again.Number)}, {reporter, practice.FailurePath(again.Number)}, {guest, practice.RecordPath(1)},
			{teammate, ""}, {taps, ""}} {
			if got := returns(t, a, c.who); c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0] != c.want) {
				t.Errorf("%s is told %q, want %q", c.who.Name, got, c.want)
			}
		}
		third := report("12 of 50 once more")
		_, err = a.TieFailures(t.Context(), taps, third.ID, r.Failure, practice.TieSame)
		is(t, "a third time", err, "")
		if got := returns(t, a, there); len(got) != 2 {
			t.Errorf("another return: %q", got)
		}
	})
}

// Whoever reported what people call the same is proposed for the room, unless
// the convener may not read that report.
func TestPlanReview_whoReportedTheSame(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, bo := add(t, a, steward, "Amal"), add(t, a, steward, "Bo")
		report := func(who practice.Actor, text string) practice.Failure {
			f, err := a.ReportFailure(t.Context(), who, practice.NewFailure{Text: text, Stage: practice.StageAfter})
			is(t, "report", err, "")
			return f
		}
		first, same, kept := report(steward, "12 of 50 were wet"), report(amal, "12 of 50 again"), report(bo, "and again")
		for _, f := range []practice.Failure{same, kept} {
			_, err := a.TieFailures(t.Context(), steward, f.ID, first.ID, practice.TieSame)
			is(t, "same again", err, "")
		}
		_, err = a.RestrictFailure(t.Context(), bo, kept.ID, []practice.MemberID{bo.Member})
		is(t, "restrict", err, "")
		p, err := a.PlanReview(t.Context(), steward, first.ID)
		is(t, "plan", err, "")
		if p.Closest[amal.Member] != "again" || p.Closest[bo.Member] != "" || p.Closest[steward.Member] == "" {
			t.Errorf("closest: %v", p.Closest)
		}
	})
}
