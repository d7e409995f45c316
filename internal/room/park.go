package room

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Park keeps an idea for later: what to change is asked once every gap is
// sorted, and until then an idea bends what people see. Before that its seat
// alone reads it, afterwards everybody does.
func (rooms *Rooms) Park(ctx context.Context, seat practice.Seat, text string) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		idea := practice.Answer{ID: practice.AnswerID(v.tx.NewBlindID("ans")), Text: strings.TrimSpace(text)}
		idea.Mark = v.markOfIdea(idea)
		all, err := v.tx.Answers(v.review.ID, practice.Parked)
		switch {
		case err != nil:
			return err
		case !v.review.Phase.Before(practice.PhaseChange):
			return practice.Refuse(practice.Conflict, "idea.late")
		case idea.Text == "":
			return practice.Refuse(practice.Invalid, "idea.empty").At("idea")
		case utf8.RuneCountInString(idea.Text) > practice.MaxLine:
			return practice.Refuse(practice.Invalid, "too.long").At("idea").With("max", practice.MaxLine)
		case len(all) >= practice.MaxAnswers:
			return practice.Refuse(practice.Conflict, "idea.many").With("max", practice.MaxAnswers)
		}
		return v.tx.SetAnswers(v.review.ID, practice.Parked, append(all, idea))
	})
}

// Unpark takes an idea of this seat back.
func (rooms *Rooms) Unpark(ctx context.Context, seat practice.Seat, id practice.AnswerID) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		all, err := v.tx.Answers(v.review.ID, practice.Parked)
		if err != nil {
			return err
		}
		rest := slices.DeleteFunc(slices.Clone(all), func(a practice.Answer) bool { return a.ID == id && a.Mark == v.markOfIdea(a) })
		if len(rest) == len(all) || !v.review.Phase.Before(practice.PhaseChange) {
			return practice.ErrNotFound
		}
		return v.tx.SetAnswers(v.review.ID, practice.Parked, rest)
	})
}

// markOfIdea is the seat's mark on an idea, a different one for each.
func (v *visit) markOfIdea(idea practice.Answer) string {
	return v.seat.Mark("idea " + string(idea.ID))
}

// Idea is what somebody parked.
type Idea struct {
	ID   practice.AnswerID
	Text string
}

// ideas are those this seat parked, and from the change on those of all.
func (v *visit) ideas() ([]Idea, error) {
	all, err := v.tx.Answers(v.review.ID, practice.Parked)
	var ideas []Idea
	for _, a := range all {
		if a.Mark == v.markOfIdea(a) || !v.review.Phase.Before(practice.PhaseChange) {
			ideas = append(ideas, Idea{ID: a.ID, Text: a.Text})
		}
	}
	return ideas, err
}
