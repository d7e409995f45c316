package practice

import "time"

// Trail is what a team went through, as far as it is measured. Nobody is in it, and no
// text but titles: it has nothing that could be counted by person. What was only
// practised is not in it either, and of what only some people read no number and no title.
type Trail struct {
	At       time.Time // up to when it goes, on the organisation's clock
	Team     Team
	People   int     // in the team
	Cycles   []Cycle // of the team, the first first
	Failures []TrailFailure
	Ties     []Tie // those that are the same again
	Reviews  []TrailReview
	Gaps     []TrailGap
	Changes  []TrailChange
	Steps    []TrailStep // how steps were changed, the first first
	Taps     []TrailTaps
	Carries  []TrailCarry
	Plans    []TrailPlan
	Pulses   []PulseResult // what was said of its quarters, the first first
	House    []PulseResult // and of the whole organisation
	Said     []TrailSaid   // by newcomers, of their questions
	Runs     []TrailRun    // that newcomers did alone for the first time
	Limits   []time.Time   // when limits were named in its reviews, the first first
	Findings []time.Time   // and findings kept
	Uses     []TrailUse    // what those who do the work said of its changes, the first first
	Trials   []TrailTrial  // what was only tried, the first first
	Core     []TrailCore   // what stood behind changes of core steps, the first first
}

// TrailFailure is one report.
type TrailFailure struct {
	ID           FailureID
	Number       int // 0 where it is restricted to named people
	Title        string
	Stage        Stage // as it was first reported
	Source       Source
	At           time.Time // when it was reported; where it has no author, when it was noticed
	RecognisedAt time.Time
	Triage       Triage
	JoinedTo     FailureID // the other report of the same event
	Severe       bool      // support comes first, and no clock runs
	Paused       bool      // the team pauses, and no clock runs
	Resumed      time.Time // when a pause ended that stopped its clock; mostly zero
}

// TrailReview is a review that was not called off.
type TrailReview struct {
	ID        ReviewID
	Failure   FailureID
	StartedAt time.Time // zero until then, as the others
	WrittenAt time.Time // by when people had written alone
	MetAt     time.Time
	ClosedAt  time.Time
	Outside   bool      // led by somebody who was not part of it
	Ready     Readiness // what the question before it came to; empty where nobody was asked
	People    int       // who came at all
	Sittings  int       // in how many it met
}

// TrailTaps is how many said what as a room closed, and how many came. It stays in the trail whatever is
// decided about its failure later: that somebody takes a room out must not show, by
// what is left, what was said there.
type TrailTaps struct {
	ClosedAt time.Time
	Blame    Tapped // was there blame in the room?
	Again    Tapped // would you come again?
	Near     Tapped // of those who did it, saw it or were affected and were invited: who came, and who did not
}

// Tapped is how many said yes and no.
type Tapped struct{ Yes, No int }

// TrailGap is a gap that was taken into the fourth question.
type TrailGap struct {
	Review  ReviewID
	Verdict Verdict
	Route   RouteKind

	Strength Strength  // what a change does, as they said
	Text     string    // as it was agreed: how it went, and where the two parted
	Bare     bool      // that names nothing somebody else could look at; whoever knows the language says so
	MadeAt   time.Time // when the step or safeguard that it led to was changed; else zero
}

// TrailChange is a step or a safeguard that was changed because of a failure.
type TrailChange struct {
	What    string // the id of the step or safeguard
	Guard   bool   // it is a safeguard
	Failure FailureID
	Review  ReviewID
	At      time.Time
	UsedAt  time.Time // the day on which it was said to be in use; zero until then
}

// TrailStep is one change of the steps of a procedure that came from failures.
type TrailStep struct {
	Failure FailureID // one of those behind it
	At      time.Time
	Checks  bool // it adds a check on people
}

// TrailCarry is a promise.
type TrailCarry struct {
	Review   ReviewID
	NamedAt  time.Time
	DueAt    time.Time
	State    CarryState
	SettleAt time.Time // when it was done or dropped; zero until then
}

// TrailUse is whether the changes of a review were in use when those who do the work were
// asked last. Of which review it is not in it, nor how many said what: one may have
// answered alone.
type TrailUse struct {
	SaidAt time.Time // the day
	InUse  bool
}

// TrailTrial is a change of a step that rested on one failure.
type TrailTrial struct {
	Failure  FailureID
	Until    time.Time // its term
	EndAt    time.Time // zero while it runs
	Kept     bool      // how it ended
	Replaced bool      // another change took its place, and nobody decided about it
}

// TrailCore is a failure that stands behind one change of a step that was core then.
type TrailCore struct {
	Step     string
	Revision int // the change
	Failure  FailureID
	At       time.Time
	Harm     bool // it could do serious harm, so it was changed at once
	Ours     bool // the failure is one of those that are measured, and its review has closed
}

// TrailPlan is a plan that was frozen.
type TrailPlan struct {
	Number    int
	Title     string
	FrozenAt  time.Time
	Cites     int // of what is known from before, with what is done differently
	Elsewhere int // of them, from another team
}

// TrailGround says where a failure belongs: a step of a procedure was changed because of
// it, or whoever reported it named one.
type TrailGround struct {
	Failure   FailureID
	Step      string
	Procedure ProcedureID
	Slug      string
	Title     string
}
