package room

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// Each state of the page where people are asked: while they are, with the sheet taken,
// not asked while others are, nobody asked, and too few.
var (
	asksNow = practice.Pulse{ID: "pls_1", Team: "tea_1", Until: webtest.Noon}
	_       = webtest.Sample("pulse", func(f *frame.Frame) (any, any) {
		return pulsePage{f, app.PulseDoor{Opens: webtest.Noon, Few: true}}, pulsePage{f, app.PulseDoor{Pulse: asksNow, About: f.Place.Team}}
	})
	_ = webtest.Sample("pulse", func(f *frame.Frame) (any, any) {
		return pulsePage{f, app.PulseDoor{Opens: webtest.Noon}}, pulsePage{f, app.PulseDoor{Pulse: asksNow, About: f.Place.Team, Taken: true}}
	})
	_ = webtest.Sample("pulse", func(f *frame.Frame) (any, any) {
		return pulsePage{f, app.PulseDoor{Opens: webtest.Noon, Asks: true}}, pulsePage{f, app.PulseDoor{Opens: webtest.Noon, Asks: true}}
	})
	_ = webtest.Sample("sheet", func(f *frame.Frame) (any, any) {
		form := webtest.SentForm(f, "item2", "7")
		form.Mark(practice.SheetLacks(1))
		return sheetPage{Frame: f, Base: "/seat/pls_1/sheet"}, sheetPage{f, form, room.Sheet{Pulse: asksNow, Team: f.Place.Team}, "/seat/pls_1/sheet"}
	})
	_ = webtest.Sample("sheetsent", func(f *frame.Frame) (any, any) { return sheetPage{Frame: f}, sheetPage{Frame: f} })
)
