package practice

import (
	"strings"
	"time"
)

// Offer is something that one team learned, put to another team of the organisation: a
// step that it changed after a failure, a limit, or a finding. The other team takes it
// over, takes it over in other words, or declines with a reason. What nobody answers is
// no yes. Teams speak here: nobody's name is kept with it.
type Offer struct {
	ID      OfferID
	About   string    // the id of the scar, the boundary or the finding
	Failure FailureID // behind it; empty where a limit has none
	From    TeamID
	To      TeamID
	Words   string // as they were when they were offered
	Why     string // what happened, for people who were not there, as the team that offers it says it
	At      time.Time
	State   OfferState
	Said    string    // in the words of the team that took it over, where these are others
	Reason  string    // why it was declined, or put back
	EndAt   time.Time // when it was answered or taken back; zero while it waits

	// Of a step, once it is taken over.
	Step     StepID
	Revision int
	Proposal ProposedID // where others change the procedure, until they said what becomes of it
	LookAt   time.Time  // when it is looked at next; zero once nobody has to any more
	Until    time.Time  // and for the last time
}

// OfferState is how far an offer has come.
type OfferState string

// The states. Only two of them are a yes.
const (
	OfferWaits     OfferState = "waiting"
	OfferProposed  OfferState = "proposed" // taken over, if those who change the procedure take it
	OfferAdopted   OfferState = "adopted"
	OfferAdapted   OfferState = "adapted"
	OfferDeclined  OfferState = "declined"
	OfferWithdrawn OfferState = "withdrawn" // by the team that offered it
	OfferPutBack   OfferState = "put-back"  // the step that came of it has its old wording again
)

// OfferStates are all of them.
func OfferStates() []OfferState {
	return []OfferState{OfferWaits, OfferProposed, OfferAdopted, OfferAdapted, OfferDeclined, OfferWithdrawn, OfferPutBack}
}

// OfferSays is what is said to an offer.
type OfferSays string

// What a team that is asked says, what the team that offered it does, and what is said of
// a step once it comes back.
const (
	OfferAdopt    OfferSays = "adopt"
	OfferAdapt    OfferSays = "adapt"
	OfferDecline  OfferSays = "decline"
	OfferWithdraw OfferSays = "withdraw"
	OfferKeep     OfferSays = "keep"
	OfferUndo     OfferSays = "put-back"
)

// Waits reports whether nobody has answered.
func (o Offer) Waits() bool { return o.State == OfferWaits }

// Taken reports whether the other team took it over.
func (o Offer) Taken() bool { return o.State == OfferAdopted || o.State == OfferAdapted }

// OfStep reports whether it is a changed step, and no limit or finding.
func (o Offer) OfStep() bool { return strings.HasPrefix(o.About, "scr_") }

// Heard are the words as the team that took it over says them.
func (o Offer) Heard() string {
	if o.Said != "" {
		return o.Said
	}
	return o.Words
}

// Check refuses an offer that does not say why, or that a team makes to itself.
func (o Offer) Check() error {
	switch {
	case o.To == "" || o.To == o.From:
		return Refuse(Invalid, "offer.whom").At("to")
	case strings.TrimSpace(o.Why) == "":
		return Refuse(Invalid, "offer.why").At("why")
	case tooLong(o.Why, MaxAnswer):
		return Refuse(Invalid, "too.long").At("why").With("max", MaxAnswer)
	}
	return nil
}

// Answer is what the team says that is asked: it takes it over, takes it over in other
// words, or declines and says why.
func (o Offer) Answer(says OfferSays, text string, now time.Time) (Offer, error) {
	if !o.Waits() {
		return o, Refuse(Conflict, "offer.answered")
	}
	text = strings.TrimSpace(text)
	o.EndAt = now
	switch says {
	case OfferAdopt:
		o.State = OfferAdopted
		return o, nil
	case OfferAdapt:
		o.State, o.Said = OfferAdapted, text
		switch {
		case text == "" || sameWords(text, o.Words):
			return o, Refuse(Invalid, "offer.words").At("text")
		case tooLong(text, MaxStep):
			return o, Refuse(Invalid, "too.long").At("text").With("max", MaxStep)
		}
		return o, nil
	case OfferDecline:
		o.State = OfferDeclined
		return o.because(text)
	}
	return o, Refuse(Invalid, "required").At("do")
}

// because keeps why it was declined or put back.
func (o Offer) because(why string) (Offer, error) {
	why, err := words(why, "offer.reason", "why")
	o.Reason = why
	return o, err
}

// Withdraw takes it back while nobody has answered.
func (o Offer) Withdraw(now time.Time) (Offer, error) {
	if !o.Waits() {
		return o, Refuse(Conflict, "offer.answered")
	}
	o.State, o.EndAt = OfferWithdrawn, now
	return o, nil
}

// Put says into which step it went. It rests on one failure, and that of another team: so
// it comes back like any other change that does.
func (o Offer) Put(step StepID, revision int, t Trial) Offer {
	o.Step, o.Revision, o.LookAt, o.Until = step, revision, t.LookAt, t.Until
	return o
}

// Propose says that those who change the procedure have to take it first.
func (o Offer) Propose(id ProposedID) Offer {
	o.State, o.Proposal = OfferProposed, id
	return o
}

// Follow says what became of it with those who change the procedure: what they declined is
// declined, and what was taken back waits again. What they took goes in with their words.
func (o Offer) Follow(p Proposed, text string, now time.Time) Offer {
	switch p.State {
	case ProposedTaken:
		o.State, o.Said, o.EndAt = OfferAdopted, "", now
		if !sameWords(text, o.Words) {
			o.State, o.Said = OfferAdapted, strings.TrimSpace(text)
		}
	case ProposedDeclined:
		o.State, o.Said, o.Reason, o.EndAt = OfferDeclined, "", p.Why, now
	case ProposedWithdrawn:
		o.State, o.Said, o.Proposal, o.EndAt = OfferWaits, "", "", time.Time{}
	}
	return o
}

// Asks reports whether it is time to say whether the step holds here.
func (o Offer) Asks(now time.Time) bool {
	return o.Taken() && !o.LookAt.IsZero() && !now.Before(o.LookAt)
}

// Keep says that the step holds here: until its term, and after that for good.
func (o Offer) Keep(now time.Time) (Offer, error) {
	switch {
	case !o.Asks(now):
		return o, Refuse(Conflict, "offer.early")
	case now.Before(o.Until):
		o.LookAt = o.Until
	default:
		o.LookAt = time.Time{}
	}
	return o, nil
}

// PutBack says that the old wording counts again, and why.
func (o Offer) PutBack(why string) (Offer, error) {
	if !o.Taken() || o.LookAt.IsZero() {
		return o, Refuse(Conflict, "offer.early")
	}
	o.State, o.LookAt = OfferPutBack, time.Time{}
	return o.because(why)
}

// MayAdopt decides whether what another team learned may make a change here: it becomes a
// step of its own, or takes the place of one. A core step takes failures of its own, and
// groups that have a say are asked in a review.
func (c StepChange) MayAdopt(steps []ProcedureStep, asks bool) error {
	if c.Act != ActAdd && c.Act != ActEdit {
		return Refuse(Invalid, "required").At("act")
	}
	if c.core(steps).ID != "" {
		return Refuse(Conflict, "offer.core").At("place")
	}
	if asks || c.Checks {
		return Refuse(Conflict, "offer.groups")
	}
	return nil
}
