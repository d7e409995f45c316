package room_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// beside is in every id of the room that [stage.besides] another.
const beside = "beside"

// besides puts another room beside the one of the stage, of another team and with
// the same people, in which all has been done that can be. Whoever reads or writes
// something of the one and forgets to say of which room meets the other.
func (s *stage) besides() {
	s.t.Helper()
	s.update(func(tx *store.Tx) error {
		if err := tx.AddTeam(practice.Team{ID: "tea_" + beside, Name: "Next door", CycleDays: 7}); err != nil {
			return err
		}
		f, err := tx.AddFailure(practice.Failure{ID: "flr_" + beside, Team: "tea_" + beside, Title: "No paste", Text: "No paste",
			Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport})
		if err != nil {
			return err
		}
		r := practice.Review{ID: "rev_" + beside, Failure: f.ID, Form: practice.FormLive, Lead: s.people[0], MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseCarry, StartedAt: tx.Now(), FreeAt: tx.Now(), Extended: true}
		if err := tx.AddReview(r, s.people); err != nil {
			return err
		}
		for _, m := range s.people {
			err = errors.Join(err, tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: m, Closeness: practice.Heard}))
		}
		return errors.Join(err, written(tx, r.ID), sorted(tx, r.ID))
	})
	was := s.nextDoor()
	if len(was) < 40 {
		s.t.Fatalf("%d rows beside prove nothing", len(was))
	}
	s.t.Cleanup(func() {
		if now := s.nextDoor(); !s.t.Failed() && !slices.Equal(was, now) {
			s.t.Errorf("the room beside was\n%s\nand is\n%s", strings.Join(was, "\n"), strings.Join(now, "\n"))
		}
	})
}

// written is what people wrote in a room, and the hands they raised.
func written(tx *store.Tx, r practice.ReviewID) error {
	var seats []practice.Seat
	var keys []string
	for i := range 3 {
		seats = append(seats, practice.SeatAt(r, fmt.Append(nil, beside, i)))
		keys = append(keys, seats[i].Key)
	}
	err := tx.SetSeats(r, keys)
	hands := []string{"here", "more", "move", "blame", "whole"}
	for _, q := range append(practice.Questions(), practice.Parked) {
		hands = append(hands, "stand:"+string(q), "pass:"+string(q), "wrote:"+string(q))
		said := practice.Answer{ID: practice.AnswerID("ans_" + beside + string(q)), Review: r, Phase: q, Mark: "m" + beside, Place: 1, Text: "next door"}
		err = errors.Join(err, tx.SetAnswers(r, q, []practice.Answer{said}))
		if q.HasText() {
			err = errors.Join(err, tx.SaveText(practice.AgreedText{Review: r, Phase: q, Text: "Next door.", Version: 1}, 0))
		}
	}
	for _, what := range hands {
		for _, seat := range seats {
			err = errors.Join(err, tx.Raise(seat, what, 0), tx.Raise(seat, what, 1))
		}
	}
	return errors.Join(err, tx.SayReady(r, "m"+beside, practice.NotNow))
}

// sorted is a gap of a room, how it was judged, and who carries what it led to.
func sorted(tx *store.Tx, r practice.ReviewID) error {
	gap := practice.Gap{ID: "gap_" + beside, Review: r, Intended: "paste", Actual: "none", Where: "at the wall", Taken: true, Open: true, Round: 1,
		Verdict: practice.Avoidable, Version: 1}
	return errors.Join(tx.AddGap(gap),
		tx.Judge(practice.Judgement{ID: "ans_" + beside + "judged", Gap: gap.ID, Mark: "m" + beside, Round: 1, Kind: practice.Inherent, Could: practice.CouldNobody}),
		tx.AddClosing(r, "safe", 2, 1), tx.AddMember(practice.Member{ID: "mem_" + beside, Name: "Neighbour", Active: true, Teams: []practice.TeamID{"tea_" + beside}}),
		tx.AddCarry(practice.Carry{ID: "cry_" + beside, Review: r, Failure: "flr_" + beside, Team: "tea_" + beside, Carrier: "mem_" + beside,
			Moment: "before Sunday", Act: "buy paste", DueAt: tx.Now(), State: practice.CarryAccepted, NamedAt: tx.Now()}))
}

// nextDoor is all that stands in the database about the room beside.
func (s *stage) nextDoor() []string {
	var all []string
	for _, r := range storetest.Dump(s.t, s.database) {
		if line := fmt.Sprint(r.Table, " ", r.Values); r.Table != "event" && strings.Contains(line, beside) {
			all = append(all, line)
		}
	}
	slices.Sort(all)
	return all
}

// copyOf is a copy of a database without what stands there about the room beside.
func copyOf(t *testing.T, address string) []storetest.Row {
	t.Helper()
	return slices.DeleteFunc(storetest.Dump(t, address), func(r storetest.Row) bool { return strings.Contains(fmt.Sprint(r.Values), beside) })
}
