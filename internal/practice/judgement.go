package practice

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Could is who could change what makes a gap inherent, in a person's own
// judgement.
type Could string

// The answers to who could change it.
const (
	CouldSoon   Could = "us-soon"  // us, within a cycle: then it may be avoidable
	CouldLater  Could = "us-later" // us, but not within a cycle
	CouldOthers Could = "others"
	CouldNobody Could = "nobody"
)

// Coulds are the answers in the order they are offered.
func Coulds() []Could { return []Could{CouldSoon, CouldLater, CouldOthers, CouldNobody} }

// checkInherent asks what calling a gap inherent rests on, and asks to think
// again where those in the room could change it before the next cycle. sure
// means they did, and call it inherent all the same.
func checkInherent(c Could, sure bool) error {
	switch c {
	case CouldLater, CouldOthers, CouldNobody:
		return nil
	case CouldSoon:
		if sure {
			return nil
		}
		return Refuse(Conflict, "inherent.soon").At("could")
	}
	return Refuse(Invalid, "inherent.could").At("could")
}

// Judgement is one seat's private sorting of a gap.
type Judgement struct {
	ID     AnswerID
	Gap    GapID
	Mark   string // its seat's mark on it while the review is open, then empty
	Round  int
	Kind   Verdict // one of the kinds, or KeptOpen for "not yet sure"
	Reason string  // optional, one line
	Needs  string  // for inherent: what would have to be different; optional
	Could  Could   // for inherent: who could change that
}

// Check refuses a judgement without a kind, and one of inherent that does not
// say who could change it. sure overrides the question whether "us, within a
// cycle" is not rather avoidable.
func (j Judgement) Check(sure bool) error {
	switch j.Kind {
	case Avoidable, Experiment, KeptOpen:
	case Inherent:
		if err := checkInherent(j.Could, sure); err != nil {
			return err
		}
	default:
		return Refuse(Invalid, "kind.required").At("kind")
	}
	if utf8.RuneCountInString(j.Reason) > MaxLine {
		return Refuse(Invalid, "too.long").At("reason").With("max", MaxLine)
	}
	if utf8.RuneCountInString(j.Needs) > MaxLine {
		return Refuse(Invalid, "too.long").At("needs").With("max", MaxLine)
	}
	return nil
}

// Judge decides whether a gap can be judged now.
func (g Gap) Judge() error {
	switch {
	case !g.Taken:
		return Refuse(Conflict, "gap.nottaken")
	case g.Open:
		return Refuse(Conflict, "gap.revealed")
	}
	return nil
}

// Agree reports whether nobody judged the gap to be of another kind than v.
// Whoever was not yet sure stands in nobody's way.
func Agree(v Verdict, judged []Judgement) bool {
	for _, j := range judged {
		if j.Kind != KeptOpen && j.Kind != v {
			return false
		}
	}
	return true
}

// Settlement is what the room makes of a gap once it has seen how everybody
// judged it.
type Settlement struct {
	Verdict Verdict
	Differ  string // what was seen differently, in words
	Needs   string // for inherent: what would have to be different; optional
	Could   Could  // for inherent: who could change that
	Sure    bool   // inherent all the same, although those in the room could change it soon
}

// Settle decides whether the room may settle a gap. judged are the judgements
// of its round.
//
// Nothing is averaged or outvoted: where judgements differ, the difference is
// written down in words beside the verdict.
func (g Gap) Settle(s Settlement, judged []Judgement, now time.Time) (Gap, error) {
	if err := g.maySettle(s, judged, now); err != nil {
		return g, err
	}
	if s.Verdict == KeptOpen && g.OpenTill.IsZero() {
		g.OpenTill = now.Add(KeepOpen)
	}
	if s.Verdict != g.Verdict {
		g.Route = Route{}
	}
	g.Verdict, g.Differ, g.Needs, g.Could = s.Verdict, strings.TrimSpace(s.Differ), "", ""
	if s.Verdict == Inherent {
		g.Needs, g.Could = strings.TrimSpace(s.Needs), s.Could
	}
	g.Version++
	return g, nil
}

func (g Gap) maySettle(s Settlement, judged []Judgement, now time.Time) error {
	if !g.Taken || !g.Open {
		return Refuse(Conflict, "gap.unopened")
	}
	switch s.Verdict {
	case Avoidable, Experiment:
	case Inherent:
		if err := checkInherent(s.Could, s.Sure); err != nil {
			return err
		}
	case KeptOpen:
		if !g.OpenTill.IsZero() && now.After(g.OpenTill) {
			return Refuse(Conflict, "gap.week")
		}
	case Unknown:
		if g.OpenTill.IsZero() {
			return Refuse(Conflict, "gap.keepfirst")
		}
	default:
		return Refuse(Invalid, "kind.required").At("kind")
	}
	known := s.Verdict != KeptOpen && s.Verdict != Unknown
	switch {
	case known && !Agree(s.Verdict, judged) && strings.TrimSpace(s.Differ) == "":
		return Refuse(Conflict, "gap.split").At("differ")
	case utf8.RuneCountInString(s.Differ) > MaxAnswer:
		return Refuse(Invalid, "too.long").At("differ").With("max", MaxAnswer)
	case utf8.RuneCountInString(s.Needs) > MaxAnswer:
		return Refuse(Invalid, "too.long").At("needs").With("max", MaxAnswer)
	}
	return nil
}

// HearAgain sends a gap back to be judged once more, after each reason was read
// aloud. It happens once: a room does not vote until it likes the result.
func (g Gap) HearAgain() (Gap, error) {
	switch {
	case !g.Taken || !g.Open:
		return g, Refuse(Conflict, "gap.unopened")
	case g.Round > 1:
		return g, Refuse(Conflict, "gap.heard")
	}
	return g.again(), nil
}

// again closes a gap for another round of judging.
func (g Gap) again() Gap {
	g.Open = false
	g.Round++
	g.Verdict, g.Differ, g.Needs, g.Could, g.Route = "", "", "", "", Route{}
	g.Version++
	return g
}

// Split makes two gaps of one, because people judged two things. Both are to be
// judged anew. taken is how many gaps are taken: where three are, the second
// half is kept, unsorted.
func (g Gap) Split(first, second Parts, taken int) (Gap, Gap, error) {
	if !g.Taken || !g.Open {
		return g, Gap{}, Refuse(Conflict, "gap.unopened")
	}
	for _, p := range []Parts{first, second} {
		if err := p.Check(); err != nil {
			return g, Gap{}, err
		}
	}
	if sameWords(first.Actual+" "+first.Where, second.Actual+" "+second.Where) {
		return g, Gap{}, Refuse(Invalid, "gap.same").At("actual2")
	}
	half := Gap{Review: g.Review, Intended: strings.TrimSpace(second.Intended), Actual: strings.TrimSpace(second.Actual),
		Where: strings.TrimSpace(second.Where), Taken: taken < MaxGaps, Round: g.Round + 1, Version: 1}
	g = g.again()
	g.Intended, g.Actual, g.Where = strings.TrimSpace(first.Intended), strings.TrimSpace(first.Actual), strings.TrimSpace(first.Where)
	return g, half, nil
}

// MaySettle decides whether the room may settle a gap where it stands now: in
// question four, and later only what it kept open.
func (r Review) MaySettle(g Gap) error {
	switch {
	case r.Phase == PhaseClosed:
		return Refuse(Conflict, "review.closed")
	case r.Phase.Before(PhaseSort):
		return Refuse(Conflict, "question.order").With("n", max(1, r.Phase.Number()))
	case r.Phase != PhaseSort && g.Verdict != KeptOpen:
		return Refuse(Conflict, "gap.settled")
	}
	return nil
}
