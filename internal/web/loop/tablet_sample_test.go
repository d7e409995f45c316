package loop

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("tablet", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("tablet.who")
	return namesPage{Frame: f, Seconds: 90}, namesPage{Frame: f, Seconds: 90, In: 12, Unnamed: unnamedWay{frame.Link{To: "/r/k7q2w"}, true},
		Names: []practice.Member{{ID: "mem_1", Name: "Amal"}, {ID: "mem_2", Name: "Ben"}}}
})

var _ = webtest.Sample("tabletreport", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("report.heading")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "report.empty").At("what"))
	amal := practice.Actor{Member: "mem_1", Name: "Amal"}
	at := practice.Review{ID: "rev_1", MeetAt: webtest.Noon}
	return tabletReportPage{Frame: f, Actor: amal, reportPage: reportPage{Frame: f}},
		tabletReportPage{Frame: f, Actor: amal, Seconds: 90, Rooms: []app.RoomNow{{Review: at}, {Review: at, Came: true}}, reportPage: reportPage{Frame: f, Form: form, Of: aHouse.Team}}
})
