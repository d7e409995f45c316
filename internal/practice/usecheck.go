package practice

import (
	"io"
	"math/rand/v2"
	"slices"
	"time"
)

// UseCheck asks one to three people who do the work whether what a review changed is
// really done that way now. Only their yes makes a change one that is in use: what is
// written down and what is done drift apart, and whoever wrote it is the last to see.
type UseCheck struct {
	Review ReviewID
	Round  int        // 1, and one more each time people are asked again
	DueAt  time.Time  // when people are asked next; zero once it is in use
	Until  time.Time  // until when those who are asked may answer; zero while nobody is
	Asked  []MemberID // who they are; forgotten when the answers are counted
	Tally  UseTally   // what it came to the last time
	SaidAt time.Time  // and on which day; zero before the first time
}

// How a change is checked: a month after its review closed, and a month after each
// time that it was not in use yet.
const (
	UseAfter = 30 * 24 * time.Hour
	UseOpen  = 10 * 24 * time.Hour // how long people have to answer
	UseMost  = 3                   // people are asked at most
)

// HeldAfter is how long a change has to be in use, with nothing like its failure
// reported again, to have held.
const HeldAfter = 180 * 24 * time.Hour

// UseAnswer is what one of them says: is it really done this way now?
type UseAnswer string

// The answers.
const (
	UseYes    UseAnswer = "yes"
	UsePartly UseAnswer = "partly"
	UseNo     UseAnswer = "no"
	UseUnmet  UseAnswer = "unmet" // they have not come to that step yet
)

// UseAnswers are all of them, in the order in which they are offered.
var UseAnswers = []UseAnswer{UseYes, UsePartly, UseNo, UseUnmet}

// Check refuses what is none of them.
func (a UseAnswer) Check() error {
	if !slices.Contains(UseAnswers, a) {
		return Refuse(Invalid, "required").At("answer")
	}
	return nil
}

// UseTally is how many said what.
type UseTally struct{ Yes, Partly, No, Unmet int }

// Count adds one answer.
func (t *UseTally) Count(a UseAnswer) {
	switch a {
	case UseYes:
		t.Yes++
	case UsePartly:
		t.Partly++
	case UseNo:
		t.No++
	case UseUnmet:
		t.Unmet++
	}
}

// Met is how many have come to the step.
func (t UseTally) Met() int { return t.Yes + t.Partly + t.No }

// InUse reports whether more of those who have come to it do it than not.
func (t UseTally) InUse() bool { return t.Yes > t.Partly+t.No }

// Open reports whether people are being asked.
func (c UseCheck) Open(now time.Time) bool { return !c.Until.IsZero() && now.Before(c.Until) }

// MayAnswer refuses an answer when the question is not open.
func (c UseCheck) MayAnswer(now time.Time) error {
	if !c.Open(now) {
		return Refuse(Conflict, "use.over")
	}
	return nil
}

// Ask puts the question to some of the people who do the work, drawn by chance, so
// that nobody can know beforehand whom it will reach.
func (c UseCheck) Ask(people []MemberID, now time.Time, random io.Reader) UseCheck {
	c.Round, c.Until, c.Asked = c.Round+1, now.Add(UseOpen), drawn(people, UseMost, random)
	return c
}

// Close counts what they said, on a day of the organisation and not at a moment. Until it is in use it is
// asked again in a month. Who was asked is forgotten.
func (c UseCheck) Close(t UseTally, day time.Time) UseCheck {
	c.Tally, c.SaidAt = t, day
	c.Until, c.Asked, c.DueAt = time.Time{}, nil, time.Time{}
	if !t.InUse() {
		c.DueAt = c.SaidAt.Add(UseAfter)
	}
	return c
}

// covers reports whether what was said is said of a change, too.
func (c UseCheck) covers(changed time.Time) bool {
	return !c.SaidAt.IsZero() && !changed.After(c.Covered())
}

// Covered is how late a change can have been made for what was said to be said of it,
// too: it was there for a month when people were asked. What they said is kept by the
// day.
func (c UseCheck) Covered() time.Time { return c.SaidAt.Add(24*time.Hour - UseAfter) }

// Led says where a failure stands once what its gaps lead to is another than before,
// and when people are asked next. sorted is what the gaps say, changes are the times of
// the steps and safeguards that stand because of it. What was said stays true of those
// it was said of; people are asked again about the others, a month after they came.
func (c UseCheck) Led(was, sorted Standing, changes []time.Time) (UseCheck, Standing) {
	if sorted != Changed || len(changes) == 0 || c.Round > 0 && !c.Tally.InUse() {
		return c, sorted
	}
	c.DueAt = time.Time{}
	for _, at := range changes {
		if due := at.Add(UseAfter); !c.covers(at) && due.After(c.DueAt) {
			c.DueAt = due
		}
	}
	switch {
	case !c.DueAt.IsZero():
		return c, Changed
	case was == Held:
		return c, Held
	}
	return c, InUse
}

// drawn takes some people by chance.
func drawn(people []MemberID, most int, random io.Reader) []MemberID {
	var seed [32]byte
	mustRead(random, seed[:])
	var out []MemberID
	for _, i := range rand.New(rand.NewChaCha8(seed)).Perm(len(people))[:min(most, len(people))] {
		out = append(out, people[i])
	}
	return out
}
