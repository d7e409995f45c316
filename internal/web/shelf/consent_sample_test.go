package shelf

import (
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

// What the pages about groups and consent are filled with.
var (
	clerks   = practice.Party{ID: "pty_a", Name: "Clerks", Days: 3, Version: 2, Outside: "and the caretaker", Members: []practice.MemberID{"mem_ilse"}, Voices: []practice.Voice{{Member: "mem_d", At: webtest.Noon, How: "a show of hands"}, {Member: "mem_ilse", At: webtest.Noon, How: "by lot"}}}
	panel    = practice.Party{ID: "pty_b", Name: "Applicants' panel", Days: 40}
	named    = map[practice.MemberID]string{"mem_ilse": "Ilse", "mem_d": "Dana"}
	asking   = round(practice.Consent{BegunAt: webtest.Noon.Add(-80 * time.Hour)})
	objected = func() app.ConsentRound {
		r := round(practice.Consent{BegunAt: webtest.Noon.Add(-10 * time.Hour), Referred: "mem_d"})
		r.Groups = []practice.Asked{{Party: "pty_a", Until: webtest.Noon.Add(time.Hour), Says: practice.SaysSafe}, {Party: "pty_b", Until: webtest.Noon.Add(-time.Hour), Says: practice.SaysHarm}}
		r.Texts = append(r.Texts, practice.Proposal{Number: 2, Revision: 3, At: webtest.Noon, How: practice.IntegrateAmend, Text: "Turn the oven off twice"})
		r.Said = append(r.Said, practice.Spoken{ID: "say_5", Number: 1, Kind: practice.SpokeHarm, Party: "pty_b", By: "mem_d", Text: "Two minutes more.", At: webtest.Noon},
			practice.Spoken{ID: "say_6", Number: 1, Kind: practice.SpokeIntegrate, By: "mem_ilse", How: practice.IntegrateAmend, Text: "Only once.", At: webtest.Noon},
			practice.Spoken{ID: "say_7", Number: 2, Kind: practice.SpokeHarm, Party: "pty_b", By: "mem_d", Text: "Still two.", At: webtest.Noon},
			practice.Spoken{ID: "say_8", Number: 2, Kind: practice.SpokeSafe, Party: "pty_a", By: "mem_ilse", At: webtest.Noon},
			practice.Spoken{ID: "say_9", Number: 2, Kind: practice.SpokeKept, By: "mem_ilse", Text: "They meet on Monday.", At: webtest.Noon})
		return r
	}()
)

func round(c practice.Consent) app.ConsentRound {
	c.Gap, c.Procedure, c.Step, c.At, c.Closed = "gap_a", "prc_a", "stp_a", webtest.Noon.Add(-100*time.Hour), webtest.Noon.Add(-90*time.Hour)
	c.Groups = []practice.Asked{{Party: "pty_a", Until: webtest.Noon.Add(time.Hour)}, {Party: "pty_b", Until: webtest.Noon.Add(-time.Hour)}}
	c.Texts = []practice.Proposal{{Number: 1, Revision: 2, At: c.At, Text: "Turn the oven **off**"}}
	c.Said = []practice.Spoken{{ID: "say_1", Number: 1, Kind: practice.SpokePresent, By: "mem_ilse", Text: "It was on all night.", At: webtest.Noon},
		{ID: "say_2", Number: 1, Kind: practice.SpokeQuestion, Party: "pty_b", By: "mem_d", Text: "Which oven?", At: webtest.Noon},
		{ID: "say_3", Number: 1, Kind: practice.SpokeReply, By: "mem_ilse", Re: "say_2", Text: "The big one.", At: webtest.Noon},
		{ID: "say_4", Number: 1, Kind: practice.SpokeReaction, Party: "pty_b", By: "mem_d", Text: "Fine with us.", At: webtest.Noon}}
	line := webtest.Line
	line.Trial = practice.Trial{Gap: "gap_a", Harm: "A fire."}
	return app.ConsentRound{Consent: c, Of: closing, Line: line, Was: "Turn the oven on", Trial: practice.Trial{Gap: "gap_a", Closed: c.Closed, Groups: practice.AtConsent, DueAt: webtest.Noon.Add(-time.Hour)},
		Owner: practice.Member{ID: "mem_ilse", Name: "Ilse"}, Parties: []practice.Party{clerks, panel}, Checks: "pty_a", Names: named, Links: []practice.PartyID{"pty_a"},
		Mine: []practice.PartyID{"pty_a"}, Voice: []practice.PartyID{"pty_a"}, Team: true, Decides: true, Takes: true}
}

func consentSample(f *frame.Frame, r app.ConsentRound, form *frame.Form) consentPage {
	p := consentPage{Frame: f, R: r, Form: form, Here: "/consent/gap_a", Scars: webtest.ScarLines, People: []practice.Member{{ID: "mem_d", Name: "Dana"}}, Link: "https://here.example/pass/consent/x"}
	p.Stand = p.standing()
	return p
}

var _ = webtest.Sample("consent", func(f *frame.Frame) (any, any) {
	return consentSample(f, app.ConsentRound{}, nil), consentSample(f, asking, webtest.WrongForm(f, "harm", "question", "reaction", "until", "reason", "more"))
})

var _ = webtest.Sample("consent", func(f *frame.Frame) (any, any) {
	begins := round(practice.Consent{})
	begins.Groups[0].Until, begins.Groups[1].Until, begins.Said = time.Time{}, time.Time{}, nil
	return consentSample(f, begins, webtest.WrongForm(f, "line")), consentSample(f, objected, webtest.WrongForm(f, "how", "text", "why", "days", "who"))
})

var _ = webtest.Sample("consent", func(f *frame.Frame) (any, any) {
	guest, answered := round(practice.Consent{BegunAt: webtest.Noon}), round(practice.Consent{BegunAt: webtest.Noon})
	guest.Team, guest.Decides, guest.Takes = false, false, false
	answered.Groups[0].Says, answered.Said[2].Re = practice.SaysSafe, ""
	page := consentSample(f, guest, nil)
	page.Guest = true
	return page, consentSample(f, answered, webtest.WrongForm(f, "reply"))
})

var _ = webtest.Sample("groups", func(f *frame.Frame) (any, any) {
	return partiesPage{Frame: f}, partiesPage{Frame: f, Groups: []app.Grouped{{Party: clerks, Names: named, Procedures: []practice.Procedure{closing}, Mine: true}, {Party: panel}}, Form: webtest.WrongForm(f, "name", "members", "outside", "days")}
})

var _ = webtest.Sample("group", func(f *frame.Frame) (any, any) {
	return partyPage{Frame: f}, partyPage{Frame: f, G: app.Grouped{Party: clerks, Names: named, Procedures: []practice.Procedure{closing}, Mine: true}, Form: webtest.WrongForm(f, "name", "members", "outside", "days"), Voice: webtest.WrongForm(f, "speaker", "day", "how")}
})

var _ = webtest.Sample("group", func(f *frame.Frame) (any, any) {
	return partyPage{Frame: f, G: app.Grouped{Party: panel, Mine: true}}, partyPage{Frame: f, G: app.Grouped{Party: clerks, Names: named}}
})

var _ = webtest.Sample("authority", func(f *frame.Frame) (any, any) {
	s := app.Say{Authority: practice.Authority{Asked: []practice.PartyID{"pty_a"}, May: []practice.MemberID{"mem_d"}, Told: []string{"tea_b"}}, Of: closing,
		Parties: []practice.Party{clerks, panel}, Names: map[string]string{"mem_d": "Dana", "tea_b": "Night"}, Mine: true}
	return authorityPage{Frame: f}, authorityPage{Frame: f, S: s, To: "/p/closing", Form: webtest.WrongForm(f, "asked", "told")}
})

var _ = webtest.Sample("proposed", func(f *frame.Frame) (any, any) {
	c := practice.OtherChange{Reason: practice.ReasonLaw, Source: "Rule 7", From: webtest.Noon, StepChange: practice.StepChange{Act: practice.ActSplit, Step: "stp_a", Text: "Turn it off", Rest: "Look", Checks: true, Checked: "Clerks"}}
	waits := app.ProposedChange{Proposed: practice.Proposed{ID: "prp_a", By: "mem_d", At: webtest.Noon, State: practice.ProposedWaits, Change: c}, Of: closing, Line: webtest.Line, Name: "Dana", Who: []string{"Ilse"}, May: true, Own: true}
	room := app.ProposedChange{Proposed: practice.Proposed{ID: "prp_b", Gap: "gap_a", At: webtest.Noon, State: practice.ProposedDeclined, Why: "No.", EndAt: webtest.Noon}, Of: closing, Scar: webtest.Scar, Gone: true}
	room.Change.Act = practice.ActRemove
	return proposedPage{Frame: f, P: room, To: "/p/closing"}, proposedPage{Frame: f, P: waits, To: "/p/closing", Form: webtest.WrongForm(f, "text", "why"), Both: &frame.BothSaid{Theirs: "theirs", Mine: "mine"}}
})
