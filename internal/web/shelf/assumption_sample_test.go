package shelf

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// relied is an assumption that was replaced, with something of each kind that rests on it.
func relied() app.Assumed {
	a := app.Assumed{Name: "Permits", Who: "Ilse", From: webtest.Limit, Mine: true}
	a.ID, a.Number, a.Text, a.Day = "asm_a", 3, "The bus leaves at six.", webtest.Noon
	a.Tests = []practice.AssumptionTest{{Place: 1, State: practice.AssumptionReplaced, How: "We missed it.", Next: "asm_b", Day: webtest.Noon}}
	closing := practice.Procedure{ID: "prc_a", Slug: "closing", Title: "Closing"}
	a.History = []app.AssumedTest{{AssumptionTest: a.Tests[0], Who: "Ilse", Scar: webtest.Scar, Number: 4, Text: "At seven."},
		{AssumptionTest: practice.AssumptionTest{State: practice.AssumptionBroken, How: "It was late.", Day: webtest.Noon}, Who: "Ilse", Scar: practice.Scar{Failure: "flr_x", Of: "Night"}},
		{AssumptionTest: practice.AssumptionTest{State: practice.AssumptionHeld, How: "Seen.", Day: webtest.Noon}, Who: "Ilse"}}
	a.Resting = []app.AssumedUse{
		{AssumptionUse: practice.AssumptionUse{ID: "asu_a"}, Of: a.Assumption, Procedure: closing, Step: webtest.Line, Mine: true, Open: true},
		{AssumptionUse: practice.AssumptionUse{ID: "asu_b", Fine: "There is a cab."}, Of: a.Assumption, Procedure: closing, Mine: true},
		{AssumptionUse: practice.AssumptionUse{ID: "asu_c"}, Of: a.Assumption, Procedure: closing, Open: true},
		{AssumptionUse: practice.AssumptionUse{ID: "asu_d"}, Of: a.Assumption, Plan: practice.Plan{ID: "pln_a", Number: 2, Intent: practice.Intent{Title: "Payout days"}}, Mine: true, Open: true}}
	return a
}

// untested is one that nobody tested, of another team.
func untested() app.Assumed {
	a := app.Assumed{Name: "Vans", Who: "Dana"}
	a.ID, a.Number, a.Text, a.Day = "asm_b", 4, "At seven.", webtest.Noon
	return a
}

var _ = webtest.Sample("assumptions", func(f *frame.Frame) (any, any) {
	return assumptionsPage{inManual: inManual{Frame: f}}, assumptionsPage{inManual: inManual{Frame: f}, All: []app.Assumed{relied(), untested()}, State: practice.AssumptionBroken}
})

var _ = webtest.Sample("assumptions", func(f *frame.Frame) (any, any) {
	return assumptionsPage{inManual: inManual{Frame: f}, State: practice.AssumptionBroken}, assumptionsPage{inManual: inManual{Frame: f}, All: []app.Assumed{relied(), untested()}}
})

var _ = webtest.Sample("assumption", func(f *frame.Frame) (any, any) {
	form := webtest.SentForm(f, "do", "test", "state", "broken")
	form.Mark(practice.Refuse(practice.Invalid, "assumption.how").At("how"))
	return assumptionPage{inManual: inManual{Frame: f}, A: untested()}, assumptionPage{inManual: inManual{Frame: f}, A: relied(), Form: form,
		Others: []practice.NamedAssumption{{ID: "asm_b", Number: 4, Text: "At seven."}}, Things: []frame.Option{{Value: "/p/closing", Text: "Closing"}}}
})

var _ = webtest.Sample("newassumption", func(f *frame.Frame) (any, any) {
	return newAssumptionPage{inManual: inManual{Frame: f}}, newAssumptionPage{inManual: inManual{Frame: f}, Form: webtest.WrongForm(f, "text", "how", "known"),
		Known: []practice.NamedAssumption{{ID: "asm_b", Number: 4, Text: "At seven."}}, About: about{Gap: "gap_a", Failure: "12", Said: "F-12: Off", On: "/p/closing", Title: "Closing", Steps: true}}
})
