package web

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

var _ = sample("hearing", func(f *Frame) (any, any) {
	return hearingPage{Frame: f}, hearingPage{Frame: f, Kept: true, Form: wrongForm(f, "mail", "quiet"),
		Reach: app.Reach{Mails: true, Contact: practice.Contact{Mail: "ilse@x.example", Asked: "new@x.example", QuietFrom: practice.QuietFrom, QuietTo: practice.QuietTo},
			Feed: &practice.Feed{Titles: true, MadeAt: noon}}}
})

var _ = sample("confirm", func(f *Frame) (any, any) {
	return confirmPage{Frame: f}, confirmPage{Frame: f, Mail: "ilse@x.example"}
})

var _ = sample("channel", func(f *Frame) (any, any) {
	return channelPage{Frame: f}, channelPage{Frame: f, Of: permits, Kept: true, Tried: true, Form: wrongForm(f, "address"),
		Channel: practice.Channel{Address: "https://chat.example/hooks/sesame", Titles: true, Fault: practice.FaultBlocked, TriedAt: noon}}
})

var _ = sample("outgoing", func(f *Frame) (any, any) {
	trouble := func(fault practice.Fault, given bool) app.Trouble {
		t := app.Trouble{To: "Ilse", Dispatch: practice.Dispatch{Fault: fault}}
		if given {
			t.Dispatch.GaveUpAt = noon
		}
		return t
	}
	return outgoingPage{Frame: f}, outgoingPage{Frame: f, Outgoing: app.Outgoing{Mails: true, Waiting: 2, LastMail: noon, Troubled: []app.Trouble{
		trouble(practice.FaultUnset, true), trouble(practice.FaultUnreachable, false), trouble(practice.FaultSecret, false), trouble(practice.FaultTLS, false),
		trouble(practice.FaultRefused, true), trouble(practice.FaultBusy, false), trouble(practice.FaultBlocked, true), trouble(practice.FaultMoved, true),
	}}}
})
