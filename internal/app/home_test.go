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

func TestHome_whatTheirReportLedTo(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal, ben := add(t, a, steward, "Amal"), add(t, a, steward, "Ben")
		closedReview(t, s, steward, ben.Member, amal.Member)
		home, err := a.Home(t.Context(), ben)
		is(t, "home", err, "")
		if home.Back == nil || home.Back.Safeguard.Text != "one lock" {
			t.Errorf("the reporter is told of %+v", home.Back)
		}
		if home, err = a.Home(t.Context(), amal); err != nil || home.Back != nil {
			t.Errorf("somebody else is told of %+v, %v", home.Back, err)
		}
	})
}

func TestHome_whatChangedSinceTheyLooked(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		p := brought(t, a, steward)
		unseen := func() (places []string) {
			t.Helper()
			home, err := a.Home(t.Context(), amal)
			is(t, "home", err, "")
			for _, u := range home.Unseen {
				places = append(places, u.Numbers...)
			}
			return places
		}
		change := func() {
			t.Helper()
			_, err := a.ChangeWithoutFailure(t.Context(), steward, otherChange(t, a, steward, p))
			is(t, "change", err, "")
		}
		if got := unseen(); got != nil {
			t.Errorf("never looked: %v", got)
		}
		is(t, "look", a.UseProcedure(t.Context(), amal, p.ID), "")
		if got := unseen(); got != nil {
			t.Errorf("nothing changed: %v", got)
		}
		change()
		if got := unseen(); !slices.Equal(got, []string{"2"}) {
			t.Errorf("the second step changed: %v", got)
		}
		is(t, "look again", a.UseProcedure(t.Context(), amal, p.ID), "")
		if got := unseen(); got != nil {
			t.Errorf("seen: %v", got)
		}
	})
}

// A limit that nobody looked at for a year is asked about on the start pages of its team,
// until somebody did.
func TestHome_limitsToAskAbout(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		clock := storetest.NewClock(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		s := storetest.Open(t, address, clock.Option)
		a, steward := setUp(t, s)
		other, err := a.AddTeam(t.Context(), steward, practice.Team{Name: "Night", Pack: "tech", CycleDays: 7, EarlyWhy: "They asked.", Triggers: newTeam("x").Triggers})
		is(t, "team", err, "")
		for i, team := range []practice.TeamID{steward.Teams[0], other.ID, steward.Teams[0]} {
			is(t, "limit", s.Update(t.Context(), func(tx *store.Tx) error {
				_, err := tx.AddConstraint(practice.Constraint{ID: practice.ConstraintID(tx.NewID("con")), Team: team, Text: "No water after ten.",
					Assume: "The tank is our only water.", Kind: practice.ByLaw, Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: practice.LookAgain(tx.Now()).AddDate(0, i, 0)})
				return err
			}), "")
		}
		asked := func() (numbers []int) {
			t.Helper()
			home, err := a.Home(t.Context(), steward)
			is(t, "home", err, "")
			for _, c := range home.Limits {
				numbers = append(numbers, c.Number)
			}
			return numbers
		}
		clock.Pass(360 * 24 * time.Hour)
		if got := asked(); got != nil {
			t.Errorf("before its day: %v", got)
		}
		clock.Pass(100 * 24 * time.Hour)
		if got := asked(); !slices.Equal(got, []int{1, 3}) {
			t.Errorf("the team is asked about %v", got)
		}
		is(t, "look", a.LookAtConstraint(t.Context(), steward, 1, true, ""), "")
		if got := asked(); !slices.Equal(got, []int{3}) {
			t.Errorf("somebody looked: %v", got)
		}
	})
}

func TestHome_asksNobodyToYesterday(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	is(t, "notices", s.Update(t.Context(), func(tx *store.Tx) error {
		for _, n := range []practice.Notice{
			{Code: "notice.invited", Args: practice.Args{"title": "past", "at": tx.Now().Add(-25 * time.Hour).UnixMicro()}},
			{Code: "notice.invited", Args: practice.Args{"title": "soon", "at": tx.Now().Add(time.Hour).UnixMicro()}},
			{Code: "notice.signoff", Args: practice.Args{"procedure": "late", "at": tx.Now().Add(-25 * time.Hour).UnixMicro()}},
		} {
			n.Member = steward.Member
			if err := tx.AddNotice(n); err != nil {
				return err
			}
		}
		return nil
	}), "")
	home, err := a.Home(t.Context(), steward)
	is(t, "home", err, "")
	if len(home.Notices) != 2 || slices.ContainsFunc(home.Notices, func(n practice.Notice) bool { return n.Args["title"] == "past" }) {
		t.Errorf("%+v", home.Notices)
	}
}

func TestHome_noticesLeaveWhenDone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		said := func() (codes []string) {
			t.Helper()
			home, err := a.Home(t.Context(), amal)
			is(t, "home", err, "")
			for _, n := range home.Notices {
				codes = append(codes, n.Code)
			}
			return codes
		}
		wants := func(what string, want ...string) {
			t.Helper()
			if got := said(); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		f := reported(t, a, steward, "Half of the boxes came late.")
		is(t, "hand", a.HandConvening(t.Context(), steward, f.ID, amal.Member), "")
		wants("handed", "notice.convene")
		_, err := a.TriageFailure(t.Context(), amal, f.ID, app.Triage{Decision: practice.TriageKept})
		is(t, "keep", err, "")
		wants("decided")
		is(t, "hand back", a.HandConvening(t.Context(), amal, f.ID, steward.Member), "")
		r, err := a.CallReview(t.Context(), steward, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox,
			People: []practice.MemberID{steward.Member, amal.Member}})
		is(t, "call", err, "")
		wants("called", "notice.invited")
		_, err = a.MoveReview(t.Context(), steward, r.ID, practice.NewReview{MeetAt: time.Now().Add(2 * time.Hour)})
		is(t, "move", err, "")
		wants("moved", "notice.moved")
		_, err = a.TakePlace(t.Context(), amal, r.ID, practice.Saw)
		is(t, "come", err, "")
		wants("came")
	})
}

func TestHome_recordsToRead(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		amal := add(t, a, steward, "Amal")
		reported(t, a, steward, "Half of the boxes came late.")
		home, err := a.Home(t.Context(), amal)
		if is(t, "home", err, ""); len(home.Records) != 0 {
			t.Errorf("before the first review there are records: %+v", home.Records)
		}
		closedReview(t, s, steward, steward.Member, steward.Member)
		home, err = a.Home(t.Context(), amal)
		if is(t, "home", err, ""); len(home.Records) != 1 || home.Records[0].Title != "12 of 50" {
			t.Errorf("%+v", home.Records)
		}
	})
}
