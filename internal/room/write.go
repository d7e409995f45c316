package room

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
)

// NewAnswer is what somebody writes to a question.
type NewAnswer struct {
	Question practice.Phase
	Text     string // to question three: what was intended
	Actual   string // to question three: what happened instead
	Where    string // to question three: where the two parted
	Shows    string // to question two: what shows it; may be empty
	Nothing  bool   // "I have nothing to add"
	Whose    Whose
	PassOn   bool // the phone goes on to somebody else before this seat has finished
}

// Whose words an answer holds.
type Whose string

// A seat writes its own words once before the reveal, and may change them until
// then. On its device others can write theirs, and a note keeper can write down
// what somebody said; neither is ever shown again before the reveal.
const (
	Own    Whose = ""
	Other  Whose = "other"
	Spoken Whose = "spoken"
)

// Write keeps answers, all of them or none. Before the reveal nobody reads them;
// the last one who writes opens the question for all at once, or in writing at the
// next full hour. Afterwards they are additions.
func (rooms *Rooms) Write(ctx context.Context, seat practice.Seat, answers ...NewAnswer) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		for _, n := range answers {
			if err := v.write(n); err != nil {
				return err
			}
		}
		return nil
	})
}

func (v *visit) write(n NewAnswer) error {
	added, err := v.review.Write(n.Question)
	if err != nil {
		return err
	}
	a, err := n.answer(v, added)
	if err != nil {
		return err
	}
	err = errors.Join(v.keep(a), v.emit("room.written", practice.Args{"question": n.Question.Number()}))
	if err != nil || added {
		return err
	}
	if n.Whose == Own {
		err = v.tx.Raise(v.seat, handWrote+string(n.Question), 0)
	}
	return errors.Join(err, v.finish(n))
}

// answer checks what was written and makes an answer of it.
func (n NewAnswer) answer(v *visit, added bool) (practice.Answer, error) {
	trim := strings.TrimSpace
	a := practice.Answer{ID: practice.AnswerID(v.tx.NewBlindID("ans")), Review: v.review.ID, Phase: n.Question,
		Text: trim(n.Text), Nothing: n.Nothing, Spoken: n.Whose == Spoken, Added: added}
	switch n.Question {
	case practice.PhaseHappened:
		a.Shows = trim(n.Shows)
	case practice.PhaseGap:
		a.Actual, a.Where = trim(n.Actual), trim(n.Where)
	}
	if n.Whose == Own {
		a.Mark = v.markOf(a)
	}
	if n.Nothing && (added || n.Whose != Own) {
		return a, practice.Refuse(practice.Invalid, "answer.empty").At("text")
	}
	return a, a.Check()
}

// markOf is the seat's mark on an answer of its own: one for the question until
// the reveal, so that the answer is found again, and one for each addition, so
// that no two of them lead to each other.
func (v *visit) markOf(a practice.Answer) string {
	if a.Added {
		return v.seat.Mark("added " + string(a.ID))
	}
	return v.seat.Mark("answer " + string(a.Phase))
}

// keep writes the answer in place of the seat's former one, or behind the
// others once they are revealed.
func (v *visit) keep(a practice.Answer) error {
	all, err := v.tx.Answers(a.Review, a.Phase)
	if err != nil {
		return err
	}
	if len(all) >= practice.MaxAnswers {
		return practice.Refuse(practice.Conflict, "answer.many").With("max", practice.MaxAnswers)
	}
	next := slices.DeleteFunc(all, func(old practice.Answer) bool { return a.Mark != "" && old.Mark == a.Mark })
	if a.Added { // all of them share the place behind the others, in the order of their random ids
		a.Place = 1
		for _, old := range next {
			if !old.Added {
				a.Place = max(a.Place, old.Place+1)
			}
		}
	}
	return v.tx.SetAnswers(a.Review, a.Phase, append(next, a))
}

// finish keeps whether the seat has finished writing, and opens the question
// once all have.
func (v *visit) finish(n NewAnswer) error {
	pass := handPass + string(n.Question)
	hand := v.tx.Lower
	if n.PassOn {
		hand = v.tx.Raise
	}
	if err := hand(v.seat, pass, 0); err != nil {
		return err
	}
	return v.opens()
}

// opens opens the question, or question four, once everybody wrote: at once in a
// room, at the next full hour in writing.
func (v *visit) opens() error {
	p, err := v.progress()
	switch soon, sooner := v.review.Hasten(p, v.tx.Now()); {
	case err != nil:
		return err
	case sooner:
		return v.save(soon)
	case v.review.InWriting() || p.Written < p.Seats:
		return nil
	}
	return v.reveal(p)
}

// Finish says that nobody else writes on this seat's device.
func (rooms *Rooms) Finish(ctx context.Context, seat practice.Seat, question practice.Phase) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if added, err := v.review.Write(question); err != nil || added {
			return err
		}
		return v.finish(NewAnswer{Question: question})
	})
}

// Reveal opens the answers of a question for all at once, or the judgements,
// when everybody has written or the silence is over. Opening twice is opening
// once.
func (rooms *Rooms) Reveal(ctx context.Context, seat practice.Seat, question practice.Phase) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if err := v.review.Ask(question); err != nil || v.review.Reads(question) {
			return err
		}
		p, err := v.progress()
		if err != nil {
			return err
		}
		return v.reveal(p)
	})
}

// reveal shuffles what was written into the one order that all read, in the
// transaction that opens it.
func (v *visit) reveal(p practice.Progress) error {
	was := v.review
	r, err := was.Reveal(p, v.tx.Now())
	if err != nil || r.Version == was.Version {
		return err
	}
	if err := v.save(r); err != nil {
		return err
	}
	if r.Phase == practice.PhaseSort {
		err = v.openGaps()
	} else {
		err = v.tx.ShuffleAnswers(r.ID, r.Phase)
	}
	if r.Both && !was.Both {
		err = errors.Join(err, v.tx.ShuffleAnswers(r.ID, practice.PhaseHappened))
	}
	return errors.Join(err, v.emit("room.revealed", practice.Args{"question": r.Phase.Number()}))
}

// openGaps reveals the judgements of all gaps that were to be judged.
func (v *visit) openGaps() error {
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if !g.Taken || g.Open {
			continue
		}
		was := g.Version
		g.Open = true
		g.Version++
		if err := errors.Join(v.tx.SaveGap(g, was), v.tx.ShuffleJudgements(g.ID)); err != nil {
			return err
		}
	}
	return nil
}

// Hands a seat can raise.
const (
	handHere  = "here"   // in a roll call
	handMore  = "more"   // ten minutes more, in this sitting
	handStand = "stand:" // behind a version of the text of a question
	handPass  = "pass:"  // somebody else writes on this device yet, to a question
	handWrote = "wrote:" // its own words to a question are in
	handJudge = "judge:" // a gap, in a round of judging
	handWhole = "whole"  // leaders may read the whole record
)

// progress counts where the room stands in its present phase.
func (v *visit) progress() (practice.Progress, error) {
	r := v.review
	var p practice.Progress
	turnout, err := v.tx.Turnout(r.ID)
	if err != nil {
		return p, err
	}
	seats, err := v.tx.Seats(r.ID)
	if err != nil {
		return p, err
	}
	p.Asked, p.Came, p.Near, p.Seats = turnout.Asked, turnout.Came, turnout.Near, len(seats)
	if r.Phase.HasText() {
		if err := v.countText(&p); err != nil {
			return p, err
		}
	}
	if r.Phase.HasAnswers() {
		p.Written, err = v.wrote()
		return p, errors.Join(err, v.countGaps(&p))
	}
	return p, v.countGaps(&p)
}

// wrote counts the seats that have written: in writing, to questions one and two.
func (v *visit) wrote() (int, error) {
	r := v.review
	passing, err := v.tx.Hands(r.ID, handPass+string(r.Phase), 0)
	if err != nil {
		return 0, err
	}
	wrote, err := v.tx.Hands(r.ID, handWrote+string(r.Phase), 0)
	if err != nil || r.Phase != practice.PhaseIntended || r.Leg() != practice.LegWrite {
		return len(wrote) - len(passing), err
	}
	both, err := v.tx.Hands(r.ID, handWrote+string(practice.PhaseHappened), 0)
	return len(slices.DeleteFunc(wrote, func(seat string) bool { return !slices.Contains(both, seat) })), err
}

// countText counts who stands behind the one text.
func (v *visit) countText(p *practice.Progress) error {
	t, err := v.tx.AgreedText(v.review.ID, v.review.Phase)
	if errors.Is(err, practice.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	stand, err := v.tx.Hands(v.review.ID, handStand+string(t.Phase), t.Version)
	p.Text, p.Differ, p.Stand = t.Text != "", t.Differ != "", len(stand)
	return err
}

// countGaps counts gaps, and who has judged all that are to be judged.
func (v *visit) countGaps(p *practice.Progress) error {
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return err
	}
	done := map[string]int{}
	asked := 0
	for _, g := range gaps {
		if !g.Taken {
			continue
		}
		p.Gaps++
		if g.Beyond != "" {
			p.Beyond++
		}
		switch {
		case g.Verdict == "":
			p.Unsettled++
		case g.Verdict == practice.KeptOpen:
			p.KeptOpen++
		case !g.Routed():
			p.Unrouted++
		}
		if g.Open {
			continue
		}
		asked++
		judged, err := v.tx.Hands(v.review.ID, handJudge+string(g.ID), g.Round)
		if err != nil {
			return err
		}
		for _, seat := range judged {
			done[seat]++
		}
	}
	for _, n := range done {
		if v.review.Phase == practice.PhaseSort && n == asked {
			p.Written++
		}
	}
	return nil
}
