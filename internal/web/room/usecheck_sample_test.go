package room

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func sampleUse(f *frame.Frame) useAnswer {
	return useAnswer{f, "/seat/rev_1/use", "a-ticket", "0123456789abcdef"}
}

var _ = webtest.Sample("askuse", func(f *frame.Frame) (any, any) {
	lines := []app.Meant{{Scar: webtest.Scar, Procedure: practice.Procedure{Slug: "closing", Title: "Closing"}, Step: webtest.Line}, {Scar: webtest.Scar, Safeguard: webtest.Guard}}
	return usePage{useAnswer: useAnswer{Frame: f}}, usePage{useAnswer: sampleUse(f), Lines: lines,
		Check: practice.UseCheck{Asked: []practice.MemberID{"mem_a", "mem_b"}, Until: webtest.Noon}}
})

var _ = webtest.Sample("saiduse", func(f *frame.Frame) (any, any) {
	return usePage{useAnswer: useAnswer{Frame: f}, Answer: practice.UseUnmet}, usePage{useAnswer: sampleUse(f), Answer: practice.UsePartly}
})
