package unmask

import (
	"errors"
	"fmt"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// questions are what people write to in a room, one after the other; the last
// of them is judging.
var questions = []practice.Phase{practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap, practice.PhaseSort}

// sitting is one review. Places are taken in the same order in both lives, but
// by others.
type sitting struct {
	who    []int // who is asked, and comes
	writer []int // who sits in each place in this life
	other  []int // and in the other one
	day    time.Time
	review practice.ReviewID
	number int
	seats  []practice.Seat
}

// call asks people to a room about the last thing that happened.
func (t *town) call(r *sitting) error {
	return t.store.Update(t.ctx, func(tx *store.Tx) error {
		all, err := tx.Failures(store.FailureFilter{})
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.Reporter != "" {
				r.number = f.Number
				break
			}
		}
		f, err := tx.FailureByNumber(r.number)
		if err != nil {
			return err
		}
		var ids []practice.MemberID
		for _, p := range r.who {
			ids = append(ids, t.members[p].ID)
		}
		r.review = practice.ReviewID(tx.NewID("rev"))
		return tx.AddReview(practice.Review{ID: r.review, Failure: f.ID, Form: practice.FormLive, Lead: ids[0], MeetAt: tx.Now(),
			Box: practice.DefaultBox, Phase: practice.PhaseArrive}, ids)
	})
}

// come lets the person of a place draw a seat.
func (t *town) come(r *sitting, place int) error {
	person := r.writer[place]
	if err := t.look(person, practice.FailurePath(r.number)+"/room"); err != nil {
		return err
	}
	ticket, err := t.app.TakePlace(t.ctx, t.actor(person), r.review, practice.Did)
	if err != nil {
		return err
	}
	t.now = t.now.Add(300 * time.Millisecond)
	drawn, err := t.rooms.Draw(t.ctx, r.review, ticket)
	r.seats = append(r.seats, practice.SeatAt(r.review, drawn.Key))
	return errors.Join(err, t.work())
}

func (t *town) move(r *sitting) error {
	now, err := t.rooms.Room(t.ctx, r.seats[0])
	if err != nil {
		return err
	}
	_, err = t.rooms.Move(t.ctx, r.seats[0], now.Review.Version, "")
	return err
}

// answer writes from a place.
func (t *town) answer(r *sitting, place int, q practice.Phase, body string) error {
	n := room.NewAnswer{Question: q, Text: body}
	switch q {
	case practice.PhaseGap:
		n.Actual, n.Where = "it went", "there"
	case practice.PhaseSort:
		g, err := t.gap(r)
		if err != nil {
			return err
		}
		return t.rooms.Judge(t.ctx, r.seats[place], room.NewJudgement{Gap: g.ID, Round: g.Round, Kind: practice.Avoidable, Reason: body})
	}
	return t.rooms.Write(t.ctx, r.seats[place], n)
}

// gap is the one that the room sorts.
func (t *town) gap(r *sitting) (practice.Gap, error) {
	s, err := t.rooms.Sorting(t.ctx, r.seats[0])
	if err != nil || len(s.Gaps) == 0 {
		return practice.Gap{}, errors.Join(err, errors.New("no gap"))
	}
	return s.Gaps[0].Gap, nil
}

// goOn does what stands between a question that all have answered and the next.
func (t *town) goOn(r *sitting, q practice.Phase) error {
	switch q {
	case practice.PhaseGap:
		_, err := t.rooms.AddGap(t.ctx, r.seats[0], practice.Parts{Intended: "fifty", Actual: "twelve", Where: "the door"}, "")
		return errors.Join(err, t.move(r))
	case practice.PhaseSort:
		g, err := t.gap(r)
		if err != nil {
			return err
		}
		_, err = t.rooms.Settle(t.ctx, r.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, practice.Settlement{Verdict: practice.Avoidable})
		return errors.Join(err, t.move(r))
	}
	for _, seat := range r.seats {
		now, err := t.rooms.Question(t.ctx, seat, q)
		if err != nil {
			return err
		}
		_, err = t.rooms.SaveText(t.ctx, seat, room.NewText{Question: q, Text: "What all stand behind.", Version: now.Text.Version, Stand: true})
		if err != nil {
			return err
		}
	}
	return t.move(r)
}

// close leads the gap somewhere, names who carries it on, and ends the review.
func (t *town) close(r *sitting) error {
	g, err := t.gap(r)
	if err != nil {
		return err
	}
	if _, err := t.rooms.LeaveAsItIs(t.ctx, r.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, "it was the weather"); err != nil {
		return err
	}
	if err := t.move(r); err != nil {
		return err
	}
	_, err = t.rooms.NameCarrier(t.ctx, r.seats[0], practice.NewCarry{Carrier: t.members[r.who[0]].ID, Moment: "before the next time",
		Act: fmt.Sprint("carry ", r.number), DueAt: t.now.AddDate(0, 0, 7)})
	if err != nil {
		return err
	}
	now, err := t.rooms.Room(t.ctx, r.seats[0])
	if err != nil {
		return err
	}
	if _, err := t.rooms.Close(t.ctx, r.seats[0], now.Review.Version); err != nil {
		return err
	}
	return t.work()
}
