package app_test

import (
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// called keeps a failure of the actor's team with a room that was called for it.
func called(t *testing.T, s *store.Store, actor practice.Actor, people ...practice.MemberID) practice.Review {
	t.Helper()
	var r practice.Review
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: actor.Teams[0], Title: "12 of 50",
			Text: "12 of 50", Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport, Convener: actor.Member})
		if err != nil {
			return err
		}
		r = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: actor.Member,
			MeetAt: tx.Now(), Box: practice.DefaultBox, Phase: practice.PhaseArrive}
		return tx.AddReview(r, people)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTakePlace(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		r := called(t, s, steward, steward.Member)
		mate := practice.Actor{Member: "mem_mate", Name: "Mate", Teams: steward.Teams}
		stranger := practice.Actor{Member: "mem_stranger", Name: "Stranger"}

		_, err := a.TakePlace(t.Context(), steward, r.ID, "")
		is(t, "without a word how near they were", err, "closeness.required")
		first, err := a.TakePlace(t.Context(), steward, r.ID, practice.Saw)
		is(t, "invited", err, "")
		again, err := a.TakePlace(t.Context(), steward, r.ID, "")
		is(t, "once more", err, "")
		if first == again || first == "" {
			t.Errorf("tickets %q and %q", first, again)
		}
		for _, who := range []practice.Actor{mate, stranger} {
			_, err = a.TakePlace(t.Context(), who, r.ID, practice.Did)
			is(t, who.Name, err, "not.found")
		}
		_, err = a.TakePlace(t.Context(), practice.Actor{Member: steward.Member, Scopes: []practice.Scope{practice.ScopeRead}}, r.ID, practice.Did)
		is(t, "with a token that reads", err, "token.scope")

		door, err := a.Door(t.Context(), steward, 1)
		is(t, "the door", err, "")
		if door.Review.ID != r.ID || !door.Invitation.Spent || door.Invitation.Closeness != practice.Saw || door.Turnout.Came != 1 {
			t.Errorf("%+v", door)
		}
		_, err = a.Door(t.Context(), mate, 1)
		is(t, "the door, not invited", err, "room.yours")
		_, err = a.Door(t.Context(), stranger, 1)
		is(t, "the door, from elsewhere", err, "not.found")
		_, err = a.Door(t.Context(), steward, 2)
		is(t, "no such failure", err, "not.found")
	})
}

func TestDoor_noRoomCalled(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := app.New(app.Options{Store: s})
	steward, err := a.SetUp(t.Context(), newOrganisation())
	is(t, "set up", err, "")
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: steward.Teams[0], Title: "12 of 50"})
		return err
	})
	is(t, "report", err, "")
	_, err = a.Door(t.Context(), steward, 1)
	is(t, "before anybody called it", err, "review.none")
}

func TestTakePlace_afterTheClose(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := app.New(app.Options{Store: s})
	steward, err := a.SetUp(t.Context(), newOrganisation())
	is(t, "set up", err, "")
	r := called(t, s, steward, steward.Member)
	r.Phase = practice.PhaseClosed
	is(t, "close", s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(r, 0) }), "")
	_, err = a.TakePlace(t.Context(), steward, r.ID, practice.Did)
	is(t, "after the close", err, "review.closed")
}
