package practice

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Procedure is a checklist, manual, script or standard in use.
type Procedure struct {
	ID       ProcedureID
	Slug     string
	Team     TeamID // empty where no team has taken it yet
	Title    string
	Owner    MemberID // may be empty
	Revision int      // the number of the one in use
	SignOff  SignOff
	RetireAt time.Time // zero while in use
}

// SignOff is who still has to agree to what is already in use, and until when.
// Nothing goes back by itself when the day passes.
type SignOff struct {
	By    MemberID
	Until time.Time
	At    time.Time // zero while awaited
}

// Check refuses to ask somebody without a day, or for a day without somebody.
func (s SignOff) Check() error {
	switch {
	case s.By != "" && s.Until.IsZero():
		return Refuse(Invalid, "required").At("until")
	case s.By == "" && !s.Until.IsZero():
		return Refuse(Invalid, "required").At("signby")
	}
	return nil
}

// Revision is one version of a procedure: the whole Markdown as people wrote
// it, and why it changed.
type Revision struct {
	Procedure ProcedureID
	Number    int
	Markdown  string
	At        time.Time
	Reason    Reason
	Gap       GapID     // the learning behind it, if it is one
	Source    string    // what a change without a failure rests on
	From      time.Time // and from when it counts
	Steps     []StepID  // its lines in reading order
}

// Reason is why a procedure changed.
type Reason string

// The reasons. Only a learning leaves a scar and counts in a measure.
const (
	ReasonFirst    Reason = "first"
	ReasonLearning Reason = "learning"
	ReasonLaw      Reason = "law"
	ReasonContract Reason = "contract"
	ReasonOrder    Reason = "instruction"
	ReasonWording  Reason = "wording"
	ReasonOffer    Reason = "offer"    // another team learned it, and this one took it over
	ReasonPaste    Reason = "paste"    // the whole text was pasted or imported again
	ReasonUndone   Reason = "undone"   // a room took back what it had just changed
	ReasonPutBack  Reason = "put-back" // what a room changed did not hold
	ReasonUnused   Reason = "unused"   // a line that nobody ticked was taken out
)

// Bound reports whether somebody else bound the team to a change: a law, a contract, an order.
func (r Reason) Bound() bool { return r == ReasonLaw || r == ReasonContract || r == ReasonOrder }

// ProcedureStep is one line of a procedure as it stands in a revision. Its id
// stays with it through edits, moves, splits and merges.
type ProcedureStep struct {
	ID        StepID
	Procedure ProcedureID
	Place     int    // counted from 1, in reading order
	Number    string // what it is called: "3", or "3.1" for the first that stands under it
	Depth     int    // 0 for a top-level step
	Heading   string
	Text      string
	Begun     int          // the revision that brought it
	Since     int          // the revision that gave it this text
	Retired   int          // the revision that took it out; 0 while in use
	Became    StepID       // the step it was merged into, if it was
	Origin    StepID       // the step it was split from, if it was
	Scars     []Scar       // those of steps that went into it, or that it came from, too
	CoreTimes []CoreTime   // the times during which it was core, the latest last
	Waits     []CoreChange // changes of these that wait, in the order of the failures
	Trial     Trial        // the change that rests on one failure; zero where it is no longer one
}

// Scar is the failure behind a step, a safeguard, a constraint or a finding.
// Whoever may not read it is told its team and the time.
type Scar struct {
	ID        ScarID
	Step      StepID
	Safeguard SafeguardID
	Failure   FailureID
	Number    int    // the failure's number; 0 where the reader may not read it
	Title     string // and its title, for reading
	Team      TeamID // and whose report it is
	Of        string // and what that team is called
	Gap       GapID
	Revision  int
	At        time.Time
	Standing  Standing  // how far its failure has come: in use, held
	UsedAt    time.Time // the day on which it was said to be in use; zero until then
	CameBack  time.Time // the latest report of the same failure since the change; zero if none
	Again     time.Time // the first one since it is in use; zero if none
	Given     TeamID    // the team that took it over from the one whose failure it is; empty where it was learned here
	Offer     OfferID   // by which; empty for others than these two teams
}

// Early reports whether what came back did so before the change was said to be in use.
// That says nothing of the change: it was not there yet to prevent anything.
func (s Scar) Early() bool {
	return !s.CameBack.IsZero() && (s.UsedAt.IsZero() || s.CameBack.Before(s.UsedAt))
}

// Back reports whether the same was reported again since the change was in use.
func (s Scar) Back() bool { return !s.CameBack.IsZero() && !s.Early() }

// Safeguard is a change made elsewhere (a commit, a configuration, a document)
// with its link and one line. It has scars like a step.
type Safeguard struct {
	ID    SafeguardID
	Team  TeamID
	Link  string
	Text  string // what is different now
	At    time.Time
	Scars []Scar

	Strength Strength // what it does, where it is just being kept; afterwards its gap says so
}

// Check refuses a safeguard without its link or its line.
func (s Safeguard) Check() error {
	switch {
	case !WebAddress(s.Link):
		return Refuse(Invalid, "link.bad").At("link")
	case strings.TrimSpace(s.Text) == "":
		return Refuse(Invalid, "safeguard.text").At("text")
	case utf8.RuneCountInString(s.Text) > MaxLine:
		return Refuse(Invalid, "too.long").At("text").With("max", MaxLine)
	}
	return nil
}

// StepChange is one act on the lines of a procedure. Base is the revision the
// person saw: if the step has changed since, both texts are shown and none is
// lost.
type StepChange struct {
	Procedure ProcedureID
	Base      int
	Act       StepAct
	Step      StepID // the step acted on; empty for the first line of an empty procedure
	Text      string // the new wording, or the new step
	Rest      string // for a split: the wording of the second half
	To        StepID // for a move: the step it goes behind, empty for the front; for a merge: the step it joins
	Checks    bool   // it adds a check on people: an approval, a control, a sanction
	Checked   string // on whom, by the name of their group
	Strength  Strength
}

// StepAct is what is done to a step.
type StepAct string

// The acts.
const (
	ActEdit   StepAct = "edit"
	ActAdd    StepAct = "add"    // a new step behind Step
	ActRemove StepAct = "remove" // the step goes, its history stays
	ActMove   StepAct = "move"
	ActSplit  StepAct = "split"
	ActMerge  StepAct = "merge"
)

// MaxStep is the longest step, in characters; MaxProcedure the longest
// procedure, in bytes of Markdown.
const (
	MaxStep      = 1200
	MaxProcedure = 64 << 10
)

// Check refuses a change that changes nothing, or that says too much. old is
// the step's wording in the revision in use.
func (c StepChange) Check(old string) error {
	needsText := c.Act == ActEdit || c.Act == ActAdd || c.Act == ActSplit || c.Act == ActMerge
	switch {
	case needsText && strings.TrimSpace(c.Text) == "":
		return Refuse(Invalid, "step.empty").At("text")
	case c.Act != ActEdit && c.Act != ActAdd && c.Act != ActRemove && c.Act != ActMove && c.Act != ActSplit && c.Act != ActMerge:
		return Refuse(Invalid, "required").At("act")
	case c.Act == ActMerge && c.To == "":
		return Refuse(Invalid, "required").At("to")
	case c.Checks && strings.TrimSpace(c.Checked) == "":
		return Refuse(Invalid, "check.whom").At("checked")
	case c.Checks && CheckName(c.Checked) != nil:
		return Refuse(Invalid, "too.long").At("checked").With("max", MaxName)
	case c.Act == ActSplit && strings.TrimSpace(c.Rest) == "":
		return Refuse(Invalid, "step.empty").At("rest")
	case utf8.RuneCountInString(c.Text) > MaxStep || utf8.RuneCountInString(c.Rest) > MaxStep:
		return Refuse(Invalid, "too.long").At("text").With("max", MaxStep)
	case c.Act == ActEdit && sameWords(old, c.Text):
		return Refuse(Invalid, "step.same").At("text")
	case (c.Act == ActMove || c.Act == ActMerge) && c.To == c.Step:
		return Refuse(Invalid, "step.same").At("to")
	}
	return nil
}

// sameWords reports whether two texts differ in white space at most.
func sameWords(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// OtherChange is a change that comes from no failure: law, contract,
// instruction or plain wording. It needs its source and its date, and leaves
// no scar.
type OtherChange struct {
	StepChange
	Reason Reason
	Source string
	From   time.Time
}

// Check refuses a change without a failure that names no source or no date.
func (c OtherChange) Check() error {
	switch c.Reason {
	case ReasonLaw, ReasonContract, ReasonOrder, ReasonWording, ReasonOffer:
	case ReasonLearning:
		return Refuse(Invalid, "other.learning").At("reason")
	default:
		return Refuse(Invalid, "required").At("reason")
	}
	switch {
	case c.Checks && c.Reason == ReasonWording:
		return Refuse(Invalid, "check.wording").At("reason")
	case c.Reason != ReasonWording && strings.TrimSpace(c.Source) == "":
		return Refuse(Invalid, "other.source").At("source")
	case c.From.IsZero():
		return Refuse(Invalid, "other.from").At("from")
	case tooOld(c.From):
		return Refuse(Invalid, "date.old").At("from")
	case utf8.RuneCountInString(c.Source) > MaxLine:
		return Refuse(Invalid, "too.long").At("source").With("max", MaxLine)
	}
	return nil
}
