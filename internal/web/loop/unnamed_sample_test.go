package loop

import (
	"time"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var aHouse = room.House{Organisation: practice.Organisation{Name: "Riverside Tenants Union", Guardian: "Farah, 01632 960014"},
	Team:    practice.Team{Name: "Alder & Mill Lane", Emergency: "Farah, 01632 960014", Groups: []practice.Group{{ID: "grp_1", Name: "Tenants"}}},
	Appears: webtest.Noon.Add(time.Hour)}

var _ = webtest.Sample("unnamed", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("report.heading")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "report.empty").At("what"))
	return unnamedPage{Frame: f}, unnamedPage{Frame: f, Form: form, House: aHouse, Word: "k7q2w", Mark: "ab12"}
})

var _ = webtest.Sample("sent", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("echo.in")
	return sentPage{Frame: f, Alias: "Farah"}, sentPage{Frame: f, Severe: true, Reported: room.Reported{
		Words: "lantern ochre fifteen meadow crisp copper sundial", Appears: webtest.Noon.Add(time.Hour),
		Earlier: []room.Earlier{{Failure: practice.Failure{Number: 7, Title: "Ran out of leaflets"}, Words: []string{"leaflets", "ran"}}}}}
})

var _ = webtest.Sample("receipt", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("receipt.title")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "receipt.wrong").At("words"))
	return receiptPage{Frame: f, Gone: true}, receiptPage{Frame: f, Form: form, Near: []string{"meadow", "meal"}}
})

var _ = webtest.Sample("held", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("receipt.open.title")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "message.empty").At("text"))
	var news []room.News
	for _, code := range []string{"new", "noted", "kept", "called", "meets", "closed", "step", "safeguard", "constraint", "finding",
		"promised", "covered", "nothing", "in-use", "held"} {
		news = append(news, room.News{Code: code, Day: webtest.Noon, Text: "Print the list in the morning.", In: "Deck intake"})
	}
	return heldPage{Frame: f, Held: room.Held{House: aHouse, Waits: true, Text: "We ran out."}, Words: "lantern"},
		heldPage{Frame: f, Form: form, Words: "lantern", Held: room.Held{House: aHouse, Text: "We ran out.", Day: webtest.Noon,
			Failure: practice.Failure{Number: 12}, News: news, Facts: []practice.Fact{{At: webtest.Noon, Text: "The box was empty."}},
			Pending: []practice.WaitingKind{practice.WaitingMessage, practice.WaitingCorrection, practice.WaitingWithdrawal},
			Thread: []practice.Message{{ID: "msg_1", Asked: true, Text: "Which street?", Day: webtest.Noon, Sealed: []byte{1}},
				{ID: "msg_2", Text: "Alder Street.", Day: webtest.Noon}, {ID: "wtg_1", Text: "It was locked."}}}}
})

var _ = webtest.Sample("held", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("receipt.open.title")
	form := webtest.SentForm(f)
	form.Mark(practice.Refuse(practice.Invalid, "report.empty").At("what"))
	held := room.Held{House: aHouse, Text: "We ran out.", Day: webtest.Noon}
	begun := held
	begun.Begun = true
	return heldPage{Frame: f, Held: begun}, heldPage{Frame: f, Held: held, Form: form}
})

var _ = webtest.Sample("held", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("receipt.open.title")
	held := room.Held{House: aHouse, Text: "We ran out.", Day: webtest.Noon}
	onHold := held
	onHold.Hold, onHold.Severe = "A court asked.", true
	held.Since = practice.Since{Asks: true, Until: webtest.Noon}
	onHold.Since = practice.Since{Next: webtest.Noon}
	return heldPage{Frame: f, Held: held, Words: "lantern"}, heldPage{Frame: f, Held: onHold, Thanks: true}
})

var _ = webtest.Sample("offline", func(f *frame.Frame) (any, any) {
	f.Title = f.Say("offline.title")
	return offlinePage{f}, offlinePage{f}
})

var _ = webtest.Sample("hot", func(f *frame.Frame) (any, any) {
	return hotPage{Frame: f, Form: webtest.WrongForm(f, "happened", "carrier")},
		hotPage{Frame: f, Leaves: true, Form: webtest.SentForm(f, "meant", "Sign 50", "severe", "yes", "happened", "12 signed", "kind", "inherent", "carrier", "other", "other", "Juniper")}
})
