package loop

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// parked is a conflict as it stands in the list.
func parked(id practice.ConflictID, with func(*app.Aside)) app.Aside {
	a := app.Aside{ParkedConflict: practice.ParkedConflict{ID: id, Text: "Who may stop the van", Version: 1}, Day: webtest.Noon, Team: "Vans", Failure: webtest.Oven}
	with(&a)
	return a
}

var _ = webtest.Sample("conflicts", func(f *frame.Frame) (any, any) {
	due := webtest.Noon.AddDate(0, 0, 7)
	mine := func(a *app.Aside) { a.Owner, a.Name, a.Mine, a.DueOn = "mem_ilse", "Ilse", true, due }
	full := conflictsPage{Frame: f, At: "cft_a", Form: webtest.SentForm(f, "do", "ask"), Can: []practice.Guardian{{Member: "mem_v", Name: "Vera"}, {Member: "mem_w", Name: "Wim"}}, All: []app.Aside{
		parked("cft_a", func(a *app.Aside) { a.Open = true }),
		parked("cft_b", mine),
		parked("cft_c", func(a *app.Aside) { mine(a); a.Yes = true }),
		parked("cft_d", func(a *app.Aside) {
			mine(a)
			a.Yes, a.DueOn, a.Mine, a.Guards = true, webtest.Noon.AddDate(0, 0, -7), false, true
		}),
		parked("cft_e", func(a *app.Aside) { a.How, a.EndOn, a.Failure = "They take turns.", webtest.Noon, practice.Failure{} }),
	}}
	full.Form.Mark(practice.Refuse(practice.Invalid, "conflict.whom").At("name"))
	return conflictsPage{Frame: f}, full
})
