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
	led    bool  // from outside
	guide  int   // by whom
	others []int // who is not asked to it
}

// call asks people to a review of the last thing that happened: to meet at a moment,
// and first whether it is a go; or without one to write from now on.
func (t *town) call(r *sitting, meet time.Time) error {
	err := t.store.Update(t.ctx, func(tx *store.Tx) error {
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
		called := practice.Review{ID: r.review, Failure: f.ID, Form: practice.FormLive, Lead: ids[0], MeetAt: meet,
			Box: practice.DefaultBox, Phase: practice.PhaseArrive}
		if meet.IsZero() {
			called.Form, called.MeetAt, called.Zone = practice.FormDays, tx.Now(), "UTC"
		} else if called, err = called.AskReady(false, tx.Now()); err != nil {
			return err
		}
		return tx.AddReview(called, ids)
	})
	return errors.Join(err, t.lead(r))
}

// sayReady has the person of a place say that it is a go. The text at nth is then the
// mark it is kept under.
func (t *town) sayReady(r *sitting, place, nth int) error {
	person := r.writer[place]
	if err := t.look(person, practice.FailurePath(r.number)+"/room"); err != nil {
		return err
	}
	ticket, err := t.app.AskReady(t.ctx, t.actor(person), r.review)
	if err != nil {
		return err
	}
	t.now = t.now.Add(300 * time.Millisecond)
	device, err := t.rooms.SayReady(t.ctx, r.review, ticket.Ticket, nil, practice.Go)
	t.texts[nth].body = practice.SeatAt(r.review, device).Key
	return errors.Join(err, t.work())
}

// tapLate taps from a place after the close.
func (t *town) tapLate(r *sitting, place int) error {
	return t.rooms.Tap(t.ctx, r.seats[place], room.TapAgain, true)
}

// sit lets the person of a place come. The text at nth is then what is kept of the seat.
func (t *town) sit(r *sitting, place, nth int) error {
	err := t.come(r, place)
	t.texts[nth].body = r.seats[place].Key
	return err
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
	r.seats[place] = practice.SeatAt(r.review, drawn.Key)
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
		return errors.Join(t.agreeKind(r), t.move(r))
	}
	return errors.Join(t.stand(r, q), t.move(r))
}

// stand has all stand behind one text.
func (t *town) stand(r *sitting, q practice.Phase) error {
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
	return nil
}

// settleGap leads the gap somewhere.
func (t *town) settleGap(r *sitting) error {
	g, err := t.gap(r)
	if err != nil {
		return err
	}
	_, err = t.rooms.LeaveAsItIs(t.ctx, r.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, "it was the weather")
	return err
}

// close names who carries it on and ends the review. Each seat has given one of the
// three taps, and so is kept for a day.
func (t *town) close(r *sitting) error {
	_, err := t.rooms.NameCarrier(t.ctx, r.seats[0], practice.NewCarry{Carrier: t.members[r.who[0]].ID, Moment: "before the next time",
		Act: fmt.Sprint("carry ", r.number), DueAt: t.now.AddDate(0, 0, 7), LateWhy: "nobody is there before"})
	if err != nil {
		return err
	}
	for _, seat := range r.seats {
		if err := t.rooms.Tap(t.ctx, seat, room.TapLearned, true); err != nil {
			return err
		}
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
