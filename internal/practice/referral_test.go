package practice

import (
	"errors"
	"testing"
	"time"
)

// Whoever is asked has fourteen days; each who is named instead has them anew, and the
// trail of all stays.
func TestReferral_goesItsWay(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	r := Referral{Gap: "gap_1", Asked: []Receiver{{To: "ada"}}}
	is := func(want ReferralState, at time.Time) {
		t.Helper()
		if got := r.State(at); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	do := func(f func(ReferralSays, string, *Receiver, time.Time) (Referral, error), says ReferralSays, why string, next *Receiver, code string) {
		t.Helper()
		was := len(r.Asked)
		got, err := f(says, why, next, now)
		var refusal *Error
		switch {
		case code == "" && err == nil:
			r = got
		case code == "" || !errors.As(err, &refusal) || refusal.Code != code:
			t.Errorf("%s: %v, want %q", says, err, code)
		case len(r.Asked) != was:
			t.Error("it was changed although it was refused")
		}
	}
	is(ReferralSoon, now)
	do(r.Say, ReferralAccept, "", nil, "referral.answered")
	r.Asked[0].At, r.Asked[0].Until = now, now.Add(ReferralTerm)
	is(ReferralWaits, now.Add(ReferralTerm-1))
	is(ReferralStuck, now.Add(ReferralTerm))
	do(r.Say, ReferralDecline, " ", nil, "referral.why")
	do(r.Say, ReferralRedirect, "not mine", nil, "referral.who")
	do(r.Say, ReferralRedirect, "not mine", &Receiver{To: "ada"}, "referral.same")
	do(r.Say, ReferralHand, "we ask", &Receiver{To: "ben"}, "required")
	do(r.Move, ReferralAccept, "", nil, "required")

	now = now.Add(20 * 24 * time.Hour) // late, and it counts
	do(r.Say, ReferralRedirect, "the depot decides that", &Receiver{To: "ben", Mail: "ben@x.example"}, "")
	is(ReferralWaits, now)
	if first, last := r.Asked[0], r.Last(); first.Says != ReferralRedirect || first.Why == "" || !last.Until.Equal(now.Add(ReferralTerm)) {
		t.Errorf("the trail is %+v", r.Asked)
	}
	do(r.Say, ReferralDecline, "no money this year", nil, "")
	is(ReferralDeclined, now)
	do(r.Say, ReferralAccept, "", nil, "referral.answered")
	do(r.Move, ReferralBack, "it is ours", nil, "referral.answered")
	do(r.Move, ReferralHand, "the owner has the money", &Receiver{To: "cem"}, "")
	if len(r.Asked) != 3 || r.Asked[1].Says != ReferralDecline || r.Asked[1].Why != "no money this year" {
		t.Errorf("a no was written over: %+v", r.Asked)
	}
	kept := r
	do(r.Move, ReferralBack, "we found a way", nil, "")
	is(ReferralReturned, now)
	do(r.Move, ReferralHand, "or not", &Receiver{To: "dov"}, "referral.answered")
	r = kept
	do(r.Say, ReferralAccept, "", nil, "")
	is(ReferralAccepted, now.AddDate(1, 0, 0))
	do(r.Move, ReferralBack, "it is ours", nil, "referral.answered")
	for len(kept.Asked) < MostReceivers {
		kept.Asked = append(kept.Asked, Receiver{To: "eve", At: now, Until: now})
	}
	r = kept
	do(r.Say, ReferralRedirect, "not mine", &Receiver{To: "fay"}, "referral.most")
}

// A limit is handed only where others could change it; and what is handed changes nothing.
func TestGap_Embed_referral(t *testing.T) {
	g := Gap{Taken: true, Verdict: Inherent, Could: CouldOthers}
	g, err := g.Embed(Route{Kind: RouteReferral, Why: "They own the key."}, time.Time{})
	if err != nil || !g.Routed() || g.Route.Changes() || StandingOf([]Gap{g}) != Reviewed {
		t.Errorf("%+v: %v", g, err)
	}
}

func TestNewReceiver_address(t *testing.T) {
	for typed, fine := range map[string]bool{"a@b.example": true, " a@b.example ": true, "": false, "a": false, "A <a@b.example>": false, "a@b.example\nBcc: c@d.example": false} {
		if _, err := (NewReceiver{Mail: typed}).Address(); (err == nil) != fine {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
