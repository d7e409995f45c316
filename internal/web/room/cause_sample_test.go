package room

import (
	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func sampleCause(f *frame.Frame) causeAnswer {
	return causeAnswer{f, "/seat/alm_1/cause", "a-ticket", "0123456789abcdef"}
}

var _ = webtest.Sample("askcause", func(f *frame.Frame) (any, any) {
	return causePage{causeAnswer: causeAnswer{Frame: f}}, causePage{causeAnswer: sampleCause(f), T: app.CauseTicket{Share: measure.Share{K: 7, N: 10}}, Until: webtest.Noon}
})

var _ = webtest.Sample("saidcause", func(f *frame.Frame) (any, any) {
	return causePage{causeAnswer: causeAnswer{Frame: f}, Answer: practice.CauseOther}, causePage{causeAnswer: sampleCause(f), Answer: practice.CauseUnsafe}
})
