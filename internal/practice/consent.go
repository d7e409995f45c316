package practice

import (
	"slices"
	"strings"
	"time"
)

// Consent is a round in which every group that a change affects is asked one thing: is
// it safe enough to try? Until all have said yes the change is on trial. Silence is
// consent in neither direction, and nothing here happens because time passed.
type Consent struct {
	Gap       GapID // what was learned, and led to the change; where another team offered it, the id of the offer
	Procedure ProcedureID
	Step      StepID
	At        time.Time // since when the change is in use
	Closed    time.Time // when its review closed; zero until then
	Harm      bool      // one failure changed a core step at once
	Sole      bool      // the change is provisional for another reason, too
	Groups    []Asked
	Texts     []Proposal // each was put to all groups anew; the last is the one they are asked about
	Said      []Spoken   // all that was said, the first first
	BegunAt   time.Time  // when the groups were asked for the first time
	EndAt     time.Time
	End       ConsentEnd
	Referred  MemberID // who is to integrate an objection, where the team could not
	Version   int
}

// Asked is one group in a round.
type Asked struct {
	Party PartyID
	Until time.Time // its own term; zero before it is asked
	Says  ConsentSays
}

// ConsentSays is what a group answered; empty where it has not.
type ConsentSays string

// The answers. There is no third: to say nothing is neither.
const (
	SaysSafe ConsentSays = "safe" // enough to try
	SaysHarm ConsentSays = "harm"
)

// Proposal is a wording with the terms of its trial, as it was put to the groups.
type Proposal struct {
	Number   int
	Revision int // the one that has it
	At       time.Time
	How      Integration // of the objection before it; empty for the first
	Text     string      // what the step says
	Term     time.Time   // until when it is tried at most; zero where that is not shortened
}

// Integration is what becomes of an objection.
type Integration string

// The ways. All but the last put the change to every group anew.
const (
	IntegrateAmend   Integration = "amend"   // other words
	IntegrateNarrow  Integration = "narrow"  // for fewer cases
	IntegrateShorten Integration = "shorten" // for less time
	IntegrateMeasure Integration = "measure" // with something that is watched
	IntegrateRefer   Integration = "refer"   // to somebody with more say
)

// Integrations are all of them.
var Integrations = []Integration{IntegrateAmend, IntegrateNarrow, IntegrateShorten, IntegrateMeasure, IntegrateRefer}

// Rewords reports whether it takes another wording of the step.
func (i Integration) Rewords() bool { return i == IntegrateAmend || i == IntegrateNarrow }

// Spoken is one thing that somebody said in a round.
type Spoken struct {
	ID     string
	Number int // the proposal it is about
	Kind   SpokenKind
	Party  PartyID // for whom; empty: for the team whose procedure it is
	By     MemberID
	Re     string // the question that it answers
	Text   string
	How    Integration
	At     time.Time
}

// SpokenKind is what sort of thing was said.
type SpokenKind string

// The kinds.
const (
	SpokePresent   SpokenKind = "present"
	SpokeQuestion  SpokenKind = "question"
	SpokeReply     SpokenKind = "reply"
	SpokeReaction  SpokenKind = "reaction"
	SpokeSafe      SpokenKind = "safe"
	SpokeHarm      SpokenKind = "harm"
	SpokeUnsaid    SpokenKind = "unsaid"
	SpokeLonger    SpokenKind = "longer"
	SpokeIntegrate SpokenKind = "integrate"
	SpokeKept      SpokenKind = "kept"
	SpokeBack      SpokenKind = "back"
)

// ConsentEnd is how a round ended.
type ConsentEnd string

// The ends.
const (
	ConsentPassed   ConsentEnd = "passed"   // every group said yes to the same words
	ConsentBack     ConsentEnd = "back"     // one person put the old wording back
	ConsentReplaced ConsentEnd = "replaced" // another learning changed the step, and asks anew
)

// ConsentStage is where a round stands.
type ConsentStage string

// The stages, in their order.
const (
	AtPresent   ConsentStage = "present"
	AtClarify   ConsentStage = "clarify"
	AtReact     ConsentStage = "react"
	AtConsent   ConsentStage = "consent"
	AtIntegrate ConsentStage = "integrate"
	AtOver      ConsentStage = "over"
)

// ConsentHours is how long after a change its groups are asked at the latest.
const ConsentHours = 72

// NeedsConsent reports whether a learning that changes a procedure is put to its groups:
// more than one is affected, or it adds a check on people of one.
func NeedsConsent(affected []PartyID, checks bool) bool {
	return len(affected) > 1 || checks && len(affected) > 0
}

// NewConsent is a round that has not begun.
func NewConsent(t Trial, groups []PartyID, text string) Consent {
	c := Consent{Gap: t.Gap, Procedure: t.Procedure, Step: t.Step, At: t.At, Harm: t.Harm != ""}
	for _, g := range groups {
		c.Groups = append(c.Groups, Asked{Party: g})
	}
	c.Texts = []Proposal{{Number: 1, Revision: t.Revision, At: t.At, Text: text}}
	return c
}

// Text is the proposal that the groups are asked about.
func (c Consent) Text() Proposal {
	if len(c.Texts) == 0 {
		return Proposal{}
	}
	return c.Texts[len(c.Texts)-1]
}

// Runs reports whether it has begun and not ended.
func (c Consent) Runs() bool { return !c.BegunAt.IsZero() && c.EndAt.IsZero() }

// Open reports whether it has not ended.
func (c Consent) Open() bool { return len(c.Groups) > 0 && c.EndAt.IsZero() }

// Stage says where it stands. An objection stands before everything else.
func (c Consent) Stage() ConsentStage {
	switch {
	case !c.Open():
		return AtOver
	case c.BegunAt.IsZero():
		return AtPresent
	case c.Objected():
		return AtIntegrate
	case len(c.Asking()) > 0:
		return AtClarify
	}
	return AtConsent
}

// Objected reports whether a group sees a harm in what it is asked about.
func (c Consent) Objected() bool {
	return slices.ContainsFunc(c.Groups, func(g Asked) bool { return g.Says == SaysHarm })
}

// Agreed reports whether every group said yes to what it is asked about.
func (c Consent) Agreed() bool {
	return len(c.Groups) > 0 && !slices.ContainsFunc(c.Groups, func(g Asked) bool { return g.Says != SaysSafe })
}

// Harms are what groups see that do harm in the words they are asked about.
func (c Consent) Harms() (all []Spoken) {
	for _, g := range c.Groups {
		for _, s := range slices.Backward(c.Said) {
			if g.Says == SaysHarm && s.Kind == SpokeHarm && s.Party == g.Party && s.Number == c.Text().Number {
				all = append(all, s)
				break
			}
		}
	}
	return all
}

// Why says why a change went back: the harms that stood against it, or else what was said
// last.
func (c Consent) Why() string {
	var all []string
	for _, s := range c.Harms() {
		all = append(all, s.Text)
	}
	if len(all) == 0 && len(c.Said) > 0 {
		all = append(all, c.Said[len(c.Said)-1].Text)
	}
	return strings.Join(all, "\n")
}

// Asking are the questions that nobody has answered.
func (c Consent) Asking() (open []Spoken) {
	for _, s := range c.Said {
		if s.Kind == SpokeQuestion && s.Number == c.Text().Number && !slices.ContainsFunc(c.Said, func(r Spoken) bool { return r.Re == s.ID }) {
			open = append(open, s)
		}
	}
	return open
}

// Silent are the groups whose term is over and that have not answered.
func (c Consent) Silent(now time.Time) (groups []PartyID) {
	for _, g := range c.Groups {
		if c.Runs() && g.Says == "" && !now.Before(g.Until) {
			groups = append(groups, g.Party)
		}
	}
	return groups
}

// DueAt is when the first group that has not answered is silent, or when the groups are
// asked at the latest. It is zero where nobody has to answer.
func (c Consent) DueAt() (at time.Time) {
	if c.Stage() == AtPresent {
		return c.PresentBy()
	}
	for _, g := range c.Groups {
		if c.Open() && g.Says == "" && (at.IsZero() || g.Until.Before(at)) {
			at = g.Until
		}
	}
	return at
}

// LastAt is the last moment at which a group answers by its own term.
func (c Consent) LastAt() (at time.Time) {
	for _, g := range c.Groups {
		if g.Until.After(at) {
			at = g.Until
		}
	}
	return at
}

// PresentBy is by when the groups are asked.
func (c Consent) PresentBy() time.Time { return c.At.Add(ConsentHours * time.Hour) }

// Late reports whether the groups were asked too late, or still are not.
func (c Consent) Late(now time.Time) bool {
	if c.BegunAt.IsZero() {
		return now.After(c.PresentBy())
	}
	return c.BegunAt.After(c.PresentBy())
}

// Group is one of those asked, by its id.
func (c Consent) Group(id PartyID) (Asked, bool) {
	if at := c.index(id); at >= 0 {
		return c.Groups[at], true
	}
	return Asked{}, false
}

func (c Consent) index(id PartyID) int {
	return slices.IndexFunc(c.Groups, func(g Asked) bool { return g.Party == id })
}
