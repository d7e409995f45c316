package room

import (
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// What the pages of changing, handing over and looking back are filled with.
var (
	atChange = room.Room{Review: practice.Review{ID: "rev_a", Phase: practice.PhaseChange, StartedAt: webtest.Noon}, Failure: webtest.Oven, Team: webtest.Permits}
)

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace, webtest.Sorted(practice.Inherent)}, Gap: webtest.InPlace, Procedures: []room.Page{webtest.Closing},
		Safeguards: []practice.Safeguard{webtest.Guard}, NextCycle: webtest.Noon, Meant: "stp_a"}
	d := f.Changed("one", "two")
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: room.Embedding{Room: atChange, Gap: webtest.Sorted(practice.Avoidable)}},
		changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e, Step: "stp_a", Sees: &d, Both: &frame.BothSaid{Theirs: "theirs", Mine: "mine"}, Way: "step", Form: webtest.WrongForm(f, "text")}
})

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Sorted(practice.Inherent), Constraints: []practice.Constraint{webtest.Limit}, NextCycle: webtest.Noon}
	x := e
	x.Gap, x.Questions = webtest.Sorted(practice.Experiment), []practice.Finding{webtest.Try}
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: x}
})

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	page := webtest.Closing
	page.Steps = append(page.Steps, webtest.Core)
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Sorted(practice.Avoidable), Procedures: []room.Page{page}}
	kept := e
	kept.Gap, kept.Done = webtest.Routed(practice.RouteWaiting), room.Done{Step: webtest.Core}
	kept.Gap.ID = "gap_w"
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e, Step: "stp_c"}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: kept}
})

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	page := webtest.Closing
	page.Steps = append(page.Steps, webtest.Core)
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Sorted(practice.Avoidable), Procedures: []room.Page{page}}
	third := e
	third.Speaks = practice.Speaks{Failure: "flr_y", Event: "flr_y", Number: 118, Noticed: webtest.Noon}
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: third, Step: "stp_c"}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e}
})

// A procedure that only some people change: what is written is proposed to them.
var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	page := webtest.Closing
	page.Named, page.Who = true, []string{"Dana", "Ilse"}
	one := practice.Proposed{ID: "prp_a", State: practice.ProposedWaits, Change: practice.OtherChange{StepChange: practice.StepChange{Act: practice.ActEdit, Step: "stp_a", Text: "Turn it off twice"}}}
	e := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Sorted(practice.Avoidable), Procedures: []room.Page{page}}
	done := e
	done.Gap, done.Done = webtest.Routed(practice.RouteProposed), room.Done{Page: page, Step: webtest.Line, Proposed: one}
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: e, Step: "stp_a"}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: done}
})

var _ = webtest.Sample("handover", func(f *frame.Frame) (any, any) {
	leads := []room.Led{{Gap: webtest.InPlace}, {Gap: webtest.Sorted(practice.KeptOpen)}}
	for _, kind := range []practice.RouteKind{practice.RouteStep, practice.RouteSafeguard, practice.RouteConstraint, practice.RouteFinding, practice.RoutePromised, practice.RouteCovered, practice.RouteNothing, practice.RouteWaiting, practice.RouteReferral, practice.RouteProposed, practice.RouteDeclined} {
		leads = append(leads, room.Led{Gap: webtest.Routed(kind), Done: room.Done{Page: webtest.Closing, Step: webtest.Line, Safeguard: webtest.Guard, Constraint: webtest.Limit, Finding: webtest.Try, Name: "Rosa"}})
	}
	without := atChange
	without.Review.NothingWhy = "it was the weather"
	return handoverPage{inSeat: inSeat{Frame: f, Room: without}}, handoverPage{inSeat: inSeat{Frame: f, Room: atChange}, Form: webtest.WrongForm(f, "latewhy", "carrier"),
		H: room.Handover{Room: atChange, Gaps: leads, Carry: webtest.Promise.Carry, Carrier: webtest.Promise.Carrier, People: []practice.Member{webtest.Promise.Carrier}, NextCycle: webtest.Noon,
			Tapped: map[string]string{room.TapLearned: "yes"}, Whole: true}}
})

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	outside := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Routed(practice.RouteReferral),
		Done: room.Done{Name: "Rosa", Receiver: practice.Receiver{To: "mem_r", Mail: "rosa@x.example"}}}
	others := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Sorted(practice.Inherent)}
	others.Gap.Could = practice.CouldOthers
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: outside}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: others, Way: "refer", Form: webtest.WrongForm(f, "name", "mail", "why")}
})

var _ = webtest.Sample("change", func(f *frame.Frame) (any, any) {
	named := room.Embedding{Room: atChange, Gaps: []practice.Gap{webtest.InPlace}, Gap: webtest.Routed(practice.RouteStep),
		Done: room.Done{Page: webtest.Closing, Step: webtest.Line, Effect: practice.Effect{What: "Refunds in a month", AskAt: webtest.Noon}}}
	refused := named
	refused.Done.Effect = practice.Effect{}
	return changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: named}, changePage{inSeat: inSeat{Frame: f, Room: atChange}, E: refused, Way: "watch", Form: webtest.WrongForm(f, "what", "day")}
})
