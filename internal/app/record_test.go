package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// reading is what somebody reads of a closed review: in the record, among the
// gaps, by search, and behind what it changed.
type reading struct {
	code                          string // why there is no record
	texts, facts, answers         int
	reason                        int // why nothing changes
	changes, gaps, carry          int
	listed, found, titled, report int
}

// What there is to read: all of it, all but what was written alone, what changed,
// and nothing. A team reads its reports too.
var (
	took    = reading{texts: 1, reason: 1, facts: 1, gaps: 1, changes: 1, answers: 1, carry: 1, listed: 1, found: 1, titled: 2, report: 1}
	whole   = reading{texts: 1, reason: 1, facts: 1, gaps: 1, changes: 1, carry: 1, listed: 1, found: 1, titled: 2, report: 1}
	short   = reading{changes: 1, carry: 1, titled: 2, report: 1}
	nothing = reading{code: "not.found"}
)

// outside is the same for somebody who is not of the team.
func (r reading) outside() reading {
	r.report = 0
	return r
}

// closedReview is one that somebody of a team took part in, another reported and
// a third carries on, with everything in it that can be read.
func closedReview(t *testing.T, s *store.Store, took practice.Actor, reported, carrier practice.MemberID) (r practice.Review) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: took.Teams[0], Title: "12 of 50", Text: "12 of 50",
			Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport, Reporter: reported})
		if err != nil {
			return err
		}
		r = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: took.Member, MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseClosed, StartedAt: tx.Now(), ClosedAt: tx.Now(), NothingWhy: "said inside"}
		guard := practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: f.Team, Link: "https://elsewhere.example", Text: "one lock", At: tx.Now()}
		gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "fifty signatures", Actual: "twelve signatures",
			Where: "at the door", Taken: true, Verdict: practice.Avoidable, Differ: "some say ten",
			Route: practice.Route{Kind: practice.RouteSafeguard, To: string(guard.ID)}}
		for _, err := range []error{
			tx.AddReview(r, []practice.MemberID{took.Member}), tx.AddSafeguard(guard), tx.AddGap(gap),
			tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: took.Member, Closeness: practice.Did}),
			tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Safeguard: guard.ID, Failure: f.ID, Gap: gap.ID, At: tx.Now()}),
			tx.AddCarry(practice.Carry{ID: practice.CarryID(tx.NewID("cry")), Review: r.ID, Failure: f.ID, Team: f.Team, Carrier: carrier,
				Act: "count them twice", DueAt: tx.Now(), NamedAt: tx.Now(), State: practice.CarryOffered}),
			tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: f.ID, At: tx.Now(), Text: "10:40", Author: took.Member}),
			tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseHappened, Text: "twelve signed", Version: 1}, 0),
			tx.SetAnswers(r.ID, practice.PhaseHappened, []practice.Answer{{ID: "ans_1", Text: "the bag was empty", Place: 1}}),
		} {
			if err != nil {
				return err
			}
		}
		_, err = tx.AddFinding(practice.Finding{ID: practice.FindingID(tx.NewID("fnd")), Team: f.Team, Tried: "two pens", Next: "or three?", At: tx.Now(), Gap: gap.ID, Failure: f.ID})
		return err
	})
	is(t, "close", err, "")
	return r
}

// readBy counts what somebody reads.
func readBy(t *testing.T, a *app.App, actor practice.Actor) (got reading) {
	t.Helper()
	r, err := a.Record(t.Context(), actor, 1)
	var refusal *practice.Error
	if errors.As(err, &refusal) {
		got.code = refusal.Code
	} else {
		is(t, actor.Name, err, "")
	}
	got.reason = some(r.Review.NothingWhy)
	if outside, err := a.Reviews(t.Context(), actor); err != nil || len(outside) > 0 && outside[0].NothingWhy != "" {
		t.Errorf("%s is told from outside %+v: %v", actor.Name, outside, err)
	}
	opened, err := a.OpenAnswers(t.Context(), actor, 1)
	if err != nil && !errors.Is(err, practice.ErrNotFound) || r.Part != (err == nil) {
		t.Errorf("%s opens the answers: %v", actor.Name, err)
	}
	got.texts, got.facts, got.answers, got.changes = len(r.Texts), len(r.Facts), len(opened.Answers), len(r.Gaps)
	for _, l := range r.Gaps {
		got.gaps += some(l.Gap.Actual + l.Gap.Intended + l.Gap.Where + l.Gap.Differ + string(l.Gap.Verdict))
	}
	if r.Carried != nil {
		got.carry = some(r.Carried.Carry.Act)
	}
	gaps, err := a.Gaps(t.Context(), actor)
	is(t, actor.Name, err, "")
	found, err := a.Search(t.Context(), actor, app.SearchFor{Text: "twelve signatures", Kind: string(recall.Gap)})
	is(t, actor.Name, err, "")
	got.listed, got.found = len(gaps), len(found.Found)
	guards, err := a.Safeguards(t.Context(), actor)
	is(t, actor.Name, err, "")
	finding, err := a.Finding(t.Context(), actor, 1)
	is(t, actor.Name, err, "")
	for _, s := range []practice.Scar{guards[0].Scars[0], finding.Scar} {
		got.titled += some(s.Title)
		if s.Of != "Saturday crew" || (s.Title == "") != (s.Number == 0) {
			t.Errorf("%s is told %+v", actor.Name, s)
		}
	}
	got.report = some(r.Failure.Text)
	return got
}

func some(text string) int { return min(1, len(text)) }

// Every role reads every form of a record, and what is kept from one is there
// for another.
func TestRecord_isReadAsAgreed(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a := app.New(app.Options{Store: s})
		steward, err := a.SetUp(t.Context(), newOrganisation())
		is(t, "set up", err, "")
		inside := func(name string) practice.Actor { return add(t, a, steward, name) }
		outside := func(name string) practice.Actor {
			m := add(t, a, steward, name)
			m.Teams = nil
			return m
		}
		there, absent, reporter, teammate := inside("there"), inside("invited and absent"), inside("reporter"), inside("teammate")
		guest, missed, leader, carrier, stranger := outside("guest"), outside("guest who did not come"), outside("leader"), outside("carrier"), outside("stranger")
		boss := inside("reporter who leads")
		r := closedReview(t, s, there, reporter.Member, carrier.Member)
		is(t, "invite", s.Update(t.Context(), func(tx *store.Tx) error {
			lead := func(who practice.Actor) error {
				m, err := tx.Member(who.Member)
				m.Leads = []practice.MemberID{there.Member}
				return errors.Join(err, tx.SaveMember(m))
			}
			return errors.Join(lead(leader), lead(reporter),
				tx.AddInvitation(practice.Invitation{Review: r.ID, Member: absent.Member}),
				tx.AddInvitation(practice.Invitation{Review: r.ID, Member: missed.Member}),
				tx.AddInvitation(practice.Invitation{Review: r.ID, Member: guest.Member, Spent: true, Closeness: practice.Saw}))
		}), "")
		_, err = a.Fill(t.Context(), nil)
		is(t, "learn", err, "")
		for _, c := range []struct{ ticked, restricted bool }{{false, false}, {false, true}, {true, true}, {true, false}} {
			concerned := short
			if c.ticked {
				concerned = whole
			}
			others := concerned // of those it concerns who are not among the named people
			only := []practice.MemberID(nil)
			if c.restricted {
				others, only = nothing, []practice.MemberID{there.Member}
			}
			_, err := a.RestrictFailure(t.Context(), reporter, r.Failure, only)
			is(t, "restrict", err, "")
			r.Whole, r.Version = c.ticked, r.Version+1
			is(t, "tick", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(r, r.Version-1) }), "")
			for _, one := range []struct {
				who  practice.Actor
				want reading
			}{
				{there, took}, {guest, took.outside()}, {reporter, whole}, {boss, others}, {teammate, others}, {absent, concerned},
				{leader, others.outside()}, {carrier, concerned.outside()}, {stranger, nothing}, {missed, nothing},
			} {
				if diff := cmp.Diff(one.want, readBy(t, a, one.who), cmp.AllowUnexported(reading{})); diff != "" {
					t.Errorf("%+v, %s reads (want -, got +):\n%s", c, one.who.Name, diff)
				}
			}
		}
	})
}

// Whoever takes everything out of the house takes out what those whom a record
// concerns read of it, and no more.
func TestExport_records(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		r := closedReview(t, s, steward, steward.Member, steward.Member)
		all := func() string {
			var b strings.Builder
			is(t, "export", a.Export(t.Context(), practice.Actor{Operator: true}, func(e app.Exported) error {
				_, err := fmt.Fprintln(&b, e.File, e.Line, e.Page)
				return err
			}), "")
			return b.String()
		}
		changed, said := []string{"one lock", "count them twice", string(practice.RouteSafeguard)}, []string{"twelve signatures", "twelve signed", "some say ten", "said inside"}
		has := func(text string, words []string, want bool) {
			t.Helper()
			for _, w := range words {
				if strings.Contains(text, w) != want {
					t.Errorf("%q in the export: %v, want %v", w, !want, want)
				}
			}
		}
		short := all()
		has(short, changed, true)
		has(short, said, false)
		r.Whole, r.Version = true, 1
		is(t, "everybody ticked", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(r, 0) }), "")
		has(all(), append(changed, said...), true)
		has(all(), []string{"the bag was empty"}, false)
	})
}

// What groups said of a change goes along, but for what only some people read; and whoever
// said it takes it along as their own.
func TestExport_consents(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ctx, ben := t.Context(), add(t, a, steward, "Ben")
		p := brought(t, a, steward)
		m, err := a.Procedure(ctx, steward, p.Slug)
		is(t, "read", err, "")
		n := practice.Authority{Procedure: p.ID}
		for _, name := range []string{"Drivers", "Night shift"} {
			g, err := a.AddParty(ctx, steward, practice.Party{Name: name, Days: 3, Members: []practice.MemberID{ben.Member}})
			is(t, name, err, "")
			is(t, "voice", a.ChooseVoice(ctx, ben, g.ID, "Ben", practice.Voice{At: time.Now().Add(-time.Hour), How: "by a show of hands"}), "")
			n.Asked = append(n.Asked, g.ID)
		}
		is(t, "asked", a.SaveAuthority(ctx, steward, n), "")
		var gap practice.GapID
		is(t, "a trial", s.Update(ctx, func(tx *store.Tx) (err error) {
			gap, err = storetest.Tried(tx, m.Steps[0].ID, tx.Now().AddDate(0, 0, -5), "Count the till twice", "")
			return err
		}), "")
		is(t, "presented", a.SayInConsent(ctx, steward, gap, app.Statement{Kind: practice.SpokePresent, Text: "the till was short"}), "")
		is(t, "a harm", a.SayInConsent(ctx, ben, gap, app.Statement{Kind: practice.SpokeHarm, Party: n.Asked[0], Text: "the bus is gone by then"}), "")
		exported := func() string {
			var b strings.Builder
			is(t, "export", a.Export(ctx, practice.Actor{Operator: true}, func(e app.Exported) error {
				if e.File == "consents.jsonl" || e.File == "groups.jsonl" {
					fmt.Fprintln(&b, e.File, e.Line)
				}
				return nil
			}), "")
			return b.String()
		}
		has := func(text string, want bool, words ...string) {
			t.Helper()
			for _, w := range words {
				if strings.Contains(text, w) != want {
					t.Errorf("%q in the export: %v, want %v", w, !want, want)
				}
			}
		}
		has(exported(), true, "Night shift", "by a show of hands", "the till was short", "the bus is gone by then", "Count the till twice")
		var mine practice.Mine
		is(t, "mine", s.View(ctx, func(tx *store.Tx) (err error) {
			mine, err = tx.Mine(ben.Member)
			return err
		}), "")
		if len(mine.Groups) != 2 || len(mine.Spoken) != 1 || mine.Spoken[0].Text != "the bus is gone by then" || mine.Spoken[0].Procedure != "Closing" {
			t.Errorf("Ben's own: %v, %+v", mine.Groups, mine.Spoken)
		}
		is(t, "restricted", s.Update(ctx, func(tx *store.Tx) error {
			r, err := tx.Trial(gap)
			if err != nil {
				return err
			}
			f, err := tx.Failure(r.Failure)
			f.Only = []practice.MemberID{steward.Member}
			return errors.Join(err, tx.RestrictFailure(f))
		}), "")
		has(exported(), false, "the till was short", "the bus is gone by then")
	})
}

// What a room had before it stays as it was once the room is closed.
func TestFacts_endWithTheReview(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		r := closedReview(t, s, steward, steward.Member, steward.Member)
		open, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Team: steward.Teams[0], Text: "The lamp went out", Stage: practice.StageAfter})
		is(t, "report", err, "")
		kept, err := a.AddFact(t.Context(), steward, practice.Fact{Failure: open.ID, Text: "at nine"}, nil)
		is(t, "before", err, "")
		is(t, "take it out before", a.RemoveFact(t.Context(), steward, kept.ID), "")
		_, err = a.AddFact(t.Context(), steward, practice.Fact{Failure: r.Failure, Text: "at nine"}, nil)
		is(t, "after", err, "fact.closed")
		facts, err := a.Facts(t.Context(), steward, r.Failure)
		is(t, "facts", err, "")
		is(t, "take it out after", a.RemoveFact(t.Context(), steward, facts[0].ID), "fact.closed")
	})
}

// Who convenes a failure sets the time of its review, and nobody else does.
func TestCallReview_onlyTheConvener(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben := add(t, a, steward, "Ben")
		f, err := a.ReportFailure(t.Context(), steward, practice.NewFailure{Team: steward.Teams[0], Text: "The lamp went out", Stage: practice.StageAfter, Convene: true})
		is(t, "report", err, "")
		n := practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox, People: []practice.MemberID{ben.Member}}
		_, err = a.ProposeReview(t.Context(), ben, f.ID)
		is(t, "another plans", err, "review.convener")
		_, err = a.CallReview(t.Context(), ben, n)
		is(t, "another calls", err, "review.convener")
		r, err := a.CallReview(t.Context(), steward, n)
		is(t, "the convener calls", err, "")
		_, err = a.MoveReview(t.Context(), ben, r.ID, n)
		is(t, "another moves", err, "review.convener")
		_, err = a.MoveReview(t.Context(), steward, r.ID, n)
		is(t, "the convener moves", err, "")
	})
}
