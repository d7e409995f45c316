package practice

import (
	"strings"
	"time"
)

// Proposed is a change of a procedure that only some people change, by somebody else: by a
// room, or by one of the team. It is not in use until one of them takes it.
type Proposed struct {
	ID       ProposedID
	Gap      GapID    // what a room agreed on it for; empty where one person proposed it
	By       MemberID // who did; nobody where a room did
	Change   OtherChange
	At       time.Time
	State    ProposedState
	Why      string    // why it was declined
	EndAt    time.Time // zero while it waits
	Revision int       // the one it went into
}

// ProposedState is how far a proposal has come.
type ProposedState string

// The states.
const (
	ProposedWaits     ProposedState = "waiting"
	ProposedTaken     ProposedState = "taken"
	ProposedDeclined  ProposedState = "declined"
	ProposedWithdrawn ProposedState = "withdrawn"
)

// ProposedStates are all of them.
func ProposedStates() []ProposedState {
	return []ProposedState{ProposedWaits, ProposedTaken, ProposedDeclined, ProposedWithdrawn}
}

// Waits reports whether nobody has said what becomes of it.
func (p Proposed) Waits() bool { return p.State == ProposedWaits }

// open refuses to say it twice.
func (p Proposed) open() error {
	if !p.Waits() {
		return Refuse(Conflict, "proposal.over")
	}
	return nil
}

// Take says that it is in use since a revision.
func (p Proposed) Take(revision int, now time.Time) (Proposed, error) {
	err := p.open()
	p.State, p.Revision, p.EndAt = ProposedTaken, revision, now
	return p, err
}

// Decline says that it does not come, and why.
func (p Proposed) Decline(why string, now time.Time) (Proposed, error) {
	switch why = strings.TrimSpace(why); {
	case p.open() != nil:
		return p, p.open()
	case why == "":
		return p, Refuse(Invalid, "proposal.why").At("why")
	case tooLong(why, MaxLine):
		return p, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	p.State, p.Why, p.EndAt = ProposedDeclined, why, now
	return p, nil
}

// Withdraw takes it back: whoever proposed it may, and nobody else.
func (p Proposed) Withdraw(m MemberID, now time.Time) (Proposed, error) {
	if p.By == "" || p.By != m {
		return p, Refuse(Forbidden, "proposal.theirs")
	}
	err := p.open()
	p.State, p.EndAt = ProposedWithdrawn, now
	return p, err
}
