package practice

import (
	"strings"
	"time"
)

// ParkedConflict is a conflict between people or groups that a room put aside, so that it
// is not argued in the review: one line what it is about, somebody who looks after it, and
// a day. It is no gap and changes nothing. Nobody is kept who put it there.
type ParkedConflict struct {
	ID      ConflictID
	Review  ReviewID
	Text    string
	Owner   MemberID  // who looks after it, or is asked to; empty while nobody is
	Yes     bool      // and said so
	DueOn   time.Time // by which day, its first moment
	How     string    // how it ended
	EndOn   time.Time // on which day; zero until then
	Told    bool      // whoever looks after it was reminded of its day
	Version int
}

// MostConflicts is how many a room may put aside.
const MostConflicts = 5

// ConflictDays is how long one is kept after it was settled.
const ConflictDays = 365

// ConflictDue is after how many days one is due where nobody says a day.
const ConflictDue = 14

// LongestConflict is how many days ahead one can be due.
const LongestConflict = 366

// ConflictLine is what a conflict is about, as somebody wrote it for this.
func ConflictLine(text string) (string, error) {
	return within(MaxLine, text, "conflict.line", "line")
}

// TakeOut is a text without a sentence of it. It reports whether the sentence stood there.
func TakeOut(text, sentence string) (string, bool) {
	before, after, found := strings.Cut(text, sentence)
	if !found || sentence == "" {
		return text, false
	}
	before, after = strings.TrimRight(before, " "), strings.TrimLeft(after, " ")
	if before != "" && after != "" && !strings.HasSuffix(before, "\n") && !strings.HasPrefix(after, "\n") {
		before += " "
	}
	return strings.TrimSpace(before + after), true
}

// Over reports whether it ended.
func (c ParkedConflict) Over() bool { return !c.EndOn.IsZero() }

// Ask asks somebody to look after it until a day, or keeps their own word that they do.
// Whoever said yes gives it back first.
func (c ParkedConflict) Ask(owner MemberID, own bool, due, now time.Time) (ParkedConflict, error) {
	switch {
	case c.Over():
		return c, Refuse(Conflict, "conflict.over")
	case c.Yes:
		return c, Refuse(Conflict, "conflict.owned")
	case owner == "":
		return c, Refuse(Invalid, "conflict.whom").At("name")
	case !due.After(now) || due.After(now.AddDate(0, 0, LongestConflict)):
		return c, Refuse(Invalid, "conflict.day").At("due")
	}
	c.Owner, c.Yes, c.DueOn, c.Told = owner, own, due, false
	c.Version++
	return c, nil
}

// NameAtOnce names, where it is parked, who looks after it; heard is that the room heard
// their yes. A day alone asks nobody.
func (c ParkedConflict) NameAtOnce(owner MemberID, heard bool, due, now time.Time) (ParkedConflict, error) {
	if owner == "" {
		return c, Refuse(Invalid, "conflict.whom").At("name")
	}
	if due.IsZero() {
		due = now.AddDate(0, 0, ConflictDue)
	}
	return c.Ask(owner, heard, due, now)
}

// HandOn asks a guardian to look after it. Whoever looks after it can, or anybody who reads
// it where nobody said that they do.
func (c ParkedConflict) HandOn(from, to MemberID, due, now time.Time) (ParkedConflict, error) {
	if c.Yes && c.Owner == from {
		c.Yes = false
	}
	return c.Ask(to, to == from, due, now)
}

// Answer is the yes or the no of who is asked; whoever said yes can give it back.
func (c ParkedConflict) Answer(m MemberID, yes bool) (ParkedConflict, error) {
	if err := c.of(m); err != nil {
		return c, err
	}
	c.Yes = yes
	if !yes {
		c.Owner, c.DueOn = "", time.Time{}
	}
	c.Version++
	return c, nil
}

// End says how it ended. Whoever looks after it does.
func (c ParkedConflict) End(m MemberID, how string, day time.Time) (ParkedConflict, error) {
	if err := c.of(m); err != nil {
		return c, err
	}
	if !c.Yes {
		return c, Refuse(Conflict, "conflict.unsaid")
	}
	how, err := within(MaxLine, how, "conflict.how", "how")
	if err != nil {
		return c, err
	}
	c.How, c.EndOn = how, day
	c.Version++
	return c, nil
}

// of refuses who neither looks after it nor is asked to.
func (c ParkedConflict) of(m MemberID) error {
	switch {
	case c.Over():
		return Refuse(Conflict, "conflict.over")
	case m == "" || c.Owner != m:
		return Refuse(Forbidden, "conflict.theirs")
	}
	return nil
}
