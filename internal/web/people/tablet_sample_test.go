package people

import (
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("maketablet", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("tablet.make")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "required").At("name"))
	return makeTabletPage{Frame: f}, makeTabletPage{Frame: f, Form: form, Team: practice.Team{ID: "tea_1", Name: "Counter"}, Seconds: 90}
})

var _ = webtest.Sample("onetablet", func(f *frame.Frame) (any, any) {
	t := practice.Tablet{ID: "tab_1", Team: "tea_1", Label: "At the counter", MadeAt: webtest.Noon, SeenAt: webtest.Noon, EndsAt: webtest.Noon.AddDate(0, 0, 90)}
	f.Title = t.Label
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "required").At("name"))
	return tabletPage{Frame: f}, tabletPage{Frame: f, Form: form, One: t}
})
