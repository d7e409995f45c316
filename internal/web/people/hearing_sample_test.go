package people

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

var _ = webtest.Sample("hearing", func(f *frame.Frame) (any, any) {
	return hearingPage{Frame: f}, hearingPage{Frame: f, Kept: true, Form: webtest.WrongForm(f, "mail", "quiet"),
		Reach: app.Reach{Mails: true, Contact: practice.Contact{Mail: "ilse@x.example", Asked: "new@x.example", QuietFrom: practice.QuietFrom, QuietTo: practice.QuietTo},
			Feed: &practice.Feed{Titles: true, MadeAt: webtest.Noon}}}
})

var _ = webtest.Sample("confirm", func(f *frame.Frame) (any, any) {
	return confirmPage{Frame: f}, confirmPage{Frame: f, Mail: "ilse@x.example"}
})

var _ = webtest.Sample("channel", func(f *frame.Frame) (any, any) {
	return channelPage{Frame: f}, channelPage{Frame: f, Of: webtest.Permits, Kept: true, Tried: true, Form: webtest.WrongForm(f, "address"),
		Channel: practice.Channel{Address: "https://chat.example/hooks/sesame", Titles: true, Fault: practice.FaultBlocked, TriedAt: webtest.Noon}}
})

var _ = webtest.Sample("outgoing", func(f *frame.Frame) (any, any) {
	trouble := func(fault practice.Fault, given bool) app.Trouble {
		t := app.Trouble{To: "Ilse", Dispatch: practice.Dispatch{Fault: fault}}
		if given {
			t.Dispatch.GaveUpAt = webtest.Noon
		}
		return t
	}
	return outgoingPage{Frame: f}, outgoingPage{Frame: f, Outgoing: app.Outgoing{Mails: true, Waiting: 2, LastMail: webtest.Noon, Troubled: []app.Trouble{
		trouble(practice.FaultUnset, true), trouble(practice.FaultUnreachable, false), trouble(practice.FaultSecret, false), trouble(practice.FaultTLS, false),
		trouble(practice.FaultRefused, true), trouble(practice.FaultBusy, false), trouble(practice.FaultBlocked, true), trouble(practice.FaultMoved, true),
	}}}
})
