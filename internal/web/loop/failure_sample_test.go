package loop

import (
	"net/url"
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// What the pages about failures are filled with.
var (
	meant = []app.Meant{{Scar: webtest.Scar, Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Step: webtest.Line}, {Scar: webtest.Scar, Safeguard: webtest.Guard}}
	meet  = app.Called{Review: practice.Review{ID: "rev_a", Phase: practice.PhaseArrive, MeetAt: webtest.Noon.Add(time.Hour)}, Failure: webtest.Oven,
		Invited: []practice.Invitation{{Member: "mem_ilse"}}}
	plan    = practice.Plan{ID: "pln_a", Number: 3, Team: "tea_a", Intent: practice.Intent{Title: "Two ovens"}, FrozenAt: webtest.Noon}
	watched = practice.Plan{ID: "pln_a", Number: 3, Team: "tea_a", Intent: practice.Intent{Title: "Two ovens", Signals: []practice.Signal{{What: "Smoke", From: "once"}}}, FrozenAt: webtest.Noon}
	shut    = app.Called{Review: practice.Review{ID: "rev_b", Phase: practice.PhaseClosed, ClosedAt: webtest.Noon}, Failure: webtest.Oven, Carried: &webtest.Promise}
)

var _ = webtest.Sample("report", func(f *frame.Frame) (any, any) {
	return reportPage{Frame: f, Nudge: &frame.Nudge{Frame: f, Used: true}}, reportPage{Frame: f, Nudge: &frame.Nudge{Frame: f, Remark: "Says who.", Turn: "It was shut …"}, Of: webtest.Permits, Teams: []practice.Team{webtest.Permits, {ID: "tea_b", Name: "Night"}},
		Words: "oven", Plan: plan, Form: webtest.WrongForm(f, "what", "time", "plan")}
})

var _ = webtest.Sample("echo", func(f *frame.Frame) (any, any) {
	return echoPage{inLoop: inLoop{f}, Failed: true}, echoPage{inLoop: inLoop{f}, With: &webtest.Brought, Failure: webtest.Oven, Convener: "Dana", Mine: true, Mends: true, Said: url.Values{"unsure": {"7"}}, Echo: app.Echo{Meant: meant,
		Earlier: []app.Likeness{{Failure: webtest.Brought, Words: []string{"oven", "left", "night"}, Tied: []practice.Failure{webtest.Oven}}, {Failure: webtest.Oven, Tie: practice.Tie{ID: "lnk_a", Kind: practice.TieJoined}}, {Failure: webtest.Oven, Perhaps: true, Team: "Night"}},
		Limits:  []app.Likeness{{Constraint: webtest.Limit}}}}
})

func hurt(f practice.Failure) practice.Failure {
	f.Severe, f.Stopped, f.StoppedAt = true, practice.StopFormal, webtest.Noon
	return f
}

var _ = webtest.Sample("failure", func(f *frame.Frame) (any, any) {
	return failurePage{inLoop: inLoop{f}, Failure: webtest.Brought, Cause: app.Cause{Firing: practice.Firing{Failure: webtest.Brought.ID, Count: 1, FirstAt: webtest.Noon}, Plan: practice.Plan{Intent: practice.Intent{Title: "Two ovens", Stop: "at smoke"}, FrozenAt: webtest.Noon}}}, failurePage{inLoop: inLoop{f}, Failure: hurt(webtest.Oven), Team: webtest.Permits, Convener: "Dana", reader: "mem_ilse",
		Facts: []practice.Fact{{ID: "fct_a", At: webtest.Noon, Text: "It was hot", Link: "https://elsewhere.example/3", File: "fil_a", Pasted: "one\ntwo", Author: "mem_ilse"}},
		Ties:  []app.Tied{{Tie: practice.Tie{ID: "lnk_a", Kind: practice.TieJoined}, Other: webtest.Brought, Leads: true}}, Through: &recordPage{inLoop: inLoop{f}, R: app.Record{Failure: webtest.Brought, Review: shut.Review, Gaps: []app.Learned{{Gap: webtest.Routed(practice.RouteSafeguard), Safeguard: webtest.Guard}}}}, Redacted: app.Redactions{May: true},
		Plan: plan, Plans: []practice.Plan{plan}, Cause: app.Cause{Firing: practice.Firing{Signal: 1, Failure: webtest.Oven.ID, Count: 2, FirstAt: webtest.Noon, LastAt: webtest.Noon.Add(time.Hour)}, Plan: watched},
		Hot:     practice.Hot{Failure: webtest.Oven.ID, Meant: "Sign 50", Parted: "They need a day", Kind: practice.Inherent, Change: "Leaflet only", Carrier: "Juniper", Day: webtest.Noon},
		Reviews: []app.Called{meet, shut}, People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}}, Touched: []string{"the night shift"},
		Form: webtest.WrongForm(f, "text", "picture", "plan")}
})

var _ = webtest.Sample("edit", func(f *frame.Frame) (any, any) {
	form := webtest.WrongForm(f, "what", "time")
	form.Meanwhile(map[string]string{"what": "Oven left on. All day."})
	return editPage{Frame: f, Failure: webtest.Oven}, editPage{Frame: f, Failure: webtest.Oven, Team: webtest.Permits, Form: form}
})

var _ = webtest.Sample("redact", func(f *frame.Frame) (any, any) {
	return redactPage{Frame: f, Failure: webtest.Oven, Form: webtest.WrongForm(f, "words")}, redactPage{Frame: f, Failure: webtest.Oven,
		Form: webtest.SentForm(f, "words", "Ilse Brandt", "pictures", "yes"), Found: practice.Redaction{Places: 3}}
})

var _ = webtest.Sample("gone", func(f *frame.Frame) (any, any) {
	touched := webtest.Oven
	touched.Touched = []practice.GroupID{"grp_a"}
	return gonePage{Frame: f, Failure: webtest.Oven}, gonePage{Frame: f, Failure: touched, Fields: reportFields(f, touched)}
})

var _ = webtest.Sample("readers", func(f *frame.Frame) (any, any) {
	only := webtest.Oven
	only.Only = []practice.MemberID{"mem_ilse"}
	return readersPage{Frame: f, Failure: webtest.Oven}, readersPage{Frame: f, Failure: only,
		People: []practice.Member{{ID: "mem_ilse", Name: "Ilse", Active: true}}, Form: webtest.WrongForm(f, "only")}
})

var _ = webtest.Sample("invite", func(f *frame.Frame) (any, any) {
	return invitePage{Frame: f, Failure: webtest.Oven}, invitePage{Frame: f, Failure: webtest.Oven, Convener: "Dana", Times: []time.Time{webtest.Noon},
		People: []practice.Member{{ID: "mem_ilse", Name: "Ilse"}}, Closest: map[practice.MemberID]string{"mem_ilse": "reported it"},
		Leader: practice.Refuse(practice.Conflict, "invite.leader").With("name", "Martin").With("id", "mem_m").With("n", 2),
		Form:   webtest.WrongForm(f, "why", "people", "led", "guide"), Guides: []practice.Member{{ID: "mem_k", Name: "Kai"}}}
})

var _ = webtest.Sample("invite", func(f *frame.Frame) (any, any) {
	asked, leads := meet, meet
	asked.Guide = app.Guiding{Guide: practice.Guide{Member: "mem_k"}, Name: "Kai"}
	leads.Guide = app.Guiding{Guide: practice.Guide{Member: "mem_k", Outside: true}, Name: "Kai", Active: true}
	return invitePage{Frame: f, Failure: webtest.Oven, Moved: &leads}, invitePage{Frame: f, Failure: webtest.Oven, Moved: &asked,
		Guides: []practice.Member{{ID: "mem_k", Name: "Kai"}}, Form: webtest.WrongForm(f, "guide")}
})

var _ = webtest.Sample("home", func(f *frame.Frame) (any, any) {
	early := webtest.Oven
	early.Stage = practice.StageEarly
	return homePage{inLoop: inLoop{f}}, homePage{inLoop: inLoop{f}, Me: "mem_ilse", Story: true, Names: map[practice.MemberID]string{"mem_d": "Dana Ruiz"}, Home: app.Home{
		Proposals: []app.ProposedChange{{Proposed: practice.Proposed{ID: "prp_a", At: webtest.Noon, Change: practice.OtherChange{StepChange: practice.StepChange{Text: "Turn it off twice"}}}, Of: webtest.Closing.Procedure}},
		Trials: []app.Tried{{Trial: practice.Trial{Gap: "gap_a", Step: "stp_a", At: webtest.Noon, Until: webtest.Noon}, Ask: practice.TrialOver, Of: webtest.Closing.Procedure, At: webtest.Line, Scar: webtest.Scar},
			{Trial: practice.Trial{Gap: "gap_b", Step: "stp_a", At: webtest.Noon, Until: webtest.Noon}, Ask: practice.TrialLooks, Of: webtest.Closing.Procedure, At: webtest.Line}},
		Rhythms: []app.Rhythm{{Team: webtest.Permits, Names: map[practice.MemberID]string{"mem_d": "Dana"}, Share: measure.Share{K: 7, N: 10}, Start: practice.Start{From: webtest.Noon},
			Pause: practice.Pause{ID: "pse_a", Team: "tea_a", Why: "No time", By: "mem_d", ProposedAt: webtest.Noon}, Alarm: practice.Alarm{ID: "alm_a", Team: "tea_a", Until: webtest.Noon.AddDate(0, 0, 7)}},
			{Team: practice.Team{ID: "tea_b", Name: "Depot"}, Pause: practice.Pause{ID: "pse_b", Why: "Undone", By: "mem_d", BeganAt: webtest.Noon, LookAt: webtest.Noon}}, {Team: practice.Team{ID: "tea_c", Name: "Night"}, Again: webtest.Oven}},
		Offers:    []app.Offered{{Offer: practice.Offer{ID: "ofr_a", About: "scr_a", Words: "Turn it off twice", At: webtest.Noon, State: practice.OfferWaits}, Team: "Depot", Mine: true, Scar: practice.Scar{ID: "scr_a", At: webtest.Noon}}, {Offer: practice.Offer{ID: "ofr_b", About: "scr_b", Words: "Lock it", State: practice.OfferAdopted}, Of: webtest.Closing.Procedure, Line: webtest.Line}},
		Referrals: []app.Referral{handedOver(practice.ReferralWaits), handedOver(practice.ReferralStuck)},
		Legacies:  []app.Legacy{{Cycle: practice.Cycle{ID: "cyc_b", Number: 2, StartAt: webtest.Noon, EndAt: webtest.Noon}, Name: "Depot", Items: []app.Known{{}}}},
		Began:     true, Windows: []app.Window{{Failure: webtest.Oven, Along: []practice.Failure{early}}, {Failure: webtest.Oven, Review: meet.Review}}, Waiting: []practice.Failure{webtest.Oven, early},
		Mine: []app.Carried{{Carry: practice.Carry{ID: "cry_a", Act: "brief them", Moment: "before June", DueAt: webtest.Noon, State: practice.CarryOffered}}},
		OnTheWay: []app.Carried{{Carry: practice.Carry{ID: "cry_b", Act: "adds it", DueAt: webtest.Noon, State: practice.CarryAccepted}, Carrier: practice.Member{Name: "Dana Ruiz"}},
			{Carry: practice.Carry{ID: "cry_c", Act: "tells them", State: practice.CarryOffered}}},
		Since: []app.SinceReport{{Failure: webtest.Oven, Until: webtest.Noon}, {Failure: webtest.Oven, Until: webtest.Noon, Last: true}}, Conflicts: []app.Aside{{}}, Back: &meant[1], Unused: []app.Usage{{Of: practice.Procedure{Slug: "closing", Title: "Closing"}, Uses: practice.Uses{Unused: []practice.StepID{"stp_a"}}}}, Limits: []practice.Constraint{{Number: 2, Text: "No water after ten.", LookAt: webtest.Noon}}, Resting: []app.AssumedUse{{AssumptionUse: practice.AssumptionUse{ID: "asu_a"}, Of: practice.Assumption{Number: 3, Text: "The bus comes."}, Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}}},
		Effects: []app.Awaited{{Effect: practice.Effect{Gap: "gap_e", What: "Refunds in a month"}, Failure: webtest.Oven}}, Looks: []app.Watched{{Watch: practice.Watch{Signal: 1, DueAt: webtest.Noon}, Of: practice.Signal{What: "Shortfalls", Who: "Ilse, on Mondays"}, Mine: true},
			{Watch: practice.Watch{Signal: 2, DueAt: webtest.Noon}, Of: practice.Signal{What: "Drift"}}}, Unseen: []app.Unseen{{Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Numbers: []string{"3", "4"}}},
		Lately: meant, Notices: []practice.Notice{{ID: "ntc_a", Code: "notice.convene", Args: practice.Args{"title": "Oven"}, Link: "/f/120"}}}}
})

var _ = webtest.Sample("note", func(f *frame.Frame) (any, any) {
	return notePage{Frame: f}, notePage{Frame: f, Waiting: []practice.Failure{webtest.Oven}, Form: webtest.WrongForm(f, "why")}
})
