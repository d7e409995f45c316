package app_test

import (
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A review is called in time, with people of the team, and one too many, one too
// late or with a leader only by saying so.
func TestCallReview_refuses(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
		is(t, "leads", a.SaveLeads(t.Context(), steward, steward.Member, []practice.MemberID{amal.Member}), "")
		call := func(f practice.Failure, change func(*practice.NewReview)) error {
			n := practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox, People: []practice.MemberID{ben.Member, amal.Member}}
			change(&n)
			_, err := a.CallReview(t.Context(), ben, n)
			return err
		}
		as := func(*practice.NewReview) {}
		f := reported(t, a, ben, "The vault stood open")
		for what, c := range map[string]struct {
			change func(*practice.NewReview)
			code   string
		}{
			"invite.nobody":  {func(n *practice.NewReview) { n.People = nil }, "invite.nobody"},
			"too long":       {func(n *practice.NewReview) { n.Box = time.Hour }, "box.range"},
			"in the past":    {func(n *practice.NewReview) { n.MeetAt = time.Now().Add(-time.Hour) }, "date.past"},
			"after 72 hours": {func(n *practice.NewReview) { n.MeetAt = time.Now().Add(80 * time.Hour) }, "review.late"},
			"a stranger":     {func(n *practice.NewReview) { n.People = append(n.People, "mem_nobody") }, "member.unknown"},
			"a leader":       {func(n *practice.NewReview) { n.People = append(n.People, steward.Member) }, "invite.leader"},
		} {
			is(t, what, call(f, c.change), c.code)
		}
		is(t, "late, and says why", call(f, func(n *practice.NewReview) { n.MeetAt, n.Why = time.Now().Add(80*time.Hour), "the lift is out" }), "")
		is(t, "twice about one failure", call(f, as), "review.open")
		is(t, "with a leader who was there", call(reported(t, a, ben, "The second"), func(n *practice.NewReview) {
			n.People, n.There = append(n.People, steward.Member), []practice.MemberID{steward.Member}
		}), "")
		is(t, "the third", call(reported(t, a, ben, "The third"), as), "")
		fourth := reported(t, a, ben, "The fourth")
		is(t, "the fourth", call(fourth, as), "review.many")
		is(t, "the fourth, and says why", call(fourth, func(n *practice.NewReview) { n.Why = "a flood" }), "")
		for who, want := range map[practice.MemberID]int{ben.Member: 0, amal.Member: 4, steward.Member: 1} {
			var told int
			is(t, "notices", s.View(t.Context(), func(tx *store.Tx) error {
				all, err := tx.Notices(who)
				told = len(all)
				return err
			}), "")
			if told != want {
				t.Errorf("%s is told of %d reviews, want %d", who, told, want)
			}
		}
	})
}

func TestTieFailures_refuses(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	one, two, three := reported(t, a, steward, "One"), reported(t, a, steward, "Two"), reported(t, a, steward, "Three")
	tie := func(f, o practice.Failure, kind practice.TieKind) error {
		_, err := a.TieFailures(t.Context(), steward, f.ID, o.ID, kind)
		return err
	}
	is(t, "with itself", tie(one, one, practice.TieSame), "tie.itself")
	is(t, "of no kind", tie(one, two, "alike"), "required")
	is(t, "joined", tie(one, two, practice.TieJoined), "")
	is(t, "joined to another", tie(one, three, practice.TieJoined), "tie.joined")
}

// What an act changes of what can be found or watched is told in the log, from which
// every node learns it.
func TestActs_areToldInTheLog(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, steward := setUp(t, s)
	ben, amal := add(t, a, steward, "Ben"), add(t, a, steward, "Amal")
	f, other := reported(t, a, ben, "The vault stood open"), reported(t, a, ben, "The lift stood still")
	_, err := a.AddFact(t.Context(), ben, practice.Fact{Failure: f.ID, Text: "Rosa saw it"}, nil)
	is(t, "fact", err, "")
	var review practice.Review
	for _, c := range []struct {
		kind  string
		about func() string
		do    func() error
	}{
		{"failure.edited", func() string { return string(f.ID) }, func() error {
			_, err := a.EditReport(t.Context(), ben, f.ID, says("The vault stood open all night"))
			return err
		}},
		{"failure.restricted", func() string { return string(f.ID) }, func() error {
			_, err := a.RestrictFailure(t.Context(), ben, f.ID, []practice.MemberID{ben.Member})
			return err
		}},
		{"failure.tied", func() string { return string(f.ID) }, func() error {
			_, err := a.TieFailures(t.Context(), ben, f.ID, other.ID, practice.TieSame)
			return err
		}},
		{"failure.drilled", func() string { return string(other.ID) }, func() error {
			_, err := a.MarkDrill(t.Context(), ben, other.ID, true)
			return err
		}},
		{"review.called", func() string { return string(review.ID) }, func() (err error) {
			review, err = a.CallReview(t.Context(), ben, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox,
				People: []practice.MemberID{ben.Member, amal.Member}})
			return err
		}},
	} {
		was := storetest.Events(t, s, store.Position{}).Next
		is(t, c.kind, c.do(), "")
		told := false
		for _, e := range storetest.Events(t, s, was).Events {
			told = told || e.Kind == c.kind && e.About == c.about()
		}
		if !told {
			t.Errorf("%s of %s is not told", c.kind, c.about())
		}
	}
}
