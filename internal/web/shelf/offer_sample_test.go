package shelf

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// offeredAs is a step that another team offers, in a state.
func offeredAs(state practice.OfferState) app.Offered {
	o := app.Offered{Team: "Depot", Other: "Permits", Scar: practice.Scar{ID: "scr_a", Failure: "flr_a", Of: "Depot", At: webtest.Noon, UsedAt: webtest.Noon}, Mine: true}
	o.Offer = practice.Offer{ID: "ofr_a" + practice.OfferID(state), About: "scr_a", Failure: "flr_a", To: "tea_a", Words: "Turn it off twice", Why: "It burned.", At: webtest.Noon, State: state}
	return o
}

// tookOver is one that became a step, and comes back now.
func tookOver() app.Offered {
	o := offeredAs(practice.OfferAdapted)
	o.Said, o.EndAt, o.LookAt, o.Step, o.Of, o.Line, o.May = "Off, twice", webtest.Noon, webtest.Noon, "stp_a", closing, webtest.Line, true
	return o
}

var _ = webtest.Sample("offers", func(f *frame.Frame) (any, any) {
	declined := offeredAs(practice.OfferDeclined)
	declined.Reason, declined.Mine, declined.Own = "No oven.", false, true
	limit := offeredAs(practice.OfferWaits)
	limit.ID, limit.About, limit.Constraint = "ofr_b", "con_a", webtest.Limit
	return offersPage{Frame: f}, offersPage{Frame: f, Mine: []app.Offered{offeredAs(practice.OfferWaits), limit, tookOver()}, Own: []app.Offered{declined}}
})

var _ = webtest.Sample("newoffer", func(f *frame.Frame) (any, any) {
	return newOfferPage{Frame: f}, newOfferPage{Frame: f, O: offeredAs(""), Teams: []practice.Team{webtest.Permits, {ID: "tea_b", Name: "Night"}}, Form: webtest.WrongForm(f, "to", "why")}
})

var _ = webtest.Sample("offer", func(f *frame.Frame) (any, any) {
	open := offerPage{Frame: f, O: offeredAs(practice.OfferWaits), To: "/offers/ofr_a", Own: []app.Manual{manualFull, {}}, Of: manualFull, Yours: "Ilse changes it.", Scars: webtest.ScarLines, Form: webtest.SentForm(f, "do", "adopt")}
	for _, field := range []string{"place", "text"} {
		open.Form.Mark(practice.Refuse(practice.Invalid, "required").At(field))
	}
	return offerPage{Frame: f, O: offeredAs(practice.OfferWaits), To: "/offers/ofr_a"}, open
})

var _ = webtest.Sample("offer", func(f *frame.Frame) (any, any) {
	limit := offeredAs(practice.OfferWaits)
	limit.About, limit.Constraint, limit.Own = "con_a", webtest.Limit, true
	no := offerPage{Frame: f, O: limit, To: "/offers/ofr_b", Form: webtest.SentForm(f, "do", "decline")}
	no.Form.Mark(practice.Refuse(practice.Invalid, "offer.reason").At("why"))
	return offerPage{Frame: f, O: offeredAs(practice.OfferWaits), To: "/offers/ofr_a", Own: []app.Manual{manualFull, {}}}, no
})

var _ = webtest.Sample("offer", func(f *frame.Frame) (any, any) {
	back := offerPage{Frame: f, O: tookOver(), To: "/offers/ofr_c", Form: webtest.SentForm(f, "do", "put-back")}
	back.Form.Mark(practice.Refuse(practice.Invalid, "offer.reason").At("why"))
	proposed := offeredAs(practice.OfferProposed)
	proposed.Proposal, proposed.Of, proposed.Gone, proposed.Why = "prp_a", closing, true, ""
	return offerPage{Frame: f, O: proposed, To: "/offers/ofr_d"}, back
})
