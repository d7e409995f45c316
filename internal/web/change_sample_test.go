package web

import (
	"debrief/internal/practice"
	"debrief/internal/room"
)

// What the pages of changing, handing over and looking back are filled with.
var (
	atChange = room.Room{Review: practice.Review{ID: "rev_a", Phase: practice.PhaseChange, StartedAt: noon}, Failure: oven, Team: permits}
)

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
