package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// reading is what somebody reads of a closed review.
type reading struct{ texts, facts, gap, changes, answers, listed, found int }

// What there is to read: all of it, all but what was written alone, what the
// organisation reads, what leaders read.
var (
	took    = reading{texts: 1, facts: 1, gap: 1, changes: 1, answers: 1, listed: 1, found: 1}
	team    = reading{texts: 1, facts: 1, gap: 1, changes: 1, listed: 1, found: 1}
	anyone  = reading{texts: 1, gap: 1, changes: 1, listed: 1, found: 1}
	leading = reading{changes: 1}
)

// closedReview is one that somebody of a team took part in, another was invited
// to and a third reported, with everything in it that can be read.
func closedReview(t *testing.T, s *store.Store, took practice.Actor, invited, reported practice.MemberID) (r practice.Review) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: took.Teams[0], Title: "12 of 50", Text: "12 of 50",
			Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport, Reporter: reported})
		if err != nil {
			return err
		}
		r = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: took.Member, MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseClosed, StartedAt: tx.Now(), ClosedAt: tx.Now()}
		guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: f.Team, Link: "https://elsewhere.example", Text: "one lock", At: tx.Now()}
		gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "fifty signatures", Actual: "twelve signatures",
			Where: "at the door", Taken: true, Verdict: practice.Avoidable, Differ: "some say ten",
			Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}
		for _, err := range []error{
			tx.AddReview(r, []practice.MemberID{took.Member, invited}), tx.AddSafeguard(guard), tx.AddGap(gap),
			tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: took.Member, Closeness: practice.Did}),
			tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: f.ID, At: tx.Now(), Text: "10:40", Author: took.Member}),
			tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseHappened, Text: "twelve signed", Version: 1}, 0),
			tx.SetAnswers(r.ID, practice.PhaseHappened, []practice.Answer{{ID: "ans_1", Text: "the bag was empty", Place: 1}}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	is(t, "close", err, "")
	return r
}

// readBy counts what somebody reads, in the record, among the gaps and by
// search.
func readBy(t *testing.T, a *app.App, actor practice.Actor) (got reading) {
	t.Helper()
	r, err := a.Record(t.Context(), actor, 1)
	is(t, actor.Name, err, "")
	got = reading{texts: len(r.Texts), facts: len(r.Facts), answers: len(r.Answers), changes: len(r.Gaps)}
	for _, l := range r.Gaps {
		if l.Gap.Actual != "" || l.Gap.Intended != "" || l.Gap.Where != "" || l.Gap.Differ != "" || l.Gap.Verdict != "" {
			got.gap++
		}
	}
	gaps, err := a.Gaps(t.Context(), actor)
	is(t, actor.Name, err, "")
	found, err := a.Search(t.Context(), actor, app.SearchFor{Text: "twelve signatures", Kind: string(recall.Gap)})
	is(t, actor.Name, err, "")
	got.listed, got.found = len(gaps), len(found.Found)
	return got
}

func TestRecord_isReadAsAgreed(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		amal, ben, cleo, dana := add(t, a, steward, "Amal"), add(t, a, steward, "Ben"), add(t, a, steward, "Cleo"), add(t, a, steward, "Dana")
		r := closedReview(t, s, amal, dana.Member, ben.Member)
		_, err = a.Fill(t.Context(), nil)
		is(t, "learn", err, "")
		lead := func(who practice.Actor, whom ...practice.MemberID) {
			is(t, "lead", s.Update(t.Context(), func(tx *store.Tx) error {
				m, err := tx.Member(who.Member)
				if err != nil {
					return err
				}
				m.Leads = whom
				return tx.SaveMember(m)
			}), "")
		}
		lead(cleo, amal.Member)
		lead(ben, amal.Member)  // who leads and reported it
		lead(dana, dana.Member) // who leads nobody that came
		elsewhere := practice.Actor{Member: dana.Member, Name: "elsewhere"}
		for _, c := range []struct {
			who  practice.Actor
			want reading
		}{{amal, took}, {ben, team}, {cleo, leading}, {dana, team}, {elsewhere, anyone}} {
			if got := readBy(t, a, c.who); got != c.want {
				t.Errorf("%s reads %+v, want %+v", c.who.Name, got, c.want)
			}
		}
		r.Whole, r.Version = true, 1
		is(t, "everybody ticked", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(r, 0) }), "")
		if got := readBy(t, a, cleo); got != team {
			t.Errorf("after everybody ticked, a leader reads %+v, want %+v", got, team)
		}
	})
}
