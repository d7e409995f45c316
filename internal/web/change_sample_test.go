package web

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
)

// What the pages of changing, handing over and looking back are filled with.
var (
	inPlace  = practice.Gap{ID: "gap_a", Taken: true, Intended: "Off at six", Actual: "On till nine", Where: "the last round", Verdict: practice.Avoidable, Quotes: []string{"I smelled it"}}
	atChange = room.Room{Review: practice.Review{ID: "rev_a", Phase: practice.PhaseChange, StartedAt: noon}, Failure: oven, Team: permits}
	page     = room.Page{Procedure: practice.Procedure{ID: "prc_a", Title: "Closing", Slug: "closing", Revision: 2}, Steps: []practice.ProcedureStep{line, {ID: "stp_b", Place: 4, Text: "Lock"}}}
	try      = practice.Finding{ID: "fnd_a", Number: 9, Tried: "A timer", Expected: "off", Got: "off, twice", Known: []string{"it works"}, Next: "On Sundays?", Because: []string{"nobody is there"}, At: noon, Asked: "https://elsewhere.example/4"}
	promise  = app.Carried{Carry: practice.Carry{ID: "cry_a", Carrier: "mem_ilse", Act: "brief them", Moment: "before June", DueAt: noon, State: practice.CarryAccepted, Witness: true, Offered: "mem_d"},
		Carrier: practice.Member{ID: "mem_ilse", Name: "Ilse"}, Offered: practice.Member{ID: "mem_d", Name: "Dana"}, Failure: oven}
)

// routed is the gap after it led somewhere.
func routed(kind practice.RouteKind) practice.Gap {
	g := inPlace
	g.ID += practice.GapID("_" + kind)
	g.Route = practice.Route{Kind: kind, To: "x", Why: "because", By: noon}
	return g
}

// sorted is the gap with another verdict.
func sorted(v practice.Verdict) practice.Gap {
	g := inPlace
	g.ID += practice.GapID("_" + v)
	g.Verdict, g.Differ = v, "not all of us"
	return g
}

var _ = sample("change", func(f *Frame) (any, any) {
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{inPlace, sorted(practice.Inherent)}, Gap: inPlace, Procedures: []room.Page{page},
		Safeguards: []practice.Safeguard{guard}, NextCycle: noon, Meant: "stp_a"}
	d := f.Changed("one", "two")
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: room.Embedding{Room: atChange, Gap: sorted(practice.Avoidable)}},
		changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e, Step: "stp_a", Sees: &d, Both: &bothSaid{Theirs: "theirs", Mine: "mine"}, Way: "step", Form: wrongForm(f, "text")}
})

var _ = sample("change", func(f *Frame) (any, any) {
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{inPlace}, Gap: sorted(practice.Inherent), Constraints: []practice.Constraint{limit}, NextCycle: noon}
	x := e
	x.Gap, x.Questions = sorted(practice.Experiment), []practice.Finding{try}
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: x}
})

var _ = sample("handover", func(f *Frame) (any, any) {
	leads := []room.Led{{Gap: inPlace}, {Gap: sorted(practice.KeptOpen)}}
	for _, kind := range []practice.RouteKind{practice.RouteStep, practice.RouteSafeguard, practice.RouteConstraint, practice.RouteFinding, practice.RoutePromised, practice.RouteCovered, practice.RouteNothing} {
		leads = append(leads, room.Led{Gap: routed(kind), Done: room.Done{Page: page, Step: line, Safeguard: guard, Constraint: limit, Finding: try}})
	}
	return handoverPage{inSeat: inSeat{Frame: f, Room: atChange}}, handoverPage{inSeat: inSeat{Frame: f, Room: atChange}, Form: wrongForm(f, "latewhy", "carrier"),
		H: room.Handover{Room: atChange, Gaps: leads, Carry: promise.Carry, Carrier: promise.Carrier, People: []practice.Member{promise.Carrier}, NextCycle: noon,
			Tapped: map[string]string{room.TapLearned: "yes"}, Whole: true}}
})

var _ = sample("carries", func(f *Frame) (any, any) {
	open := promise
	open.Carry.State = practice.CarryOffered
	return carriesPage{Frame: f}, carriesPage{Frame: f, Mine: []app.Carried{promise}, Team: []app.Carried{promise, open}, Past: []app.Carried{promise}}
})

var _ = sample("carry", func(f *Frame) (any, any) {
	return carryPage{Frame: f, C: app.Carried{MayName: true, Carry: practice.Carry{State: practice.CarryOffered}}, People: []practice.Member{promise.Carrier}}, carryPage{Frame: f, C: promise, Me: "mem_ilse", People: []practice.Member{promise.Carrier, promise.Offered}, Form: wrongForm(f, "proof", "why")}
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
	held := recordPage{Frame: f, R: app.Record{Review: practice.Review{HeldWhy: "a court asked"}}}
	return held, recordPage{Frame: f, Mine: true, Form: wrongForm(f, "why"), Met: "54 hours", Until: noon, Convener: "Ilse", R: app.Record{Failure: oven, Review: review, Whole: true, Part: true, Gaps: gaps, Carried: &promise,
		Facts:   []practice.Fact{{Text: "hot", At: noon}},
		Texts:   []practice.AgreedText{{Phase: practice.PhaseIntended, Text: "Off", Differ: "some"}, {Phase: practice.PhaseHappened, Text: "On", Differ: "some"}},
		Answers: []practice.Answer{{Text: "I saw it", Actual: "on", Where: "there"}}}}
})

var _ = sample("constraints", func(f *Frame) (any, any) {
	b := app.Bounded{Constraint: limit, Scars: []practice.Scar{scar, {Of: "Night shift"}}}
	moved := b
	moved.Constraint.Withdrawn, moved.Constraint.Why = noon, "a later bus"
	return constraintsPage{Frame: f}, constraintsPage{Frame: f, Stand: []app.Bounded{b}, Moved: []app.Bounded{moved}}
})

var _ = sample("constraint", func(f *Frame) (any, any) {
	c := limit
	c.Kind, c.Doubt, c.Link, c.NamedAt, c.LookAt = practice.ByPartner, "a later bus", "https://elsewhere.example/5", noon, noon
	gone := c
	gone.Withdrawn, gone.Why = noon, "a later bus"
	return constraintPage{Frame: f, B: app.Bounded{Constraint: gone}}, constraintPage{Frame: f, Mine: true, B: app.Bounded{Constraint: c}, From: scarOf, Form: wrongForm(f, "why", "place")}
})

var _ = sample("findings", func(f *Frame) (any, any) {
	return findingsPage{Frame: f}, findingsPage{Frame: f, Lines: []app.Question{{Findings: []practice.Finding{try}}}}
})

var _ = sample("finding", func(f *Frame) (any, any) {
	return findingPage{Frame: f}, findingPage{Frame: f, K: app.Kept{Finding: try, Before: try}, From: scarOf}
})
