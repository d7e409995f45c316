package loop

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// handedOver is a gap that was handed to two, one after the other.
func handedOver(at practice.ReferralState) app.Referral {
	r := app.Referral{Words: practice.Parts{Intended: "Off", Actual: "On", Where: "at the oven"}, Ask: "They own it.", Failure: webtest.Oven, Team: webtest.Permits,
		Names: map[practice.MemberID]string{"mem_ilse": "Ilse", "mem_d": "Dana"}, State: at, Mine: at == practice.ReferralWaits, Own: at != practice.ReferralWaits, Guest: true}
	r.Gap = "gap_a" + practice.GapID(at)
	r.Asked = []practice.Receiver{{To: "mem_d", At: webtest.Noon, Until: webtest.Noon, Says: practice.ReferralRedirect, Why: "The landlord does.", SaidAt: webtest.Noon},
		{To: "mem_ilse", Mail: "ilse@x.example", At: webtest.Noon, Until: webtest.Noon}}
	return r
}

var _ = webtest.Sample("referral", func(f *frame.Frame) (any, any) {
	mine := referralPage{Frame: f, R: handedOver(practice.ReferralWaits), Here: "/referral/gap_a"}
	own := referralPage{Frame: f, R: handedOver(practice.ReferralStuck), Here: "/referral/gap_a", Link: "https://here.example/pass/referral/x", Form: webtest.SentForm(f, "do", "hand")}
	own.Form.Mark(practice.Refuse(practice.Invalid, "referral.who").At("name"))
	return mine, own
})

var _ = webtest.Sample("referral", func(f *frame.Frame) (any, any) {
	declined := handedOver(practice.ReferralDeclined)
	declined.Asked[1].Says, declined.Asked[1].Why, declined.Asked[1].SaidAt = practice.ReferralDecline, "No money.", webtest.Noon
	guest := referralPage{Frame: f, R: handedOver(practice.ReferralWaits), Here: "/pass/referral/x", Pass: true, Form: webtest.SentForm(f, "do", "decline")}
	guest.Form.Mark(practice.Refuse(practice.Invalid, "referral.why").At("why"))
	return guest, referralPage{Frame: f, R: declined, Here: "/referral/gap_a"}
})

var _ = webtest.Sample("referred", func(f *frame.Frame) (any, any) {
	return referralPage{Frame: f, Pass: true}, referralPage{Frame: f, Pass: true}
})
