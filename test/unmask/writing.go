package unmask

import (
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
)

// inWriting plans a review that is held in writing, from eight o'clock of a day on.
// People come one by one, and write when they came.
func (p *plan) inWriting(day time.Time) {
	r := p.sitting(day)
	hour := func(h int) time.Time { return day.Add(time.Duration(h) * time.Hour) }
	p.add(hour(8), func(t *town) error { return t.call(r, time.Time{}) })
	p.strike(r, hour(8))
	var last time.Time
	for place := range r.who {
		came := hour(9).Add(p.within(10 * time.Hour))
		nth := p.by(r, place, lateSeats, came, "")
		p.add(came, func(t *town) error { return t.sit(r, place, nth) })
		wrote := came.Add(time.Minute + p.within(30*time.Minute))
		both := [2]string{p.words(), p.words()}
		for _, body := range both {
			p.by(r, place, answersClosed, wrote, body)
		}
		p.add(wrote, func(t *town) error {
			return t.rooms.Write(t.ctx, r.seats[place], room.NewAnswer{Question: practice.PhaseIntended, Text: both[0]},
				room.NewAnswer{Question: practice.PhaseHappened, Text: both[1]})
		})
		if wrote.After(last) {
			last = wrote
		}
	}
	p.add(last.Add(-time.Second), func(t *town) error { return t.copyFiles(true) })
	p.strike(r, hour(21))
	p.add(hour(22), func(t *town) error {
		return errors.Join(t.stand(r, practice.PhaseIntended), t.stand(r, practice.PhaseHappened))
	})
	p.strike(r, hour(32))
	p.each(r, hour(32), practice.PhaseGap)
	p.strike(r, hour(34))
	p.add(hour(35), func(t *town) error {
		_, err := t.rooms.AddGap(t.ctx, r.seats[0], practice.Parts{Intended: "fifty", Actual: "twelve", Where: "the door"}, "")
		return err
	})
	p.strike(r, hour(36))
	p.each(r, hour(36), practice.PhaseSort)
	p.strike(r, hour(38))
	p.add(hour(39), func(t *town) error { return t.agreeKind(r) })
	p.strike(r, hour(41))
	p.add(hour(42), func(t *town) error { return errors.Join(t.settleGap(r), t.move(r)) })
	p.watched(r, hour(9), hour(42))
	p.add(hour(43), func(t *town) error { return t.close(r) })
	p.late(r, hour(43))
	p.add(hour(50), func(t *town) error { return t.copyFiles(false) })
}

// strike lets a moment come at which the review goes on by itself.
func (p *plan) strike(r *sitting, at time.Time) {
	p.add(at.Add(time.Second), func(t *town) error { return t.rooms.Clock(t.ctx, r.review) })
}

// each has everybody write to a question within two hours, in any order.
func (p *plan) each(r *sitting, from time.Time, q practice.Phase) {
	var at []time.Duration
	for range r.who {
		at = append(at, 5*time.Minute+p.within(110*time.Minute))
	}
	slices.Sort(at)
	for nth, place := range p.rnd.Perm(len(r.who)) {
		then, body := from.Add(at[nth]), p.words()
		p.add(then, func(t *town) error { return t.answer(r, place, q, body) })
		p.by(r, place, answersClosed, then, body)
	}
}

// agreeKind says of what kind the gap is.
func (t *town) agreeKind(r *sitting) error {
	g, err := t.gap(r)
	if err != nil {
		return err
	}
	_, err = t.rooms.Settle(t.ctx, r.seats[0], room.GapAt{ID: g.ID, Version: g.Version}, practice.Settlement{Verdict: practice.Avoidable})
	return err
}
