package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// over is what must say nothing of Ada any more, or not yet, since something was
// so. Where that is empty it is so from the beginning.
var over = []struct {
	since string
	ask   func(*store.Tx) (any, error)
}{
	{`UPDATE device SET ends_at = 1`, asked((*store.Tx).Devices, "member_ada")},
	{`UPDATE device SET rests_at = 1`, asked((*store.Tx).Devices, "member_ada")},
	{`UPDATE link_once SET ends_at = 1`, asked((*store.Tx).LinkByHash, "hash_ada")},
	{`UPDATE link_once SET ends_at = 1`, asked((*store.Tx).OpenLink, "hash_ada")},
	{`UPDATE contact SET secret = ''`, asked((*store.Tx).ContactBySecret, "")},
	{`UPDATE knock SET ends_at = 1`, asked((*store.Tx).Knocks, "team_ada")},
	{`UPDATE knock SET state = 'let_in'`, asked((*store.Tx).Knocks, "team_ada")},
	{`UPDATE knock SET hash = ''`, asked((*store.Tx).KnockByHash, "")},
	{`UPDATE code SET ends_at = 1`, asked((*store.Tx).TeamCodeByWords, "words_ada")},
	{`UPDATE pass SET ends_at = 1`, asked((*store.Tx).Pass, "pass_ada")},
	{`UPDATE pass SET ends_at = 1`, asked((*store.Tx).Passes, "review_ada")},
	{`UPDATE tablet SET ends_at = 1`, asked((*store.Tx).Tablets, "team_ada")},
	{`UPDATE parting SET at = 1`, asked((*store.Tx).Parting, "member_ada")},
	{`UPDATE member SET active = FALSE`, asked((*store.Tx).Turns, "team_ada")},
	{`UPDATE member SET active = FALSE`, asked((*store.Tx).Concerned, "failure_ada")},
	{`UPDATE member SET guest = TRUE`, asked((*store.Tx).Concerned, "failure_ada")},
	{`UPDATE member SET active = FALSE`, asked((*store.Tx).Contributors, practice.Review{ID: "review_ada", Failure: "failure_ada"})},
	{`UPDATE hold SET ended_at = 1`, asked((*store.Tx).HoldOn, "failure_ada")},
	{`UPDATE hold SET ended_at = 1`, asked((*store.Tx).HoldsAbout, "member_ada")},
	{`UPDATE carry SET settle_at = 1`, asked((*store.Tx).CarriedBy, "member_ada")},
	{`UPDATE review SET phase = 'off'`, asked((*store.Tx).Reviews, "failure_ada")},
	{`UPDATE review SET phase = 'off'`, asked((*store.Tx).OpenReviews, "team_ada")},
	{`UPDATE review SET phase = 'closed'`, asked((*store.Tx).OpenReviews, "team_ada")},
	{`UPDATE procedure SET retired_at = 1`, func(tx *store.Tx) (any, error) { return tx.Procedures() }},
	{``, func(tx *store.Tx) (any, error) { return tx.ClosedGaps() }},
	{``, asked((*store.Tx).Failures, store.FailureFilter{Teams: []practice.TeamID{"team_ada"}, All: true, Closed: true})},
	{``, func(tx *store.Tx) (any, error) { return findable(tx, "review_ada", "gap_ada") }},
	{``, asked2((*store.Tx).ReviewsWith, "member_ada", time.Unix(1, 0))},
	{``, func(tx *store.Tx) (any, error) { return tx.FrozenPlans() }},
	{``, asked2((*store.Tx).LastCarry, "team_ada", practice.ReviewID("review_ada"))},
}

// findable are those of some ids that can be found.
func findable(tx *store.Tx, some ...string) (found []string, err error) {
	all, err := tx.Findable()
	for _, id := range all {
		for _, one := range some {
			if id == one {
				found = append(found, id)
			}
		}
	}
	return found, err
}

func TestTwins_areNotThereOnceItIsOver(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		for i, o := range over {
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				if o.since != "" {
					if n, err := tx.Exec(o.since); err != nil || n != 2 {
						return fmt.Errorf("changed %d: %w", n, err)
					}
				}
				got, err := o.ask(tx)
				if said := fmt.Sprintf("%+v", got); strings.Contains(said, "_ada") {
					t.Errorf("%d, since %s: it says %s", i, o.since, said)
				}
				if errors.Is(err, practice.ErrNotFound) {
					err = nil
				}
				return errors.Join(err, errPutBack)
			})
			if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%d, since %s: %v", i, o.since, err)
			}
		}
	})
}

// crossed is a row that is Ada's by one column and Bo's, or nobody's, by another,
// and an act on what is hers by both.
var crossed = []struct {
	row string // with the word _stays in it
	act func(*store.Tx) error
}{
	{`INSERT INTO link_once VALUES ('hash_stays', 'member_ada', 'use_bo', 1)`, toPeople["end links"]},
	{`INSERT INTO link_once VALUES ('hash_stays', 'member_bo', 'use_ada', 1)`, toPeople["end links"]},
	{`INSERT INTO identity VALUES ('issuer_stays', 'x', 'member_ada')`, toPeople["leave provider"]},
	{`INSERT INTO identity VALUES ('issuer_ada', 'x_stays', 'member_bo')`, toPeople["leave provider"]},
	{`INSERT INTO knock SELECT 'knock_stays', 'team_bo', name, member, 'h', words, label, state, let_in_by, at, ends_at, issuer, subject
		FROM knock WHERE id = 'knock_ada'`, toPeople["remove knocks"]},
	{`INSERT INTO knock SELECT 'knock_stays', 'team_ada', name, member, 'h', words, label, state, let_in_by, at, ends_at, issuer, subject
		FROM knock WHERE id = 'knock_bo'`, toPeople["remove knocks"]},
	{`INSERT INTO agreed VALUES ('review_ada', 'intended', 'body_stays', 'differ_ada', 1)`, inRooms["text"]},
	{`INSERT INTO agreed VALUES ('review_ada', 'intended', 'body_stays', 'differ_ada', 1)`, inRooms["difference"]},
	{`UPDATE agreed SET body = 'body_stays', differ = 'differ_ada' WHERE review = 'review_bo'`, inRooms["difference"]},
	{`INSERT INTO hand VALUES ('review_ada', 'move', 0, 'hash_stays')`, inRooms["lower"]},
	{`INSERT INTO hand VALUES ('review_ada', 'what_stays', 0, 'hash_ada')`, inRooms["lower all"]},
	{`INSERT INTO invitation VALUES ('review_bo', 'member_ada', 'c_stays', FALSE)`, inRooms["invite"]},
	{`INSERT INTO answer SELECT 'answer_stays', review, 'intended', mark, place, body, actual, parted, shows, silent, spoken, added
		FROM answer WHERE id = 'answer_ada'`, inRooms["answers"]},
	{`INSERT INTO closing VALUES ('review_ada', 'what_stays', 1, 1)`, inRooms["tap"]},
	{`UPDATE procedure SET signed_at = 1, title = 'title_stays', owner = NULL WHERE id = 'procedure_ada'`, toPeople["erase"]},
	{`UPDATE invitation SET closeness = 'c_stays' WHERE member = 'member_ada'`, act2((*store.Tx).Uninvite, "review_ada", practice.MemberID("member_ada"))},
	{`INSERT INTO invitation VALUES ('review_bo', 'member_ada', 'c_stays', FALSE)`, act2((*store.Tx).Uninvite, "review_ada", practice.MemberID("member_ada"))},
	{`UPDATE review SET trace = 'trace_stays' WHERE id = 'review_bo'`, act2((*store.Tx).SaveLead, "review_ada", practice.MemberID("member_ada"))},
	{`UPDATE failure SET joined_to = id, title = 'title_stays' WHERE id = 'failure_bo'`, clearDrill},
	{`UPDATE notice SET link = 'link_stays' WHERE id = 'notice_bo'`, act2((*store.Tx).SeeNotice, "notice_bo", practice.MemberID("member_ada"))},
	{`UPDATE knock SET state = 'refused', label = 'label_stays' WHERE id = 'knock_ada'`, func(tx *store.Tx) error {
		return isNot(practice.ErrChanged, toPeople["answer knock"](tx))
	}},
	{`UPDATE failure SET version = 2, body = 'body_stays' WHERE id = 'failure_ada'`, func(tx *store.Tx) error {
		return isNot(practice.ErrChanged, toFailures["edit"](tx))
	}},
	{`UPDATE carry SET state = 'accepted', proof = 'proof_stays' WHERE id = 'carry_ada'`, func(tx *store.Tx) error {
		return isNot(practice.ErrChanged, inRooms["carry"](tx))
	}},
	{`UPDATE gap SET version = 2, actual = 'actual_stays' WHERE id = 'gap_ada'`, func(tx *store.Tx) error {
		return isNot(practice.ErrChanged, inRooms["gap"](tx))
	}},
	{`UPDATE procedure SET revision = 2, title = 'title_stays' WHERE id = 'procedure_ada'`, func(tx *store.Tx) error {
		return isNot(practice.ErrChanged, toFailures["procedure"](tx))
	}},
}

// isNot wants one refusal.
func isNot(want, got error) error {
	if errors.Is(got, want) {
		return nil
	}
	return fmt.Errorf("got %v, want %v", got, want)
}

func TestTwins_areChangedOnlyByBoth(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		tables := twins(t, s)
		for i, c := range crossed {
			var was, is []string
			err := s.Update(t.Context(), func(tx *store.Tx) error {
				n, err := tx.Exec(c.row)
				if err != nil || n != 1 {
					return fmt.Errorf("changed %d: %w", n, err)
				}
				var errs [3]error
				was, errs[0] = rowsOf(tx, tables, "stays")
				errs[1] = c.act(tx)
				is, errs[2] = rowsOf(tx, tables, "stays")
				return errors.Join(append(errs[:], errPutBack)...)
			})
			switch diff := unlike(was, is); {
			case !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n"):
				t.Errorf("%d, %s: %v", i, c.row, err)
			case len(was) != 1 || len(diff) > 0:
				t.Errorf("%d, %s: %d, and\n%s", i, c.row, len(was), strings.Join(diff, "\n"))
			}
		}
	})
}
