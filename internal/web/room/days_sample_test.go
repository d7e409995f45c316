package room

import (
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("both", func(f *frame.Frame) (any, any) {
	full := bothPage{questionPage: sampleQuestion(f, 2, false)}
	r := &full.Room.Review
	r.Form, r.Phase, r.Zone, r.Extended, r.DaysFrom, r.PhaseEndsAt = practice.FormDays, practice.PhaseIntended, "UTC", true, webtest.Noon, webtest.Noon.Add(12*time.Hour)
	full.Form, full.One = webtest.WrongForm(f, "intended", "happened"), full.Q
	full.first, full.Nudge = &frame.Nudge{Frame: f, Remark: "Says who.", Sent: true}, &frame.Nudge{Frame: f, Remark: "Says who.", Turn: "It was shut …", Sent: true}
	full.One.Plan, full.Q.Plan = aPlan, aPlan
	return bothPage{questionPage: questionPage{inSeat: inSeat{Frame: f}}}, full
})

func sampleReady(f *frame.Frame) *readyForm {
	return &readyForm{readyAnswer{f, "/seat/rev_1/ready", "a-ticket", "0123456789abcdef", false, ""},
		practice.Review{ID: "rev_1", MeetAt: webtest.Noon.Add(time.Hour), ReadyAt: webtest.Noon.Add(45 * time.Minute)}}
}

var _ = webtest.Sample("ready", func(f *frame.Frame) (any, any) {
	full := sampleReady(f).readyAnswer
	full.Said = practice.NotNow
	return readyAnswer{Frame: f}, full
})
