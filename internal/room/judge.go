package room

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"debrief/internal/practice"
)

// NewJudgement is how somebody sorts a gap, alone.
type NewJudgement struct {
	Gap    practice.GapID
	Round  int // the one its page showed
	Kind   practice.Verdict
	Reason string
	Needs  string         // for inherent: what would have to be different
	Could  practice.Could // for inherent: who could change that
	Sure   bool           // inherent all the same, although "us, within a cycle"
}

// Judge keeps how this seat sorts a gap. It can be changed until the reveal; the
// last one who judges opens it for all at once.
func (rooms *Rooms) Judge(ctx context.Context, seat practice.Seat, n NewJudgement) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if v.review.Phase != practice.PhaseSort {
			return errors.Join(v.review.Ask(practice.PhaseSort), practice.Refuse(practice.Conflict, "question.none"))
		}
		g, _, err := v.gap(n.Gap)
		switch {
		case err != nil:
			return err
		case g.Round != n.Round:
			return practice.ErrChanged
		}
		if err := g.Judge(); err != nil {
			return err
		}
		j := practice.Judgement{ID: practice.AnswerID(v.tx.NewBlindID("ans")), Gap: g.ID, Mark: v.markOn(g), Round: g.Round,
			Kind: n.Kind, Reason: strings.TrimSpace(n.Reason)}
		if n.Kind == practice.Inherent {
			j.Needs, j.Could = strings.TrimSpace(n.Needs), n.Could
		}
		if err := j.Check(n.Sure); err != nil {
			return err
		}
		if err := errors.Join(v.tx.Judge(j), v.tx.Raise(seat, handJudge+string(g.ID), g.Round), v.emit("room.judged", nil)); err != nil {
			return err
		}
		return v.opens()
	})
}

// markOn is the seat's mark on its judgement of a gap in the present round.
func (v *visit) markOn(g practice.Gap) string {
	return v.seat.Mark("judgement " + string(g.ID) + " " + strconv.Itoa(g.Round))
}

// Settle sorts a gap as the room agreed, or with the difference in words. There
// is no majority: what differs is written down, not counted.
func (rooms *Rooms) Settle(ctx context.Context, seat practice.Seat, at GapAt, s practice.Settlement) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if err := v.review.MaySettle(g); err != nil {
			return g, err
		}
		judged, err := v.tx.Judgements(g.ID, g.Round)
		if err != nil {
			return g, err
		}
		next, err := g.Settle(s, judged, v.tx.Now())
		if err != nil {
			return g, err
		}
		if next.Verdict == practice.KeptOpen && g.OpenTill.IsZero() {
			if err := v.tx.Enqueue("gap.week", next.OpenTill, practice.Args{"gap": g.ID}); err != nil {
				return g, err
			}
		}
		return next, v.emit("room.settled", practice.Args{"kind": string(next.Verdict), "agreed": practice.Agree(next.Verdict, judged)})
	})
}

// HearAgain sends a gap back to be judged once more, after its reasons were
// read aloud.
func (rooms *Rooms) HearAgain(ctx context.Context, seat practice.Seat, at GapAt) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		next, err := g.HearAgain()
		if err != nil {
			return g, err
		}
		r, err := v.review.Rejudge(1, practice.HearWait, v.tx.Now())
		if err != nil {
			return g, err
		}
		return next, v.save(r)
	})
}

// Split makes two gaps of one. Both are judged anew; where three are taken, the
// second half is kept, unsorted.
func (rooms *Rooms) Split(ctx context.Context, seat practice.Seat, at GapAt, first, second practice.Parts) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, taken int) (practice.Gap, error) {
		next, half, err := g.Split(first, second, taken)
		if err != nil {
			return g, err
		}
		r, err := v.review.Rejudge(2, 0, v.tx.Now())
		if err != nil {
			return g, err
		}
		half.ID = practice.GapID(v.tx.NewID("gap"))
		return next, errors.Join(v.save(r), v.tx.AddGap(half))
	})
}
