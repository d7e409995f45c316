package loop

import (
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("carries", func(f *frame.Frame) (any, any) {
	open := webtest.Promise
	open.Carry.State = practice.CarryOffered
	return carriesPage{inLoop: inLoop{f}}, carriesPage{inLoop: inLoop{f}, Mine: []app.Carried{webtest.Promise}, Team: []app.Carried{webtest.Promise, open}, Past: []app.Carried{webtest.Promise},
		Cycle: aCycle, Before: []practice.Cycle{aCycle, aCycle}}
})

var aCycle = practice.Cycle{ID: "cyc_a", Team: "tea_a", Number: 3, StartAt: webtest.Noon, EndAt: webtest.Noon.AddDate(0, 0, 14)}

var _ = webtest.Sample("cycle", func(f *frame.Frame) (any, any) {
	r := app.Round{Cycle: aCycle, Name: "Vans", Reviews: []app.Closed{{Failure: webtest.Oven, At: webtest.Noon, Embedded: true}, {Failure: webtest.Oven, At: webtest.Noon}},
		Changes: []app.Meant{{Procedure: webtest.Closing.Procedure, Step: webtest.Line}, {Safeguard: webtest.Guard}},
		Plans:   []practice.Plan{{Number: 22, Intent: practice.Intent{Title: "Payout days"}, FrozenAt: webtest.Noon}}}
	for _, o := range practice.Outcomes() {
		c := webtest.Promise
		if c.Outcome = o; o == practice.OutcomeDropped {
			c.Carry.State, c.Carry.Why = practice.CarryDropped, "The yard closed."
		}
		r.Carries = append(r.Carries, c)
	}
	r.Promised = []app.Pledge{{Failure: webtest.Oven, Gap: webtest.Routed(practice.RoutePromised), Outcome: practice.OutcomeMissed}}
	over := aCycle
	over.StartAt, over.EndAt = webtest.Noon.AddDate(0, 0, -14), webtest.Noon
	return cyclePage{inLoop: inLoop{f}, R: app.Round{Cycle: over, Name: "Vans"}}, cyclePage{inLoop: inLoop{f}, R: r}
})

var _ = webtest.Sample("carry", func(f *frame.Frame) (any, any) {
	return carryPage{inLoop: inLoop{f}, C: app.Carried{MayName: true, Carry: practice.Carry{State: practice.CarryOffered}}, People: []practice.Member{webtest.Promise.Carrier}}, carryPage{inLoop: inLoop{f}, C: webtest.Promise, Me: "mem_ilse", People: []practice.Member{webtest.Promise.Carrier, webtest.Promise.Offered}, Form: webtest.WrongForm(f, "proof", "why")}
})

var _ = webtest.Sample("record", func(f *frame.Frame) (any, any) {
	review := practice.Review{ID: "rev_a", ClosedAt: webtest.Noon, StartedAt: webtest.Noon, WrittenAt: webtest.Oven.RecognisedAt.Add(54 * time.Hour), MetAt: webtest.Oven.RecognisedAt.Add(54 * time.Hour), LateWhy: "leave", FewWhy: "ill", Whole: true, CameTrue: 1}
	var gaps []app.Learned
	for _, kind := range []practice.RouteKind{practice.RouteStep, practice.RouteSafeguard, practice.RouteConstraint, practice.RouteFinding, practice.RoutePromised, practice.RouteCovered, practice.RouteNothing, practice.RouteReferral} {
		l := app.Learned{Gap: webtest.Routed(kind)}
		switch kind {
		case practice.RouteStep, practice.RouteCovered:
			l.Procedure, l.Step, l.Was = webtest.Closing.Procedure, webtest.Line, "before"
			l.Says, l.Effect = kind == practice.RouteStep, practice.Effect{Gap: l.Gap.ID, What: "Refunds in a month", AskAt: webtest.Noon.AddDate(9, 0, 0)}
		case practice.RouteSafeguard:
			l.Safeguard = webtest.Guard
			l.Says, l.Effect = true, practice.Effect{Gap: l.Gap.ID, What: "Complaints", AskAt: webtest.Noon, Said: practice.MovedUnsure, Text: "Nobody counted.", SaidAt: webtest.Noon}
		case practice.RouteReferral:
			handed := handedOver(practice.ReferralStuck)
			l.Referral, l.Names, l.Stands = handed.Referral, handed.Names, handed.State
		case practice.RouteConstraint:
			l.Constraint = webtest.Limit
		case practice.RouteFinding:
			l.Finding = webtest.Try
		}
		gaps = append(gaps, l)
	}
	gaps = append(gaps, app.Learned{Broke: []practice.Assumption{{Number: 3, Text: "The bus leaves at six."}}, Gap: webtest.Sorted(practice.Unknown)})
	held := recordPage{inLoop: inLoop{f}, Hold: "On hold"}
	held.R.Guide, held.R.Whole, held.R.Texts = practice.Led{Name: "Kai", Why: "Nobody else is here."}, true, []practice.AgreedText{{Phase: practice.PhaseIntended, Recalled: true}}
	return held, recordPage{inLoop: inLoop{f}, Mine: true, Until: webtest.Noon, Convener: "Ilse", R: app.Record{Failure: webtest.Oven, Review: review, Whole: true, Part: true, Gaps: gaps, Carried: &webtest.Promise, Along: []practice.Failure{webtest.Oven},
		Facts:   []practice.Fact{{Text: "hot", At: webtest.Noon}},
		Plan:    practice.Plan{ID: "pln_a", Number: 3, Reasons: []string{"Nobody looked."}, FrozenAt: webtest.Noon, Intent: practice.Intent{Title: "Two ovens", Aim: "Off by six", Hard: "Night", Notice: "Smell", Signals: []practice.Signal{{What: "heat", From: "80"}}, Ask: "Dana", Stop: "at ten"}, Added: []practice.Addition{{Text: "It rained.", At: webtest.Noon}}},
		Texts:   []practice.AgreedText{{Phase: practice.PhaseIntended, Text: "Off", Differ: "some"}, {Phase: practice.PhaseHappened, Text: "On", Differ: "some"}},
		Watched: true, Opened: []practice.Opening{{Name: "Ilse", Day: webtest.Noon}, {Name: "Ilse", Day: webtest.Noon, Token: true}}}}
})

var _ = webtest.Sample("answers", func(f *frame.Frame) (any, any) {
	ask := answersPage{inLoop: inLoop{f}, Here: "/f/3/record/answers", O: app.Opened{Failure: webtest.Oven}}
	open := ask
	open.Guest, open.O.Open, open.O.Answers = true, true, []practice.Answer{{Text: "I saw it", Actual: "on", Where: "there"}}
	open.O.Seen = []practice.Opening{{Name: "Ilse", Day: webtest.Noon}, {Name: "Ilse", Day: webtest.Noon, Token: true}}
	return ask, open
})

var _ = webtest.Sample("stop", func(f *frame.Frame) (any, any) {
	return stopPage{Frame: f, Failure: webtest.Oven}, stopPage{Frame: f, Failure: webtest.Oven, Form: webtest.WrongForm(f, "why"), House: practice.Organisation{OtherWay: "The works council", RetentionDays: 90}}
})
