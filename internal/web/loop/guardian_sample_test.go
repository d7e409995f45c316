package loop

import (
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var (
	sampleGuardian = practice.Guardian{Member: "mem_a", Name: "Mira Vance", Agreed: true, Lookup: "x"}
	sampleThread   = []room.Line{{Day: webtest.Noon, Text: "It was read out.", Since: true}, {Day: webtest.Noon, Answer: true, Text: "To whom?"}, {Text: "To both."}}
)

func sampleHouse() practice.Organisation {
	return practice.Organisation{Name: "Halvern City", Zone: "UTC", Guardian: "Mira, extension 14", OtherWay: "the works council"}
}

var _ = webtest.Sample("guardian", func(f *frame.Frame) (any, any) {
	return guardianPage{Frame: f}, guardianPage{Frame: f, From: frame.FromTablet, Guarded: room.Guarded{Organisation: sampleHouse(), Appears: webtest.Noon,
		Guardians: []practice.Guardian{sampleGuardian, {Member: "mem_b", Name: "Tom Reyes"}}}}
})

var _ = webtest.Sample("guardian", func(f *frame.Frame) (any, any) {
	return guardianPage{Frame: f, Since: true, Guarded: room.Guarded{Guardians: []practice.Guardian{sampleGuardian}}},
		guardianPage{Frame: f, Guarded: room.Guarded{Organisation: sampleHouse()}}
})

var _ = webtest.Sample("told", func(f *frame.Frame) (any, any) {
	return toldPage{Frame: f}, toldPage{f, room.Reported{Words: "one two three four five six seven", Appears: webtest.Noon}}
})

var _ = webtest.Sample("said", func(f *frame.Frame) (any, any) {
	return saidPage{Frame: f, Said: &room.Said{Waits: true}}, saidPage{Frame: f, Words: "one two",
		Said: &room.Said{Guardians: []string{"Mira", "Tom"}, Thread: sampleThread, Case: practice.Misuse{State: practice.MisuseAnswered, Day: webtest.Noon}}}
})

var _ = webtest.Sample("deskdoor", func(f *frame.Frame) (any, any) {
	return deskDoor{Frame: f}, deskDoor{Frame: f, Near: []string{"lantern"}}
})

var _ = webtest.Sample("desk", func(f *frame.Frame) (any, any) {
	page := deskPage{Frame: f, Words: "one two", Desk: room.Desk{Organisation: sampleHouse(), Guardian: sampleGuardian,
		People: []practice.Member{{ID: "mem_b", Name: "Tom"}, {ID: "mem_c", Name: "Ana"}}, Teams: []practice.Team{{ID: "tea_a", Name: "Permits"}, {ID: "tea_b", Name: "Parks"}, {ID: "tea_c", Name: "Fees"}}}}
	for _, state := range practice.MisuseStates {
		thread := append([]room.Line{{Shut: true}}, sampleThread[:2]...)
		page.Cases = append(page.Cases, room.Case{Misuse: practice.Misuse{ID: practice.MisuseID("mis_" + state), State: state, Day: webtest.Noon}, Thread: thread, Closed: page.People[:1]})
	}
	page.Asked, page.Pauses = f.Say("case.pause.already"), map[practice.TeamID]practice.Pause{"tea_a": {ID: "pse_1", BeganAt: webtest.Noon}, "tea_b": {ID: "pse_2"}}
	page.Desk.Closed = []practice.ReadingClosed{{Member: "mem_b", Name: "Tom", Case: "mis_x", Day: webtest.Noon, State: practice.MisuseConfirmed}}
	return deskPage{Frame: f}, page
})
