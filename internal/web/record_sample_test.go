package web

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

var _ = sample("carries", func(f *Frame) (any, any) {
	open := promise
	open.Carry.State = practice.CarryOffered
	return carriesPage{inLoop: inLoop{f}}, carriesPage{inLoop: inLoop{f}, Mine: []app.Carried{promise}, Team: []app.Carried{promise, open}, Past: []app.Carried{promise}}
})

var _ = sample("carry", func(f *Frame) (any, any) {
	return carryPage{inLoop: inLoop{f}, C: app.Carried{MayName: true, Carry: practice.Carry{State: practice.CarryOffered}}, People: []practice.Member{promise.Carrier}}, carryPage{inLoop: inLoop{f}, C: promise, Me: "mem_ilse", People: []practice.Member{promise.Carrier, promise.Offered}, Form: wrongForm(f, "proof", "why")}
})

var _ = sample("record", func(f *Frame) (any, any) {
	review := practice.Review{ID: "rev_a", ClosedAt: noon, StartedAt: noon, LateWhy: "leave", FewWhy: "ill", Whole: true}
	var gaps []app.Learned
	for _, kind := range []practice.RouteKind{practice.RouteStep, practice.RouteSafeguard, practice.RouteConstraint, practice.RouteFinding, practice.RoutePromised, practice.RouteCovered, practice.RouteNothing} {
		l := app.Learned{Gap: routed(kind)}
		switch kind {
		case practice.RouteStep, practice.RouteCovered:
			l.Procedure, l.Step, l.Was = page.Procedure, line, "before"
		case practice.RouteSafeguard:
			l.Safeguard = guard
		case practice.RouteConstraint:
			l.Constraint = limit
		case practice.RouteFinding:
			l.Finding = try
		}
		gaps = append(gaps, l)
	}
	gaps = append(gaps, app.Learned{Gap: sorted(practice.Unknown)})
	held := recordPage{inLoop: inLoop{f}, R: app.Record{Review: practice.Review{HeldWhy: "a court asked"}}}
	return held, recordPage{inLoop: inLoop{f}, Mine: true, Form: wrongForm(f, "why"), Met: "54 hours", Until: noon, Convener: "Ilse", R: app.Record{Failure: oven, Review: review, Whole: true, Part: true, Gaps: gaps, Carried: &promise,
		Facts:   []practice.Fact{{Text: "hot", At: noon}},
		Texts:   []practice.AgreedText{{Phase: practice.PhaseIntended, Text: "Off", Differ: "some"}, {Phase: practice.PhaseHappened, Text: "On", Differ: "some"}},
		Answers: []practice.Answer{{Text: "I saw it", Actual: "on", Where: "there"}}}}
})
