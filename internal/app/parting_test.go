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

// leaver is Ben, who holds one of everything, and the others of his team.
type leaver struct {
	*testing.T
	app                *app.App
	store              *store.Store
	clock              *storetest.Clock
	steward, ben, amal practice.Actor
	procedure          practice.ProcedureID
	failure            practice.Failure
	review             practice.ReviewID
	carry              practice.CarryID
}

// eachLeaver runs a test on both databases.
func eachLeaver(t *testing.T, test func(*leaver)) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := storetest.NewClock(time.Date(2026, 3, 2, 9, 20, 0, 0, time.UTC))
		s := storetest.Open(t, address, c.Option)
		a, steward := setUp(t, s)
		steward.Proved = true
		l := &leaver{T: t, app: a, store: s, clock: c, steward: steward,
			ben: add(t, a, steward, "Ben"), amal: add(t, a, steward, "Amal"), carry: "cry_1"}
		l.holdEverything()
		test(l)
	})
}

func (l *leaver) holdEverything() {
	l.Helper()
	ctx, team := l.Context(), l.ben.Teams[0]
	p, err := l.app.CreateProcedure(ctx, l.ben, app.NewProcedure{Team: team, Markdown: "# Opening up\n\n- [ ] Lights\n", Owner: l.ben.Member})
	is(l.T, "procedure", err, "")
	p.SignOff = practice.SignOff{By: l.ben.Member, Until: l.clock.Now().AddDate(0, 0, 7)}
	is(l.T, "sign-off", l.app.OwnProcedure(ctx, l.ben, p), "")
	l.failure, err = l.app.ReportFailure(ctx, l.ben, practice.NewFailure{Team: team, Text: "The till was short", Stage: practice.StageAfter, Convene: true})
	is(l.T, "report", err, "")
	r := closedReview(l.T, l.store, l.ben, l.amal.Member, l.steward.Member)
	l.procedure, l.review = p.ID, r.ID
	is(l.T, "the rest", l.store.Update(ctx, func(tx *store.Tx) error {
		open := practice.Review{ID: "rev_open", Failure: l.failure.ID, Form: practice.FormLive, Lead: l.ben.Member,
			MeetAt: tx.Now().Add(time.Hour), Phase: practice.PhaseArrive, Box: 30 * time.Minute}
		if err := tx.AddReview(open, []practice.MemberID{l.ben.Member}); err != nil {
			return err
		}
		return tx.AddCarry(practice.Carry{ID: l.carry, Review: r.ID, Failure: r.Failure, Team: team, Carrier: l.ben.Member, Moment: "before June",
			Act: "brief them", DueAt: tx.Now().AddDate(0, 0, 7), State: practice.CarryAccepted, NamedAt: tx.Now()})
	}), "")
	is(l.T, "Ben wears the hat", l.app.SetSteward(ctx, l.steward, l.ben.Member, true), "")
	is(l.T, "Ben leads Amal", l.app.SaveLeads(ctx, l.steward, l.ben.Member, []practice.MemberID{l.amal.Member}), "")
}

// handover gives everything Ben holds to one person, but for what is named.
func (l *leaver) handover(to practice.MemberID, but map[string]practice.MemberID) []practice.Handover {
	l.Helper()
	held, err := l.app.Holdings(l.Context(), l.steward, l.ben.Member)
	is(l.T, "holdings", err, "")
	var all []practice.Handover
	var kinds []string
	for _, h := range held {
		one := practice.Handover{Kind: h.Kind, ID: h.ID, To: to}
		if other, ok := but[h.Kind]; ok {
			one.To = other
		}
		all, kinds = append(all, one), append(kinds, h.Kind)
	}
	slices.Sort(kinds)
	if want := []string{"carry", "failure", "procedure", "review", "signoff"}; !slices.Equal(kinds, want) {
		l.Fatalf("Ben holds %v, want %v", kinds, want)
	}
	return all
}

// stands says whose each thing is.
func (l *leaver) stands() (out map[string]practice.MemberID, c practice.Carry) {
	l.Helper()
	out = map[string]practice.MemberID{}
	is(l.T, "read", l.store.View(l.Context(), func(tx *store.Tx) (err error) {
		if c, err = tx.Carry(l.carry); err != nil {
			return err
		}
		p, err := tx.Procedure(l.procedure)
		if err != nil {
			return err
		}
		f, err := tx.Failure(l.failure.ID)
		if err != nil {
			return err
		}
		r, err := tx.Review("rev_open")
		out = map[string]practice.MemberID{"carry": c.Carrier, "procedure": p.Owner, "signoff": p.SignOff.By, "failure": f.Convener, "review": r.Lead}
		return err
	}), "")
	return out, c
}

func (l *leaver) are(what string, want map[string]practice.MemberID) practice.Carry {
	l.Helper()
	got, c := l.stands()
	for kind, who := range want {
		if got[kind] != who {
			l.Errorf("%s: the %s is %q's, want %q", what, kind, got[kind], who)
		}
	}
	return c
}

func all(m practice.MemberID) map[string]practice.MemberID {
	return map[string]practice.MemberID{"carry": m, "procedure": m, "signoff": m, "failure": m, "review": m}
}

func TestLetGo_handsEverythingOver(t *testing.T) {
	eachLeaver(t, func(l *leaver) {
		ctx := t.Context()
		whole := l.handover(l.amal.Member, nil)
		is(t, "one thing forgotten", l.app.LetGo(ctx, l.steward, l.ben.Member, whole[1:]), "member.holds")
		is(t, "a review to nobody", l.app.LetGo(ctx, l.steward, l.ben.Member, l.handover(l.amal.Member, map[string]practice.MemberID{"review": ""})), "handover.who")
		is(t, "to somebody unknown", l.app.LetGo(ctx, l.steward, l.ben.Member, l.handover("mem_x", nil)), "member.unknown")
		is(t, "to themselves", l.app.LetGo(ctx, l.steward, l.ben.Member, l.handover(l.ben.Member, nil)), "member.unknown")
		is(t, "by a member", l.app.LetGo(ctx, l.amal, l.ben.Member, whole), "not.yours")
		l.are("after refusals", all(l.ben.Member))

		is(t, "let go", l.app.LetGo(ctx, l.steward, l.ben.Member, whole), "")
		if c := l.are("handed over", all(l.amal.Member)); c.State != practice.CarryOffered {
			t.Errorf("Amal carries without having said yes: %+v", c)
		}
		told := notices(t, l.store, l.amal.Member)
		for _, code := range []string{"notice.carry", "notice.signoff", "notice.owner", "notice.lead", "notice.convene"} {
			if !slices.Contains(told, code) {
				t.Errorf("Amal was not told %s: %v", code, told)
			}
		}
		m, err := l.app.Member(ctx, l.steward, l.ben.Member)
		if err != nil || m.Active || m.Steward || len(m.Teams)+len(m.Leads) > 0 {
			t.Errorf("Ben afterwards: %+v, %v", m, err)
		}
		is(t, "a second time", l.app.LetGo(ctx, l.steward, l.ben.Member, nil), "member.inactive")
	})
}

func TestLetGo_opensAgain(t *testing.T) {
	eachLeaver(t, func(l *leaver) {
		is(t, "let go", l.app.LetGo(t.Context(), l.steward, l.ben.Member, l.handover("", map[string]practice.MemberID{"review": l.steward.Member})), "")
		c := l.are("open", map[string]practice.MemberID{"carry": l.ben.Member, "procedure": "", "signoff": "", "failure": "", "review": l.steward.Member})
		if !c.Refused() {
			t.Errorf("nobody can take the promise: %+v", c)
		}
		is(t, "Amal takes it", l.app.AcceptCarry(t.Context(), l.amal, c.ID), "")
	})
}

func TestBringBack(t *testing.T) {
	eachLeaver(t, func(l *leaver) {
		ctx := t.Context()
		is(t, "let go", l.app.LetGo(ctx, l.steward, l.ben.Member, l.handover(l.amal.Member, nil)), "")
		is(t, "Amal says yes", l.app.AcceptCarry(ctx, l.amal, l.carry), "")
		l.clock.Pass(practice.WayBack - time.Second)
		unproved := l.steward
		unproved.Proved = false
		is(t, "the hat, from a device left open", l.app.BringBack(ctx, unproved, l.ben.Member), "prove.first")
		is(t, "by a member", l.app.BringBack(ctx, l.amal, l.ben.Member), "not.yours")
		is(t, "brought back", l.app.BringBack(ctx, l.steward, l.ben.Member), "")
		want := all(l.ben.Member)
		want["carry"] = l.amal.Member // she said yes meanwhile
		l.are("afterwards", want)
		if told := notices(t, l.store, l.amal.Member); len(told) > 0 {
			t.Errorf("Amal still reads what is not hers any more: %v", told)
		}
		m, err := l.app.Member(ctx, l.steward, l.ben.Member)
		if err != nil || !m.Active || !m.Steward || len(m.Teams) != 1 || len(m.Leads) != 1 {
			t.Errorf("Ben afterwards: %+v, %v", m, err)
		}
		is(t, "twice", l.app.BringBack(ctx, l.steward, l.ben.Member), "member.late")
	})
}

func TestBringBack_promiseNobodyTook(t *testing.T) {
	eachLeaver(t, func(l *leaver) {
		for _, to := range []practice.MemberID{"", l.amal.Member} {
			is(t, "let go", l.app.LetGo(t.Context(), l.steward, l.ben.Member, l.handover(to, map[string]practice.MemberID{"review": l.amal.Member})), "")
			is(t, "brought back", l.app.BringBack(t.Context(), l.steward, l.ben.Member), "")
			if c := l.are("afterwards", all(l.ben.Member)); c.State != practice.CarryAccepted {
				t.Errorf("the promise handed to %q: %+v", to, c)
			}
		}
		is(t, "let go", l.app.LetGo(t.Context(), l.steward, l.ben.Member, l.handover(l.amal.Member, nil)), "")
		l.clock.Pass(practice.WayBack)
		is(t, "after a day", l.app.BringBack(t.Context(), l.steward, l.ben.Member), "member.late")
	})
}

// Whoever is taken out of a team hands over what only its people can do, and keeps
// the rest.
func TestLeaveTeam_handsOver(t *testing.T) {
	eachLeaver(t, func(l *leaver) {
		ctx, team := t.Context(), l.ben.Teams[0]
		other, err := l.app.AddTeam(ctx, l.steward, practice.Team{Name: "Night", CycleDays: 14, EarlyWhy: "they asked", Triggers: l.triggers(team)})
		is(t, "another team", err, "")
		_, err = l.app.AddMembers(ctx, l.steward, other.ID, []string{"Ben"})
		is(t, "Ben in both", err, "")
		is(t, "holding what only they can do", l.app.LeaveTeam(ctx, l.steward, l.ben.Member, team, nil), "member.holds")
		is(t, "out of the other", l.app.LeaveTeam(ctx, l.steward, l.ben.Member, other.ID, nil), "")
		held, err := l.app.HoldingsIn(ctx, l.steward, l.ben.Member, team)
		is(t, "holdings", err, "")
		var over []practice.Handover
		for _, h := range held {
			over = append(over, practice.Handover{Kind: h.Kind, ID: h.ID, To: l.amal.Member})
		}
		is(t, "handed over", l.app.LeaveTeam(ctx, l.steward, l.ben.Member, team, over), "")
		want := all(l.ben.Member)
		want["failure"], want["review"] = l.amal.Member, l.amal.Member
		l.are("afterwards", want)
		if m, err := l.app.Member(ctx, l.steward, l.ben.Member); err != nil || len(m.Teams) > 0 || !m.Active {
			t.Errorf("Ben afterwards: %+v, %v", m, err)
		}
	})
}

// triggers are those of a team.
func (l *leaver) triggers(team practice.TeamID) []practice.Trigger {
	l.Helper()
	t, err := l.app.Team(l.Context(), l.steward, team)
	is(l.T, "team", err, "")
	return t.Triggers
}
