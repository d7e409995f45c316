package practice

import "time"

// WayBack is how long somebody who was let go can be brought back as they
// were.
const WayBack = 24 * time.Hour

// Holding is something that waits for one person. Before they leave, somebody
// else takes it, or it is open again.
type Holding struct {
	Kind  string // one of those below
	ID    string
	Team  TeamID // whose it is; empty where none took it yet
	Title string
	To    string // where it is read
}

// What one person can hold.
const (
	HoldsCarry     = "carry"     // they carry it, or are asked to
	HoldsProcedure = "procedure" // they look after it
	HoldsSignOff   = "signoff"   // their word is awaited
	HoldsReview    = "review"    // they called it
	HoldsFailure   = "failure"   // they decide and call
)

// InTeam reports whether only people of its team can hold it.
func (h Holding) InTeam() bool { return h.Kind == HoldsReview || h.Kind == HoldsFailure }

// Handover says to whom one holding goes. To nobody means that it is open
// again; a review always has somebody who called it.
type Handover struct {
	Kind string
	ID   string
	To   MemberID
}

// Check refuses a handover to nobody of what cannot be open.
func (h Handover) Check() error {
	if h.Kind == HoldsReview && h.To == "" {
		return Refuse(Invalid, "handover.who").At("to")
	}
	return nil
}

// Handed is a handover that was made, with how the thing stood before.
type Handed struct {
	Handover
	State CarryState `json:",omitempty"` // of a promise
	Until time.Time  `json:",omitzero"`  // since when somebody is asked to carry, or until when to sign off
}

// Parting is how somebody stood when they were let go, kept for a day.
type Parting struct {
	Member  MemberID
	At      time.Time
	Steward bool
	Records bool
	Teams   []TeamID
	Leads   []MemberID
	Handed  []Handed
}

// BackUntil is when the way back closes.
func (p Parting) BackUntil() time.Time { return p.At.Add(WayBack) }

// Release lets a promise go whose carrier leaves: to somebody else, who is
// asked, or to nobody, and then anybody may take it.
func (c Carry) Release(to MemberID, now time.Time) Carry {
	c.State, c.Offered, c.NamedAt, c.Witness = CarryOffered, "", time.Time{}, false
	if to != "" {
		c.Carrier, c.NamedAt = to, now
	}
	return c
}
