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
}

// OfferState is how far an offer has come.
type OfferState string

// The states. Only two of them are a yes.
const (
	OfferWaits     OfferState = "waiting"
	OfferProposed  OfferState = "proposed" // taken over, if those who change the procedure take it
	OfferAsks      OfferState = "consent"  // in use on trial, until every group that has a say said yes
	OfferAdopted   OfferState = "adopted"
	OfferAdapted   OfferState = "adapted"
	OfferDeclined  OfferState = "declined"
	OfferWithdrawn OfferState = "withdrawn" // by the team that offered it
	OfferPutBack   OfferState = "put-back"  // the step that came of it has its old wording again
	OfferReplaced  OfferState = "replaced"  // before every group had said yes, a failure of that team's own changed the step
)

// OfferStates are all of them.
func OfferStates() []OfferState {
	return []OfferState{OfferWaits, OfferProposed, OfferAsks, OfferAdopted, OfferAdapted, OfferDeclined, OfferWithdrawn, OfferPutBack, OfferReplaced}
}

// OfferSays is what is said to an offer.
type OfferSays string

// What a team that is asked says, and what the team that offered it does.
const (
	OfferAdopt    OfferSays = "adopt"
	OfferAdapt    OfferSays = "adapt"
	OfferDecline  OfferSays = "decline"
	OfferWithdraw OfferSays = "withdraw"
)

// Waits reports whether nobody has answered.
func (o Offer) Waits() bool { return o.State == OfferWaits }

// Taken reports whether the other team took it over.
func (o Offer) Taken() bool { return o.State == OfferAdopted || o.State == OfferAdapted }

// OfStep reports whether it is a changed step, and no limit or finding.
func (o Offer) OfStep() bool { return strings.HasPrefix(o.About, "scr_") }

// Reworded reports whether what was offered reads otherwise now.
func (o Offer) Reworded(now string) bool { return !sameWords(o.Words, now) }

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

// Tries is the name under which its trial and the round of its groups are kept: they go as
// those of any change, and this one has no gap of the team that takes it over.
func (o Offer) Tries() GapID { return GapID(o.ID) }

// Offer is the offer that a trial or a round is about; empty where it is about what a gap
// led to.
func (g GapID) Offer() OfferID {
	if strings.HasPrefix(string(g), "ofr_") {
		return OfferID(g)
	}
	return ""
}

// Put says into which step it went, and whether groups are asked before it is a yes.
func (o Offer) Put(step StepID, revision int, asks bool) Offer {
	if o.Step, o.Revision = step, revision; asks {
		o.State = OfferAsks
	}
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
		return o.take(text, now)
	case ProposedDeclined:
		o.State, o.Said, o.Reason, o.EndAt = OfferDeclined, "", p.Why, now
	case ProposedWithdrawn:
		o.State, o.Said, o.Proposal, o.EndAt = OfferWaits, "", "", time.Time{}
	}
	return o
}

// take says that it is taken over, in these words.
func (o Offer) take(text string, now time.Time) Offer {
	o.State, o.Said, o.EndAt = OfferAdopted, "", now
	if !sameWords(text, o.Words) {
		o.State, o.Said = OfferAdapted, strings.TrimSpace(text)
	}
	return o
}

// Settle says what a round of groups came to: with every yes it is taken over, in the words
// to which they said it; put back it is declined, with the harm that was seen, or else with
// why it went back. Another change of the step takes its place.
func (o Offer) Settle(c Consent, now time.Time) Offer {
	if o.State != OfferAsks {
		return o
	}
	switch c.End {
	case ConsentPassed:
		return o.take(c.Text().Text, now)
	case ConsentBack:
		o.State, o.Reason, o.EndAt = OfferDeclined, c.Why(), now
	}
	return o
}

// PutBack says that the step has its old wording again, after every group had said yes or
// where none was asked.
func (o Offer) PutBack(why string, now time.Time) Offer {
	if o.Taken() {
		o.State, o.Reason, o.EndAt = OfferPutBack, why, now
	}
	return o
}

// MayAdopt decides whether what another team learned may make a change here: it becomes a
// step of its own, or takes the place of one.
func (c StepChange) MayAdopt() error {
	if c.Act != ActAdd && c.Act != ActEdit {
		return Refuse(Invalid, "required").At("act")
	}
	return nil
}
