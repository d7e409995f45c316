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
	o.Said, o.EndAt, o.Step, o.Of, o.Line = "Off, twice", webtest.Noon, "stp_a", closing, webtest.Line
	o.Trial = practice.Trial{Gap: o.Tries(), Step: "stp_a", At: webtest.Noon, Closed: webtest.Noon, LookAt: webtest.Noon, Until: webtest.Noon.AddDate(0, 0, 9)}
	return o
}

// asked is one that waits for groups, and declined one in which a group saw a harm.
func asked() (waits, declined app.Offered) {
	waits, declined = tookOver(), tookOver()
	waits.State, waits.Asks, waits.Trial.Groups = practice.OfferAsks, []string{"Cooks", "Drivers"}, practice.AtConsent
	declined.State, declined.Reason, declined.Harmed, declined.Trial.EndAt = practice.OfferDeclined, "It gets cold.", true, webtest.Noon
	return waits, declined
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
	back := offerPage{Frame: f, O: tookOver(), To: "/offers/ofr_c"}
	proposed := offeredAs(practice.OfferProposed)
	proposed.Proposal, proposed.Of, proposed.Gone, proposed.Why = "prp_a", closing, true, ""
	return offerPage{Frame: f, O: proposed, To: "/offers/ofr_d"}, back
})

var _ = webtest.Sample("offer", func(f *frame.Frame) (any, any) {
	waits, declined := asked()
	return offerPage{Frame: f, O: declined, To: "/offers/ofr_f"}, offerPage{Frame: f, O: waits, To: "/offers/ofr_e"}
})

var _ = webtest.Sample("offer", func(f *frame.Frame) (any, any) {
	core, checks := offeredAs(practice.OfferProposed), offeredAs(practice.OfferWaits)
	core.Proposal, core.Of, core.Core = "prp_a", closing, true
	checks.Checks, checks.Now, checks.NowAt = "Cooks", "Turn it off once", webtest.Noon
	return offerPage{Frame: f, O: core, To: "/offers/ofr_g"}, offerPage{Frame: f, O: checks, To: "/offers/ofr_h", Own: []app.Manual{manualFull}, Of: manualFull}
})
