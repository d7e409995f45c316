package room_test

import (
	"context"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store"
)

// A step is open by itself where it shares two words with an avoidable gap; one
// word is no reason, and what somebody said comes first.
func TestEmbedding_theStepMostLikeTheGap(t *testing.T) {
	s := onSQLite(t, 1).toChange(practice.Avoidable)
	like := s.embedding(0).Procedures[0].Steps[1]
	var shares []string
	s.rooms = room.New(room.Options{Store: s.store, Words: seatWords(), Similar: func(_ context.Context, q recall.Query) ([]recall.Hit, error) {
		if !q.Allow(&recall.Doc{Of: string(like.Procedure)}) || q.Allow(&recall.Doc{Of: "prc_of_another_team"}) {
			t.Error("it looks among other steps than the team's")
		}
		return []recall.Hit{{ID: string(like.ID), Why: shares}}, nil
	}})
	for _, c := range []struct {
		shares []string
		want   practice.StepID
	}{{nil, ""}, {[]string{"door"}, ""}, {[]string{"door", "list"}, like.ID}} {
		shares = c.shares
		if got := s.embedding(0).Like.ID; got != string(c.want) {
			t.Errorf("with %v in common the step %q is open", c.shares, got)
		}
	}
	s.update(func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(1)
		if err != nil {
			return err
		}
		f.Step = like.ID
		return tx.SaveFailure(f)
	})
	if e := s.embedding(0); e.Meant != like.ID || e.Like.ID != "" {
		t.Errorf("somebody said which: %q, and %q is like it", e.Meant, e.Like.ID)
	}
}
