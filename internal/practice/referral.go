package practice

import (
	"net/mail"
	"slices"
	"strings"
	"time"
)

// Referral is a gap that a team cannot change, handed to somebody who can: a person of
// the organisation, or somebody outside. They take it on, decline with a reason, or name
// somebody else, within a term. It changes nothing by itself, and is no empty promise.
type Referral struct {
	Gap   GapID
	Asked []Receiver // in their order; the last one is asked now
}

// Receiver is somebody who was asked to take a gap on.
type Receiver struct {
	To     MemberID
	Mail   string    // of somebody outside; empty for who has an account
	At     time.Time // since when they are asked; zero until the review closed
	Until  time.Time // until when they answer
	Says   ReferralSays
	Why    string
	SaidAt time.Time
}

// ReferralTerm is how long each receiver has to answer.
const ReferralTerm = 14 * 24 * time.Hour

// MostReceivers is how often a gap can be handed on.
const MostReceivers = 12

// ReferralSays is what became of the question to one receiver.
type ReferralSays string

// What a receiver says, and what the team that waits for them does.
const (
	ReferralAccept   ReferralSays = "accept"
	ReferralDecline  ReferralSays = "decline"
	ReferralRedirect ReferralSays = "redirect" // the receiver named somebody else
	ReferralHand     ReferralSays = "hand"     // the team asked somebody else
	ReferralBack     ReferralSays = "back"     // the team took it back
)

// ReferralState is where a gap that was handed over stands.
type ReferralState string

// The states. Declined is the team's again, and so is what it took back.
const (
	ReferralSoon     ReferralState = "soon" // its review has not closed
	ReferralWaits    ReferralState = "waits"
	ReferralStuck    ReferralState = "stuck" // nobody answered in time: stuck outside us
	ReferralAccepted ReferralState = "accepted"
	ReferralDeclined ReferralState = "declined"
	ReferralReturned ReferralState = "returned"
)

// NewReceiver is whom somebody names, as they typed it.
type NewReceiver struct {
	Name string
	Mail string // where they have no account
}

// Address is the mail address of somebody outside, without a name around it.
func (n NewReceiver) Address() (string, error) {
	typed := strings.TrimSpace(n.Mail)
	a, err := mail.ParseAddress(typed)
	if err != nil || a.Address != typed || tooLong(typed, MaxLine) {
		return "", Refuse(Invalid, "referral.mail").At("mail")
	}
	return typed, nil
}

// Last is whoever is asked now, or was asked last.
func (r Referral) Last() Receiver {
	if len(r.Asked) == 0 {
		return Receiver{}
	}
	return r.Asked[len(r.Asked)-1]
}

// State says where it stands.
func (r Referral) State(now time.Time) ReferralState {
	switch last := r.Last(); {
	case last.At.IsZero():
		return ReferralSoon
	case last.Says == ReferralAccept:
		return ReferralAccepted
	case last.Says == ReferralDecline:
		return ReferralDeclined
	case last.Says != "":
		return ReferralReturned
	case !now.Before(last.Until):
		return ReferralStuck
	}
	return ReferralWaits
}

// Awaits reports whether somebody is asked who has not answered.
func (r Referral) Awaits() bool { return !r.Last().At.IsZero() && r.Last().Says == "" }

// Say is what the receiver answers who is asked now. A late answer counts, too. Who is
// named instead is asked from now on, for as long as the first one was.
func (r Referral) Say(says ReferralSays, why string, next *Receiver, now time.Time) (Referral, error) {
	if !r.Awaits() {
		return r, Refuse(Conflict, "referral.answered")
	}
	switch says {
	case ReferralAccept:
		why = strings.TrimSpace(why)
		if tooLong(why, MaxAnswer) {
			return r, Refuse(Invalid, "too.long").At("why").With("max", MaxAnswer)
		}
	case ReferralDecline, ReferralRedirect:
		var err error
		if why, err = words(why, "referral.why", "why"); err != nil {
			return r, err
		}
	default:
		return r, Refuse(Invalid, "required").At("do")
	}
	return r.on(says, why, next, now)
}

// Move is what the team does that handed it over: asks somebody else, while nobody has
// answered or after a no, or takes it back.
func (r Referral) Move(says ReferralSays, why string, next *Receiver, now time.Time) (Referral, error) {
	last := r.Last()
	switch {
	case says != ReferralHand && says != ReferralBack:
		return r, Refuse(Invalid, "required").At("do")
	case last.At.IsZero() || last.Says == ReferralAccept || last.Says == ReferralBack:
		return r, Refuse(Conflict, "referral.answered")
	case last.Says == ReferralDecline && says == ReferralBack:
		return r, Refuse(Conflict, "referral.answered") // it is theirs already
	}
	why, err := words(why, "referral.why", "why")
	if err != nil {
		return r, err
	}
	return r.on(says, why, next, now)
}

// on keeps what was said of the last one, and asks the next.
func (r Referral) on(says ReferralSays, why string, next *Receiver, now time.Time) (Referral, error) {
	r.Asked = slices.Clone(r.Asked)
	at := &r.Asked[len(r.Asked)-1]
	moves := says == ReferralRedirect || says == ReferralHand
	switch {
	case moves && next == nil:
		return r, Refuse(Invalid, "referral.who").At("name")
	case moves && next.To == at.To && at.Says == "":
		return r, Refuse(Invalid, "referral.same").At("name")
	case moves && len(r.Asked) >= MostReceivers:
		return r, Refuse(Conflict, "referral.most").With("max", MostReceivers)
	}
	if at.Says == "" {
		at.Says, at.Why, at.SaidAt = says, why, now
	}
	if moves {
		next.At, next.Until = now, now.Add(ReferralTerm)
		r.Asked = append(r.Asked, *next)
	}
	return r, nil
}
