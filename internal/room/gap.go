package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
)

// maxComposed is how many gaps a room may compose, taken up or not.
const maxComposed = 20

// composing refuses to touch gaps before the answers are open, and after the
// room has gone on to sort them.
func (v *visit) composing() error {
	switch {
	case v.review.Phase != practice.PhaseGap || !v.review.Open:
		if v.review.Phase.Before(practice.PhaseSort) {
			return practice.Refuse(practice.Conflict, "question.order").With("n", max(1, v.review.Phase.Number()))
		}
		return practice.Refuse(practice.Conflict, "gap.composed")
	}
	return nil
}

// AddGap composes a gap, from an answer or in words of its own. It is taken into
// question four while there is room for it. An answer is taken up once: whoever
// asks again gets the gap it already is.
func (rooms *Rooms) AddGap(ctx context.Context, seat practice.Seat, p practice.Parts, from practice.AnswerID) (practice.GapID, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.GapID, error) {
		if err := v.composing(); err != nil {
			return "", err
		}
		gaps, err := v.tx.Gaps(v.review.ID)
		if err != nil {
			return "", err
		}
		for _, g := range gaps {
			if from != "" && g.From == from {
				return g.ID, nil
			}
		}
		if len(gaps) >= maxComposed {
			return "", practice.Refuse(practice.Conflict, "gap.many").With("max", maxComposed)
		}
		if from != "" {
			if p, err = v.partsOf(from); err != nil {
				return "", err
			}
		}
		g := practice.Gap{ID: practice.GapID(v.tx.NewID("gap")), Review: v.review.ID, From: from, Round: 1}
		if g, err = g.Rewrite(p); err != nil {
			return "", err
		}
		g.Taken = taken(gaps) < practice.MaxGaps
		return g.ID, errors.Join(v.tx.AddGap(g), v.emit("room.gap", nil))
	})
}

// NoGap takes a room without any gap on to the carry, with the reason why
// nothing changes; without a reason it goes back to question three. version is the
// one the page showed.
func (rooms *Rooms) NoGap(ctx context.Context, seat practice.Seat, version int, why string) (practice.Review, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Review, error) {
		if err := v.at(version); err != nil {
			return v.review, err
		}
		gaps, err := v.tx.Gaps(v.review.ID)
		if err != nil {
			return v.review, err
		}
		r, err := v.review.NoGap(len(gaps), why, v.tx.Now())
		if err != nil {
			return v.review, err
		}
		return r, errors.Join(v.save(r), v.emit("room.moved", practice.Args{"to": string(r.Phase)}))
	})
}

// partsOf takes the parts of a gap out of an answer.
func (v *visit) partsOf(id practice.AnswerID) (practice.Parts, error) {
	answers, err := v.tx.Answers(v.review.ID, practice.PhaseGap)
	if err != nil {
		return practice.Parts{}, err
	}
	for _, a := range answers {
		if a.ID == id && !a.Nothing {
			return a.Parts(), nil
		}
	}
	return practice.Parts{}, practice.ErrNotFound
}

// taken counts the gaps in question four.
func taken(gaps []practice.Gap) (n int) {
	for _, g := range gaps {
		if g.Taken {
			n++
		}
	}
	return n
}

// gap returns a gap of this review, and how many are taken.
func (v *visit) gap(id practice.GapID) (practice.Gap, int, error) {
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return practice.Gap{}, 0, err
	}
	for _, g := range gaps {
		if g.ID == id {
			return g, taken(gaps), nil
		}
	}
	return practice.Gap{}, 0, practice.ErrNotFound
}

// changeGap changes a gap over the version its page showed. Whoever saw an
// older one gets [practice.ErrChanged] and the gap as it stands.
func (rooms *Rooms) changeGap(ctx context.Context, seat practice.Seat, at GapAt,
	change func(v *visit, g practice.Gap, taken int) (practice.Gap, error)) (practice.Gap, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Gap, error) {
		g, taken, err := v.gap(at.ID)
		if err != nil {
			return g, err
		}
		if g.Version != at.Version {
			return g, practice.ErrChanged
		}
		next, err := change(v, g, taken)
		if err != nil {
			return g, err
		}
		return next, errors.Join(v.tx.SaveGap(next, g.Version), v.emit("room.gap", nil))
	})
}

// GapAt is a gap as somebody saw it.
type GapAt struct {
	ID      practice.GapID
	Version int
}

// RewriteGap gives a gap other words.
func (rooms *Rooms) RewriteGap(ctx context.Context, seat practice.Seat, at GapAt, p practice.Parts) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if err := v.composing(); err != nil {
			return g, err
		}
		return g.Rewrite(p)
	})
}

// Taking is whether a gap goes into question four.
type Taking struct {
	Take bool
	Why  string // a fourth goes there, too
}

// TakeGap takes a gap into question four, more than three with a reason, or puts it
// back with those that are kept unsorted.
func (rooms *Rooms) TakeGap(ctx context.Context, seat practice.Seat, at GapAt, t Taking) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, taken int) (practice.Gap, error) {
		if err := v.composing(); err != nil {
			return g, err
		}
		return g.Take(t.Take, taken, t.Why)
	})
}

// RemoveGap takes back a gap that was composed by mistake. The answer it came
// from stays where it is.
func (rooms *Rooms) RemoveGap(ctx context.Context, seat practice.Seat, at GapAt) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if err := v.composing(); err != nil {
			return err
		}
		g, _, err := v.gap(at.ID)
		switch {
		case err != nil:
			return err
		case g.Version != at.Version:
			return practice.ErrChanged
		}
		return errors.Join(v.tx.RemoveGap(g), v.emit("room.gap", nil))
	})
}

// KeepQuotes keeps up to two sentences of the answers word for word with a gap,
// for as long as what it changes.
func (rooms *Rooms) KeepQuotes(ctx context.Context, seat practice.Seat, at GapAt, quotes []string) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if !v.review.Reads(practice.PhaseGap) {
			return g, v.composing()
		}
		said, err := v.said()
		if err != nil {
			return g, err
		}
		return g.Keep(quotes, said)
	})
}

// said are the answers a room may quote: what happened, and the gaps.
func (v *visit) said() ([]practice.Answer, error) {
	var said []practice.Answer
	for _, q := range []practice.Phase{practice.PhaseHappened, practice.PhaseGap} {
		answers, err := v.tx.Answers(v.review.ID, q)
		if err != nil {
			return nil, err
		}
		said = append(said, answers...)
	}
	return said, nil
}
