package room

import (
	"context"
	"errors"
	"strings"

	"debrief/internal/practice"
)

// NewText is the one text of a question as somebody wants it.
type NewText struct {
	Question practice.Phase
	Text     string
	Phrases  []string // of the answers, put behind the text
	Version  int      // the one it was written over; 0 for the first
	Stand    bool     // and I stand behind it
}

// SaveText writes the one text of a question. Whoever edits an older version
// than the room's gets [practice.ErrChanged] together with the room's text:
// both are shown, neither is lost.
func (rooms *Rooms) SaveText(ctx context.Context, seat practice.Seat, n NewText) (practice.AgreedText, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.AgreedText, error) {
		now, err := v.text(n.Question)
		if err != nil {
			return now, err
		}
		text, err := v.putIn(n)
		if err != nil {
			return now, err
		}
		if text == now.Text && text != "" { // the same words are no change
			return now, v.standIf(n.Stand, now)
		}
		if n.Version != now.Version {
			return now, practice.ErrChanged
		}
		next := now
		next.Text, next.Version = text, now.Version+1
		if err := next.Check(); err != nil {
			return now, err
		}
		if err := v.tx.SaveText(next, now.Version); err != nil {
			return now, err
		}
		return next, errors.Join(v.emit("room.text", practice.Args{"question": n.Question.Number()}), v.standIf(n.Stand, next))
	})
}

// putIn is the text with its phrases behind it.
func (v *visit) putIn(n NewText) (string, error) {
	if len(n.Phrases) == 0 {
		return strings.TrimSpace(n.Text), nil
	}
	all, err := v.tx.Answers(v.review.ID, n.Question)
	said := make([]string, len(all))
	for i, a := range all {
		said[i] = a.Text
	}
	return practice.PutIn(n.Text, n.Phrases, said), err
}

// text returns the present text of the question the room is at, which is empty
// and of version 0 before anybody wrote it.
func (v *visit) text(question practice.Phase) (practice.AgreedText, error) {
	none := practice.AgreedText{Review: v.review.ID, Phase: question}
	switch {
	case !question.HasText():
		return none, practice.Refuse(practice.Conflict, "question.none")
	case question.Before(v.review.Phase):
		return none, practice.Refuse(practice.Conflict, "text.settled")
	case !v.review.Reads(question):
		return none, practice.Refuse(practice.Conflict, "question.order").With("n", max(1, v.review.Phase.Number()))
	}
	t, err := v.tx.AgreedText(v.review.ID, question)
	if errors.Is(err, practice.ErrNotFound) {
		return none, nil
	}
	return t, err
}

func (v *visit) standIf(stand bool, t practice.AgreedText) error {
	if !stand {
		return nil
	}
	return errors.Join(v.tx.Raise(v.seat, handStand+string(t.Phase), t.Version), v.emit("room.stood", nil))
}

// Stand says that this seat stands behind a version of the one text, or not any
// more. Whoever saw another version is told.
func (rooms *Rooms) Stand(ctx context.Context, seat practice.Seat, t practice.AgreedText, stand bool) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		now, err := v.text(t.Phase)
		switch {
		case err != nil:
			return err
		case now.Version == 0:
			return practice.Refuse(practice.Conflict, "text.empty").At("text")
		case now.Version != t.Version:
			return practice.ErrChanged
		case stand:
			return v.standIf(true, now)
		}
		return errors.Join(v.tx.Lower(seat, handStand+string(t.Phase), t.Version), v.emit("room.stood", nil))
	})
}

// NoteDifference writes down what is seen differently, beside the text and
// never in its place, once the room has waited for agreement. was is the
// difference that stood there.
func (rooms *Rooms) NoteDifference(ctx context.Context, seat practice.Seat, question practice.Phase, differ, was string) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		t, err := v.text(question)
		switch {
		case err != nil:
			return err
		case t.Version == 0:
			return practice.Refuse(practice.Conflict, "text.empty").At("text")
		case v.tx.Now().Before(v.review.PhaseEndsAt):
			return practice.Refuse(practice.Conflict, "text.waiting").With("at", v.review.PhaseEndsAt)
		}
		t.Differ = strings.TrimSpace(differ)
		if t.Differ == "" && was == "" {
			return practice.Refuse(practice.Invalid, "differ.empty").At("differ")
		}
		if err := t.Check(); err != nil {
			return err
		}
		return errors.Join(v.tx.NoteDifference(t, was), v.emit("room.text", practice.Args{"question": question.Number()}))
	})
}
