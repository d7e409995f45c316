package room

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("tabletplace", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("room.seat.title")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "required").At("closeness"))
	p := tabletPlacePage{Frame: f, Actor: practice.Actor{Member: "mem_1", Name: "Amal"}, Minutes: 5}
	full := p
	full.Form, full.Room = form, app.RoomNow{Review: practice.Review{ID: "rev_1", MeetAt: webtest.Noon}}
	return p, full
})
