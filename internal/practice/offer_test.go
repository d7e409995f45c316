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
		{say(o, OfferKeep, ""), "required"},
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

// A step that was taken over comes back twice, and goes on only by somebody's word.
func TestOffer_comesBack(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	o, err := Offer{About: "scr_1", Words: "Off", State: OfferWaits}.Answer(OfferAdopt, "", now)
	if err != nil {
		t.Fatal(err)
	}
	o = o.Put("stp_1", 3, NewTrial(Team{CycleDays: 14, CycleEndAt: now.AddDate(0, 0, 7)}, "", now, time.UTC))
	if _, err := o.Keep(now); code(err) != "offer.early" || o.Asks(now) {
		t.Errorf("on the day itself: %v", err)
	}
	now = o.LookAt
	if o, err = o.Keep(now); err != nil || o.Asks(now) || !o.LookAt.Equal(o.Until) {
		t.Fatalf("kept once: %+v, %v", o, err)
	}
	gone, err := o.PutBack("It does not fit.")
	if err != nil || gone.State != OfferPutBack || gone.Taken() {
		t.Errorf("put back: %+v, %v", gone, err)
	}
	if _, err := o.PutBack(" "); code(err) != "offer.reason" {
		t.Errorf("put back without a reason: %v", err)
	}
	now = o.Until
	if !o.Asks(now) {
		t.Error("nobody asks at its end")
	}
	if o, err = o.Keep(now); err != nil || !o.LookAt.IsZero() || o.Asks(now.AddDate(1, 0, 0)) {
		t.Errorf("kept for good: %+v, %v", o, err)
	}
	if _, err := o.PutBack("Late."); code(err) != "offer.early" {
		t.Errorf("put back after it was kept: %v", err)
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

// What another team learned changes no core step, and nothing about which groups are asked.
func TestStepChange_MayAdopt(t *testing.T) {
	steps := []ProcedureStep{{ID: "core", CoreTimes: []CoreTime{{From: time.Unix(1, 0)}}}, {ID: "plain"}}
	check(t, []refused{
		{StepChange{Act: ActAdd, Step: "core"}.MayAdopt(steps, false), ""},
		{StepChange{Act: ActEdit, Step: "plain"}.MayAdopt(steps, false), ""},
		{StepChange{Act: ActEdit, Step: "core"}.MayAdopt(steps, false), "offer.core"},
		{StepChange{Act: ActAdd}.MayAdopt(steps, true), "offer.groups"},
		{StepChange{Act: ActAdd, Checks: true}.MayAdopt(steps, false), "offer.groups"},
		{StepChange{Act: ActRemove, Step: "plain"}.MayAdopt(steps, false), "required"},
	})
}
