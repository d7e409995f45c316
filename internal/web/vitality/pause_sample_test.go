package vitality

import (
	"time"

	"debrief/internal/app"
	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var named = map[practice.MemberID]string{"mem_a": "Ilse", "mem_b": "Noor"}

// told is a team that was told that seven of its last ten reviews changed nothing.
func told() app.Rhythm {
	r := app.Rhythm{Team: practice.Team{ID: "tea_1", Name: "Permits"}, People: 6, Share: measure.Share{K: 7, N: 10}, Names: named,
		Alarm: practice.Alarm{ID: "alm_1", Team: "tea_1", At: webtest.Noon, Until: webtest.Noon.AddDate(0, 0, 7)}}
	for i := range 10 {
		r.Cases = append(r.Cases, measure.Case{Number: i + 1, Title: "Wrong fee", At: webtest.Noon, Counts: i > 2})
	}
	return r
}

func sampleOf(f *frame.Frame, r app.Rhythm, own bool) pausePage {
	before := app.Paused{Pause: practice.Pause{Why: "Changes get undone", By: "mem_a", Agreed: "mem_b", BeganAt: webtest.Noon, EndedAt: webtest.Noon, Ended: "mem_b", Said: "A new rota"}, Names: named}
	not := app.Paused{Pause: practice.Pause{Why: "No time", By: "mem_a", ProposedAt: webtest.Noon, EndedAt: webtest.Noon, Ended: "mem_b", Said: "After the move"}, Names: named}
	return pausePage{Frame: f, R: r, Cards: f.Rhythm(r), To: "/pause/tea_1", Before: []app.Paused{before, not}, Own: own}
}

var _ = webtest.Sample("pause", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("pause.title")
	return pausePage{Frame: f, R: app.Rhythm{People: 1}}, sampleOf(f, told(), false)
})

var _ = webtest.Sample("pause", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("pause.title")
	proposed, runs := told(), told()
	proposed.Pause = practice.Pause{ID: "pse_1", Why: "It is not safe to say", By: "mem_a", ProposedAt: webtest.Noon, LookAt: webtest.Noon}
	runs.Pause = practice.Pause{ID: "pse_1", Why: "It is not safe to say", By: "mem_a", Agreed: "mem_b", BeganAt: webtest.Noon.Add(-48 * time.Hour), LookAt: webtest.Noon.Add(-time.Hour)}
	proposed.Pause.Guardian, runs.Pause.Guardian = true, true
	runs.Called = []app.Window{{Failure: webtest.Oven, Review: practice.Review{MeetAt: webtest.Noon}}}
	return sampleOf(f, proposed, true), sampleOf(f, runs, false)
})

var _ = webtest.Sample("pause", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("pause.title")
	asked, runs := told(), told()
	asked.Pause = practice.ProposeByGuardian("tea_1", webtest.Noon)
	asked.Pause.ID, runs.Pause = "pse_2", asked.Pause
	runs.Pause.ID, runs.Pause.Agreed, runs.Pause.BeganAt = "pse_2", "mem_b", webtest.Noon.Add(-time.Hour)
	asked.Others = true
	return sampleOf(f, asked, false), sampleOf(f, runs, false)
})

var _ = webtest.Sample("pause", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("pause.title")
	aside, alone := told(), told()
	aside.Alarm.Aside, aside.Alarm.AsideAt, aside.Alarm.Why, aside.Alarm.Found = "mem_a", webtest.Noon, "The rota is being mended", practice.FoundDiffers
	alone.Pause = practice.Pause{ID: "pse_1", Why: "Alone", By: "mem_a", Agreed: "mem_a", BeganAt: webtest.Noon, LookAt: webtest.Noon.AddDate(0, 0, 9)}
	alone.Alarm = practice.Alarm{}
	return sampleOf(f, aside, false), sampleOf(f, alone, false)
})

// Somebody who is not of the team decides about its pause, and reads nothing else of it.
var _ = webtest.Sample("pause", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("pause.title")
	asked := app.Rhythm{Team: practice.Team{ID: "tea_1", Name: "Permits"}, Names: named, Asked: true, Pause: practice.ProposeByGuardian("tea_1", webtest.Noon)}
	asked.Pause.ID = "pse_3"
	runs := asked
	runs.Pause.Agreed, runs.Pause.BeganAt = "mem_b", webtest.Noon
	page := func(r app.Rhythm) pausePage {
		return pausePage{Frame: f, R: r, Cards: f.Rhythm(r), To: "/pause/tea_1"}
	}
	return page(asked), page(runs)
})

var _ = webtest.Sample("start", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("start.title")
	r := told()
	r.Start = practice.Start{From: webtest.Noon}
	return startPage{Frame: f}, startPage{f, r, []practice.Failure{webtest.Oven}}
})
