package practice

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Accept is the yes of the one who was named, or of whoever it was offered to.
// If the one who was named said no, or nothing for a day, anybody of the team may
// take it.
func (c Carry) Accept(by MemberID, now time.Time) (Carry, error) {
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.Offered != "" && c.Offered == by:
	case c.State != CarryOffered:
		return c, Refuse(Conflict, "carry.taken")
	case c.Carrier != by && !c.Unanswered(now):
		return c, Refuse(Conflict, "carry.asked").With("at", c.NamedAt.Add(YesWithin))
	}
	c.Carrier, c.Offered, c.State, c.Witness = by, "", CarryAccepted, false
	return c, nil
}

// Decline is the no of the one who was named: it is open to everybody again.
// Somebody it was offered to leaves it with the one who carries it.
func (c Carry) Decline(by MemberID) (Carry, error) {
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.Offered == by && by != "":
		c.Offered = ""
	case c.Carrier == by && c.State == CarryOffered:
		c.NamedAt = time.Time{}
	default:
		return c, Refuse(Conflict, "carry.others")
	}
	return c, nil
}

// Unsay takes back a yes that the room said it heard. The one who is named is asked
// anew; once the review is over it is open to everybody, as after their no.
func (c Carry) Unsay(over bool, now time.Time) (Carry, error) {
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.State != CarryAccepted || !c.Witness:
		return c, Refuse(Conflict, "carry.unheard")
	}
	c.State, c.Witness, c.Offered, c.NamedAt = CarryOffered, false, "", now
	if over {
		c.NamedAt = time.Time{}
	}
	return c, nil
}

// Refused reports whether the one who was named said no, and nobody else was
// asked since.
func (c Carry) Refused() bool {
	return c.SettleAt.IsZero() && c.State == CarryOffered && c.NamedAt.IsZero()
}

// Asks reports whether a person is asked for their yes.
func (c Carry) Asks(m MemberID) bool {
	return c.SettleAt.IsZero() && (c.Offered == m || c.Carrier == m && c.State == CarryOffered && !c.NamedAt.IsZero())
}

// Name asks another person instead, once the one who was named said no, or
// nothing for a day.
func (c Carry) Name(to MemberID, now time.Time) (Carry, error) {
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.State != CarryOffered:
		return c, Refuse(Conflict, "carry.taken")
	case !c.Unanswered(now):
		return c, Refuse(Conflict, "carry.asked").With("at", c.NamedAt.Add(YesWithin))
	case to == "" || to == c.Carrier:
		return c, Refuse(Invalid, "member.unknown").At("to")
	}
	c.Carrier, c.Offered, c.NamedAt = to, "", now
	return c, nil
}

// Unanswered reports whether the one who was named said no, or has had their day
// and said nothing.
func (c Carry) Unanswered(now time.Time) bool {
	return c.SettleAt.IsZero() && c.State == CarryOffered && !now.Before(c.NamedAt.Add(YesWithin))
}

// Hand offers a carry to another person; it stays with the first until the
// other says yes.
func (c Carry) Hand(by, to MemberID) (Carry, error) {
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.Carrier != by:
		return c, Refuse(Conflict, "carry.others")
	case to == "" || to == by:
		return c, Refuse(Invalid, "member.unknown").At("to")
	}
	c.Offered = to
	return c, nil
}

// Finish settles a carry: done, with what shows it, or dropped, with a reason.
func (c Carry) Finish(by MemberID, state CarryState, words string, now time.Time) (Carry, error) {
	words = strings.TrimSpace(words)
	switch {
	case !c.SettleAt.IsZero():
		return c, Refuse(Conflict, "carry.settled")
	case c.Carrier != by || c.State != CarryAccepted:
		return c, Refuse(Conflict, "carry.others")
	case state == CarryDone && words == "":
		return c, Refuse(Invalid, "carry.proof").At("proof")
	case state == CarryDropped && words == "":
		return c, Refuse(Invalid, "carry.why").At("why")
	case utf8.RuneCountInString(words) > MaxAnswer:
		return c, Refuse(Invalid, "too.long").At("proof").With("max", MaxAnswer)
	}
	switch state {
	case CarryDone:
		c.Proof = words
	case CarryDropped:
		c.Why = words
	default:
		return c, Refuse(Invalid, "required").At("state")
	}
	c.State, c.SettleAt, c.Offered = state, now, ""
	return c, nil
}
