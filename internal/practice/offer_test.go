package practice

import (
	"testing"
	"time"
)

// An offer is answered once, by a word with what belongs to it; what nobody answers is no yes.
func TestOffer_isAnsweredOnce(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	o := Offer{About: "scr_1", From: "a", To: "b", Words: "Turn it  off", Why: "It burned.", State: OfferWaits}
	say := func(o Offer, says OfferSays, text string) error { _, err := o.Answer(says, text, now); return err }
	after := func(says OfferSays, text string) Offer { is, _ := o.Answer(says, text, now); return is }
	check(t, []refused{
		{o.Check(), ""},
		{as(o, func(o *Offer) { o.Why = long(MaxAnswer) }).Check(), ""},
		{as(o, func(o *Offer) { o.Why = long(MaxAnswer + 1) }).Check(), "too.long"},
		{as(o, func(o *Offer) { o.Why = " " }).Check(), "offer.why"},
		{as(o, func(o *Offer) { o.To = "a" }).Check(), "offer.whom"},
		{as(o, func(o *Offer) { o.To = "" }).Check(), "offer.whom"},
		{say(o, OfferAdopt, ""), ""},
		{say(o, OfferAdapt, "Turn it off, twice"), ""},
		{say(o, OfferAdapt, long(MaxStep)), ""},
		{say(o, OfferAdapt, long(MaxStep+1)), "too.long"},
		{say(o, OfferAdapt, "Turn it off"), "offer.words"},
		{say(o, OfferAdapt, " "), "offer.words"},
		{say(o, OfferDecline, "No oven here."), ""},
		{say(o, OfferDecline, " "), "offer.reason"},
		{say(o, "keep", ""), "required"},
		{say(after(OfferAdopt, ""), OfferDecline, "No."), "offer.answered"},
		{say(after(OfferDecline, "No."), OfferAdopt, ""), "offer.answered"},
	})
	if _, err := after(OfferAdopt, "").Withdraw(now); code(err) != "offer.answered" {
		t.Errorf("taken back after an answer: %v", err)
	}
	back, err := o.Withdraw(now)
	if err != nil || back.State != OfferWithdrawn || say(back, OfferAdopt, "") == nil {
		t.Errorf("taken back: %+v, %v", back, err)
	}
	if o.Taken() || after(OfferDecline, "No.").Taken() || !after(OfferAdopt, "").Taken() || after(OfferAdapt, "So").Heard() != "So" || o.Heard() != o.Words {
		t.Error("only a yes is one")
	}
}

// While groups are asked it is no answer yet; their round is.
func TestOffer_followsItsRound(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	o, err := Offer{ID: "ofr_1", About: "scr_1", Words: "Off", State: OfferWaits}.Answer(OfferAdopt, "", now)
	if err != nil {
		t.Fatal(err)
	}
	if o.Put("stp_1", 3, false).State != OfferAdopted || o.Tries().Offer() != o.ID || GapID("gap_1").Offer() != "" {
		t.Error("where no group is asked, it is taken over")
	}
	o = o.Put("stp_1", 3, true)
	if o.Taken() || o.Waits() {
		t.Errorf("asked: %+v", o)
	}
	harm := Consent{End: ConsentBack, Groups: []Asked{{Party: "a", Says: SaysHarm}, {Party: "b", Says: SaysSafe}}, Texts: []Proposal{{Number: 2, Text: "Off"}},
		Said: []Spoken{{Number: 1, Kind: SpokeHarm, Party: "b", Text: "Old."}, {Number: 2, Kind: SpokeHarm, Party: "a", Text: "It gets cold."}, {Number: 2, Kind: SpokeBack, Text: "We leave it."}}}
	silent := as(harm, func(c *Consent) { c.Groups = []Asked{{Party: "a"}} })
	for _, c := range []struct {
		round        Consent
		is           OfferState
		said, reason string
	}{
		{Consent{}, OfferAsks, "", ""},
		{Consent{End: ConsentPassed, Texts: []Proposal{{Text: "Off"}}}, OfferAdopted, "", ""},
		{Consent{End: ConsentPassed, Texts: []Proposal{{Text: "Off"}, {Text: "Off at night"}}}, OfferAdapted, "Off at night", ""},
		{harm, OfferDeclined, "", "It gets cold."},
		{silent, OfferDeclined, "", "We leave it."},
	} {
		if got := o.Settle(c.round, now); got.State != c.is || got.Said != c.said || got.Reason != c.reason {
			t.Errorf("%s: %+v", c.round.End, got)
		}
	}
	taken := o.Settle(Consent{End: ConsentPassed, Texts: []Proposal{{Text: "Off"}}}, now)
	if taken.Settle(harm, now).State != OfferAdopted || taken.PutBack("It is cold.", now).State != OfferPutBack || o.PutBack("x", now).State != OfferAsks {
		t.Error("it is answered once, and only what was taken over is put back")
	}
}

// Where others change the procedure, their word is the answer.
func TestOffer_followsItsProposal(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	o, _ := Offer{About: "scr_1", Words: "Off", State: OfferWaits}.Answer(OfferAdapt, "Off, twice", now)
	o = o.Propose("prp_1")
	for _, c := range []struct {
		p          ProposedState
		text, said string
		is         OfferState
	}{
		{ProposedTaken, "Off", "", OfferAdopted}, {ProposedTaken, "Off and locked", "Off and locked", OfferAdapted},
		{ProposedDeclined, "", "", OfferDeclined}, {ProposedWithdrawn, "", "", OfferWaits},
	} {
		got := o.Follow(Proposed{State: c.p, Why: "No."}, c.text, now)
		if got.State != c.is || got.Said != c.said || (c.is == OfferDeclined) != (got.Reason == "No.") || (c.is == OfferWaits) != got.EndAt.IsZero() {
			t.Errorf("%s: %+v", c.p, got)
		}
	}
	if o.Taken() || o.Waits() {
		t.Error("what is only proposed is neither taken nor open")
	}
}

// What another team learned becomes a step of its own, or takes the place of one.
func TestStepChange_MayAdopt(t *testing.T) {
	check(t, []refused{
		{StepChange{Act: ActAdd, Step: "plain"}.MayAdopt(), ""},
		{StepChange{Act: ActEdit, Step: "plain"}.MayAdopt(), ""},
		{StepChange{Act: ActRemove, Step: "plain"}.MayAdopt(), "required"},
	})
}
