package app_test

import (
	"fmt"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// reported is a failure somebody reported a moment ago.
func reported(t *testing.T, a *app.App, who practice.Actor, text string) practice.Failure {
	t.Helper()
	f, err := a.ReportFailure(t.Context(), who, practice.NewFailure{Team: who.Teams[0], Text: text, Stage: practice.StageAfter, TouchedOther: "the neighbours"})
	is(t, text, err, "")
	return f
}

// says is a change to these words, whatever was there.
func says(text string) func(practice.Failure) (practice.NewFailure, error) {
	return func(was practice.Failure) (practice.NewFailure, error) {
		return practice.NewFailure{Text: text, Stage: was.Stage, Touched: was.Touched, TouchedOther: was.TouchedOther}, nil
	}
}

// Whoever reported something changes what it says until its review begins;
// nobody else does, and what it said before stays.
func TestEditReport(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben := add(t, a, steward, "Ben")
		f := reported(t, a, ben, "The lamp went out. All of them.")
		_, err := a.EditReport(t.Context(), steward, f.ID, says("Nothing went out"))
		is(t, "another edits", err, "report.others")
		_, err = a.EditReport(t.Context(), ben, f.ID, says(" "))
		is(t, "without words", err, "report.empty")
		same, err := a.EditReport(t.Context(), ben, f.ID, says(f.Text))
		is(t, "the same words", err, "")
		if same.Version != 1 {
			t.Errorf("the same words are version %d", same.Version)
		}
		_, err = a.EditReport(t.Context(), ben, f.ID, says("Two lamps went out. Both at the door."))
		is(t, "edit", err, "")
		now, err := a.FailureByID(t.Context(), steward, f.ID)
		is(t, "read", err, "")
		if now.Title != "Two lamps went out" || now.Version != 2 || !now.RecognisedAt.Equal(f.RecognisedAt) || now.TouchedOther != "the neighbours" {
			t.Errorf("it says %+v", now)
		}
		before, err := a.Formers(t.Context(), steward, f.ID)
		is(t, "before", err, "")
		if len(before) != 1 || before[0].Text != f.Text || before[0].Version != 1 || before[0].Until.IsZero() {
			t.Errorf("before it said %+v", before)
		}
		stranger := practice.Actor{Member: steward.Member}
		_, err = a.Formers(t.Context(), stranger, f.ID)
		is(t, "another team", err, "not.found")
		begin(t, s, f)
		_, err = a.EditReport(t.Context(), ben, f.ID, says("Too late"))
		is(t, "its review has begun", err, "report.begun")
		_, err = a.TakeBackReport(t.Context(), ben, f.ID)
		is(t, "take back then", err, "report.begun")
	})
}

// begin puts a review of a failure into the database that has begun.
func begin(t *testing.T, s *store.Store, f practice.Failure) practice.ReviewID {
	t.Helper()
	var r practice.Review
	is(t, "begin", s.Update(t.Context(), func(tx *store.Tx) error {
		r = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: f.Reporter,
			MeetAt: tx.Now(), Box: practice.DefaultBox, Phase: practice.PhaseIntended, StartedAt: tx.Now()}
		return tx.AddReview(r, []practice.MemberID{f.Reporter})
	}), "")
	return r.ID
}

// Of two who edit from one version, the slower one is refused.
func TestEditReport_twice(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, ben := setUp(t, s)
		f := reported(t, a, ben, "The lamp went out")
		over := func(text string) func(practice.Failure) (practice.NewFailure, error) {
			return func(was practice.Failure) (practice.NewFailure, error) {
				if was.Version != f.Version {
					return practice.NewFailure{}, practice.ErrChanged
				}
				return says(text)(was)
			}
		}
		_, err := a.EditReport(t.Context(), ben, f.ID, over("Two lamps went out"))
		is(t, "first", err, "")
		now, err := a.EditReport(t.Context(), ben, f.ID, over("Three lamps went out"))
		is(t, "second", err, "changed.meanwhile")
		if now.Text != "Two lamps went out" {
			t.Errorf("whoever was slower is shown %q", now.Text)
		}
	})
}

// What is taken back leaves nothing, and those who count on it are told so
// without a word of it.
func TestTakeBackReport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		a, steward := setUp(t, storetest.Open(t, address))
		ben := add(t, a, steward, "Ben")
		f := reported(t, a, ben, "The lamp over the quay went out")
		is(t, "hand it on", a.HandConvening(t.Context(), ben, f.ID, steward.Member), "")
		_, err := a.EditReport(t.Context(), ben, f.ID, says("The lamp over the lighthouse went out"))
		is(t, "edit", err, "")
		_, err = a.AddFact(t.Context(), steward, practice.Fact{Failure: f.ID, Text: "the fuse of the lighthouse"}, nil)
		is(t, "fact", err, "")
		_, err = a.TakeBackReport(t.Context(), steward, f.ID)
		is(t, "another takes it back", err, "report.others")
		gone, err := a.TakeBackReport(t.Context(), ben, f.ID)
		is(t, "take back", err, "")
		if !strings.Contains(gone.Text, "lighthouse") {
			t.Errorf("it answers with %+v", gone)
		}
		_, err = a.FailureByID(t.Context(), ben, f.ID)
		is(t, "read", err, "not.found")
		home, err := a.Home(t.Context(), steward)
		is(t, "home", err, "")
		if len(home.Notices) != 1 || home.Notices[0].Code != "notice.withdrawn" {
			t.Errorf("who convened it is told %+v", home.Notices)
		}
		stands(t, address, "notice.withdrawn", true)
		stands(t, address, "quay", false)
		stands(t, address, "lighthouse", false)
	})
}

// Whoever convenes a failure sets it aside, alone or with others; the reporter
// reads why. Anybody of the team may still ask for a review.
func TestTriageFailure_setAside(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		f := reported(t, a, ben, "The lamp went out")
		is(t, "hand it on", a.HandConvening(t.Context(), ben, f.ID, steward.Member), "")
		triage := func(who practice.Actor, d app.Triage) error {
			_, err := a.TriageFailure(t.Context(), who, f.ID, d)
			return err
		}
		noted := app.Triage{Decision: practice.TriageNoted, Why: "it was a bulb"}
		is(t, "another notes it", triage(amal, noted), "triage.others")
		is(t, "another, with others", a.NoteFailures(t.Context(), amal, []practice.FailureID{f.ID}, "small"), "triage.others")
		is(t, "the convener", triage(steward, noted), "")
		home, err := a.Home(t.Context(), ben)
		is(t, "home", err, "")
		if len(home.Notices) != 1 || home.Notices[0].Code != "notice.noted" || home.Notices[0].Args["why"] != "it was a bulb" {
			t.Errorf("the reporter is told %+v", home.Notices)
		}
		is(t, "another takes it back", triage(amal, app.Triage{Decision: practice.TriageNew}), "triage.others")
		is(t, "the convener takes it back", triage(steward, app.Triage{Decision: practice.TriageNew}), "")
		is(t, "another asks for a review", triage(amal, app.Triage{Decision: practice.TriageSignificant, Triggers: []string{"Someone asks"}}), "")
	})
}

// stands wants a word to stand in a copy of the database, or not.
func stands(t *testing.T, address, word string, want bool) {
	t.Helper()
	var in []string
	for _, r := range storetest.Dump(t, address) {
		if strings.Contains(fmt.Sprint(r.Values), word) {
			in = append(in, r.Table)
		}
	}
	if (len(in) > 0) != want {
		t.Errorf("%q stands in %v, wanted: %v", word, in, want)
	}
}
