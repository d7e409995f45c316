package room

import (
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// sampleGuided is a room before whoever leads it.
func sampleGuided(f *frame.Frame, phase practice.Phase) guidedPage {
	view := aRoom(phase, false)
	return guidedPage{Frame: f, Form: webtest.WrongForm(f, "note", "guide"), G: app.Guided{Review: view.Review, Number: 7, Title: view.Failure.Title,
		Team: view.Team, Outside: true, Guardian: "Marguerite", Note: "ask Amal how she is", Asked: 4, Seats: 3, Written: 2}}
}

var _ = webtest.Sample("guided", func(f *frame.Frame) (any, any) {
	full := sampleGuided(f, practice.PhaseIntended)
	full.G.Texts = []practice.AgreedText{{Phase: practice.PhaseIntended, Text: "50 parcels", Differ: "some say 40", Recalled: true}, {Phase: practice.PhaseHappened, Text: "12 of them"}}
	full.G.Gaps, full.G.Sorted, full.G.Review.Open, full.G.Blame, full.G.Move = gaps, 1, true, true, true
	return guidedPage{Frame: f, G: app.Guided{Review: practice.Review{Phase: practice.PhaseArrive}}}, full
})

var _ = webtest.Sample("guided", func(f *frame.Frame) (any, any) {
	full := sampleGuided(f, practice.PhaseArrive)
	full.G.Review.StartedAt, full.G.Talks = time.Time{}, []string{"Amal", "Ines"}
	return sampleGuided(f, practice.PhaseCarry), full
})

var _ = webtest.Sample("guided", func(f *frame.Frame) (any, any) {
	first, full := sampleGuided(f, practice.PhaseArrive), sampleGuided(f, practice.PhaseIntended)
	first.G.Review, first.G.Outside = practice.Review{Form: practice.FormDays, Phase: practice.PhaseArrive, MeetAt: f.Now.Add(time.Hour)}, false
	full.G.Review.Form, full.G.Review.PhaseEndsAt = practice.FormDays, f.Now.Add(time.Hour)
	return first, full
})
