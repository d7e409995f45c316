package app_test

import (
	"slices"
	"testing"
	"time"

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
func TestProposeReview_whoReportedTheSame(t *testing.T) {
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
		p, err := a.ProposeReview(t.Context(), steward, first.ID)
		is(t, "plan", err, "")
		if p.Closest[amal.Member] != "again" || p.Closest[bo.Member] != "" || p.Closest[steward.Member] == "" {
			t.Errorf("closest: %v", p.Closest)
		}
	})
}

// A report that people tied to one with a review waits for nobody and is named in
// its record, as far as a reader may read both; untied it waits again. What is
// noticed after the review came back, and waits.
func TestTieFailures_goesAlong(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, ben, cleo := add(t, a, steward, "Amal"), add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")
		r := closedReview(t, s, steward, amal.Member, amal.Member)
		var tied practice.Tie
		report := func(text string, at time.Time) practice.Failure {
			f, err := a.ReportFailure(t.Context(), ben, practice.NewFailure{Text: text, Stage: practice.StageAfter, At: at})
			is(t, "report", err, "")
			tied, err = a.TieFailures(t.Context(), ben, f.ID, r.Failure, practice.TieSame)
			is(t, "same again", err, "")
			return f
		}
		hidden := report("12 of 50, between us", r.ClosedAt.Add(-time.Hour))
		after := report("12 of 50 again", time.Time{})
		same := report("12 of 50, as I saw it", r.ClosedAt.Add(-time.Hour))
		_, err = a.RestrictFailure(t.Context(), ben, hidden.ID, []practice.MemberID{ben.Member})
		is(t, "restrict", err, "")
		numbers := func(all []practice.Failure, err error) (out []int) {
			t.Helper()
			is(t, "read", err, "")
			for _, f := range all {
				out = append(out, f.Number)
			}
			return out
		}
		waits := func(who practice.Actor, want ...int) {
			t.Helper()
			home, err := a.Home(t.Context(), who)
			if got := numbers(home.Waiting, err); !slices.Equal(got, want) {
				t.Errorf("for %s wait %v, want %v", who.Name, got, want)
			}
		}
		names := func(who practice.Actor, want ...int) {
			t.Helper()
			record, err := a.Record(t.Context(), who, 1)
			if got := numbers(record.Along, err); !slices.Equal(got, want) {
				t.Errorf("for %s the record names %v, want %v", who.Name, got, want)
			}
		}
		waits(ben, after.Number)
		names(ben, hidden.Number, same.Number)
		waits(amal, after.Number)
		names(amal, same.Number)
		_, err = a.RestrictFailure(t.Context(), amal, r.Failure, []practice.MemberID{amal.Member, ben.Member})
		is(t, "restrict the first", err, "")
		home, err := a.Home(t.Context(), cleo)
		if got := numbers(home.Waiting, err); !slices.Equal(got, []int{same.Number, after.Number}) {
			t.Errorf("for whoever does not read the first wait %v", got)
		}
		is(t, "not the same after all", a.UntieFailures(t.Context(), ben, tied.ID), "")
		waits(amal, same.Number, after.Number)
		names(amal)

		tied, err = a.TieFailures(t.Context(), ben, same.ID, r.Failure, practice.TieSame)
		is(t, "the same again", err, "")
		waits(amal, after.Number)
		off := r
		off.Phase, off.ClosedAt = practice.PhaseOff, time.Time{}
		is(t, "called off", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(off, r.Version) }), "")
		waits(amal, same.Number, after.Number)
	})
}

// Whose report went along with a reviewed one finds on their start page what came of
// it, as long as both are tied and they read the record. What was noticed later led
// to nothing.
func TestHome_backThroughAnother(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, ben, cleo := add(t, a, steward, "Amal"), add(t, a, steward, "Ben"), add(t, a, steward, "Cleo")
		r := closedReview(t, s, steward, amal.Member, amal.Member)
		report := func(who practice.Actor, at time.Time) (practice.Failure, practice.Tie) {
			t.Helper()
			f, err := a.ReportFailure(t.Context(), who, practice.NewFailure{Text: "12 of 50, I think", Stage: practice.StageAfter, At: at})
			is(t, "report", err, "")
			tie, err := a.TieFailures(t.Context(), who, f.ID, r.Failure, practice.TieSame)
			is(t, "same again", err, "")
			return f, tie
		}
		went, tie := report(ben, r.ClosedAt.Add(-time.Hour))
		report(cleo, time.Time{})
		back := func(what string, who practice.Actor, is bool, through int) {
			t.Helper()
			home, err := a.Home(t.Context(), who)
			if err != nil || (home.Back != nil) != is || home.Through.Number != through {
				t.Errorf("%s: %s finds %+v through F-%d, %v", what, who.Name, home.Back, home.Through.Number, err)
			}
		}
		back("tied", amal, true, 0)
		back("tied", ben, true, went.Number)
		back("noticed later", cleo, false, 0)
		_, err = a.RestrictFailure(t.Context(), amal, r.Failure, []practice.MemberID{amal.Member})
		is(t, "restrict", err, "")
		back("restricted", ben, false, 0)
		_, err = a.RestrictFailure(t.Context(), amal, r.Failure, nil)
		is(t, "open again", err, "")
		back("open again", ben, true, went.Number)
		is(t, "undo", a.UntieFailures(t.Context(), ben, tie.ID), "")
		back("undone", ben, false, 0)
	})
}

// Whoever reported what is tied to a failure only after its review was over hears what
// those who were there heard: once, by mail too. Undone, it is taken back, and so is the
// mail that had not left.
func TestTieFailures_tellsWhatCameOfIt(t *testing.T) {
	onDesks(t, func(d *desk) {
		amal, cleo, eli := add(d.T, d.app, d.steward, "Amal"), add(d.T, d.app, d.steward, "Cleo"), add(d.T, d.app, d.steward, "Eli")
		ben, dele := d.reached("Ben", practice.Contact{}), d.reached("Dele", practice.Contact{Weekly: true})
		r := closedReview(d.T, d.store, d.steward, amal.Member, amal.Member)
		report := func(who practice.Actor, at time.Time) practice.Failure {
			f, err := d.app.ReportFailure(d.Context(), who, practice.NewFailure{Text: "12 of 50, I think", Stage: practice.StageAfter, At: at})
			d.must("report", err)
			return f
		}
		tie := func(f practice.Failure) practice.LinkID {
			tie, err := d.app.TieFailures(d.Context(), d.steward, f.ID, r.Failure, practice.TieSame)
			d.must("same again", err)
			return tie.ID
		}
		hears := func(what string, who practice.Actor, want ...string) {
			d.Helper()
			home, err := d.app.Home(d.Context(), who)
			d.must("home", err)
			var got []string
			for _, n := range home.Notices {
				if n.Link == practice.RecordPath(1) {
					got = append(got, n.Code)
				}
			}
			if !slices.Equal(got, want) {
				d.Errorf("%s: %s is told %q, want %q", what, who.Name, got, want)
			}
		}
		before := r.ClosedAt.Add(-time.Hour)
		bens, cleos, deles, later := report(ben, before), report(cleo, before), report(dele, before), report(eli, r.ClosedAt)
		hears("not tied", ben)
		first := tie(bens)
		hears("tied", ben, "notice.safeguard")
		d.wants("tied", d.sent(), "ben@x.example", "notice.safeguard")
		d.must("undo", d.app.UntieFailures(d.Context(), d.steward, first))
		hears("undone", ben)
		tie(bens)
		d.wants("tied once more", d.sent(), "ben@x.example", "")
		if home, err := d.app.Home(d.Context(), ben); err != nil || home.Back == nil {
			d.Errorf("tied once more, the start page has %+v, %v", home.Back, err)
		}

		tie(cleos)
		hears("without a mail", cleo, "notice.safeguard")
		tie(later)
		hears("noticed after the close", eli)
		waits := tie(deles)
		hears("with the weekly mail", dele, "notice.safeguard")
		d.must("something else of the week", d.store.Update(d.Context(), func(tx *store.Tx) error {
			return tx.Tell(practice.Notice{Member: dele.Member, Code: "notice.in-use", Link: "/p/x"}, "")
		}))
		d.must("undo", d.app.UntieFailures(d.Context(), d.steward, waits))
		d.now = d.now.AddDate(0, 0, 8)
		d.wants("undone before the weekly mail", d.sent(), "dele@x.example", "notice.in-use")
		hears("undone before the weekly mail", dele)
	})
}
